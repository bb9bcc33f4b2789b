"""What is measured inside Rasa's process: runs in its environment (Python 3.10)."""
