"""The import of a partner price list: previewed, all or nothing, today or later."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.domain.price_reports import PriceChange, PriceImportReport
from cpdesk.domain.schedules import amount_text
from tests.support.price_files import BASIC_OFFER, YEARLY, prices_file
from tests.support.refusals import refused
from tests.support.world import PREMIUM, World, dump

TODAY, DECEMBER = date(2026, 11, 10), date(2026, 12, 1)
DEFAULT = 1
BASIC = {"ProductId": BASIC_OFFER[0], "SkuId": "1", "SkuTitle": "Microsoft 365 Business Basic"}


def prices_of(world: World, part_number: str = PREMIUM) -> list[tuple[date, str | None, str | None]]:
    """From when on, the Usage price, the Purchase price."""
    rows = world.services.prices.rows(world.by, DEFAULT, history=True)
    return [
        (row.effective_on, amount_text(row.usage_price), amount_text(row.purchase_price))
        for row in rows
        if row.part_number == part_number
    ]


def import_list(world: World, path: Path, day: date | None = None, margin: str = "0") -> PriceImportReport:
    return world.services.prices.import_prices(world.by, DEFAULT, path, margin=margin, effective_on=day).value


def test_a_preview_changes_nothing_and_says_what_the_import_does(world: World, tmp_path: Path) -> None:
    path = prices_file(tmp_path, {}, YEARLY, BASIC, {"Market": "US", "Segment": "Charity"})
    before = dump(world.store.path)
    shown = world.services.prices.preview(world.by, DEFAULT, path, margin="15")
    assert dump(world.store.path) == before
    done = world.services.prices.import_prices(world.by, DEFAULT, path, margin=Decimal(15), shown=shown)
    assert done.value == shown
    assert "prices" in done.topics
    assert (shown.schedule, shown.currency, shown.market, shown.effective_on) == ("Default", "USD", "US", TODAY)
    assert [line.product for line in shown.lines] == [
        "Microsoft 365 Business Basic",
        "Microsoft 365 Business Premium",
    ]
    assert (shown.count(PriceChange.CHANGED), shown.count(PriceChange.NEW), len(shown.skipped)) == (2, 0, 1)
    assert prices_of(world) == [(date(2025, 11, 1), "26.40", "23.10"), (TODAY, "23.00", "20.13")]
    assert prices_of(world, "O365_BUSINESS_ESSENTIALS")[-1] == (TODAY, "23.00", "6.30")


def test_what_is_unchanged_is_not_written_again(world: World, tmp_path: Path) -> None:
    path = prices_file(tmp_path)
    import_list(world, path)
    world.clock.advance(timedelta(days=1))
    again = import_list(world, path)
    assert again.count(PriceChange.UNCHANGED) == 1
    assert [day for day, *_ in prices_of(world)] == [date(2025, 11, 1), TODAY]


def test_who_imports_again_for_a_day_that_is_not_over_corrects(world: World, tmp_path: Path) -> None:
    path = prices_file(tmp_path)
    import_list(world, path, DECEMBER)
    import_list(world, path, DECEMBER, margin="10")
    assert prices_of(world)[1:] == [(DECEMBER, "22.00", "19.25")]
    world.account()
    world.clock.advance(timedelta(days=22))
    with refused("price_exists"):
        import_list(world, path, DECEMBER)


def test_prices_count_on_the_day_that_the_list_covers(world: World, tmp_path: Path) -> None:
    path = prices_file(
        tmp_path, {"EffectiveEndDate": "2026-11-30"}, {"EffectiveStartDate": "2026-12-01", "UnitPrice": "21"}
    )
    import_list(world, path)
    import_list(world, path, DECEMBER)
    assert prices_of(world)[1:] == [(TODAY, "20.00", "23.10"), (DECEMBER, "21.00", "23.10")]


@pytest.mark.parametrize("rows", [({}, YEARLY | {"UnitPrice": "-1"}), (BASIC, {"UnitPrice": "?"})])
def test_one_bad_price_keeps_the_others_out(world: World, tmp_path: Path, rows: tuple[dict[str, str], ...]) -> None:
    path = prices_file(tmp_path, *rows)
    before = dump(world.store.path)
    for method in (world.services.prices.preview, world.services.prices.import_prices):
        with refused("price_negative" if "TermDuration" in rows[1] else "price_not_a_number") as refusal:
            method(world.by, DEFAULT, path)
        assert refusal.params["row"] == 3
    assert dump(world.store.path) == before


def test_one_product_whose_past_would_change_keeps_the_others_out(world: World, tmp_path: Path) -> None:
    world.account()
    path = prices_file(tmp_path)
    before = dump(world.store.path)
    with refused("date_in_the_past") as refusal:
        import_list(world, path, TODAY - timedelta(days=1))
    assert refusal.params["earliest"] == TODAY
    assert dump(world.store.path) == before


def test_a_first_price_may_be_dated_back(world: World, tmp_path: Path) -> None:
    world.account()
    euro = world.services.prices.create(world.by, "Euro", "EUR").value
    path = prices_file(tmp_path, {"Currency": "EUR", "Market": "DE"})
    import_prices = world.services.prices.import_prices
    import_prices(world.by, euro.id, path, effective_on=date(2026, 3, 1))
    (row,) = world.services.prices.rows(world.by, euro.id)
    assert (row.effective_on, row.usage_price, row.currency) == (date(2026, 3, 1), Decimal("20.00"), "EUR")


def test_what_was_shown_has_to_hold(world: World, tmp_path: Path) -> None:
    path = prices_file(tmp_path)
    shown = world.services.prices.preview(world.by, DEFAULT, path)
    before = dump(world.store.path)
    with refused("prices_changed_since"):
        world.services.prices.import_prices(world.by, DEFAULT, path, margin="1", shown=shown)
    with refused("prices_changed_since"):
        world.services.prices.import_prices(world.by, DEFAULT, prices_file(tmp_path, {"UnitPrice": "21"}), shown=shown)
    prices_file(tmp_path)
    with refused("prices_changed_since"):
        world.services.prices.import_prices(world.by, DEFAULT, path, shown=replace(shown, market="CA"))
    assert dump(world.store.path) == before
    premium = next(line.product_id for line in shown.lines)
    world.services.prices.set_price(world.by, DEFAULT, premium, TODAY, "1", "1")
    with refused("prices_changed_since"):
        world.services.prices.import_prices(world.by, DEFAULT, path, shown=shown)


def test_the_schedule_and_the_margin_are_checked(world: World, tmp_path: Path) -> None:
    path = prices_file(tmp_path)
    with refused("unknown_schedule"):
        world.services.prices.preview(world.by, 7, path)
    with refused("margin_not_a_number"):
        world.services.prices.preview(world.by, DEFAULT, path, margin="a lot")
    with refused("file_missing"):
        world.services.prices.preview(world.by, DEFAULT, tmp_path / "nothing.csv")


def test_the_audit_log_keeps_what_was_imported(world: World, tmp_path: Path) -> None:
    world.services.prices.import_prices(
        world.by, DEFAULT, prices_file(tmp_path), margin="12.5", effective_on=DECEMBER, reason="INC-9"
    )
    entry = world.services.audit.rows(world.by)[0]
    assert (entry.action, entry.subject, entry.reason) == ("prices.imported", "price schedule 1", "INC-9")
    assert entry.after == {
        "name": "Default",
        "file": "prices.csv",
        "market": "US",
        "margin": "12.5",
        "effective_on": "2026-12-01",
        "prices": [
            {
                "product": PREMIUM,
                "guid": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
                "effective_on": "2026-12-01",
                "usage_price": "22.50",
                "purchase_price": "19.69",
                "usage_cost": "20.00",
                "purchase_cost": "17.50",
            }
        ],
    }


def test_a_list_of_tens_of_thousands_of_rows(world: World, tmp_path: Path) -> None:
    others = ({"ProductId": f"CFQ7TTC{place:05}", "SkuId": "0001"} for place in range(20_000))
    shown = world.services.prices.preview(world.by, DEFAULT, prices_file(tmp_path, {}, *others))
    assert (len(shown.lines), len(shown.skipped)) == (1, 20_000)
