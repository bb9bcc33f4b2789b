"""Visits: whom to see at home, in which order one walks, and what was found there."""
