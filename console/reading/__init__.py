"""What pages show, read from the rows a desk may see. No page here, and nothing is changed."""
