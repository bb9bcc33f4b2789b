"""Rights of those whose data this is (Law 91/2025/QH15): requests, withdrawal, erasure, and what is kept how long."""
