"""The accounts of the reseller."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.services.accounts import Accounts
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.samples import (
    ACCOUNTS,
    AUDITOR,
    LONG_NAMES,
    NOT_OPEN,
    RESELLER,
    STRANGE_NAMES,
    costs_of,
    many_accounts,
)
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.filter_chip import FilterChip
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_ALL = ("german", "large_text", "rtl")


def list_services(accounts: StandIn, rows: Sequence[AccountRow], **areas: StandIn) -> "Services":
    """What the list asks; `rows` are the accounts whose cost is known."""
    return services(accounts=accounts, statements=StandIn(Statements, costs=costs_of(rows)), **areas)


def _list(stage: Stage, rows: Sequence[AccountRow] | Exception, session: Session = RESELLER) -> Window:
    bundle = list_services(StandIn(Accounts, rows=rows), () if isinstance(rows, Exception) else rows)
    return stage.window(all_pages(), "customers", services=bundle, session=session)


@scene("customers", variants=_ALL)
def customers(stage: Stage) -> QWidget:
    """The accounts of the sketch."""
    return _list(stage, ACCOUNTS)


@scene("customers_one")
def customers_one(stage: Stage) -> QWidget:
    """A single account."""
    return _list(stage, ACCOUNTS[:1])


@scene("customers_empty", variants=_ALL)
def customers_empty(stage: Stage) -> QWidget:
    """Right after set-up."""
    return _list(stage, ())


@scene("customers_thousands")
def customers_thousands(stage: Stage) -> QWidget:
    """A large distributor."""
    return _list(stage, many_accounts(10_000))


@scene("customers_long_names", variants=("large_text",))
def customers_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return _list(stage, LONG_NAMES)


@scene("customers_strange_names", variants=("rtl",))
def customers_strange_names(stage: Stage) -> QWidget:
    """Names that would be something else."""
    return _list(stage, STRANGE_NAMES)


@scene("customers_filtered", variants=_ALL)
def customers_filtered(stage: Stage) -> QWidget:
    """Purchase Mode only."""
    window = _list(stage, ACCOUNTS)
    window.findChildren(FilterChip)[1].click()
    return window


@scene("customers_no_match", variants=_ALL)
def customers_no_match(stage: Stage) -> QWidget:
    """A search that finds nothing."""
    window = _list(stage, ACCOUNTS)
    search = window.findChild(SearchField)
    assert isinstance(search, SearchField)
    search.setText("tailwind")
    return window


@scene("customers_suspended", variants=("german", "large_text", "rtl"))
def customers_suspended(stage: Stage) -> QWidget:
    """A suspended account among the others; closed ones are left out."""
    return _list(stage, (*ACCOUNTS, *NOT_OPEN))


@scene("customers_closed", variants=("german",))
def customers_closed(stage: Stage) -> QWidget:
    """The closed ones, asked for."""
    window = _list(stage, (*ACCOUNTS, *NOT_OPEN))
    window.findChildren(FilterChip)[-1].click()
    return window


@scene("customers_found_closed")
def customers_found_closed(stage: Stage) -> QWidget:
    """What is sought is a closed account."""
    window = _list(stage, (*ACCOUNTS, *NOT_OPEN))
    search = window.findChild(SearchField)
    assert isinstance(search, SearchField)
    search.setText("wingtip")
    return window


@scene("customers_error")
def customers_error(stage: Stage) -> QWidget:
    """The list cannot be read."""
    return _list(stage, KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db"))


@scene("customers_auditor")
def customers_auditor(stage: Stage) -> QWidget:
    """Reads everything, changes nothing."""
    return _list(stage, ACCOUNTS, AUDITOR)
