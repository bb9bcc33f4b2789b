"""Zalo Official Account: consultation messages, template messages, and the keeper of its tokens.

Contract: `shared/providers.md`, which is second-hand; what it marks as open is a setting.
"""
