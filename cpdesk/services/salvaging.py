"""Saving what can be saved of a damaged database: read, rebuilt, proven, listed, and put in its place when told to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import checking, names, operator_checking, topics
from cpdesk.domain.backups import BackupRow
from cpdesk.domain.catalog import Product
from cpdesk.domain.erasing import is_pseudonym
from cpdesk.domain.rows import Done
from cpdesk.domain.salvage import BackupChoice, Condition, Salvage, Salvaged
from cpdesk.services import rebuilding, replacing
from cpdesk.services.checks import Checks
from cpdesk.services.salvage_list import list_of
from cpdesk.services.side_door import Proof, SideDoor
from cpdesk.store import backup, connection, contents, evidence, journal, migrate, salvaging, word_index
from cpdesk.store import replacing as places
from cpdesk.store.contents import Contents, StoredOperator
from cpdesk.store.store import Store

WriteReport = Callable[[Salvage, Path], None]
"""Writes the list of what is missing to a file."""

_CONDITIONS = {"backup_newer": Condition.NEWER, "passphrase_needed": Condition.UNCHECKED}

_OF_SIGNING_IN = frozenset({"operator", "second_factor", "recovery_code"})
"""Tables without which somebody who may come in is not known, or more easily let in than they wanted."""


@dataclass(frozen=True, slots=True)
class _Draft:
    store: Store
    salvage: Salvage
    contents: Contents


class Salvaging:
    """For a database that is damaged. No thread may be connected: run everything by `Jobs.exclusive`.

    Only a reseller administrator learns what is in it: one of those who can still be read, or of the newest good
    backup where some cannot. The damaged file is never written, and kept beside the backups in the end.
    """

    def __init__(
        self, store: Store, side_door: SideDoor, offered: Callable[[], Iterable[Product]], write: WriteReport
    ) -> None:
        """`offered`: the products that are known without the database."""
        self._store = store
        self._side_door = side_door
        self._offered = offered
        self._write = write

    def backups(self) -> list[BackupChoice]:
        """The backups that could be restored instead, newest first, checked up to the first good one.

        Needs no operator: it tells of files, and of how many entries were written since.
        """
        latest = self._latest_entry()
        found: list[BackupChoice] = []
        for row in backup.listed(self._store.backups):
            done = any(choice.condition is Condition.GOOD for choice in found)
            found.append(BackupChoice(row, Condition.UNCHECKED, None) if done else self._checked(row, latest))
        return found

    def preview(self, email: str, password: str, progress: Tell | None = None, *, code: str = "") -> Salvage:
        """What could be saved, without keeping any of it.

        Raises UserError `nothing_to_salvage`, what `SideDoor.require` raises, KnownError `disk_full`, `disk_trouble` or
        `database_newer`. What `progress` raises ends the work.
        """
        with self._drafted(progress) as draft:
            self._let_in(draft, email, password, code)
            return draft.salvage

    def put_in_place(
        self, email: str, password: str, reason: str = "", progress: Tell | None = None, *, code: str = ""
    ) -> Done[Salvaged]:
        """Put what could be saved in the place of the damaged database, which is kept beside the backups.

        It is audited with how much was kept, rebuilt and lost; the list of what is missing stands beside the damaged
        file. Raises UserError `database_sound` where nothing is wrong with the present one, KnownError
        `database_in_use` while another process has it open, and what `preview` raises.
        """
        wanted = names.clean_text(reason, "reason") if reason.strip() else ""
        with self._drafted(progress) as draft:
            proof = self._let_in(draft, email, password, code)
            self._require_damaged(draft.salvage)
            present = places.take_damaged(self._store.path, self._store.backups, self._store.clock_time())
            try:
                report = present.kept[0].with_suffix(".csv")
                self._write(draft.salvage, report)
                _audit(draft, proof, wanted, present.kept[0].name)
                draft.store.disconnect()
                places.close_log(draft.store.path)
            except BaseException:
                present.forget()
                raise
            present.replace_by(draft.store.path)
        return Done(Salvaged(present.kept[0], draft.salvage, report), topics.EVERYTHING)

    @contextmanager
    def _drafted(self, progress: Tell | None) -> Iterator[_Draft]:
        """Make a database of everything that can be saved, somewhere else."""
        if not self._store.exists():
            raise UserError("not_set_up", path=str(self._store.path))
        self._store.disconnect()
        with ExitStack() as stack:
            folder = stack.enter_context(backup.workshop(self._store.backups))
            draft = self._store.draft(folder, None)
            stack.callback(self._store.point)
            stack.callback(draft.disconnect)
            salvage = self._filled(draft, progress)
            with draft.read():
                found = contents.read(connection.plain())
            yield _Draft(draft, salvage, found)

    def _filled(self, draft: Store, progress: Tell | None) -> Salvage:
        steps = salvaging.steps_seen(self._store.path)
        last = migrate.last_known(steps, self._store.path)
        draft.begin(last)
        salvaging.encrypt_like(draft.path, self._store.path, draft.point)
        plain = connection.plain()
        copied = salvaging.copy(self._store.path, plain, progress)
        migrate.upgrade(lambda: None, is_whole=False)
        with salvaging.without_foreign_keys():
            rebuilt = rebuilding.rebuild({one.name: one.lost for one in copied.tables}, self._offered)
            left_out = salvaging.leave_out_orphans(plain)
            word_index.fill_anew()
        if not any(one.kept for one in copied.tables if one.name in {"audit_entry", "account", "operator"}):
            raise UserError("nothing_to_salvage", path=str(self._store.path))
        findings = [finding for finding in Checks(draft).run() if finding.severity == "error"]
        with draft.read():
            return list_of(self._store.path, copied, rebuilt, left_out, findings)

    def _let_in(self, draft: _Draft, email: str, password: str, code: str) -> Proof:
        known = replace(draft.contents, operators=self._known(draft))
        return self._side_door.require(known, email, password, code)

    def _known(self, draft: _Draft) -> Mapping[str, StoredOperator]:
        """Who can sign in; where something of that is lost, as the newest good backup has it."""
        read = draft.contents.operators
        if all(one.is_whole for one in draft.salvage.tables if one.table in _OF_SIGNING_IN):
            return read
        for row in backup.listed(self._store.backups):
            try:
                older = replacing.inspect(self._store, row.path).operators
            except CodedError:
                continue
            with draft.store.read():
                older = _unchanged(older, _told())
            return {**older, **{key: _with_factor(one, older.get(key)) for key, one in read.items()}}
        return read

    def _require_damaged(self, salvage: Salvage) -> None:
        """Otherwise whoever was an administrator once could have the audit log written anew."""
        if not salvage.is_whole or salvage.rebuilt:
            return
        try:
            with connection.looking(self._store.path) as plain:
                migrate.check_kind(self._store.path, plain)
                if contents.damage(plain):
                    return
        except KnownError:
            return
        raise UserError("database_sound", path=str(self._store.path))

    def _latest_entry(self) -> int | None:
        try:
            return salvaging.latest_entry(self._store.path) if self._store.exists() else None
        except KnownError:
            return None

    def _checked(self, row: BackupRow, latest: int | None) -> BackupChoice:
        try:
            found = replacing.inspect(self._store, row.path)
        except CodedError as error:
            return BackupChoice(row, _CONDITIONS.get(error.code, Condition.DAMAGED), None)
        lacking = max(0, latest - found.entries) if latest is not None else None
        return BackupChoice(row, Condition.GOOD, lacking)


def _told() -> dict[int, dict[str, Any]]:
    """What the opened database still tells of each operator, in the rows that are left or in the audit log."""
    _found, facts = checking.check_audit(evidence.audit_rows(), journal.head(), journal.sealed)
    return {**operator_checking.follow(facts.operators), **evidence.operators()}


def _unchanged(older: Mapping[str, StoredOperator], told: Mapping[int, Mapping[str, Any]]) -> dict[str, StoredOperator]:
    """Those of a backup without whoever was removed, or given another role, since: they stay out."""
    by_address = {names.key(str(facts.get("email"))): facts for _number, facts in sorted(told.items())}

    def stays(key: str, one: StoredOperator) -> bool:
        same = told.get(one.id, {})
        facts = same if is_pseudonym(str(same.get("email"))) else by_address.get(key, {})
        return not facts.get("removed_at") and facts.get("role", one.role) == one.role

    return {key: one for key, one in older.items() if stays(key, one)}


def _with_factor(one: StoredOperator, older: StoredOperator | None) -> StoredOperator:
    """That a second factor stood on a damaged page does not make the password enough."""
    if one.factor is not None or older is None:
        return one
    return replace(one, factor=older.factor, code_hashes=one.code_hashes | older.code_hashes)


def _audit(draft: _Draft, proof: Proof, reason: str, kept: str) -> None:
    salvage = draft.salvage
    with draft.store.write() as moment:
        entry = journal.Entry(
            action="database.salvaged",
            subject="database",
            after={
                "kept": kept,
                "read": salvage.kept,
                "rebuilt": salvage.rebuilt,
                "missing": salvage.missing,
                "accounts": list(salvage.accounts),
                "exact": salvage.is_exact,
            },
            by=proof.who.session,
            reason=reason,
        )
        journal.append(moment.now, entry)
        replacing.let_in_again(proof.who, moment.now)
        replacing.use_up_code(proof.who, proof.used, moment.now)
