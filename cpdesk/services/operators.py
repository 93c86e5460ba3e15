"""Operators: signing in, and who may."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import delays, names, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.operators import OperatorRow, Role, Session
from cpdesk.domain.rows import Done
from cpdesk.services.base import UseCases, Work, who_acts
from cpdesk.services.door import Door, PasswordHasher, SecretVault
from cpdesk.services.settling import Settler
from cpdesk.store import accounts, journal, operators, settings, sign_in
from cpdesk.store.sign_in import RECOVERY_KEY, Factor
from cpdesk.store.store import Store

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Operators(UseCases):
    """Sign-in, and the reseller administrators' care for who may sign in."""

    def __init__(self, store: Store, settler: Settler, hasher: PasswordHasher, vault: SecretVault) -> None:
        super().__init__(store, settler)
        self._hasher, self._vault = hasher, vault
        self.door = Door(store, hasher, vault)
        """What compares passwords and codes, for all who ask for them."""

    def sign_in(self, email: str, password: str, code: str = "", new_password: str = "") -> Session:
        """The session of an operator; `code` is one of the second factor, or one of its recovery codes.

        Raises UserError `wrong_credentials`, the same for all that is wrong with address or password,
        `too_many_attempts` while another one has to wait, `password_change_needed` where an administrator has set the
        password and no new one is given (`password_unchanged` for the same again), and, once the password was right,
        `code_needed`, `wrong_code`, `code_used` or `factor_unreadable`.
        """
        return self.door.enter(email, password, code, new_password)

    def present(self, by: Session) -> Session:
        """Who is signed in, with role and account as they are by now.

        Raises UserError `signed_out`, or `password_was_reset` while a password from an administrator is to be changed.
        """
        with self._store.read():
            return who_acts(by)

    def rows(self, by: Session) -> list[OperatorRow]:
        """All operators by e-mail address, for whoever sees all accounts. Raises UserError `not_allowed`."""
        with self._store.read():
            self._require_overview(by)
            return operators.listed()

    def add(self, by: Session, email: str, role: Role, account_id: int | None, password: str) -> Done[OperatorRow]:
        """Let somebody sign in.

        Raises UserError `bad_email`, `operator_exists`, `customer_needs_account`, `role_has_no_account`,
        `password_empty`, `unknown_account` or `not_allowed`.
        """
        address = names.clean_address(email, "bad_email")
        hashed = self._hashed(password)
        with self._managing(by) as work:
            _require_role(role, account_id)
            if operators.credentials(address):
                raise UserError("operator_exists", email=address)
            added = operators.insert(address, role, account_id, hashed, work.now)
            record_operator(work, "operator.added", added, after=operator_facts(added))
            return Done(_row(added.operator_id), topics.OPERATORS)

    def remove(self, by: Session, email: str) -> Done[None]:
        """End somebody's access. Raises UserError `unknown_operator`, `last_reseller` or `not_allowed`."""
        with self._managing(by) as work:
            session = _named(email)
            if session.role is Role.RESELLER and operators.count_resellers() == 1:
                raise UserError("last_reseller", email=session.email)
            operators.remove(session.operator_id, work.now)
            gone = _way_in_taken(session)
            record_operator(work, "operator.removed", session, before=operator_facts(session))
        self._forget(gone)
        return Done(None, topics.OPERATORS)

    def change_role(self, by: Session, email: str, role: Role, account_id: int | None) -> Done[OperatorRow]:
        """Give somebody another role, or a customer administrator another account; it counts at once.

        Raises UserError `unknown_operator`, `last_reseller_demoted`, `role_unchanged`, `customer_needs_account`,
        `role_has_no_account`, `unknown_account` or `not_allowed`.
        """
        with self._managing(by) as work:
            before = _named(email)
            _require_role(role, account_id)
            after = replace(before, role=role, account_id=account_id)
            if after == before:
                raise UserError("role_unchanged", email=before.email, role=role)
            if before.role is Role.RESELLER and operators.count_resellers() == 1:
                raise UserError("last_reseller_demoted", email=before.email)
            operators.set_role(before.operator_id, role, account_id)
            _record_role(work, before, after)
            return Done(_row(before.operator_id), topics.OPERATORS)

    def change_own_password(self, by: Session, present_password: str, password: str) -> Done[None]:
        """Give oneself a new password; the present one proves that it is not somebody at an unattended screen.

        Raises UserError `wrong_password`, `too_many_attempts` or `password_empty`.
        """
        with self._store.read():
            email = who_acts(by).email
        self.door.require_password(email, present_password)
        return self.set_password(by, email, password)

    def set_password(self, by: Session, email: str, password: str) -> Done[None]:
        """Give a new password: reseller administrators to anybody, everybody to themselves.

        Raises UserError `unknown_operator`, `not_allowed` or `password_empty`.
        """
        hashed = self._hashed(password)
        with self._store.write() as moment:
            work = Work(who_acts(by), moment.now)
            if names.key(email) != names.key(work.by.email):
                roles.require_reseller(work.by)
            session = _named(email)
            _put_password(session, hashed)
            record_operator(work, "operator.password_set", session, after={"email": session.email})
            return Done(None, topics.OPERATORS)

    def reset_password(self, by: Session, email: str, password: str) -> Done[None]:
        """Give somebody else a password to begin with, which has to be changed at the next sign-in.

        Raises UserError `unknown_operator`, `password_own`, `not_allowed` or `password_empty`.
        """
        hashed = self._hashed(password)
        with self._managing(by) as work:
            session = _named(email)
            if session.operator_id == work.by.operator_id:
                raise UserError("password_own")
            _put_password(session, hashed)
            sign_in.put_temporary(session.operator_id, work.now)
            record_operator(work, "operator.password_reset", session, after={"email": session.email})
            return Done(None, topics.OPERATORS)

    def recover(self, code: str, email: str, password: str) -> str:
        """Let a reseller administrator back in by the recovery code, and return the next code.

        The second factor goes too: whoever needs this code may have lost everything else.

        Raises UserError `wrong_recovery_code` for a wrong code or address, or `password_empty`.
        """
        hashed = self._hashed(password)
        with self._store.write() as moment:
            found = operators.credentials(email)
            right = secrets.compare_digest(settings.get(RECOVERY_KEY), _code_hash(code))
            if not right or found is None or found.session.role is not Role.RESELLER:
                raise UserError("wrong_recovery_code")
            _put_password(found.session, hashed)
            gone = _way_in_taken(found.session)
            who: dict[str, object] = {"email": found.session.email}
            record_operator(Work(found.session, moment.now), "operator.recovered", found.session, after=who)
            following = new_recovery_code()
        self._forget(gone)
        return following

    def _forget(self, gone: Factor | None) -> None:
        """Throw the secret of a second factor away that opens nothing any more; if that cannot be done, it stays."""
        if gone is not None:
            with suppress(KnownError):
                self._vault.forget(gone.place, gone.secret_name)

    def _hashed(self, password: str) -> str:
        if not password:
            raise UserError("password_empty")
        return self._hasher.hash(password)

    def _require_overview(self, by: Session) -> None:
        role = who_acts(by).role
        if role is Role.CUSTOMER:
            raise UserError("not_allowed", role=role, to="read")


