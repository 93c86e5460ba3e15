"""Ctrl+K: going straight to an account, a user or a page."""

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.accounts import Status
from cpdesk.domain.jump import Found, FoundAccount, FoundUser
from cpdesk.domain.operators import Session
from cpdesk.services.jump import Jump
from cpdesk.ui.gallery.samples import CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_shell import stand_ins
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.shell.jump.dialog import JumpDialog
from cpdesk.ui.shell.jump.recent import Recent

_ALL = ("german", "large_text", "rtl")
Picture = tuple[QWidget, QDialog]


def account(number: int, name: str, status: Status = Status.ACTIVE) -> FoundAccount:
    """An account that was found."""
    return FoundAccount(number, name, f"{name.lower().replace(' ', '-')}.example", status, service_active=True)


def user(number: int, name: str, of: FoundAccount, *, blocked: bool = False, guest: bool = False) -> FoundUser:
    """A user who was found."""
    upn = f"{name.lower().replace(' ', '.')}@{of.domain}"
    return FoundUser(number, of.id, name, upn, of.name, of.status, blocked, guest)


FREIGHT, LEGAL, OLD = account(7, "Contoso Freight"), account(8, "Contoso Legal"), account(9, "Contoso", Status.CLOSED)
USERS = (
    user(1, "Megan Bowen", FREIGHT),
    user(2, "Alex Wilber", FREIGHT, blocked=True),
    user(3, "Lynne Robbins", LEGAL),
    user(4, "Joni Sherman", LEGAL, guest=True),
)
FOUND = Found((FREIGHT, LEGAL, OLD), USERS, more_users=True)
OWN = Found((FREIGHT,), USERS[:2])


def jumping(
    stage: Stage,
    typed: str,
    found: Found | Exception = FOUND,
    recent: tuple[FoundAccount | FoundUser, ...] = (),
    session: Session = RESELLER,
    **params: Any,
) -> Picture:
    """The dialog over the window, with something typed."""
    bundle = services(jump=StandIn(Jump, find=found, some=recent))
    at = "services" if params else "customers"
    window = stage.window(stand_ins(), at, services=bundle, session=session, **params)
    remembered = Recent(stage.settings, session.email)
    for one in reversed(recent):
        remembered.visit(one.target)
    assert window.page is not None
    dialog = JumpDialog(window, window.page.context, stand_ins(), window.page.account, remembered)
    dialog.field.setText(typed)
    return window, dialog


@scene("jump", variants=_ALL)
def jump(stage: Stage) -> Picture:
    """Accounts, users, and that there are more."""
    return jumping(stage, "cont")


@scene("jump_recent", variants=_ALL)
def jump_recent(stage: Stage) -> Picture:
    """Nothing typed: where one was last, and the pages."""
    return jumping(stage, "", recent=(USERS[0], FREIGHT, LEGAL))


@scene("jump_first", variants=("german",))
def jump_first(stage: Stage) -> Picture:
    """Nothing typed, and nowhere one has been."""
    return jumping(stage, "")


@scene("jump_pages")
def jump_pages(stage: Stage) -> Picture:
    """Pages alone."""
    return jumping(stage, "pend", Found())


@scene("jump_none", variants=("german",))
def jump_none(stage: Stage) -> Picture:
    """Nothing fits."""
    return jumping(stage, "xqz", Found())


@scene("jump_customer", variants=("german",))
def jump_customer(stage: Stage) -> Picture:
    """A customer administrator, for whom there is one account."""
    return jumping(stage, "e", OWN, session=CUSTOMER, account=CUSTOMER.account_id)


@scene("jump_error")
def jump_error(stage: Stage) -> Picture:
    """The database is locked."""
    return jumping(stage, "cont", KnownError("database_locked", path="cpdesk.sqlite3"))
