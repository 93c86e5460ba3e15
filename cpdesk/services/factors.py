"""Second factors: operators turn their own on and off, reseller administrators take away that of others."""

from contextlib import suppress

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import second_factor, topics
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.domain.second_factor import Enrolment, FactorState
from cpdesk.services.base import UseCases, who_acts
from cpdesk.services.door import Door, SecretVault, random_name, record
from cpdesk.services.settling import Settler
from cpdesk.store import operators, sign_in
from cpdesk.store.sign_in import Factor
from cpdesk.store.store import Store


class SecondFactors(UseCases):
    """Codes of an authenticator app, asked for after the password."""

    def __init__(self, store: Store, settler: Settler, door: Door, vault: SecretVault) -> None:
        super().__init__(store, settler)
        self._door = door
        self._vault = vault

    def state(self, by: Session) -> FactorState:
        """Whether the operator has a second factor, and how many recovery codes are left."""
        with self._store.read():
            who = who_acts(by)
            kept = sign_in.factor(who.operator_id)
            left = len(sign_in.recovery_hashes(who.operator_id))
        return FactorState(kept.since, kept.place, left) if kept else FactorState(None, None, 0)

    def begin(self, by: Session) -> Enrolment:
        """A new secret for the operator's app; nothing is kept before `turn_on`. Raises UserError `factor_is_on`."""
        with self._store.read():
            who = _without_factor(by)
        secret = second_factor.new_secret()
        return Enrolment(secret, second_factor.address_of(secret, who.email), self._vault.place())

    def turn_on(self, by: Session, password: str, enrolment: Enrolment, code: str) -> Done[tuple[str, ...]]:
        """Ask for a code from now on, once this one has proven that the app has the secret; the recovery codes.

        They are shown once: only their hashes are kept. The password proves that it is not somebody at an unattended
        screen. Raises UserError `wrong_password`, `too_many_attempts`, `wrong_first_code` or `factor_is_on`, KnownError
        `secret_not_kept`.
        """
        self._prove(by, password)
        step = second_factor.matching_step(enrolment.secret, code, self._store.telephone_time())
        if step is None:
            raise UserError("wrong_first_code")
        name, codes = random_name(), second_factor.new_recovery_codes()
        self._vault.keep(enrolment.place, name, enrolment.secret)
        try:
            with self._store.write() as moment:
                who = _without_factor(by)
                sign_in.put_factor(who.operator_id, Factor(name, enrolment.place, moment.now, step))
                sign_in.put_recovery_codes(who.operator_id, map(second_factor.recovery_hash, codes))
                record(moment.now, who, "operator.factor_on", by=who)
        except BaseException:
            self._vault.forget(enrolment.place, name)
            raise
        return Done(codes, topics.OPERATORS)

    def turn_off(self, by: Session, password: str) -> Done[None]:
        """Ask for the password only. Raises UserError `wrong_password`, `too_many_attempts` or `factor_is_off`."""
        self._prove(by, password)
        with self._store.write() as moment:
            who = who_acts(by)
            gone = _taken(who)
            record(moment.now, who, "operator.factor_off", by=who)
        self._forget(gone)
        return Done(None, topics.OPERATORS)

    def renew_codes(self, by: Session, password: str) -> Done[tuple[str, ...]]:
        """New recovery codes instead of all earlier ones, shown once.

        Raises UserError `wrong_password`, `too_many_attempts` or `factor_is_off`.
        """
        self._prove(by, password)
        codes = second_factor.new_recovery_codes()
        with self._store.write() as moment:
            who = who_acts(by)
            if sign_in.factor(who.operator_id) is None:
                raise UserError("factor_is_off")
            sign_in.put_recovery_codes(who.operator_id, map(second_factor.recovery_hash, codes))
            record(moment.now, who, "operator.recovery_codes_renewed", by=who)
        return Done(codes, topics.OPERATORS)

    def reset(self, by: Session, email: str) -> Done[None]:
        """Take away the second factor of somebody else, who has lost the app and the codes.

        Raises UserError `unknown_operator`, `factor_own`, `factor_is_off` or `not_allowed`.
        """
        with self._managing(by) as work:
            found = operators.credentials(email)
            if found is None:
                raise UserError("unknown_operator", email=email)
            if found.session.operator_id == work.by.operator_id:
                raise UserError("factor_own")
            gone = _taken(found.session)
            record(work.now, found.session, "operator.factor_reset", by=work.by)
        self._forget(gone)
        return Done(None, topics.OPERATORS)

    def _prove(self, by: Session, password: str) -> None:
        """The password proves that it is not somebody at an unattended screen."""
        with self._store.read():
            who = who_acts(by)
        self._door.require_password(who.email, password)

    def _forget(self, gone: Factor) -> None:
        # It opens nothing any more: that it cannot be thrown away is no reason to stop.
        with suppress(KnownError):
            self._vault.forget(gone.place, gone.secret_name)


def _without_factor(by: Session) -> Session:
    who = who_acts(by)
    if sign_in.factor(who.operator_id):
        raise UserError("factor_is_on")
    return who


def _taken(who: Session) -> Factor:
    kept = sign_in.factor(who.operator_id)
    if kept is None:
        raise UserError("factor_is_off", email=who.email)
    sign_in.forget_factor(who.operator_id)
    return kept
