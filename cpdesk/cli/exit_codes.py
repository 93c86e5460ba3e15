"""What a command's exit code says to the script that ran it."""

from typing import Final

DONE: Final = 0
REFUSED: Final = 1
"""A rule refused it, or the operator's input is wrong; for `check`: something is off."""
USAGE: Final = 2
"""The words on the command line make no command."""
ENVIRONMENT: Final = 3
"""No database, or it is locked, read-only, damaged, newer; disk; permissions."""
BUG: Final = 4
INTERRUPTED: Final = 130
"""Ctrl+C, as shells count it."""
