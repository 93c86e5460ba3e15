"""The eight-pixel grid, in device-independent pixels."""

XS = 4
S = 8
M = 16
L = 24
XL = 32

ROW = 40
"""A row of a list at normal text size."""
DENSE_ROW = 32
"""The same for who wants to see more of them."""
RADIUS = 8
"""Corners of cards."""
