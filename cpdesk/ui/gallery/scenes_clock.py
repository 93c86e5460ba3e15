"""Correcting the time of the database after a clock that was far ahead."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.clock_correction import Ahead, EarlySwitch
from cpdesk.services.clock import Clock
from cpdesk.ui.gallery.samples import NOW
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_records import audit_services, log_window
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.parts.correct_clock import CorrectClockDialog

_ALL = ("german", "large_text", "rtl")
_ZONE = "America/New_York"
Shown = tuple[QWidget, CorrectClockDialog]

FEW = Ahead(system=NOW, latest=NOW + timedelta(days=1500), since=NOW - timedelta(hours=3), first=120, entries=2)
_NAMES = ("Contoso Freight", "Fabrikam", "Lamna Healthcare", "Northwind", "Tailspin Toys", "Wingtip", "Woodgrove")
MUCH = Ahead(
    system=NOW,
    latest=NOW + timedelta(days=1500),
    since=NOW - timedelta(hours=3),
    first=120,
    entries=1204,
    switches=tuple(EarlySwitch(n, n, name, NOW + timedelta(days=9), _ZONE) for n, name in enumerate(_NAMES)),
    plans=12,
    waiting=_NAMES,
    statements=3,
)


def _opened(stage: Stage, preview: Ahead | Exception) -> Shown:
    bundle = audit_services()
    bundle.__dict__["clock"] = StandIn(Clock, preview=preview)
    window = log_window(stage, bundle)
    assert window.page
    dialog = CorrectClockDialog(window.page, window.page.context, _ZONE)
    dialog.read()
    dialog.open()
    return window, dialog


@scene("correct_clock", variants=_ALL)
def correct_clock(stage: Stage) -> Shown:
    """Two entries are ahead."""
    return _opened(stage, FEW)


@scene("correct_clock_confirmed")
def correct_clock_confirmed(stage: Stage) -> Shown:
    """Today's date was typed."""
    window, dialog = _opened(stage, FEW)
    dialog.form.set_values({"today": "2026-11-22"})
    return window, dialog


@scene("correct_clock_much", variants=_ALL)
def correct_clock_much(stage: Stage) -> Shown:
    """Somebody has worked for days."""
    return _opened(stage, MUCH)


@scene("correct_clock_impossible", variants=("german",))
def correct_clock_impossible(stage: Stage) -> Shown:
    """The clock is behind entries that followed no leap."""
    return _opened(stage, UserError("clock_not_leapt", system=NOW, last_recorded=NOW + timedelta(days=3)))
