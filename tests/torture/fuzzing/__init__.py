"""Feeding every reader of files what no file should be, and holding it to its promises."""
