"""What goes out: steps and waves, the calendar, the ledger of messages, delivery; one file a provider in channels/."""
