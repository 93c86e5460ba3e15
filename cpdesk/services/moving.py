"""Moving everything to another computer: one file out, one file in, and one computer at a time that goes on."""

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfile

import cpdesk
from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.progress import Tell, part
from cpdesk.domain import moving, topics
from cpdesk.domain import operators as roles
from cpdesk.domain.backups import Restored, RestorePreview
from cpdesk.domain.moving import Manifest, MovedAway, MovedOut, MovePreview
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.backups import Backups
from cpdesk.services.base import UseCases, Work
from cpdesk.services.settling import Settler
from cpdesk.store import backup, connection, contents, journal, operators
from cpdesk.store import moving as files
from cpdesk.store.store import Store

_ATTEMPTS = 3
_REFUSALS = {
    "not_a_backup": "move_damaged",
    "backup_damaged": "move_damaged",
    "backup_fails_check": "move_damaged",
    "backup_newer": "move_newer",
}
"""What is said of the database inside a file, by what would be said of it as a backup."""


class _WentOnError(Exception):
    """Somebody changed something after the copy was made."""


class Moving(UseCases):
    """For reseller administrators. Nothing is half done: a kill leaves the database as it was, or put aside.

    What can go wrong with the disk is a KnownError: `disk_full`, `disk_trouble`, `database_damaged`,
    `database_locked` or `backup_differs`.
    """

    def __init__(self, store: Store, settler: Settler, backups: Backups) -> None:
        super().__init__(store, settler)
        self._backups = backups

    def moved_away(self) -> MovedAway | None:
        """Where this database went, so that nothing is changed here; None while it is at home. Needs no operator."""
        with self._store.read():
            return files.moved_away()

    def out(self, by: Session, path: Path, *, reason: str = "", progress: Tell | None = None) -> Done[MovedOut]:
        """Write everything into a file at `path`, where nothing may be yet, and put this database aside.

        The file is proven before: it gets its name only if it holds what is here at that moment. From then on nothing
        can be changed here, so that two computers do not go on with one ledger; `take_back` is the way back.
        `progress` is told the bytes that are written and those that are checked; what it raises ends it, and
        everything stays as it was. Raises UserError `not_allowed`, `move_demo`, `backup_exists` or
        `backup_folder_missing`, KnownError `moved_away`.
        """
        with self._reading(by) as work:
            roles.require_reseller(work.by)
            factors = tuple(row.email for row in operators.listed() if row.second_factor)
        if self._store.demo:
            raise UserError("move_demo")
        self._store.require_at_home()
        backup.require_free(path, self._store.path)
        aside: MovedAway | None = None
        try:
            with backup.workshop(self._store.backups) as folder, backup.new_file(path) as file:
                manifest, aside = self._written(by, file, folder, path.name, reason, progress)
                size = file.stat().st_size
        except BaseException:
            if aside is not None:
                self.take_back(by)
            raise
        return Done(MovedOut(path, size, manifest, factors), topics.EVERYTHING)

    def take_back(self, by: Session, *, reason: str = "") -> Done[None]:
        """Go on with this database after all; audited. Whoever brought the file in goes on with another ledger then.

        Raises UserError `not_allowed`, or `not_moved` where nothing was moved away.
        """
        with self._managing(by, reason, even_moved=True) as work:
            away = files.moved_away()
            if away is None:
                raise UserError("not_moved")
            files.take_up_again()
            self._note(work, "database.taken_back", away)
        return Done(None, topics.EVERYTHING)

    def preview(self, by: Session, path: Path, progress: Tell | None = None) -> MovePreview:
        """What bringing in a file would change, which is proven whole; nothing is changed.

        Raises UserError `not_allowed`, `move_not_found`, `move_foreign`, `move_damaged`, `move_newer` or
        `backup_ahead`, KnownError `demo_database`.
        """
        return self._shown(path, lambda database: self._backups.preview(by, database), progress)

    def preview_fresh(
        self, path: Path, email: str, password: str, progress: Tell | None = None, *, code: str = ""
    ) -> MovePreview:
        """The same where there is no database yet. Who asks has to be a reseller administrator in the file.

        Raises what `SideDoor.require` and `preview` raise.
        """
        look = self._backups.preview_rescue
        return self._shown(path, lambda database: look(database, email, password, code), progress)

    def unlock(self, path: Path, unlock: Callable[[Path], object]) -> None:
        """Have `unlock` (`Encryption.unlock`, say) see to the key of the encrypted database in a file.

        Where that is needed, the others raise KnownError `passphrase_needed`.
        """
        with self._unpacked(path, None) as (_manifest, found):
            unlock(found[moving.DATABASE])

    def bring_in(self, by: Session, path: Path, *, reason: str = "", progress: Tell | None = None) -> Done[Restored]:
        """Put what is in a file in the place of the present database, which is kept in the folder of the backups.

        No other thread may have the database open: run it by `Jobs.exclusive`. Raises what `preview` and
        `Backups.restore` raise.
        """
        restore = self._backups.restore
        return self._brought_in(path, lambda database: restore(by, database, reason, origin=path.name), progress)

    def bring_in_fresh(
        self, path: Path, email: str, password: str, progress: Tell | None = None, *, code: str = ""
    ) -> Done[Restored]:
        """The same where there is no database yet; raises what `preview_fresh` and `Backups.rescue` raise."""
        rescue = self._backups.rescue
        put = partial(rescue, email=email, password=password, code=code, origin=path.name)
        return self._brought_in(path, put, progress, fresh=True)

    def _written(
        self, by: Session, file: Path, folder: Path, name: str, reason: str, progress: Tell | None
    ) -> tuple[Manifest, MovedAway]:
        for _attempt in range(_ATTEMPTS):
            place = folder / moving.DATABASE
            place.unlink(missing_ok=True)
            with connection.looking(self._store.path) as plain:
                backup.write(plain, place)
            manifest, inside = self._described(folder)
            size = sum(one.size for one in manifest.files)
            files.write(file, manifest, inside, part(progress, 0, size, 2 * size))
            files.prove(file, part(progress, size, 2 * size, 2 * size))
            try:
                return manifest, self._put_aside(by, name, manifest.entries, reason)
            except _WentOnError:
                continue
        raise KnownError("database_locked", path=str(self._store.path))

    def _described(self, folder: Path) -> tuple[Manifest, dict[str, Path]]:
        inside = {moving.DATABASE: folder / moving.DATABASE}
        window = self._store.folder / moving.WINDOW
        if window.is_file():
            # A copy: the window may write to it meanwhile.
            inside[moving.WINDOW] = Path(copyfile(window, folder / moving.WINDOW))
        with connection.looking(inside[moving.DATABASE]) as plain:
            found = contents.read(plain)
        manifest = Manifest(
            version=moving.VERSION,
            made_at=self._store.clock_time(),
            program=cpdesk.__version__,
            schema=found.schema,
            computer=platform.node(),
            accounts=len(found.accounts),
            entries=found.entries,
            files=files.listed(inside),
        )
        return manifest, inside

    def _put_aside(self, by: Session, name: str, entries: int, reason: str) -> MovedAway:
        with self._managing(by, reason) as work:
            if journal.next_id() != entries + 1:
                raise _WentOnError
            away = MovedAway(work.now, work.by.email, name.encode(errors="replace").decode())
            self._note(work, "database.moved_away", away)
            files.put_aside(away)
        return away

    @staticmethod
    def _note(work: Work, action: str, away: MovedAway) -> None:
        facts = {"file": away.file}
        entry = journal.Entry(action=action, subject="database", after=facts, by=work.by, reason=work.reason)
        journal.append(work.now, entry)

    def _shown(self, path: Path, look: Callable[[Path], RestorePreview], progress: Tell | None) -> MovePreview:
        with self._unpacked(path, progress) as (manifest, found):
            shown = look(found[moving.DATABASE])
            return MovePreview(manifest, replace(shown, path=path, made_at=manifest.made_at))

    def _brought_in(
        self, path: Path, put: Callable[[Path], Done[Restored]], progress: Tell | None, *, fresh: bool = False
    ) -> Done[Restored]:
        with self._unpacked(path, progress) as (_manifest, found):
            done = put(found[moving.DATABASE])
            if fresh:
                # Elsewhere the window goes on remembering what it did here.
                files.keep_window(found, self._store.folder)
            return done

    @contextmanager
    def _unpacked(self, path: Path, progress: Tell | None) -> Iterator[tuple[Manifest, dict[str, Path]]]:
        manifest = files.read_manifest(path)
        with backup.workshop(self._store.backups) as folder:
            found = files.unpack(path, manifest, folder, progress)
            try:
                yield manifest, found
            except UserError as error:
                if error.code in _REFUSALS:
                    raise UserError(_REFUSALS[error.code], path=str(path)) from error
                if error.code == "backup_ahead":
                    raise UserError(error.code, path=str(path)) from error
                raise
            except KnownError as error:
                if error.code == "passphrase_needed":
                    raise KnownError(error.code, path=str(path)) from error
                raise
