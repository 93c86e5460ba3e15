"""Ctrl+K: going straight to an account, a user or a page."""
