"""Where one may go, and the way back."""

import pytest

from cpdesk.domain.operators import Session
from cpdesk.ui.shell.navigation import Guard, History, Place
from cpdesk.ui.shell.registry import PageSpec
from tests.ui.shell.conftest import AUDITOR, CUSTOMER, RESELLER, CountingPage, a_registry


@pytest.fixture
def guard() -> Guard:
    return Guard(a_registry(), "sign_in")


def test_without_a_session_every_way_leads_to_signing_in(guard: Guard) -> None:
    assert guard.admit(Place("customers"), None, None) == Place("sign_in")
    assert guard.admit(Place("my_services", {"account": 7}), None, None) == Place("sign_in")
    assert guard.admit(Place("sign_in"), None, None) == Place("sign_in")


@pytest.mark.parametrize(
    ("session", "key", "admitted"),
    [
        (RESELLER, "customers", True),
        (RESELLER, "operators", True),
        (AUDITOR, "customers", True),
        (AUDITOR, "operators", False),
        (CUSTOMER, "customers", False),
        (CUSTOMER, "operators", False),
        (RESELLER, "nowhere", False),
    ],
)
def test_roles_open_what_they_may_see(guard: Guard, session: Session, key: str, *, admitted: bool) -> None:
    assert (guard.admit(Place(key), session, None) is not None) is admitted


def test_an_account_page_takes_the_open_account(guard: Guard) -> None:
    assert guard.admit(Place("users"), RESELLER, 8) == Place("users", {"account": 8})
    assert guard.admit(Place("users", {"account": 7}), RESELLER, 8) == Place("users", {"account": 7})
    assert guard.admit(Place("users"), RESELLER, None) is None


def test_a_customer_stays_in_the_own_account(guard: Guard) -> None:
    assert guard.admit(Place("users"), CUSTOMER, None) == Place("users", {"account": 7})
    assert guard.admit(Place("users", {"account": 8}), CUSTOMER, None) is None


def test_back_and_forward_as_in_a_browser() -> None:
    history = History()
    first, second, third = Place("a"), Place("b", {"account": 7}), Place("c")
    assert history.back() is None
    history.visit(first)
    history.visit(second)
    assert history.back() == first
    assert history.back() is None
    assert history.forward() == second
    history.back()
    history.visit(third)
    assert history.forward() is None
    assert history.back() == first


def test_staying_is_no_visit() -> None:
    history = History()
    history.visit(Place("a"))
    history.visit(Place("a"))
    assert history.back() is None


def test_a_page_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="customers"):
        a_registry().add(PageSpec("customers", "Again", CountingPage))


def test_the_menu_is_in_order_and_only_what_one_may_see() -> None:
    registry = a_registry()
    assert [spec.key for spec in registry.menu(AUDITOR, in_account=False)] == ["customers", "prices", "help"]
    assert [spec.key for spec in registry.menu(CUSTOMER, in_account=True)] == ["my_services", "users", "help"]
    assert [spec.key for spec in registry.menu(CUSTOMER, in_account=False)] == ["help"]
