"""cpdesk backup, cpdesk restore"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.cli import backup_texts, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_reason
from cpdesk.cli.present import says_who_may
from cpdesk.cli.sign_in import at_terminal, confirmed, credentials, with_code

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.backups import Restored, RestorePreview


def register(top: Group) -> None:
    more = _("Without FILE it is made in the folder of the backups. It never replaces a file. Needs no operator.")
    parser = top.command("backup", _back_up, _("copy the database to a file, and verify the copy"), more)
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_("where nothing is yet"))
    more = "\n".join(
        (
            _("The present database is kept in the folder of the backups. Refused while it is open elsewhere."),
            _("Where it is missing or cannot be opened, a reseller administrator of the backup signs in."),
        )
    )
    parser = top.command("restore", _restore, _("put a backup in the place of the database"), more)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the backup"))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))
    add_reason(parser)
    # Whatever is wrong with the present database is what restoring is for.
    parser.set_defaults(creates=True)


def _back_up(context: Context, options: Namespace) -> Answer:
    row = context.services.backups.make_unattended(options.file)
    return Answer(plain.backup(row), partial(backup_texts.made, row))


def _restore(context: Context, options: Namespace) -> Answer:
    restoring = _Usual(context) if says_who_may(context) else _Rescue(context)
    shown = _previewed(context, restoring, options.file)
    if options.yes or _agreed(context, options, shown):
        result = restoring.restore(options.file, options.reason)
        return Answer(plain.restored(result), partial(backup_texts.restored, result))
    document = plain.restore_preview(shown)
    return Answer(document, partial(_unchanged, shown))


def _previewed(context: Context, restoring: _Usual | _Rescue, path: Path) -> RestorePreview:
    try:
        return restoring.preview(path)
    except KnownError as error:
        if error.code != "passphrase_needed":
            raise
    context.unlock(path, is_backup=True)
    return restoring.preview(path)


class _Usual:
    """Restoring as an administrator of the present database."""

    def __init__(self, context: Context) -> None:
        self._backups = context.services.backups
        self._by = context.by
        self._store = context.store

    def preview(self, path: Path) -> RestorePreview:
        self._store.connect()
        return self._backups.preview(self._by, path)

    def restore(self, path: Path, reason: str) -> Restored:
        return self._backups.restore(self._by, path, reason).value


class _Rescue:
    """Restoring where only the backup knows its administrators."""

    def __init__(self, context: Context) -> None:
        self._backups = context.services.backups
        self._credentials = credentials()
        self._code = ""

    def preview(self, path: Path) -> RestorePreview:
        return with_code(partial(self._look, path))

    def _look(self, path: Path, code: str) -> RestorePreview:
        self._code = code
        return self._backups.preview_rescue(path, *self._credentials, code)

    def restore(self, path: Path, reason: str) -> Restored:
        return self._backups.rescue(path, *self._credentials, reason, code=self._code).value


def _agreed(context: Context, options: Namespace, shown: RestorePreview) -> bool:
    """Somebody at a terminal is asked; a script has to say --yes."""
    if options.json or not at_terminal():
        return False
    for line in backup_texts.preview(shown):
        context.note(line)
    return confirmed(_("Type yes to restore it: "))


def _unchanged(shown: RestorePreview) -> Iterator[str]:
    if not at_terminal():
        yield from backup_texts.preview(shown)
    yield _("Nothing was changed. To restore it without being asked: cpdesk restore FILE --yes")
