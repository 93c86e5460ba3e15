"""Loading Qt without what it does to imports."""

import builtins


def load() -> None:
    """Load Qt, and keep Python's own `import`.

    PySide6 puts one in its place that reads the source of every module imported from then on, to find out
    whether it wants Qt's other spellings (`from __feature__ import snake_case`), and never lets go of that
    text. We want none; without it the start is a fifth quicker and takes 7 MB less.

    Raises ImportError where Qt or a library that it needs is missing.
    """
    own = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = own
