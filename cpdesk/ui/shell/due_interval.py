"""How often the open program looks for changes that are due, as a person chose it."""

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.ui.context import Settings

CHOICES = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=5))
"""What can be chosen; the first one unless somebody does."""

_SETTING = "due/interval_seconds"


def due_interval(settings: "Settings") -> timedelta:
    """The chosen interval; the usual one where what is stored is none of them."""
    stored = str(settings.value(_SETTING, ""))
    return next((choice for choice in CHOICES if stored == _text(choice)), CHOICES[0])


def set_due_interval(settings: "Settings", interval: timedelta) -> None:
    """Remember an interval; it counts from the next look on."""
    settings.setValue(_SETTING, _text(interval))


def _text(interval: timedelta) -> str:
    return str(interval // timedelta(seconds=1))
