"""Reading a message against what is open: short answers are read by the question first, by the classifier second."""
