"""The User List and what belongs to it."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.people import UserFields, UserFilter
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import IN_USE, VISIO, held
from cpdesk.ui.gallery.user_samples import (
    ALEX,
    LONG_GONE,
    LONG_PEOPLE,
    MEGAN,
    MORGAN,
    ROOMS,
    People,
    many_people,
    person,
)
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.users.create_user import CreateUserPage
from cpdesk.ui.pages.users.deleted_users import DeletedUsersPage
from cpdesk.ui.pages.users.erase_user import EraseUserDialog
from cpdesk.ui.pages.users.plan_joiner import PlanJoinerDialog
from cpdesk.ui.pages.users.user import UserPage
from cpdesk.ui.pages.users.user_list import UserListPage
from cpdesk.ui.parts.assignment_texts import people_text
from cpdesk.ui.parts.plan_dialog import PlanLeaversDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")

PURCHASE = People()
USAGE = People(mode=Mode.USAGE, rows=(*IN_USE, held(VISIO, 2, 2)))
CUSTOMER = Session(3, "megan.bowen@contoso-freight.example", Role.CUSTOMER, 7)


def users_window(
    stage: Stage, people: People, at: str = "users", session: Session = RESELLER, *, answers: Any = None, **params: Any
) -> Window:
    """A page of the users of a sample account."""
    bundle = people.services(**answers or {})
    return stage.window(all_pages(), at, services=bundle, session=session, account=7, **params)


def list_page(window: Window) -> UserListPage:
    """The User List that is open in the window."""
    assert isinstance(window.page, UserListPage)
    return window.page


@scene("users", variants=_ALL)
def users(stage: Stage) -> QWidget:
    """Ten users, two of them selected."""
    window = users_window(stage, PURCHASE)
    list_page(window).users.table.select_all_of((MEGAN.id, MORGAN.id))
    return window


@scene("users_one")
def users_one(stage: Stage) -> QWidget:
    """A single user."""
    return users_window(stage, replace(PURCHASE, users=(MEGAN,)))


@scene("users_thousands")
def users_thousands(stage: Stage) -> QWidget:
    """All of them selected."""
    window = users_window(stage, replace(PURCHASE, users=many_people(5000)))
    list_page(window).users.table.selectAll()
    return window


@scene("users_on_their_way", variants=("rtl",))
def users_on_their_way(stage: Stage) -> QWidget:
    """Rows that are not there yet."""
    people = replace(PURCHASE, users=many_people(5000))
    return users_window(stage, people, answers={"some": list(people.users[:6])})


@scene("users_filtered", variants=("large_text",))
def users_filtered(stage: Stage) -> QWidget:
    """Blocked, yet licensed."""
    window = users_window(stage, PURCHASE)
    list_page(window).users.narrowing.chips[UserFilter.BLOCKED_LICENSED].click()
    return window


@scene("users_rooms", variants=("german",))
def users_rooms(stage: Stage) -> QWidget:
    """Rooms whose sign-in is blocked: two filters together."""
    rooms = tuple(
        person(50 + place, f"Meeting Room {city}", ROOMS.part_number, blocked=place < 2)
        for place, city in enumerate(("Oslo", "Porto", "Turin"))
    )
    window = users_window(stage, replace(PURCHASE, users=(*PURCHASE.users, *rooms)))
    for which in (UserFilter.ROOMS, UserFilter.BLOCKED_LICENSED):
        list_page(window).users.narrowing.chips[which].click()
    return window


@scene("users_not_found", variants=_ALL)
def users_not_found(stage: Stage) -> QWidget:
    """A search that finds nobody."""
    window = users_window(stage, PURCHASE)
    search = list_page(window).users.narrowing.search
    search.setText("zzz")
    search.searched.emit("zzz")
    return window


@scene("users_empty", variants=_ALL)
def users_empty(stage: Stage) -> QWidget:
    """Nobody yet."""
    return users_window(stage, replace(PURCHASE, users=()))


@scene("users_empty_auditor")
def users_empty_auditor(stage: Stage) -> QWidget:
    """Nobody yet, and nothing to do about it."""
    return users_window(stage, replace(PURCHASE, users=()), session=AUDITOR)


@scene("users_no_service")
def users_no_service(stage: Stage) -> QWidget:
    """Before Microsoft 365 is activated."""
    return users_window(stage, replace(PURCHASE, users=(), active=False))


@scene("users_auditor")
def users_auditor(stage: Stage) -> QWidget:
    """Read only."""
    window = users_window(stage, PURCHASE, session=AUDITOR)
    list_page(window).users.table.select(MEGAN.id)
    return window


@scene("users_suspended")
def users_suspended(stage: Stage) -> QWidget:
    """Nobody can be added; licenses and users can still be taken away."""
    window = users_window(stage, replace(PURCHASE, status=Status.SUSPENDED))
    list_page(window).users.table.select(MEGAN.id)
    return window


@scene("users_customer")
def users_customer(stage: Stage) -> QWidget:
    """The customer's own administrator."""
    return users_window(stage, PURCHASE, session=CUSTOMER)


@scene("users_long_names", variants=("large_text", "rtl"))
def users_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return users_window(stage, replace(PURCHASE, users=LONG_PEOPLE))


@scene("users_error")
def users_error(stage: Stage) -> QWidget:
    """The database cannot be read."""
    return users_window(stage, PURCHASE, answers={"find_ids": KnownError("database_locked", path="cpdesk.sqlite3")})


@scene("users_deleted", variants=_ALL)
def users_deleted(stage: Stage) -> QWidget:
    """Who can be restored."""
    window = users_window(stage, PURCHASE, "deleted_users")
    assert isinstance(window.page, DeletedUsersPage)
    window.page.table.select(31)
    return window


