"""Putting a backup in the place of the database: prepared on its own, proven, audited, and then swapped in one step."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.backups import AccountModes, Restored
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.settlements import Settlement
from cpdesk.services.base import Work
from cpdesk.services.checks import Checks
from cpdesk.services.door import Used, use_up
from cpdesk.services.operators import operator_facts, record_operator
from cpdesk.services.settling import Settler
from cpdesk.store import backup, connection, contents, journal, migrate, operators, replacing, settings, sign_in
from cpdesk.store.contents import Contents, StoredMode
from cpdesk.store.operators import Credentials
from cpdesk.store.replacing import Present
from cpdesk.store.sign_in import RECOVERY_KEY, Factor
from cpdesk.store.store import BEHIND, MOVED_KEY, Store


@dataclass(frozen=True, slots=True)
class KeptFactor:
    """The second factor of an operator as it is now."""

    factor: Factor | None
    code_hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Order:
    """A backup that is to be restored, and who wants it."""

    path: Path
    who: Credentials
    """A reseller administrator of the present database, or of the backup where that one does not open."""
    reason: str = ""
    recovery_hash: str = ""
    """Of the recovery code that was shown last; empty where the present database does not tell."""
    origin: str = ""
    """The name of the file in which it came from another computer; empty for a backup."""
    factor: KeptFactor | None = None
    """The second factor of whoever restores; None where the present database does not tell."""
    used: Used = field(default_factory=Used)
    """By what they came in through the side door."""

    @property
    def action(self) -> str:
        """What the audit log calls it."""
        return "database.moved_in" if self.origin else "database.restored"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is about to take the place of the database."""

    file: Path
    accounts: tuple[AccountModes, ...]
    set_aside: int
    settled: Settlement


def inspect(store: Store, path: Path) -> Contents:
    """What is in a backup that could be restored; the file is only read.

    Raises UserError `backup_not_found`, `backup_is_database`, `file_unreadable`, `not_a_backup`, `backup_newer` or
    `backup_damaged`, KnownError `demo_database` or `not_a_demo_database`.
    """
    _require_other_file(store, path)
    with _about(path), connection.looking(path) as plain:
        migrate.check_kind(path, plain)
        if contents.damage(plain) or contents.has_foreign_code(plain):
            raise KnownError("database_damaged", path=str(path))
        found = contents.read(plain)
    if found.demo and not store.demo:
        raise KnownError("demo_database", path=str(path))
    if store.demo and not found.demo:
        raise KnownError("not_a_demo_database", path=str(path))
    return found


def _require_other_file(store: Store, path: Path) -> None:
    with connection.known_errors(path):
        there = path.is_file()
        same = there and store.path.exists() and path.samefile(store.path)
    if not there:
        raise UserError("backup_not_found", path=str(path))
    if same:
        raise UserError("backup_is_database", path=str(path))
    try:
        path.open("rb").close()
    except OSError as error:
        raise UserError("file_unreadable", file=str(path), reason=error.strerror or "") from error


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """What is wrong with a file that somebody chose is no trouble of the surroundings."""
    try:
        with connection.foreign_file(path):
            yield
    except KnownError as error:
        raise _refusal(error, path) from error


def _refusal(error: KnownError, path: Path) -> UserError | KnownError:
    if error.code == "not_a_database":
        return UserError("not_a_backup", path=str(path))
    if error.code == "database_newer":
        return UserError("backup_newer", path=str(path))
    if error.code == "database_damaged":
        return UserError("backup_damaged", path=str(path))
    return error


def compare(before: Contents | None, after: Contents, now: datetime) -> tuple[AccountModes, ...]:
    """The accounts of two databases with their modes, by name; what is due at `now` (UTC) counts as completed after."""
    present = before.accounts if before else {}
    rows = [_modes(account, present.get(account), after.accounts.get(account), now) for account in _ids(before, after)]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.account_id)))


def _ids(before: Contents | None, after: Contents) -> set[int]:
    return after.accounts.keys() | (before.accounts.keys() if before else set())


