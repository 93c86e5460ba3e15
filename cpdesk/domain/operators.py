"""Who may do what: the roles of operators (the product's rule 17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cpdesk.base.errors import UserError


class Role(StrEnum):
    """What an operator is."""

    RESELLER = "reseller"
    """Reseller administrator: everything."""
    CUSTOMER = "customer"
    """Customer administrator: one account, everything in it except cost, margin, zone and currency."""
    AUDITOR = "auditor"
    """Reads everything, changes nothing."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in operator. Services read role and account again from the database before they trust them."""

    operator_id: int
    email: str
    role: Role
    account_id: int | None
    """The one account of a customer administrator, else None."""


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """An operator as lists show it."""

    id: int
    email: str
    role: Role
    account_id: int | None
    account_name: str | None
    second_factor: bool = False
    """Whether a code is asked for besides the password."""
    temporary_password: bool = False
    """Whether the password has to be changed at the next sign-in."""


def sees_account(by: Session, account_id: int) -> bool:
    """Whether the operator may know that the account exists."""
    return by.role is not Role.CUSTOMER or by.account_id == account_id


def require_read(by: Session, account_id: int) -> None:
    """Raise UserError `unknown_account` for a foreign account, exactly as if it did not exist."""
    if not sees_account(by, account_id):
        raise UserError("unknown_account", text=str(account_id))


def require_change(by: Session, account_id: int) -> None:
    """Raise UserError `unknown_account` for a foreign account, `not_allowed` for who only reads."""
    require_read(by, account_id)
    if by.role is Role.AUDITOR:
        raise UserError("not_allowed", role=by.role)


def require_reseller(by: Session) -> None:
    """Raise UserError `not_allowed` unless the operator is a reseller administrator."""
    if by.role is not Role.RESELLER:
        raise UserError("not_allowed", role=by.role)


def require_overview(by: Session) -> None:
    """Raise UserError `not_allowed` for whoever sees one account only."""
    if by.role is Role.CUSTOMER:
        raise UserError("not_allowed", role=by.role, to="read")


def last_reseller(rows: Iterable[OperatorRow]) -> OperatorRow | None:
    """The one reseller administrator who can neither be removed nor demoted; None where there are several."""
    resellers = [row for row in rows if row.role is Role.RESELLER]
    return resellers[0] if len(resellers) == 1 else None


def may_change(by: Session) -> bool:
    """Whether screens offer changes to this operator at all; services decide."""
    return by.role is not Role.AUDITOR


def require_role_fits(role: Role, account_id: int | None) -> None:
    """A customer administrator has exactly one account, the other roles none.

    Raises UserError `customer_needs_account` or `role_has_no_account`.
    """
    if role is Role.CUSTOMER and account_id is None:
        raise UserError("customer_needs_account")
    if role is not Role.CUSTOMER and account_id is not None:
        raise UserError("role_has_no_account", role=role)