@scene("users_deleted_long_ago", variants=("german",))
def users_deleted_long_ago(stage: Stage) -> QWidget:
    """Somebody who can only be erased."""
    window = users_window(stage, replace(PURCHASE, long_gone=(LONG_GONE,)), "deleted_users")
    assert isinstance(window.page, DeletedUsersPage)
    window.page.table.select(LONG_GONE.user_id)
    return window


def _erasing(stage: Stage, people: People = PURCHASE) -> tuple[QWidget, EraseUserDialog]:
    window = users_window(stage, people, "deleted_users")
    assert isinstance(window.page, DeletedUsersPage)
    dialog = EraseUserDialog(window.page, window.page.context, people.account, people.gone[0])
    dialog.ask()
    return window, dialog


@scene("erase_user", variants=_ALL)
def erase_user(stage: Stage) -> tuple[QWidget, QDialog]:
    """What is replaced, and where the person stays; the name is typed in."""
    window, dialog = _erasing(stage)
    dialog.form.set_values({"upn": PURCHASE.gone[0].upn})
    return window, dialog


@scene("erase_user_refused", variants=("german",))
def erase_user_refused(stage: Stage) -> tuple[QWidget, QDialog]:
    """The reason names the person."""
    window, dialog = _erasing(stage)
    dialog.form.set_values({"upn": PURCHASE.gone[0].upn})
    dialog.refused(UserError("erase_reason_names", upn=PURCHASE.gone[0].upn))
    return window, dialog


@scene("users_deleted_empty")
def users_deleted_empty(stage: Stage) -> QWidget:
    """Nobody was deleted."""
    return users_window(stage, replace(PURCHASE, gone=()), "deleted_users")


@scene("users_deleted_auditor")
def users_deleted_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return users_window(stage, PURCHASE, "deleted_users", AUDITOR)


@scene("create_user", variants=_ALL)
def create_user(stage: Stage) -> QWidget:
    """Half filled in: the display name follows."""
    window = users_window(stage, PURCHASE, "create_user")
    assert isinstance(window.page, CreateUserPage)
    window.page.form.set_values({"first_name": "Adele", "last_name": "Vance", "upn": "adele.vance"})
    return window


@scene("plan_joiner", variants=_ALL)
def plan_joiner(stage: Stage) -> tuple[QWidget, QDialog]:
    """The day and the licenses of a new user, taken from the pool."""
    window = users_window(stage, PURCHASE, "create_user")
    assert isinstance(window.page, CreateUserPage)
    fields = UserFields("Adele Vance", f"adele.vance@{PURCHASE.account.domain}")
    dialog = PlanJoinerDialog(window.page, window.page.context, PURCHASE.account, fields)
    dialog.ask()
    dialog.products.toggled.emit(dialog.products.rows.row(0))
    return window, dialog


@scene("plan_leavers", variants=_ALL)
def plan_leavers(stage: Stage) -> tuple[QWidget, QDialog]:
    """Two users leave on a date."""
    window = users_window(stage, PURCHASE)
    page = list_page(window)
    dialog = PlanLeaversDialog(page, page.context, PURCHASE.account, (MEGAN.id, ALEX.id), people_text((MEGAN, ALEX)))
    dialog.open()
    return window, dialog


@scene("create_user_refused", variants=("german",))
def create_user_refused(stage: Stage) -> QWidget:
    """A user name that is taken, in a domain that is not the account's."""
    address = "adele.vance@fabrikam.example"
    refusal = UserError("upn_taken", upn=address)
    window = users_window(stage, PURCHASE, "create_user", answers={"add": refusal})
    assert isinstance(window.page, CreateUserPage)
    window.page.form.set_values({"first_name": "Adele", "last_name": "Vance", "upn": address})
    window.page.create_only.click()
    return window


@scene("create_user_wrong", variants=("german",))
def create_user_wrong(stage: Stage) -> QWidget:
    """Each field says what is wrong with it."""
    window = users_window(stage, PURCHASE, "create_user")
    assert isinstance(window.page, CreateUserPage)
    window.page.form.set_values({"last_name": "Vance", "upn": "adele vance", "job_title": "x" * 300})
    window.page.form.editor("usage_location").setEditText("Atlantis")  # type: ignore[attr-defined]
    window.page.create_only.click()
    return window


def _user(stage: Stage, tab: str, session: Session = RESELLER, user: int = MEGAN.id, **people: Any) -> Window:
    window = users_window(stage, replace(PURCHASE, **people), "user", session, user=user, tab=tab)
    assert isinstance(window.page, UserPage)
    return window


@scene("user_details", variants=_ALL)
def user_details(stage: Stage) -> QWidget:
    """What is known, with something changed."""
    window = _user(stage, "details")
    assert isinstance(window.page, UserPage)
    window.page.details.form.set_values({"department": "Logistics"})
    return window


@scene("user_details_auditor")
def user_details_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return _user(stage, "details", AUDITOR)


@scene("user_services", variants=_ALL)
def user_services(stage: Stage) -> QWidget:
    """What the user holds."""
    return _user(stage, "services")


@scene("user_services_empty", variants=("large_text",))
def user_services_empty(stage: Stage) -> QWidget:
    """No license yet."""
    return _user(stage, "services", user=4)


@scene("user_services_auditor")
def user_services_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return _user(stage, "services", AUDITOR)


@scene("user_gone")
def user_gone(stage: Stage) -> QWidget:
    """Deleted meanwhile."""
    refusal = UserError("unknown_user", upn=MEGAN.upn)
    return users_window(stage, PURCHASE, "user", user=1, tab="details", answers={"show": refusal})
