"""Backups of the database: made, listed, and restored."""

from datetime import UTC, datetime
from pathlib import Path

from cpdesk.base.errors import CodedError, UserError
from cpdesk.domain import names, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.backups import (
    BackupKind,
    BackupRow,
    Restored,
    RestorePreview,
    made_today,
    read_name,
)
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services import replacing
from cpdesk.services.base import UseCases
from cpdesk.services.replacing import Order
from cpdesk.services.settling import Settler
from cpdesk.services.side_door import SideDoor
from cpdesk.store import backup, connection, contents, erasing, migrate, operators, settings
from cpdesk.store.contents import Contents
from cpdesk.store.sign_in import RECOVERY_KEY
from cpdesk.store.store import Store

UNUSABLE = frozenset({"not_set_up", "not_a_database", "database_damaged", "database_newer"})
"""Why the present database can say nothing about who may restore another one."""


class Backups(UseCases):
    """Backups in their folder beside the database, and anywhere else.

    What can go wrong with the disk is a KnownError: `disk_full`, `disk_trouble`, `database_damaged`,
    `database_locked` or `backup_differs`. Nothing half-done is left.
    """

    def __init__(self, store: Store, settler: Settler, side_door: SideDoor) -> None:
        super().__init__(store, settler)
        self._side_door = side_door

    def folder(self) -> Path:
        """Where backups stand that nobody gave another place; it may not be there yet."""
        return self._store.backups

    def rows(self, by: Session) -> list[BackupRow]:
        """The backups in the folder, newest first, for whoever sees all accounts. Raises UserError `not_allowed`."""
        with self._reading(by) as work:
            roles.require_overview(work.by)
        return backup.listed(self.folder())

    def make(self, by: Session, path: Path | None = None) -> Done[BackupRow]:
        """Make a backup now, in the folder or at `path`, where nothing may be yet.

        Raises UserError `not_allowed`, `backup_exists` or `backup_folder_missing`.
        """
        with self._reading(by) as work:
            roles.require_reseller(work.by)
        return Done(self.make_unattended(path), topics.BACKUPS)

    def make_unattended(self, path: Path | None = None) -> BackupRow:
        """The same without an operator: for the command line, whose user can read the file anyway."""
        if path is None:
            return self._kept(BackupKind.MANUAL)
        backup.require_free(path, self._store.path)
        with connection.looking(self._store.path) as plain:
            backup.write(plain, path)
            schema = migrate.schema_of(plain)
        encrypted = connection.opened_salt() is not None
        return BackupRow(path, BackupKind.MANUAL, self._store.clock_time(), path.stat().st_size, schema, encrypted)

    def make_daily(self) -> BackupRow | None:
        """Make the backup of the day, and remove those that need not be kept any longer.

        None where the one of this calendar day, by the clock and the zone of the computer, is there already, and
        for a database of the demo.
        """
        # What was erased does not get into new backups, either.
        erasing.purge_if_due()
        if self._store.demo or made_today(backup.listed(self.folder()), self._store.clock_time()):
            return None
        made = self._kept(BackupKind.DAILY)
        backup.rotate(self.folder(), made.made_at)
        return made

    def _kept(self, kind: BackupKind) -> BackupRow:
        with connection.looking(self._store.path) as plain:
            return backup.keep(plain, self.folder(), kind, self._store.clock_time())

    def preview(self, by: Session, path: Path) -> RestorePreview:
        """What restoring a backup would change, for whoever sees all accounts.

        Raises UserError `not_allowed`, `backup_not_found`, `backup_is_database`, `not_a_backup`, `backup_newer`,
        `backup_ahead` or `backup_damaged`, KnownError `demo_database` or `not_a_demo_database`.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            present = contents.read(connection.plain())
            found = replacing.inspect(self._store, path)
            with connection.looking(path) as plain:
                shared = contents.shared_entries(connection.plain(), plain)
            replacing.require_past(self._store, path, present, found)
        return self._preview(path, present, found, shared)

    def restore(self, by: Session, path: Path, reason: str = "", *, origin: str = "") -> Done[Restored]:
        """Put a backup in the place of the present database, which is kept in the folder.

        `origin` is the name of the file that it came in from another computer, if it did.
        It is audited in the restored database with each account's mode before and after. What has become due since
        the backup is completed at once. Whoever restores can sign in afterwards with the password of today.

        No other thread may have the database open: run it by `Jobs.exclusive`. Raises what `preview` raises,
        UserError `backup_fails_check`, or `text_too_long` and `text_not_printable` for the reason, and KnownError
        `database_in_use` while another process has it open.
        """
        connected = connection.is_connected()
        self._store.connect()
        try:
            with self._reading(by) as work:
                # What is due is completed first, but not for somebody who may not know that there is any.
                roles.require_reseller(work.by)
            with self._managing(by, reason, even_moved=True) as work:
                who = operators.credentials(work.by.email)
                assert who, "they have just been allowed to do it"
                factor = replacing.kept_factor(work.by.operator_id)
                order = Order(path, who, work.reason, settings.get(RECOVERY_KEY), origin, factor)
            return self._replaced(order)
        finally:
            if not connected:
                self._store.disconnect()

    def preview_rescue(self, path: Path, email: str, password: str, code: str = "") -> RestorePreview:
        """The same as `preview` where the present database is missing or cannot be opened.

        Who asks has to be a reseller administrator in the backup: there is nobody else who could know. Raises what
        `SideDoor.require` and `preview` raise.
        """
        found = replacing.inspect(self._store, path)
        self._side_door.require(found, email, password, code)
        return self._preview(path, None, found, 0)

    def rescue(
        self, path: Path, email: str, password: str, reason: str = "", *, code: str = "", origin: str = ""
    ) -> Done[Restored]:
        """The same as `restore` where the present database is missing, damaged or cannot be opened; it is kept.

        Raises UserError `database_opens` where it opens and is whole, and what `preview_rescue` and `restore` raise.
        """
        proof = self._side_door.require(replacing.inspect(self._store, path), email, password, code)
        self._require_unusable()
        why = names.clean_text(reason, "reason") if reason.strip() else ""
        return self._replaced(Order(path, proof.who, why, origin=origin, used=proof.used))

    def _require_unusable(self) -> None:
        """Otherwise the administrators of an old backup could replace what they have no access to any more."""
        try:
            self._store.open()
            with connection.known_errors():
                plain = connection.plain()
                usable = contents.read(plain).operators and not contents.damage(plain)
        except CodedError as error:
            if error.code not in UNUSABLE:
                raise
            return
        finally:
            self._store.disconnect()
        if usable:
            raise UserError("database_opens", path=str(self._store.path))

    def _replaced(self, order: Order) -> Done[Restored]:
        restored = replacing.replace(self._store, order)
        self._settler.announce(restored.settled)
        return Done(restored, topics.EVERYTHING)

    def _preview(self, path: Path, present: Contents | None, found: Contents, shared: int) -> RestorePreview:
        file = path.stat()
        named = read_name(path, file.st_size)
        known = present.operators if present else {}
        recorded = present.last_recorded if present else None
        now = max(filter(None, (self._store.clock_time(), recorded)))
        return RestorePreview(
            path=path,
            made_at=named.made_at if named else datetime.fromtimestamp(file.st_mtime, UTC),
            last_recorded=found.last_recorded,
            size=file.st_size,
            schema=found.schema,
            older_schema=found.schema < migrate.latest_schema(),
            accounts=replacing.compare(present, found, now),
            set_aside=present.entries - shared if present else 0,
            same_history=shared > 0,
            returning=tuple(sorted(one.email for key, one in found.operators.items() if present and key not in known)),
            leaving=tuple(sorted(one.email for key, one in known.items() if key not in found.operators)),
        )
