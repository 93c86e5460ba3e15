"""The stand-ins for services must not promise what services do not have."""

import pytest

from cpdesk.base.errors import UserError
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import ACCOUNTS, RESELLER
from cpdesk.ui.gallery.stand_ins import StandIn, services


def test_answers_are_values_callables_and_errors() -> None:
    accounts = StandIn(
        Accounts, rows=ACCOUNTS, show=lambda _by, number: ACCOUNTS[number], find=UserError("unknown_account")
    )
    bundle = services(accounts=accounts)
    assert [row.name for row in bundle.accounts.rows(RESELLER)] == [row.name for row in ACCOUNTS]
    assert bundle.accounts.show(RESELLER, 2) is ACCOUNTS[2]
    with pytest.raises(UserError):
        bundle.accounts.find(RESELLER, "x")
    assert accounts.called("show") == [(2,)]


def test_a_method_that_services_lack_cannot_be_answered() -> None:
    with pytest.raises(AttributeError):
        StandIn(Accounts, remove=None)


def test_a_call_that_services_would_not_take_fails() -> None:
    with pytest.raises(TypeError):
        StandIn(Accounts, rows=()).rows(RESELLER, 7, 8)


def test_what_was_not_given_is_not_there() -> None:
    with pytest.raises(AttributeError, match=r"Accounts\.show has no answer here"):
        StandIn(Accounts, rows=()).show(RESELLER, 1)
    with pytest.raises(AttributeError):
        _ = services().modes
