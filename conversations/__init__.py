"""Who talks to us: threads, their transcript, the relay to the bot, escalations to officers."""
