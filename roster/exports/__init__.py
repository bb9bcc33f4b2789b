"""Workbooks in the form offices use: lists, the sync file, payment lists. CCCD, phones and account numbers are text."""
