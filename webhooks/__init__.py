"""The public door: one blueprint a provider, which verifies, parses and hands on; and the web chat."""
