"""Tooltips. Qt takes a text for markup where it looks like some, and names come from files of strangers."""

import textwrap

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import steady

_WIDTH = 80
"""Letters of a line: of plain text Qt makes one line, however long."""
_LONGEST = 1000
_JOINER = "\u2060"
"""Cannot be seen, and no tag begins with it."""


def set_tip(widget: QWidget, text: str) -> None:
    """Show a text, and nothing but a text, where the mouse rests."""
    widget.setToolTip(plain(text))


def plain(text: str) -> str:
    """A text as Qt has to get it to show it as it stands, in lines of bearable length."""
    text = steady(text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    if len(text) > _WIDTH:
        text = "\n".join(textwrap.fill(line, _WIDTH, drop_whitespace=False) for line in text.split("\n"))
    if Qt.mightBeRichText(text):
        text = text.replace("<", f"<{_JOINER}").replace("&lt;", f"&{_JOINER}lt;")
    return text
