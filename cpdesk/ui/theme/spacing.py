"""The eight-pixel grid, in device-independent pixels."""

XS = 4
S = 8
M = 16
L = 24
XL = 32

ROW = 40
"""A row of a list at normal text size."""
RADIUS = 8
"""Corners of cards."""
