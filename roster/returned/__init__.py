"""Files that went out and come back filled in: read row by row, looked at, then merged whole."""
