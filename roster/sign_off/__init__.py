"""Lists signed off: kept exactly as they were, and held against the present."""
