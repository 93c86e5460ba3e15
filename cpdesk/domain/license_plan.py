"""What a change of licenses of several users comes to: for each user, for each product, in seats and in money.

The same plan is shown before a change and carried out by it, so that both say the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpdesk.domain.forecasts import Difference
from cpdesk.domain.license_wish import Held, LicenseWish, Moves, require_one_way
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, SheetLine
from cpdesk.domain.rows import UserRow
from cpdesk.domain.seat_limits import BeyondLimit, SeatLimit, beyond_limits


@dataclass(frozen=True, slots=True)
class UserPlan:
    """What becomes of the licenses of one user."""

    user: UserRow
    held: Held
    """GUIDs, before."""
    moves: Moves


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """What becomes of the seats of one product."""

    line: SheetLine
    """As it is before."""
    mode: Mode
    gained: int
    """Users who get it."""
    lost: int
    """Users who lose it."""
    without: int
    """Users who would get it if there were a seat."""
    had: int
    """Users who were to get it in place of another one and have it already."""
    missing: int
    """Seats that the pool lacks for everybody; what is wanted as far as seats go lacks none."""

    @property
    def change(self) -> int:
        """By how much assignments become more, or fewer."""
        return self.gained - self.lost

    @property
    def seats_after(self) -> int:
        """Usage Mode: seats follow. Purchase Mode: they stay."""
        return self.line.seats + self.change if self.mode is Mode.USAGE else self.line.seats

    @property
    def available_after(self) -> int:
        """Seats of the pool that are left, not less than none."""
        return max(self.line.available - self.change, 0)


@dataclass(frozen=True, slots=True)
class LicensePlan:
    """What a change of licenses comes to, before it is made."""

    mode: Mode
    currency: str
    """ISO 4217, of the prices."""
    asked: int
    """About how many users it is."""
    users: tuple[UserPlan, ...]
    """Those for whom something changes or who go without, in the order in which they were asked for."""
    products: tuple[ProductPlan, ...]
    """Those that somebody gets, loses or goes without, in the order of the sheet."""
    beyond: tuple[BeyondLimit, ...] = ()
    """Limits that the licenses of a family go beyond; worth a warning."""
    falls_later: date | None = None
    """Account-local: from when what leaves today is no longer billed (rule 11); None: from today on."""

    @property
    def changed(self) -> tuple[UserPlan, ...]:
        """Users whose licenses change."""
        return tuple(plan for plan in self.users if plan.moves.changes)

    @property
    def lacking(self) -> tuple[UserPlan, ...]:
        """Users who go without something."""
        return tuple(plan for plan in self.users if plan.moves.without)

    @property
    def missing(self) -> tuple[ProductPlan, ...]:
        """Products of which the pool has too few seats, so that the change would be refused."""
        return tuple(line for line in self.products if line.missing)

    def left_over(self, wish: LicenseWish) -> LicenseWish:
        """What is left to do of a wish for those who go without: to be done once there are seats."""
        lacking = {guid for plan in self.lacking for guid in plan.moves.without}
        kept = {guid for plan in self.lacking for guid in plan.moves.kept}
        return LicenseWish(
            assign=tuple(guid for guid in wish.assign if guid in lacking),
            replace={old: new for old, new in wish.replace.items() if old in kept},
        )


@dataclass(frozen=True, slots=True)
class LicensesChanged:
    """What a change of licenses did."""

    mode: Mode
    users: int
    """Whose licenses changed."""
    assigned: tuple[tuple[str, int], ...]
    """Part number and users who got it, sorted."""
    removed: tuple[tuple[str, int], ...]
    """Part number and users who lost it, sorted."""
    lacking: tuple[UserPlan, ...] = ()
    """Who went without something, in the order in which they were asked for."""


def plan_licenses(sheet: AssignmentSheet, wish: LicenseWish, limits: Iterable[SeatLimit] = ()) -> LicensePlan:
    """What a wish comes to for the users of a sheet, in its order; the sheet knows all products of the wish.

    Raises UserError `assign_and_remove`.
    """
    names = {line.guid: line.name for line in sheet.lines}
    require_one_way(wish, names.__getitem__)
    outcomes = wish.outcomes(((held, 1) for held in sheet.held), sheet.pool)
    plans = tuple(
        UserPlan(user, held, moves)
        for user, held, (moves, _one) in zip(sheet.users, sheet.held, outcomes, strict=True)
        if moves
    )
    lines = plan_products(sheet, wish, ((plan.moves, 1) for plan in plans))
    # Of a pool those count who hold a license; whoever buys seats is warned of those.
    assigned = {line.guid: line.assigned for line in sheet.lines}
    beyond = beyond_limits(limits, assigned, {plan.line.guid: plan.change for plan in lines})
    return LicensePlan(sheet.mode, sheet.currency, len(sheet.users), plans, lines, beyond, sheet.falls_later)


def plan_products(
    sheet: AssignmentSheet, wish: LicenseWish, outcomes: Iterable[tuple[Moves, int]]
) -> tuple[ProductPlan, ...]:
    """The same by product, for moves that so many users make each."""
    get, lose, without, had = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for moves, number in outcomes:
        for counts, guids in ((get, moves.get), (lose, moves.lose), (without, moves.without), (had, moves.had)):
            for guid in guids:
                counts[guid] += number
    touched = get.keys() | lose.keys() | without.keys() | had.keys()
    bounded = sheet.mode is Mode.PURCHASE and not wish.as_far_as_seats_go
    return tuple(
        ProductPlan(
            line=line,
            mode=sheet.mode,
            gained=get[line.guid],
            lost=lose[line.guid],
            without=without[line.guid],
            had=had[line.guid],
            missing=max(get[line.guid] - line.available, 0) if bounded else 0,
        )
        for line in sheet.lines
        if line.guid in touched
    )


def differences(shown: LicensePlan, now: LicensePlan) -> tuple[Difference, ...]:
    """What changed between showing a plan and accepting it: counts, prices, and for how many users it differs."""
    found = [] if shown.mode is now.mode else [Difference("mode", "", shown.mode, now.mode)]
    before, after = ({line.line.guid: line for line in plan.products} for plan in (shown, now))
    for guid, either in (before | after).items():
        found += _product_differences(either.line.name, before.get(guid), after.get(guid), now.currency)
    was, is_now = ({plan.user.id: plan.moves for plan in side.users} for side in (shown, now))
    others = sum(was.get(user_id) != is_now.get(user_id) for user_id in was | is_now)
    if others:
        found.append(Difference("people", "", "0", str(others)))
    return tuple(found)


def _product_differences(
    name: str, shown: ProductPlan | None, now: ProductPlan | None, currency: str
) -> Iterator[Difference]:
    """Of a product that came or went it is enough to tell for how many users."""
    if shown and now:
        for what in ("seats", "assigned"):
            yield from _differ(what, name, str(getattr(shown.line, what)), str(getattr(now.line, what)))
        yield from _differ("price", name, *(_money(one.line.unit_price, currency) for one in (shown, now)))
    for what in ("gained", "lost", "without", "missing"):
        yield from _differ(what, name, *(str(getattr(one, what)) if one else "0" for one in (shown, now)))


def _differ(what: str, name: str, shown: str, now: str) -> Iterator[Difference]:
    if shown != now:
        yield Difference(what, name, shown, now)


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{amount} {currency}"
