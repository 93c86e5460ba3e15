"""What adding and removing seats comes to, without a window."""

import pytest

from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.service_samples import CATALOGUE, IN_USE, POOL, PREMIUM, STORAGE, VISIO, Sample, held, pending
from cpdesk.ui.pages.services.facts import read_facts
from cpdesk.ui.pages.services.seat_counts import (
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


def test_the_result_of_adding_is_spelled_out() -> None:
    offer = offers([PREMIUM], [held(PREMIUM, 8, 5)])[0]
    assert adding_text(offer, 3) == "Seats: 8 → 11, 6 available, billable from today"


def test_the_result_of_removing_is_spelled_out() -> None:
    assert removing_text(held(PREMIUM, 1011, 5), 3) == (
        "Seats: 1,011 → 1,008, 1,003 available, no longer billable from today on"
    )


def test_offers_are_the_whole_catalogue_with_what_is_held() -> None:
    found = {offer.part_number: (offer.seats, offer.assigned) for offer in offers(CATALOGUE, POOL)}
    assert len(found) == len(CATALOGUE)
    assert found[PREMIUM.part_number] == (60, 54)
    assert found[VISIO.part_number] == (0, 0)
    assert found[STORAGE.part_number] == (2, 0)


@pytest.mark.parametrize("needle", ["", "premium", "BUSINESS micro", "spb", PREMIUM.guid.upper(), "spb premium"])
def test_a_product_is_found_by_name_part_number_and_guid(needle: str) -> None:
    assert offers([PREMIUM], ())[0].matches(needle)


@pytest.mark.parametrize("needle", ["visio", "premium visio", "00000009-"])
def test_other_products_are_not_found(needle: str) -> None:
    assert not offers([PREMIUM], ())[0].matches(needle)


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
    storage = held(STORAGE, 2, 0)
    assert adding_text(offers([STORAGE], [storage])[0], 3) == "Seats: 2 → 5, billable from today"
    assert removing_text(storage, 1) == "Seats: 2 → 1, no longer billable from today on"
    assert removable_text(storage) == "All 2 seats can be removed: they belong to the tenant, no user holds one."
    shown = {column.key: (column.show(storage), column.exported(storage)) for column in subscription_columns()}
    assert (shown["seats"], shown["assigned"], shown["available"]) == (("2", 2), ("\u2013", None), ("\u2013", None))


def test_totals() -> None:
    assert totals_text(POOL) == "Total: 82 seats, 71 assigned, 9 available, 2 of the tenant"
    assert totals_text([held(PREMIUM, 1, 0)]) == "Total: 1 seat, 0 assigned, 1 available"


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
