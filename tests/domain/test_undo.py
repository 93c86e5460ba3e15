"""The inverse of an audit entry, from its ledger lines."""

from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.seats import Holding
from cpdesk.domain.undo import reversal


def book(mode: Mode = Mode.PURCHASE) -> Book:
    return Book(1, mode, [Holding(1, 7, 5, 2), Holding(1, 8, 1, 1)])


def test_what_a_user_got_is_to_be_lost_and_what_was_lost_to_be_got() -> None:
    changed = book(Mode.USAGE)
    changed.unassign(8, 3)
    changed.assign(7, 3, product="Premium")
    found = reversal(12, changed.take_lines(), user_id=3)
    assert (found.entry, found.user_id, found.unassign, found.assign, found.seats) == (12, 3, (7,), (8,), ())
    assert found.adds


def test_seats_go_the_other_way() -> None:
    bought, returned = book(), book()
    bought.add_seats(7, 4, product="Premium")
    returned.remove_seats(7, 2, product="Premium")
    assert reversal(1, bought.lines).seats == ((7, -4),)
    assert not reversal(1, bought.lines).adds
    assert reversal(2, returned.lines).seats == ((7, 2),)
    assert reversal(2, returned.lines).adds


def test_a_deleted_user_without_licenses_comes_back_all_the_same() -> None:
    found = reversal(5, [], user_id=3, restores=True)
    assert found.adds
    assert (found.assign, found.unassign) == ((), ())
