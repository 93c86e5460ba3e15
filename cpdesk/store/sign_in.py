"""What signing in keeps: failed attempts, passwords to be changed, second factors and recovery codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cpdesk.domain.delays import Failures
from cpdesk.domain.second_factor import Place
from cpdesk.store.rows import first, tuples
from cpdesk.store.sign_in_models import RecoveryCode, SecondFactor, SignInFailure, TemporaryPassword

RECOVERY_KEY = "recovery_code_hash"
"""The setting with the hash of the code that lets the reseller back in."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor as it is stored; the secret is elsewhere."""

    secret_name: str
    place: Place
    since: datetime
    last_step: int


def failures(slot: int) -> Failures | None:
    """The failed attempts under a number; None if there are none."""
    row = first(SignInFailure.select().where(SignInFailure.slot == slot))
    return Failures(row["count"], row["last_at"]) if row else None


def put_failures(slot: int, failed: Failures) -> None:
    """Remember failed attempts."""
    forget_failures(slot)
    SignInFailure.create(slot=slot, count=failed.count, last_at=failed.last_at)


def forget_failures(slot: int) -> None:
    """Begin to count anew."""
    SignInFailure.delete().where(SignInFailure.slot == slot).execute()


def is_temporary(operator_id: int) -> bool:
    """Whether the operator has to change the password at the next sign-in."""
    return bool(TemporaryPassword.select().where(TemporaryPassword.operator == operator_id).exists())


def with_temporary() -> frozenset[int]:
    """Ids of the operators who have to change the password."""
    return frozenset(number for (number,) in tuples(TemporaryPassword.select(TemporaryPassword.operator)))


def put_temporary(operator_id: int, now: datetime) -> None:
    """The password has to be changed at the next sign-in."""
    forget_temporary(operator_id)
    TemporaryPassword.create(operator=operator_id, since=now)


def forget_temporary(operator_id: int) -> None:
    """The password stays."""
    TemporaryPassword.delete().where(TemporaryPassword.operator == operator_id).execute()


def factor(operator_id: int) -> Factor | None:
    """The second factor of an operator."""
    row = first(SecondFactor.select().where(SecondFactor.operator == operator_id))
    return Factor(row["secret_name"], row["place"], row["since"], row["last_step"]) if row else None


def with_factor() -> frozenset[int]:
    """Ids of the operators who have a second factor."""
    return frozenset(number for (number,) in tuples(SecondFactor.select(SecondFactor.operator)))


def put_factor(operator_id: int, kept: Factor) -> None:
    """Give an operator a second factor, or remember its last step."""
    SecondFactor.delete().where(SecondFactor.operator == operator_id).execute()
    SecondFactor.create(
        operator=operator_id,
        secret_name=kept.secret_name,
        place=kept.place,
        since=kept.since,
        last_step=kept.last_step,
    )


def forget_factor(operator_id: int) -> None:
    """Take away the second factor and its recovery codes."""
    SecondFactor.delete().where(SecondFactor.operator == operator_id).execute()
    RecoveryCode.delete().where(RecoveryCode.operator == operator_id).execute()


def put_recovery_codes(operator_id: int, hashes: Iterable[str]) -> None:
    """Give an operator these recovery codes instead of all earlier ones."""
    RecoveryCode.delete().where(RecoveryCode.operator == operator_id).execute()
    for one in hashes:
        RecoveryCode.create(operator=operator_id, code_hash=one)


def recovery_hashes(operator_id: int) -> frozenset[str]:
    """What is kept of the recovery codes that are left."""
    return frozenset(row.code_hash for row in RecoveryCode.select().where(RecoveryCode.operator == operator_id))


def use_recovery_code(operator_id: int, code_hash: str) -> bool:
    """Use a recovery code up; whether it was there."""
    found = (RecoveryCode.operator == operator_id) & (RecoveryCode.code_hash == code_hash)
    return bool(RecoveryCode.delete().where(found).execute())
