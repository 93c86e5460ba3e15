"""The columns of what a change of licenses comes to: by product and by user."""

from collections.abc import Callable
from decimal import Decimal

from cpdesk.base.formats import format_list, format_money
from cpdesk.base.i18n import _
from cpdesk.base.money_words import no_price_text
from cpdesk.base.regions import minor_digits
from cpdesk.domain.forecast_money import monthly
from cpdesk.domain.license_plan import LicensePlan, ProductPlan
from cpdesk.domain.modes import Mode
from cpdesk.ui.parts.assignment_texts import now_and_after
from cpdesk.ui.parts.plan_rows import PlanRow
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column, number_column


def plan_columns(plan: LicensePlan) -> tuple[Column[ProductPlan], ...]:
    """Who gets and loses a product, its seats, and in Usage Mode what that does to a month; nothing that is empty."""
    columns: list[Column[ProductPlan]] = [
        Column("product", lambda: _("Product"), lambda line: line.line.name, strong=True, stretch=1, min_width=180)
    ]
    counts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("gained", lambda: _("Get it")),
        ("lost", lambda: _("Lose it")),
        ("without", lambda: _("Go without")),
    )
    columns += [number_column(key, title, _count(key)) for key, title in counts if _any(plan, key)]
    columns.append(_seats() if plan.mode is Mode.USAGE else _available())
    if plan.mode is Mode.USAGE:
        columns.append(_month(plan.currency))
    return tuple(columns)


def user_plan_columns(plan: LicensePlan, *, lacking: bool = False) -> tuple[Column[PlanRow], ...]:
    """Who it is and what becomes of the licenses; only the licenses that are `lacking`, or nothing that is empty."""
    columns = [*_who()]
    gets = _products("gets", lambda: _("Gets"), badge=_had)
    loses = _products("loses", lambda: _("Loses"))
    without = _products("without", lambda: _("Goes without"))
    wanted = {
        "gets": not lacking and any(one.moves.get or one.moves.had for one in plan.users),
        "loses": not lacking and any(one.moves.lose for one in plan.users),
        "without": bool(plan.lacking),
    }
    columns += [column for column in (gets, loses, without) if wanted[column.key]]
    return tuple(columns)


def _who() -> tuple[Column[PlanRow], ...]:
    return (
        number_column("place", lambda: _("No."), lambda row: row.place, min_width=40),
        Column("name", lambda: _("Name"), lambda row: row.name, strong=True, stretch=2, min_width=112),
        Column(
            "upn",
            lambda: _("User principal name"),
            lambda row: row.upn,
            soft=True,
            stretch=2,
            min_width=112,
            yields=True,
        ),
    )


def _products(
    key: str, title: Callable[[], str], badge: Callable[[PlanRow], ChipLook | None] | None = None
) -> Column[PlanRow]:
    def text(row: PlanRow) -> str:
        return format_list(getattr(row, key))

    return Column(key, title, text, badge=badge, stretch=3, min_width=144)


def _had(row: PlanRow) -> ChipLook | None:
    return ChipLook(_("has {products} already").format(products=format_list(row.had)), Tone.SOFT) if row.had else None


def _count(key: str) -> Callable[[ProductPlan], int]:
    return lambda line: int(getattr(line, key))


def _any(plan: LicensePlan, key: str) -> bool:
    return any(getattr(line, key) for line in plan.products)


def _seats() -> Column[ProductPlan]:
    return Column(
        "seats",
        lambda: _("Seats"),
        lambda line: line.seats_after,
        lambda line: now_and_after(line.line.seats, line.seats_after),
        Align.END,
    )


def _available() -> Column[ProductPlan]:
    return Column(
        "available",
        lambda: _("Available"),
        lambda line: line.available_after,
        lambda line: now_and_after(line.line.available, line.available_after),
        Align.END,
    )


def _month(currency: str) -> Column[ProductPlan]:
    def amount(line: ProductPlan) -> Decimal | None:
        return monthly(line.change, line.line.unit_price, minor_digits(currency))

    def text(line: ProductPlan) -> str:
        found = amount(line)
        if found is None:
            return no_price_text()
        return f"+{format_money(found, currency)}" if found > 0 else format_money(found, currency)

    return Column("month", lambda: _("Per month"), amount, text, Align.END, min_width=96)
