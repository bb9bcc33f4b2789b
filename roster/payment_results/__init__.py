"""What became of the payments: the payer's result file, read, looked through, brought in."""
