"""Speed and memory, measured: `make bench`, or `.venv/bin/python -m bench [part…]`."""
