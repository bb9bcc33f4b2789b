"""The match with the commune police: a file out, encrypted, and its results back."""
