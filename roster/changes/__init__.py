"""Changes to the roster that somebody asks for and another officer decides."""
