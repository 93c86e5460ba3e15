"""License Assignment, and deleting and restoring users."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.license_plan import differences
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.rows import UserRow
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_users import PURCHASE, USAGE, list_page, users_window
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, VISIO, many_products
from cpdesk.ui.gallery.user_samples import ALEX, GONE, LEE, LONG_PEOPLE, MEGAN, MORGAN, PEOPLE, People, many_people
from cpdesk.ui.pages.users.remove_users import RemoveUsersDialog
from cpdesk.ui.pages.users.restore_without import RestoreWithoutDialog
from cpdesk.ui.pages.users.seat_fates import Fate
from cpdesk.ui.pages.users.takers import TakersDialog, Wanted
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.went_without import WentWithoutDialog

Picture = tuple[QWidget, QDialog]
Assigning = tuple[QWidget, LicenseAssignmentDialog]
_BUSINESS = frozenset({PREMIUM.guid})

_ALL = ("german", "large_text", "rtl")


def _assignment(stage: Stage, people: People, *ids: int, ticks: tuple[str, ...] = ()) -> Assigning:
    window = users_window(stage, people)
    dialog = LicenseAssignmentDialog(window, list_page(window).context, people.account, ids)
    dialog.ask()
    rows = dialog.choice.products.rows
    for part_number in ticks:
        row = next(rows.row(n) for n in range(rows.rowCount()) if rows.row(n).line.part_number == part_number)
        dialog.choice.products.toggled.emit(row)
    return window, dialog


def _replaced(stage: Stage, people: People) -> Assigning:
    window, dialog = _assignment(stage, people, *(user.id for user in people.users))
    dialog.choice.replace.chosen.emit(PREMIUM.guid, E3.guid)
    return window, dialog


def _as_far(stage: Stage) -> Assigning:
    ids = (user.id for user in PURCHASE.users)
    window, dialog = _assignment(stage, PURCHASE, *ids, ticks=(VISIO.part_number, PLANNER.part_number))
    dialog.choice.as_far.click()
    return window, dialog


def _reviewed(picture: Assigning) -> Assigning:
    picture[1].apply.click()
    return picture


@scene("assign_usage", variants=_ALL)
def assign_usage(stage: Stage) -> Picture:
    """One user in Usage Mode: one license more, one less."""
    return _assignment(stage, USAGE, MEGAN.id, ticks=(PLANNER.part_number, VISIO.part_number))


@scene("assign_purchase", variants=_ALL)
def assign_purchase(stage: Stage) -> Picture:
    """Four users in Purchase Mode; what is available counts down."""
    ids = (MEGAN.id, ALEX.id, MORGAN.id, LEE.id)
    return _assignment(stage, PURCHASE, *ids, ticks=(E3.part_number, PLANNER.part_number))


@scene("assign_lacking", variants=_ALL)
def assign_lacking(stage: Stage) -> Picture:
    """The pool has too few seats: the offer to add them."""
    return _assignment(stage, PURCHASE, MEGAN.id, ALEX.id, LEE.id, ticks=(VISIO.part_number, PREMIUM.part_number))


@scene("assign_replace", variants=_ALL)
def assign_replace(stage: Stage) -> Picture:
    """One product is to replace another one: whom that is about."""
    ids = tuple(user.id for user in PURCHASE.users)
    window, dialog = _assignment(stage, PURCHASE, *ids)
    dialog.choice.replace.open.click()
    fields = dialog.choice.replace.fields
    assert fields is not None
    fields.old.set_value(PREMIUM.guid)
    fields.new.set_value(E3.guid)
    return window, dialog


@scene("assign_replaced", variants=("german",))
def assign_replaced(stage: Stage) -> Picture:
    """It is marked what replaces what."""
    return _replaced(stage, USAGE)


@scene("assign_as_far", variants=_ALL)
def assign_as_far(stage: Stage) -> Picture:
    """As many as there are seats for."""
    return _as_far(stage)


@scene("assign_preview_usage", variants=_ALL)
def assign_preview_usage(stage: Stage) -> Picture:
    """What changes for each user and product, and what that costs."""
    return _reviewed(_replaced(stage, USAGE))


@scene("assign_preview_purchase", variants=_ALL)
def assign_preview_purchase(stage: Stage) -> Picture:
    """In Purchase Mode, as far as seats go: who goes without."""
    return _reviewed(_as_far(stage))


@scene("assign_preview_thousands")
def assign_preview_thousands(stage: Stage) -> Picture:
    """Five thousand users, more than the Business family may have."""
    many = replace(USAGE, users=many_people(5000), limits=(SeatLimit("Microsoft 365 Business", 300, _BUSINESS),))
    ids = tuple(user.id for user in many.users)
    return _reviewed(_assignment(stage, many, *ids, ticks=(PREMIUM.part_number,)))


@scene("assign_preview_changed", variants=("german",))
def assign_preview_changed(stage: Stage) -> Picture:
    """Somebody else was quicker: what differs from what was shown."""
    window, dialog = _reviewed(_replaced(stage, USAGE))
    assert dialog.preview is not None
    fewer = replace(USAGE, users=(MEGAN, ALEX))
    now = fewer.plan((MEGAN.id, ALEX.id), LicenseWish(replace={PREMIUM.guid: E3.guid}))
    found = differences(dialog.preview.plan, now)
    dialog.refused(UserError("licenses_changed", differences=found, plan=now))
    return window, dialog


@scene("assign_went_without", variants=_ALL)
def assign_went_without(stage: Stage) -> Picture:
    """The report that stays: who went without."""
    window, dialog = _reviewed(_as_far(stage))
    dialog.apply.click()
    return window, next(iter(window.findChildren(WentWithoutDialog)))


@scene("assign_untouched")
def assign_untouched(stage: Stage) -> Picture:
    """Nothing ticked yet."""
    return _assignment(stage, PURCHASE, LEE.id)


@scene("assign_many_products", variants=("large_text",))
def assign_many_products(stage: Stage) -> Picture:
    """Forty products."""
    return _assignment(stage, replace(PURCHASE, rows=many_products(40)), MEGAN.id)


@scene("assign_empty_pool")
def assign_empty_pool(stage: Stage) -> Picture:
    """A pool without seats."""
    return _assignment(stage, replace(PURCHASE, rows=()), LEE.id)


@scene("assign_refused", variants=("german",))
def assign_refused(stage: Stage) -> Picture:
    """Somebody else has taken the seat meanwhile."""
    refusal = UserError("no_seats_available", product=VISIO.name, seats=3, available=0, missing=1)
    window = users_window(stage, PURCHASE, answers={"change": refusal})
    dialog = LicenseAssignmentDialog(window, list_page(window).context, PURCHASE.account, (LEE.id,))
    dialog.ask()
    row = dialog.choice.products.rows.row(dialog.choice.products.rows.find(VISIO.guid))
    dialog.choice.products.toggled.emit(row)
    dialog.apply.click()
    return window, dialog


@scene("license_assignment_working", variants=("german", "large_text"))
def license_assignment_working(stage: Stage) -> Picture:
    """Of tens of thousands of users."""
    window, dialog = _assignment(stage, USAGE, LEE.id, MEGAN.id, ticks=(VISIO.part_number,))
    return window, _far(dialog)


def _far(dialog: QDialog) -> QDialog:
    """The dialog while its change is some way along."""
    assert isinstance(dialog, LongChangeDialog)
    for button in dialog.findChildren(QPushButton):
        button.setEnabled(button is dialog.line.cancel)
    dialog.tell((12_400, 40_000))
    dialog.show_line()
    return dialog


def _removal(stage: Stage, people: People, *ids: int) -> Picture:
    window = users_window(stage, people)
    dialog = RemoveUsersDialog(window, list_page(window).context, people.account, ids)
    dialog.ask()
    return window, dialog


@scene("delete_users_working", variants=_ALL)
def delete_users_working(stage: Stage) -> Picture:
    """Of tens of thousands of users."""
    window, dialog = _removal(stage, PURCHASE, MEGAN.id, MORGAN.id)
    return window, _far(dialog)


@scene("delete_user_usage", variants=_ALL)
def delete_user_usage(stage: Stage) -> Picture:
    """Seats leave with the user."""
    return _removal(stage, USAGE, MEGAN.id)


@scene("delete_users_purchase", variants=_ALL)
def delete_users_purchase(stage: Stage) -> Picture:
    """Several at once: seats go back to the pool, and the bill stays."""
    return _removal(stage, PURCHASE, MEGAN.id, ALEX.id, MORGAN.id, LEE.id, 6)


@scene("delete_users_chosen", variants=_ALL)
def delete_users_chosen(stage: Stage) -> Picture:
    """Each product has its own choice: kept, released, handed on."""
    window, dialog = _removal(stage, PURCHASE, MEGAN.id, ALEX.id, MORGAN.id, 6)
    assert isinstance(dialog, RemoveUsersDialog)
    assert dialog.rows is not None
    dialog.rows.chosen.emit(PREMIUM.guid, Fate.RELEASE)
    dialog.show_fates(dialog.fates.handing_on((LEE, *PEOPLE[1:2]), VISIO.guid))  # type: ignore[union-attr]
    return window, dialog


@scene("delete_user_pending", variants=("german",))
def delete_user_pending(stage: Stage) -> Picture:
    """A change to Usage Mode releases the freed seats anyway."""
    return _removal(stage, replace(PURCHASE, is_pending=True), MEGAN.id)


@scene("delete_users_many_products", variants=("large_text",))
def delete_users_many_products(stage: Stage) -> Picture:
    """The longest names, and a product without a price."""
    return _removal(stage, replace(PURCHASE, users=LONG_PEOPLE), *(user.id for user in LONG_PEOPLE))


def _takers(stage: Stage, people: People, wanted: Wanted, *ticked: UserRow) -> Picture:
    window = users_window(stage, people)
    dialog = TakersDialog(window, list_page(window).context, people.account, wanted)
    for user in ticked:
        dialog.users.toggled.emit(user)
    return window, dialog


@scene("takers", variants=_ALL)
def takers(stage: Stage) -> Picture:
    """Who gets the seats of those who leave."""
    wanted = Wanted(2, VISIO.name, VISIO.part_number, frozenset({MEGAN.id}))
    return _takers(stage, PURCHASE, wanted, LEE)


@scene("takers_too_many", variants=("german",))
def takers_too_many(stage: Stage) -> Picture:
    """More users than seats, of thousands."""
    people = replace(PURCHASE, users=many_people(5000))
    return _takers(stage, people, Wanted(2), *people.users[:3])


@scene("takers_nobody")
def takers_nobody(stage: Stage) -> Picture:
    """All have it already."""
    people = replace(PURCHASE, users=(ALEX, MORGAN))
    return _takers(stage, people, Wanted(1, PREMIUM.name, PREMIUM.part_number))


@scene("delete_user_unlicensed")
def delete_user_unlicensed(stage: Stage) -> Picture:
    """Nothing happens to the bill."""
    return _removal(stage, PURCHASE, LEE.id)


@scene("restore_lacks_seats", variants=_ALL)
def restore_lacks_seats(stage: Stage) -> Picture:
    """The pool has no seat for what the user had."""
    window = users_window(stage, PURCHASE, "deleted_users")
    refusal = UserError("restore_lacks_seats", upn=GONE[0].upn, missing=[PREMIUM.name, VISIO.name])
    assert window.page is not None
    return window, RestoreWithoutDialog(window, window.page.context, PURCHASE.account, GONE[0], refusal)
