"""Pending Changes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.base.formats import format_number
from cpdesk.domain import forecasts
from cpdesk.domain.forecasts import QueuedSwitch
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services.modes import Modes
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, LONG_NAMES, RESELLER, many_accounts
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import E3, NOW, PREMIUM, STORAGE, held, pricing
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.table import DataTable

_ALL = ("german", "large_text", "rtl")


def queued(account: AccountRow, number: int = 3) -> QueuedSwitch:
    """The pending change of an account that releases seats of so many products."""
    assert account.pending is not None
    idle = [seats if place < number else 0 for place, seats in enumerate((6, 3, 2))]
    rows = [held(one, 40, 40 - seats) for one, seats in zip((PREMIUM, E3, STORAGE), idle, strict=True)]
    known = pricing(row.product_id for row in rows)
    return forecasts.queued(account, account.pending, NOW, rows, known)


_PENDING = [account for account in ACCOUNTS if account.pending]
QUEUE = tuple(queued(account, number) for account, number in zip(_PENDING, (3, 2, 0), strict=True))


def pending_window(stage: Stage, queue: Sequence[QueuedSwitch] | Exception, session: Session = RESELLER) -> Window:
    """The page with a queue."""
    answer = list(queue) if not isinstance(queue, Exception) else queue
    bundle = services(modes=StandIn(Modes, queue=answer))
    window = stage.window(all_pages(), "pending_changes", services=bundle, session=session)
    window.side_menu.set_badge("pending_changes", _badge(queue))
    return window


def _badge(queue: Sequence[QueuedSwitch] | Exception) -> str:
    return "" if isinstance(queue, Exception) or not queue else format_number(len(queue))


def _selected(window: Window, place: int) -> Window:
    table = window.findChild(DataTable)
    assert isinstance(table, DataTable)
    table.selectRow(place)
    return window


@scene("pending_changes", variants=_ALL)
def pending_changes(stage: Stage) -> QWidget:
    """Three, none selected."""
    return pending_window(stage, QUEUE)


@scene("pending_changes_selected", variants=_ALL)
def pending_changes_selected(stage: Stage) -> QWidget:
    """What the first one releases."""
    return _selected(pending_window(stage, QUEUE), 0)


@scene("pending_changes_nothing_released")
def pending_changes_nothing_released(stage: Stage) -> QWidget:
    """A change that releases no seat."""
    return _selected(pending_window(stage, QUEUE), 2)


@scene("pending_changes_one")
def pending_changes_one(stage: Stage) -> QWidget:
    """A single one."""
    return _selected(pending_window(stage, QUEUE[:1]), 0)


@scene("pending_changes_empty", variants=_ALL)
def pending_changes_empty(stage: Stage) -> QWidget:
    """Nothing is queued."""
    return pending_window(stage, ())


@scene("pending_changes_thousands")
def pending_changes_thousands(stage: Stage) -> QWidget:
    """As a large distributor has."""
    return pending_window(stage, [queued(account) for account in many_accounts(10_000) if account.pending])


@scene("pending_changes_long_names", variants=("large_text",))
def pending_changes_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return _selected(pending_window(stage, [queued(account) for account in LONG_NAMES]), 1)


@scene("pending_changes_auditor")
def pending_changes_auditor(stage: Stage) -> QWidget:
    """Reads, withdraws nothing."""
    return _selected(pending_window(stage, QUEUE, AUDITOR), 0)


@scene("pending_changes_error")
def pending_changes_error(stage: Stage) -> QWidget:
    """The queue cannot be read."""
    return pending_window(stage, KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db"))
