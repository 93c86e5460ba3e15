"""Writing the database anew with another key, or without one: prepared on its own, proven, audited, exchanged."""

from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from cpdesk.base.errors import KnownError
from cpdesk.domain.encryption import Lock
from cpdesk.domain.operators import Session
from cpdesk.store import backup, journal, recoding, replacing
from cpdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the database."""

    action: str
    """What the audit log calls it."""
    lock: Lock | None
    """None: it is encrypted no longer."""


def carry_out(store: Store, by: Session, reason: str, step: Step) -> None:
    """Do it. No other thread, and no other process, may have the database open; this thread has, and has it after.

    Raises KnownError `database_in_use`, `backup_differs`, and what disks cause; nothing has changed then.
    """
    store.disconnect()
    try:
        with ExitStack() as stack:
            _exchanged(store, by, reason, step, stack)
    except BaseException:
        # A draft may be what is pointed to.
        store.point()
        store.connect()
        raise
    # As at a start: how the file begins has changed, and it has no write-ahead log yet. It is done, even if it cannot
    # be opened: that is told to whoever does so next.
    with suppress(KnownError):
        store.open()


def _exchanged(store: Store, by: Session, reason: str, step: Step, stack: ExitStack) -> None:
    held = stack.enter_context(recoding.hold(store.path))
    draft = store.draft(stack.enter_context(_workshop(store)), None)
    recoding.write(held, draft.path, step.lock)
    draft.open()
    try:
        with draft.write() as moment:
            journal.append(moment.now, _entry(by, reason, step, encrypted_before=held.lock is not None))
    finally:
        draft.disconnect()
    replacing.close_log(draft.path)
    recoding.exchange(held, draft.path)


def _workshop(store: Store) -> AbstractContextManager[Path]:
    """Among the backups, where the one of the next day clears away what a kill left behind."""
    backup.make_folder(store.backups)
    same_disk = store.backups.stat().st_dev == store.folder.stat().st_dev
    return backup.workshop(store.backups if same_disk else store.folder)


def _entry(by: Session, reason: str, step: Step, *, encrypted_before: bool) -> journal.Entry:
    return journal.Entry(
        action=step.action,
        subject="database",
        before={"encrypted": encrypted_before},
        after={"encrypted": step.lock is not None},
        by=by,
        reason=reason,
    )
