"""Rehearsals: citizens played by a program through the real stack, and what they left on the roster."""