def _modes(account_id: int, before: StoredMode | None, after: StoredMode | None, now: datetime) -> AccountModes:
    named = after or before
    assert named, "it is in one of the two"
    due = after is not None and after.due_at is not None and after.due_at <= now
    return AccountModes(
        account_id=account_id,
        name=named.name,
        domain=named.domain,
        now=before.mode if before else None,
        then=(Mode.USAGE if due else after.mode) if after else None,
        pending_now=before.effective_on if before else None,
        pending_then=after.effective_on if after and not due else None,
    )


def replace(store: Store, order: Order) -> Restored:
    """Put a backup in the place of a store's database. No other thread, and no other process, may have that open.

    A crash leaves the one or the other, whole. Raises KnownError `database_in_use`, what `inspect` and
    `backup.keep` raise, and UserError `backup_fails_check`.
    """
    connected = connection.is_connected()
    store.disconnect()
    try:
        with ExitStack() as stack:
            restored = _swapped(store, order, stack)
    except BaseException:
        store.disconnect()
        # Only after a draft: whether a file can be written is found out by opening it, and closing it lets go of
        # all locks that other threads have on it.
        if connection.opened_path() != store.path:
            store.point()
        if connected:
            store.connect()
        raise
    # It is done, even if it cannot be opened: that is told to whoever does so next.
    with suppress(KnownError):
        store.open()
    if not connected:
        store.disconnect()
    return restored


def require_past(store: Store, path: Path, present: Contents, found: Contents) -> None:
    """Raise UserError `backup_ahead` for a backup made under a clock that was ahead of this computer's.

    What such a clock let come due before its time would be in force. Where no present database can be read, nobody
    knows which clock is wrong, and a backup that is ahead is better than none.
    """
    now = max(filter(None, (store.clock_time(), present.last_recorded)))
    if found.last_recorded and found.last_recorded > now + BEHIND:
        raise UserError("backup_ahead", path=str(path))


def _swapped(store: Store, order: Order, stack: ExitStack) -> Restored:
    found = inspect(store, order.path)
    present = replacing.take(store.path, store.backups, store.clock_time(), stack)
    try:
        if present.contents:
            require_past(store, order.path, present.contents, found)
        folder = stack.enter_context(backup.workshop(store.backups))
        draft = _drafted(store, folder, order, present)
    except BaseException:
        present.forget()
        raise
    # From here on what was kept stays, whatever happens: it may be all that is left of what was there.
    present.replace_by(draft.file)
    kept = present.kept[0] if present.kept else None
    return Restored(kept, draft.accounts, draft.set_aside, draft.settled)


def _drafted(store: Store, folder: Path, order: Order, present: Present) -> _Draft:
    """Make a database from the backup that needs only to be put in its place."""
    before = present.contents
    draft = store.draft(folder, before.last_recorded if before else None)
    with _about(order.path), connection.looking(order.path) as source:
        backup.write(source, draft.path)
        shared = contents.shared_entries(present.plain, source) if before and present.plain else 0
    with _about(order.path):
        present.match(draft.path)
        settled, accounts = _prepared(draft, order, present)
        replacing.close_log(draft.path)
    return _Draft(draft.path, accounts, before.entries - shared if before else 0, settled)


def _prepared(draft: Store, order: Order, present: Present) -> tuple[Settlement, tuple[AccountModes, ...]]:
    draft.open()
    try:
        _require_sound(draft, order.path)
        return Settler(draft).settle(), _audited(draft, order, present)
    finally:
        draft.disconnect()


def _require_sound(draft: Store, path: Path) -> None:
    errors = [finding for finding in Checks(draft).run() if finding.severity == "error"]
    if errors:
        raise UserError("backup_fails_check", path=str(path), count=len(errors))


def _audited(draft: Store, order: Order, present: Present) -> tuple[AccountModes, ...]:
    with draft.write() as moment:
        after = contents.read(connection.plain())
        accounts = compare(present.contents, after, moment.now)
        if order.origin:
            # A file that was made by hand from a database that had left.
            settings.forget(MOVED_KEY)
        journal.append(moment.now, _entry(order, present, after, accounts))
        journal.append(moment.now, *_account_entries(order, accounts))
        let_in_again(order.who, moment.now)
        use_up_code(order.who, order.used, moment.now)
        if order.factor is not None:
            _keep_factor(order.who.session.email, order.factor)
        if order.recovery_hash:
            # The paper with the latest code is the one that somebody has.
            settings.put(RECOVERY_KEY, order.recovery_hash)
        return accounts


