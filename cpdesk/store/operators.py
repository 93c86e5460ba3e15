"""Operators and their password hashes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.operators import OperatorRow, Role, Session
from cpdesk.store import sign_in
from cpdesk.store.models import Account, Operator
from cpdesk.store.rows import first, tuples


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signing in compares against."""

    session: Session
    password_hash: str


def insert(email: str, role: Role, account_id: int | None, password_hash: str, now: datetime) -> Session:
    """Add an operator."""
    row = Operator.create(
        email=email,
        email_key=names.key(email),
        role=role,
        account=account_id,
        password_hash=password_hash,
        created_at=now,
        removed_at=None,
    )
    return Session(row.id, email, role, account_id)


def credentials(email: str) -> Credentials | None:
    """The active operator with this e-mail address, whatever the case."""
    row = first(_active().where(Operator.email_key == names.key(email)))
    return Credentials(_session(row), row["password_hash"]) if row else None


def session(operator_id: int) -> Session | None:
    """The active operator with this id, with role and account as they are now."""
    row = first(_active().where(Operator.id == operator_id))
    return _session(row) if row else None


def listed() -> list[OperatorRow]:
    """Active operators by e-mail address."""
    query = (
        Operator.select(Operator.id, Operator.email, Operator.role, Operator.account, Account.name)
        .left_outer_join(Account)
        .where(Operator.removed_at.is_null())
        .order_by(Operator.email_key)
    )
    factors, temporary = sign_in.with_factor(), sign_in.with_temporary()
    rows = ((OperatorRow(*row), row[0]) for row in tuples(query))
    return [replace(row, second_factor=key in factors, temporary_password=key in temporary) for row, key in rows]


def any_exists() -> bool:
    """Whether the database has been set up."""
    return bool(Operator.select().exists())


def count_resellers() -> int:
    """How many active reseller administrators there are."""
    return int(_active().where(Operator.role == Role.RESELLER).count())


def set_password(operator_id: int, password_hash: str) -> None:
    """Replace a password hash."""
    Operator.update(password_hash=password_hash).where(Operator.id == operator_id).execute()


def set_role(operator_id: int, role: Role, account_id: int | None) -> None:
    """Replace role and account."""
    Operator.update(role=role, account=account_id).where(Operator.id == operator_id).execute()


def remove(operator_id: int, now: datetime) -> None:
    """End an operator's access; the row stays."""
    Operator.update(removed_at=now).where(Operator.id == operator_id).execute()


def _active() -> Any:
    return Operator.select().where(Operator.removed_at.is_null())


def _session(row: dict[str, Any]) -> Session:
    return Session(row["id"], row["email"], row["role"], row["account"])