def _named(email: str) -> Session:
    found = operators.credentials(email)
    if found is None:
        raise UserError("unknown_operator", email=email)
    return found.session


def _put_password(session: Session, hashed: str) -> None:
    """A new password ends what the old one has brought: a change that is asked for, attempts that have to wait."""
    operators.set_password(session.operator_id, hashed)
    sign_in.forget_temporary(session.operator_id)
    sign_in.forget_failures(delays.slot(session.email))


def _way_in_taken(session: Session) -> Factor | None:
    """Forget what was asked for besides the password; the second factor that there was."""
    kept = sign_in.factor(session.operator_id)
    sign_in.forget_factor(session.operator_id)
    sign_in.forget_temporary(session.operator_id)
    return kept


def _row(operator_id: int) -> OperatorRow:
    return next(row for row in operators.listed() if row.id == operator_id)


def _require_role(role: Role, account_id: int | None) -> None:
    roles.require_role_fits(role, account_id)
    if account_id is not None and not accounts.exists(account_id):
        raise UserError("unknown_account", text=str(account_id))


def operator_facts(session: Session) -> dict[str, object]:
    """What the audit log keeps of an operator."""
    return {"email": session.email, "role": str(session.role), "account_id": session.account_id}


def _record_role(work: Work, before: Session, after: Session) -> None:
    """One entry; two where somebody goes from one account to another, so that neither log tells of the other."""
    if before.account_id is not None and after.account_id is not None and before.account_id != after.account_id:
        record_operator(work, "operator.removed", before, before=operator_facts(before))
        record_operator(work, "operator.added", after, after=operator_facts(after))
        return
    where = after if before.account_id is None else before
    record_operator(work, "operator.role_changed", where, before=operator_facts(before), after=operator_facts(after))


def record_operator(
    work: Work,
    action: str,
    session: Session,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Write down what was done to an operator, in the log of the account that the operator belongs to."""
    entry = journal.Entry(
        action=action,
        subject=f"operator {session.operator_id}",
        account_id=session.account_id,
        before=before,
        after=after,
        by=work.by,
    )
    journal.append(work.now, entry)


def new_password() -> str:
    """A password to hand over: four groups of letters and figures, of which none looks like another."""
    return _grouped(4)


def new_recovery_code() -> str:
    """Make the code that lets the reseller back in, keep only its hash, and return it to be shown once."""
    code = _grouped(5)
    settings.put(RECOVERY_KEY, _code_hash(code))
    return code


def _grouped(groups: int) -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))


def _code_hash(code: str) -> str:
    # 100 random bits need no slow hash.
    plain = code.replace("-", "").replace(" ", "").upper()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
