"""What every use case has in common: settle first, know who acts, and be one transaction."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain import operators as roles
from cpdesk.domain.accounts import Status, require_status
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.settlements import Settlement
from cpdesk.services.settling import Settler
from cpdesk.store import accounts, due, operators, sign_in
from cpdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Work:
    """The surroundings of one use case."""

    by: Session
    """Who acts, with role and account as they are in the database now."""
    now: datetime
    """UTC; the recorded time of whatever is written."""
    reason: str = ""
    """Why, or a ticket number, as the operator gave it."""
    planned: bool = False
    """Whether the program carries out what somebody planned, and signs for it by itself."""

    @property
    def signs(self) -> Session | None:
        """Who stands in the audit log; None for the program itself."""
        return None if self.planned else self.by

    @property
    def only(self) -> int | None:
        """The one account that the operator may see, None for all."""
        return self.by.account_id if self.by.role is Role.CUSTOMER else None


class UseCases:
    """Base of the service classes."""

    def __init__(self, store: Store, settler: Settler) -> None:
        self._store = store
        self._settler = settler

    @contextmanager
    def _reading(self, by: Session, account_id: int | None = None) -> Iterator[Work]:
        """A snapshot after settling what is due in the account (None: in all that the operator sees).

        Raises UserError `unknown_account` or `signed_out`.
        """
        with ExitStack() as stack:
            yield self._settled_snapshot(stack, by, account_id)

    @contextmanager
    def _changing(
        self, by: Session, account_id: int, reason: str = "", *, even: Status = Status.ACTIVE
    ) -> Iterator[Work]:
        """A write transaction in one account. The settlement before it stays even if the body is refused.

        Who may not know of the account settles nothing in it: they would learn of it by the time that it takes.
        `even` is the least free status in which the account allows it: Status.SUSPENDED for what only reduces
        (rule 19). Raises UserError `unknown_account`, `not_allowed`, `signed_out`, `account_suspended`,
        `account_closed`, or `text_too_long` and `text_not_printable` for the reason.
        """
        refusal: UserError | None = None
        settled = Settlement()
        with self._store.write() as moment:
            try:
                present = _seeing(by, account_id)
                settled = self._settler.settle_within(moment, account_id)
                with self._store.part():
                    work = Work(present, moment.now, _given(reason))
                    roles.require_change(work.by, account_id)
                    _require_status(account_id, even)
                    yield work
            except UserError as error:
                refusal = error
        self._settler.announce(settled)
        if refusal:
            raise refusal

    @contextmanager
    def _managing(self, by: Session, reason: str = "", *, even_moved: bool = False) -> Iterator[Work]:
        """A write transaction of a reseller administrator that touches no existing account's counts.

        `even_moved`: also where the database went to another computer. Raises UserError `not_allowed`, `signed_out`,
        or `text_too_long` and `text_not_printable` for the reason.
        """
        with self._store.write(even_moved=even_moved) as moment:
            work = Work(who_acts(by), moment.now, _given(reason))
            roles.require_reseller(work.by)
            yield work

    def _settled_snapshot(self, stack: ExitStack, by: Session, account_id: int | None) -> Work:
        settles = True
        while True:
            moment = stack.enter_context(self._store.read())
            work = Work(_seeing(by, account_id), moment.now)
            which = work.only if account_id is None else account_id
            if not settles or not due.anything(moment.now, which):
                return work
            stack.close()
            settles = self._settler.try_to_settle(which)


def account_row(account_id: int, now: datetime) -> AccountRow:
    """The account as lists show it at `now` (UTC)."""
    return accounts.listed(now, account_id)[0]


def require_growth(account: AccountRow) -> None:
    """Raise UserError `account_suspended` or `account_closed`: for parts of a use case that add anything (rule 19)."""
    require_status(account.status, Status.ACTIVE, account=account.name)


def require_open(account: AccountRow) -> None:
    """Raise UserError `account_closed`: such an account is there to be read."""
    require_status(account.status, Status.SUSPENDED, account=account.name)


def require_service(account: AccountRow) -> None:
    """Raise UserError `service_not_active` before Microsoft 365 is enabled for the account (rule 1)."""
    if not account.service_active:
        raise UserError("service_not_active", account=account.name)


def _given(reason: str) -> str:
    return names.clean_text(reason, "reason") if reason.strip() else ""


def who_acts(by: Session) -> Session:
    """The session as the database has it now.

    Raises UserError `signed_out`, or `password_was_reset` from then on until the operator has signed in with a new
    one: whoever has the old one open somewhere may be why it was done.
    """
    present = operators.session(by.operator_id)
    # Where a backup was restored the number may be somebody else's.
    if present is None or present.email != by.email:
        raise UserError("signed_out", email=by.email)
    if sign_in.is_temporary(by.operator_id):
        raise UserError("password_was_reset", email=by.email)
    return present


def _seeing(by: Session, account_id: int | None) -> Session:
    """Who acts, as the database has it, if there is such an account for them (None: it is about all that they see).

    The same is asked for an account of others as for none. Raises UserError `signed_out` or `unknown_account`.
    """
    present = who_acts(by)
    if account_id is not None:
        _require_account(account_id)
        roles.require_read(present, account_id)
    return present


def _require_status(account_id: int, even: Status) -> None:
    name, status = accounts.standing(account_id)
    require_status(status, even, account=name)


def _require_account(account_id: int) -> None:
    if not accounts.exists(account_id):
        raise UserError("unknown_account", text=str(account_id))