def _entry(order: Order, present: Present, after: Contents, accounts: Sequence[AccountModes]) -> journal.Entry:
    """For the whole program: what was set aside, what came in its place, and each account's mode in both."""
    before = present.contents
    was: dict[str, Any] = {
        "modes": [_facts(one.name, one.domain, one.now, one.pending_now) for one in accounts if one.now]
    }
    if before:
        was |= {"entries": before.entries, "audit_head": before.head}
        was |= {"last_recorded": before.last_recorded.isoformat()} if before.last_recorded else {}
    return journal.Entry(
        action=order.action,
        subject="database",
        before=was,
        after={
            # A name need not be text on every system.
            "file": (order.origin or order.path.name).encode(errors="replace").decode(),
            "kept": present.kept[0].name if present.kept else "",
            "entries": after.entries,
            "modes": [_facts(one.name, one.domain, one.then, one.pending_then) for one in accounts if one.then],
        },
        by=order.who.session,
        reason=order.reason,
    )


def _account_entries(order: Order, accounts: Sequence[AccountModes]) -> list[journal.Entry]:
    """In the log of each account whose mode, or pending change, is another one now."""
    return [
        journal.Entry(
            action=order.action,
            subject=f"account {one.account_id}",
            account_id=one.account_id,
            before=_mode_facts(one.now, one.pending_now) if one.now else None,
            after=_mode_facts(one.then, one.pending_then),
            by=order.who.session,
            reason=order.reason,
        )
        for one in accounts
        if one.then and one.changes
    ]


def _facts(name: str, domain: str, mode: Mode | None, pending: object) -> dict[str, Any]:
    return {"name": name, "domain": domain, **_mode_facts(mode, pending)}


def _mode_facts(mode: Mode | None, pending: object) -> dict[str, Any]:
    return {"mode": str(mode), "effective_on": str(pending) if pending else None}


def kept_factor(operator_id: int) -> KeptFactor:
    """What an operator is asked for besides the password."""
    return KeptFactor(sign_in.factor(operator_id), sign_in.recovery_hashes(operator_id))


def _keep_factor(email: str, kept: KeptFactor) -> None:
    """Restoring is no way around a second factor, and an older one may be lost by now."""
    found = operators.credentials(email)
    assert found, "they have just been let in again"
    number = found.session.operator_id
    sign_in.forget_factor(number)
    if kept.factor is not None:
        sign_in.put_factor(number, kept.factor)
        sign_in.put_recovery_codes(number, kept.code_hashes)


def use_up_code(who: Credentials, used: Used, now: datetime) -> None:
    """Have the code by which somebody came in count no second time. One that is not there opens nothing anyway."""
    found = operators.credentials(who.session.email)
    assert found, "they have just been let in again"
    with suppress(UserError):
        use_up(found.session, used, now)


def let_in_again(who: Credentials, now: datetime) -> None:
    """Whoever restores can sign in afterwards as before: nobody locks out themselves by it."""
    email = who.session.email
    found = operators.credentials(email)
    work = Work(who.session, now)
    if found is None:
        session = operators.insert(email, Role.RESELLER, None, who.password_hash, now)
        record_operator(work, "operator.added", session, after=operator_facts(session))
        return
    if found.session.role is not Role.RESELLER:
        operators.set_role(found.session.operator_id, Role.RESELLER, None)
        session = Session(found.session.operator_id, email, Role.RESELLER, None)
        before, after = operator_facts(found.session), operator_facts(session)
        record_operator(work, "operator.role_changed", found.session, before=before, after=after)
    if found.password_hash != who.password_hash:
        operators.set_password(found.session.operator_id, who.password_hash)
        record_operator(work, "operator.password_set", found.session, after={"email": email})
