import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.operators import (
    Role,
    Session,
    may_change,
    require_change,
    require_read,
    require_reseller,
    require_role_fits,
    sees_account,
)

OWN, FOREIGN = 11, 12
RESELLER = Session(1, "r@reseller.example", Role.RESELLER, None)
AUDITOR = Session(2, "a@reseller.example", Role.AUDITOR, None)
CUSTOMER = Session(3, "c@contoso.example", Role.CUSTOMER, OWN)
ALLOWED = None


@pytest.mark.parametrize(
    ("by", "account", "read", "change"),
    [
        (RESELLER, OWN, ALLOWED, ALLOWED),
        (RESELLER, FOREIGN, ALLOWED, ALLOWED),
        (AUDITOR, OWN, ALLOWED, "not_allowed"),
        (AUDITOR, FOREIGN, ALLOWED, "not_allowed"),
        (CUSTOMER, OWN, ALLOWED, ALLOWED),
        (CUSTOMER, FOREIGN, "unknown_account", "unknown_account"),
    ],
)
def test_who_may_do_what_in_an_account(by: Session, account: int, read: str | None, change: str | None) -> None:
    assert sees_account(by, account) == (read is ALLOWED)
    for require, expected in ((require_read, read), (require_change, change)):
        if expected is ALLOWED:
            require(by, account)
            continue
        with pytest.raises(UserError) as refused:
            require(by, account)
        assert refused.value.code == expected


def test_a_foreign_account_is_refused_as_if_it_did_not_exist() -> None:
    with pytest.raises(UserError) as refused:
        require_change(CUSTOMER, FOREIGN)
    assert refused.value.params == {"text": str(FOREIGN)}


def test_a_customer_administrator_without_an_account_sees_none() -> None:
    assert not sees_account(Session(4, "x@x.example", Role.CUSTOMER, None), OWN)


@pytest.mark.parametrize(("by", "allowed"), [(RESELLER, True), (AUDITOR, False), (CUSTOMER, False)])
def test_only_a_reseller_administrator_manages(by: Session, allowed: bool) -> None:
    if allowed:
        require_reseller(by)
        return
    with pytest.raises(UserError) as refused:
        require_reseller(by)
    assert refused.value.code == "not_allowed"


def test_an_auditor_is_offered_no_changes() -> None:
    assert [may_change(by) for by in (RESELLER, CUSTOMER, AUDITOR)] == [True, True, False]


@pytest.mark.parametrize(
    ("role", "account", "code"),
    [
        (Role.RESELLER, None, None),
        (Role.AUDITOR, None, None),
        (Role.CUSTOMER, OWN, None),
        (Role.CUSTOMER, None, "customer_needs_account"),
        (Role.RESELLER, OWN, "role_has_no_account"),
        (Role.AUDITOR, OWN, "role_has_no_account"),
    ],
)
def test_exactly_a_customer_administrator_has_an_account(role: Role, account: int | None, code: str | None) -> None:
    if code is None:
        require_role_fits(role, account)
        return
    with pytest.raises(UserError) as refused:
        require_role_fits(role, account)
    assert refused.value.code == code
