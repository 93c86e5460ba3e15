"""The License Assignment in words. Plain Python."""

from collections.abc import Mapping, Sequence

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.license_plan import LicensesChanged
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import UserRow
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow
from cpdesk.ui.parts.counted import counted_products, licenses_text
from cpdesk.ui.parts.money_texts import Priced, cost_of, priced_seats_text
from cpdesk.ui.texts import seats_text, users_text

_NAMED = 3


def people_text(users: Sequence[UserRow]) -> str:
    """Whom it is about: "Megan Bowen (megan@…)", or "5 users: Megan Bowen, Alex Wilber, Lee Gu and 2 more"."""
    if len(users) == 1:
        return f"{users[0].display_name} · {users[0].upn}"
    names = [user.display_name for user in users[:_NAMED]]
    more = len(users) - len(names)
    if more:
        names.append(ngettext("{number} more", "{number} more", more).format(number=format_number(more)))
    return _("{users}: {names}").format(users=users_text(len(users)), names=format_list(names))


def summary_text(assignment: Assignment) -> str:
    """What applying does to seats and bill."""
    gained, lost = assignment.assigned, assignment.removed
    if not gained and not lost:
        return _("Nothing is changed yet.")
    if assignment.lacking:
        return _("Add the seats that the pool lacks, or assign fewer licenses.")
    currency = assignment.sheet.currency
    taken, given = seats_text(gained), priced_seats_text(lost, cost_of(assignment.lost, currency))
    if assignment.sheet.mode is Mode.USAGE:
        taken = priced_seats_text(gained, cost_of(assignment.gained, currency))
        more = _("The account gains {seats}, billable from today.")
        less = _("{seats} are given up, no longer billable from today on.")
        if lost == 1:
            less = _("{seats} is given up, no longer billable from today on.")
    else:
        more = _("{seats} taken from the pool.")
        less = _("{seats} given back to the pool; they stay billable.")
        if lost == 1:
            less = _("{seats} given back to the pool; it stays billable.")
    told = [more.format(seats=taken)] if gained else []
    told += [less.format(seats=given)] if lost else []
    return " ".join(told)


def apply_text(assignment: Assignment) -> str:
    """What the button says: "Assign 3, Remove 1"."""
    gained, lost = assignment.assigned, assignment.removed
    if gained and lost:
        return _("Assign {gained}, Remove {lost}").format(gained=format_number(gained), lost=format_number(lost))
    if gained:
        return _("Assign {licenses}").format(licenses=licenses_text(gained))
    if lost:
        return _("Remove {licenses}").format(licenses=licenses_text(lost))
    return _("Apply")


def seats_column_text(row: AssignmentRow) -> str:
    """Usage Mode: "17", or "17 → 19" where it changes."""
    return _now_and_after(row.line.seats, row.seats_after)


def available_column_text(row: AssignmentRow) -> str:
    """Purchase Mode: "6", or "6 → 3" where it changes."""
    return _now_and_after(row.line.available, row.available_after)


def held_column_text(row: AssignmentRow) -> str:
    """How many of the users have it: "2 of 5"."""
    return _("{held} of {users}").format(held=format_number(row.line.held), users=format_number(row.users))


def lacking_chip_text(row: AssignmentRow) -> str:
    """ "2 lacking"."""
    return ngettext("{number} lacking", "{number} lacking", row.lacking).format(number=format_number(row.lacking))


def lacking_text(row: AssignmentRow) -> str:
    """What the pool lacks, and what adding it means."""
    text = ngettext(
        "{product}: the pool lacks {number} seat. An added seat is billable from today.",
        "{product}: the pool lacks {number} seats. Added seats are billable from today.",
        row.lacking,
    )
    return text.format(product=row.line.name, number=format_number(row.lacking))


def add_seats_text(row: AssignmentRow, currency: str) -> str:
    """ "Add 2 seats ($44.00 a month)"."""
    cost = cost_of((Priced(row.lacking, row.line.unit_price),), currency)
    return _("Add {seats}").format(seats=priced_seats_text(row.lacking, cost))


def changed_text(changed: LicensesChanged, users: Sequence[UserRow], names: Mapping[str, str]) -> str:
    """What was done: "Megan Bowen: Visio Plan 2 assigned, Planner Plan 1 removed."."""
    who = users[0].display_name if len(users) == 1 else users_text(changed.users)
    parts = []
    if changed.assigned:
        parts.append(_("assigned {products}").format(products=_named(changed.assigned, names, len(users))))
    if changed.removed:
        parts.append(_("removed {products}").format(products=_named(changed.removed, names, len(users))))
    return _("{who}: {what}.").format(who=who, what="; ".join(parts))


def _named(counts: Sequence[tuple[str, int]], names: Mapping[str, str], users: int) -> str:
    """Products by name, with how many of them where that is not one each."""
    if users > 1:
        return counted_products(counts, names)
    return format_list([names.get(part_number, part_number) for part_number, _count in counts])


def _now_and_after(now: int, after: int) -> str:
    if now == after:
        return format_number(now)
    return _("{before} → {after}").format(before=format_number(now), after=format_number(after))
