"""Checks of the dialogue's own files (domain, rules, examples, responses), without starting Rasa."""
