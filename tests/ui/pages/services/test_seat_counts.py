"""What adding and removing seats comes to, without a window."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import SubscriptionRow
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import (
    CAPACITY,
    CATALOGUE,
    IN_USE,
    POOL,
    PREMIUM,
    STORAGE,
    VISIO,
    Sample,
    held,
    pending,
)
from cpdesk.ui.pages.services.facts import ServiceFacts, read_facts
from cpdesk.ui.pages.services.seat_counts import (
    Offer,
    adding_text,
    empty_texts,
    explanation,
    idle_release_text,
    import_helps,
    offers,
    removable_text,
    removing_text,
    totals_text,
)
from cpdesk.ui.pages.services.subscription_columns import subscription_columns


def facts_of(*rows: SubscriptionRow) -> ServiceFacts:
    return read_facts(Sample(rows=rows).services(), RESELLER, 7)


def offer_of(item: Product, *rows: SubscriptionRow) -> Offer:
    """The offer of a product to an account that holds these."""
    prices = Sample().services().prices.of_account(RESELLER, 7)
    return offers([item], prices, facts_of(*rows))[0]


def test_the_result_of_adding_is_spelled_out() -> None:
    assert adding_text(offer_of(PREMIUM, held(PREMIUM, 8, 5)), 3) == (
        "Seats: 8 → 11, 6 available, billable from today\nPer month: $176.00 → $242.00"
    )


def test_the_result_of_removing_is_spelled_out() -> None:
    (priced,) = facts_of(held(PREMIUM, 1011, 5)).seats
    assert removing_text(priced, 3) == (
        "Seats: 1,011 → 1,008, 1,003 available, no longer billable from today on\nPer month: $22,242.00 → $22,176.00 "
        "That saves $66.00 a month."
    )


def test_where_whole_months_are_charged_the_bill_falls_later() -> None:
    later = {"falls_later": date(2026, 12, 1)}
    facts = read_facts(Sample(rows=(held(PREMIUM, 60, 5), held(STORAGE, 2, 0))).services(**later), RESELLER, 7)
    for priced in facts.seats:
        assert "no longer billable from December 1, 2026 on\n" in removing_text(priced, 1)


def test_what_has_no_price_is_not_taken_for_free() -> None:
    (priced,) = facts_of(held(CAPACITY, 2, 0)).seats
    unknown = "What it costs is not known: it has no price in Purchase Mode."
    assert adding_text(offer_of(CAPACITY), 1).endswith(f"\n{unknown}")
    assert removing_text(priced, 1).endswith(f"\n{unknown}")
    assert totals_text([priced]).endswith("2 of the tenant · no price")


def test_offers_are_the_whole_catalogue_with_what_is_held() -> None:
    prices = Sample().services().prices.of_account(RESELLER, 7)
    listed = offers(CATALOGUE, prices, facts_of(*POOL))
    found = {offer.part_number: (offer.seats, offer.assigned, offer.unit_price) for offer in listed}
    assert len(found) == len(CATALOGUE)
    assert found[PREMIUM.part_number] == (60, 54, Decimal("22.00"))
    assert found[VISIO.part_number] == (0, 0, Decimal("15.00"))
    assert found[STORAGE.part_number] == (2, 0, Decimal("0.20"))
    assert found[CAPACITY.part_number] == (0, 0, None)


def test_only_the_price_in_force_counts() -> None:
    row = next(row for row in Sample().services().prices.of_account(RESELLER, 7) if row.guid == PREMIUM.guid)
    later = replace(row, purchase_price=Decimal("99.00"), in_force=False)
    assert offers([PREMIUM], [row, later], facts_of())[0].unit_price == Decimal("22.00")


@pytest.mark.parametrize(
    ("seats", "assigned", "text"),
    [
        (60, 54, "6 seats can be removed: 54 of 60 seats are assigned."),
        (60, 59, "1 seat can be removed: 59 of 60 seats are assigned."),
        (54, 54, "No seat can be removed: all 54 seats are assigned. Remove licenses from users first."),
        (2, 0, "All 2 seats can be removed: none is assigned."),
    ],
)
def test_how_many_can_be_removed(seats: int, assigned: int, text: str) -> None:
    assert removable_text(held(PREMIUM, seats, assigned)) == text


def test_what_belongs_to_the_tenant_is_never_available() -> None:
    (storage,) = facts_of(held(STORAGE, 2, 0)).seats
    added = adding_text(offer_of(STORAGE, storage.row), 3)
    assert added == "Seats: 2 → 5, billable from today\nPer month: $0.40 → $1.00"
    removed = removing_text(storage, 1)
    assert removed == (
        "Seats: 2 → 1, no longer billable from today on\nPer month: $0.40 → $0.20 That saves $0.20 a month."
    )
    assert removable_text(storage.row) == "All 2 seats can be removed: they belong to the tenant, no user holds one."
    shown = {column.key: (column.show(storage), column.exported(storage)) for column in subscription_columns()}
    assert (shown["seats"], shown["assigned"], shown["available"]) == (("2", 2), ("\u2013", None), ("\u2013", None))


def test_totals() -> None:
    pool, one = facts_of(*POOL).seats, facts_of(held(PREMIUM, 1, 0)).seats
    assert totals_text(pool) == "Total: 82 seats, 71 assigned, 9 available, 2 of the tenant · $1,780.40 a month"
    assert totals_text(one) == "Total: 1 seat, 0 assigned, 1 available · $22.00 a month"


def test_the_monthly_cost_is_a_number_in_files() -> None:
    premium, capacity = facts_of(held(PREMIUM, 60, 54), held(CAPACITY, 1, 0)).seats
    (cost,) = (column for column in subscription_columns() if column.key == "monthly")
    assert (cost.show(premium), cost.exported(premium)) == ("$1,320.00", Decimal("1320.00"))
    assert (cost.show(capacity), cost.value(capacity)) == ("no price", None)
    assert cost.tooltip
    assert (cost.tooltip(premium), cost.tooltip(capacity)) == ("60 seats, $22.00 each", "")


def test_a_pending_change_releases_what_is_idle_by_then() -> None:
    assert idle_release_text(None) == ""
    assert idle_release_text(pending(7)) == (
        "The change to Usage Mode on December 1, 2026 releases every seat that nobody holds by then."
    )


def test_why_there_is_something_to_add_or_nothing() -> None:
    usage = read_facts(Sample(mode=Mode.USAGE, rows=IN_USE).services(), RESELLER, 7)
    assert explanation(usage, RESELLER).startswith("There is nothing to add or remove here: in Usage Mode")
    queued = read_facts(Sample(is_pending=True).services(), RESELLER, 7)
    assert explanation(queued, RESELLER).endswith("releases every seat that nobody holds by then.")
    assert explanation(queued, AUDITOR) == "You are signed in as an auditor, who reads everything and changes nothing."


@pytest.mark.parametrize(
    ("sample", "title"),
    [
        (Sample(rows=()), "No seats in the pool yet"),
        (Sample(mode=Mode.USAGE, rows=()), "No seats yet"),
        (Sample(mode=Mode.USAGE, rows=(), active=False), "Microsoft 365 is not active for this account."),
    ],
)
def test_an_empty_list_says_what_to_do(sample: Sample, title: str) -> None:
    shown, text = empty_texts(read_facts(sample.services(), RESELLER, 7))
    assert shown == title
    assert text


def test_in_usage_mode_the_first_seats_come_by_an_import() -> None:
    facts = read_facts(Sample(mode=Mode.USAGE, rows=()).services(), RESELLER, 7)
    assert import_helps(facts, RESELLER)
    assert not import_helps(facts, AUDITOR)
    assert not import_helps(read_facts(Sample(rows=()).services(), RESELLER, 7), RESELLER)
