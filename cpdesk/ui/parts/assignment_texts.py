"""The License Assignment in words. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence

from cpdesk.base.apart import beside
from cpdesk.base.billing_words import since_text
from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.bulk.report import BulkReport
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged, ProductPlan
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet
from cpdesk.domain.rows import UserRow
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow, priced
from cpdesk.ui.parts.counted import counted_products, licenses_text
from cpdesk.ui.parts.money_texts import Priced, cost_of, priced_seats_text
from cpdesk.ui.texts import seats_text, users_text

_NAMED = 3


def people_text(users: Sequence[UserRow]) -> str:
    """Whom it is about: "Megan Bowen (megan@…)", or "5 users: Megan Bowen, Alex Wilber, Lee Gu and 2 more"."""
    if len(users) == 1:
        return beside(users[0].display_name, users[0].upn)
    names = [user.display_name for user in users[:_NAMED]]
    more = len(users) - len(names)
    if more:
        names.append(ngettext("{number} more", "{number} more", more).format(number=format_number(more)))
    return _("{users}: {names}").format(users=users_text(len(users)), names=format_list(names))


def summary_text(assignment: Assignment) -> str:
    """What applying does to seats and bill."""
    if assignment.lacking:
        return _("Add the seats that the pool lacks, or assign fewer licenses.")
    return effect_text(assignment.sheet, assignment.plans)


def effect_text(change: AssignmentSheet | LicensePlan, plans: Iterable[ProductPlan]) -> str:
    """What becomes of seats and bill by what is assigned and taken away."""
    return moves_text(change, priced(plans, "gained"), priced(plans, "lost"))


def moves_text(
    change: AssignmentSheet | LicensePlan | BulkReport, gains: Sequence[Priced], losses: Sequence[Priced]
) -> str:
    """The same of seats that users get and lose."""
    currency = change.currency
    gained, lost = (sum(one.seats for one in side) for side in (gains, losses))
    taken, given = seats_text(gained), priced_seats_text(lost, cost_of(losses, currency))
    if change.mode is Mode.USAGE:
        taken = priced_seats_text(gained, cost_of(gains, currency))
        more = _("The account gains {seats}, billable from today.")
        less = _("{seats} are given up, no longer billable {since}.")
        if lost == 1:
            less = _("{seats} is given up, no longer billable {since}.")
    else:
        more = _("{seats} taken from the pool.")
        less = _("{seats} given back to the pool; they stay billable.")
        if lost == 1:
            less = _("{seats} given back to the pool; it stays billable.")
    told = [more.format(seats=taken)] if gained else []
    told += [less.format(seats=given, since=since_text(change.falls_later))] if lost else []
    return " ".join(told) or _("Nothing is changed yet.")


def apply_text(gained: int, lost: int) -> str:
    """What the button says of so many licenses: "Assign 3, Remove 1"."""
    if gained and lost:
        return _("Assign {gained}, Remove {lost}").format(gained=format_number(gained), lost=format_number(lost))
    if gained:
        return _("Assign {licenses}").format(licenses=licenses_text(gained))
    if lost:
        return _("Remove {licenses}").format(licenses=licenses_text(lost))
    return _("Apply")


def seats_column_text(row: AssignmentRow) -> str:
    """Usage Mode: "17", or "17 → 19" where it changes."""
    return now_and_after(row.line.seats, row.seats_after)


def available_column_text(row: AssignmentRow) -> str:
    """Purchase Mode: "6", or "6 → 3" where it changes."""
    return now_and_after(row.line.available, row.available_after)


def held_column_text(row: AssignmentRow) -> str:
    """How many of the users have it: "2 of 5", or "2 → 5 of 5" where that changes."""
    held = now_and_after(row.line.held, row.held_after)
    return _("{held} of {users}").format(held=held, users=format_number(row.users))


def available_look(row: AssignmentRow) -> str:
    """What is scarce of a product: "2 lacking", "2 without", or nothing."""
    if row.lacking:
        return ngettext("{number} lacking", "{number} lacking", row.lacking).format(number=format_number(row.lacking))
    if row.plan.without:
        without = row.plan.without
        return ngettext("{number} without", "{number} without", without).format(number=format_number(without))
    return ""


def replaced_text(row: AssignmentRow) -> str:
    """What a product has to do with another one: "replaced by Office 365 E3", "in place of Business Premium"."""
    if row.replaced_by:
        return _("replaced by {product}").format(product=row.replaced_by)
    if row.replaces:
        return _("in place of {products}").format(products=format_list(row.replaces))
    return ""


def replacing_text(old: ProductPlan, new: ProductPlan, users: int) -> str:
    """Whom replacing one product by another is about, and that some have the other one already."""
    told = [
        ngettext(
            "{number} of {users} users holds {product}.", "{number} of {users} users hold {product}.", old.line.held
        ).format(number=format_number(old.line.held), users=format_number(users), product=old.line.name)
    ]
    if new.had:
        text = ngettext(
            "{number} of them has {product} already and just loses the other one.",
            "{number} of them have {product} already and just lose the other one.",
            new.had,
        )
        told.append(text.format(number=format_number(new.had), product=new.line.name))
    return " ".join(told)


def as_far_text() -> str:
    """The choice to assign fewer than were wanted."""
    return _("Assign to as many as there are seats for, from the top of the list")


def without_text(rows: Sequence[AssignmentRow]) -> str:
    """How far the seats go: "Visio Plan 2: there are seats for 3 of 8."."""
    text = _("{product}: there are seats for {gained} of {wanted}.")
    told = [(row.line.name, row.plan.gained, row.plan.gained + row.plan.without) for row in rows]
    return " ".join(
        text.format(product=name, gained=format_number(gained), wanted=format_number(wanted))
        for name, gained, wanted in told
    )


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
    cost = cost_of(priced((row.plan,), "missing"), currency)
    return _("Add {seats}").format(seats=priced_seats_text(row.lacking, cost))


def changed_text(changed: LicensesChanged, users: Sequence[UserRow], names: Mapping[str, str]) -> str:
    """What was done: "Megan Bowen: Visio Plan 2 assigned, Planner Plan 1 removed."."""
    who = users[0].display_name if len(users) == 1 else users_text(changed.users)
    parts = []
    if changed.assigned:
        parts.append(_("assigned {products}").format(products=_named(changed.assigned, names, len(users))))
    if changed.removed:
        parts.append(_("removed {products}").format(products=_named(changed.removed, names, len(users))))
    if changed.lacking:
        parts.append(_("{users} went without").format(users=users_text(len(changed.lacking))))
    return _("{who}: {what}.").format(who=who, what="; ".join(parts))


def _named(counts: Sequence[tuple[str, int]], names: Mapping[str, str], users: int) -> str:
    """Products by name, with how many of them where that is not one each."""
    if users > 1:
        return counted_products(counts, names)
    return format_list([names.get(part_number, part_number) for part_number, _count in counts])


def now_and_after(now: int, after: int) -> str:
    """ "17", or "17 → 19" where it changes."""
    if now == after:
        return format_number(now)
    return _("{before} → {after}").format(before=format_number(now), after=format_number(after))
