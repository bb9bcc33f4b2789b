"""The language room: pure Vietnamese, no database, no clock, no network.

Everything the project knows about the language itself: folding and repairing what people type,
telling names apart, reading numbers, codes, banks and times, forms of address, and what an SMS
can carry. It imports only Python's standard library and runs on Python 3.10 (inside Rasa) and
3.12 (the services). Text that leaves a function is NFC.
"""
