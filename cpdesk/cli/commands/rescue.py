"""cpdesk rescue"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.cli import salvage_texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_reason
from cpdesk.cli.sign_in import at_terminal, confirmed, credentials, with_code

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.salvage import BackupChoice, Salvage, Salvaged


def register(top: Group) -> None:
    more = "\n".join(
        (
            _("Reads what can still be read of a damaged database and lists what is missing."),
            _("Without --yes nothing is changed. The damaged file is kept in the folder of the backups."),
            _("A reseller administrator signs in: one of the damaged database, or of the newest good backup."),
        )
    )
    parser = top.command("rescue", _rescue, _("save what can be saved of a damaged database"), more)
    help_text = _("write the list of what is missing there: .csv or .json")
    parser.add_argument("--output", metavar="FILE", type=Path, help=help_text)
    parser.add_argument("--yes", action="store_true", help=_("put it in the place of the database without asking"))
    add_reason(parser)
    # Whatever is wrong with the present database is what rescuing is for.
    parser.set_defaults(creates=True)


def _rescue(context: Context, options: Namespace) -> Answer:
    salvaging, who = context.services.salvaging, credentials()
    look = partial(with_code, lambda code: (code, salvaging.preview(*who, code=code)))
    try:
        code, shown = look()
    except KnownError as error:
        if error.code != "passphrase_needed":
            raise
        context.unlock(context.store.path)
        code, shown = look()
    choices = salvaging.backups()
    if options.output is not None:
        from cpdesk.composition import write_salvage

        write_salvage(shown, options.output)
    if not (options.yes or _agreed(context, options, shown, choices)):
        return Answer(_document(shown, choices), partial(salvage_texts.preview, shown, choices, options.output))
    done = salvaging.put_in_place(*who, options.reason, code=code).value
    return Answer(_document(shown, choices, done), partial(salvage_texts.done, done))


def _agreed(context: Context, options: Namespace, shown: Salvage, choices: list[BackupChoice]) -> bool:
    """Somebody at a terminal is asked; a script has to say --yes."""
    if options.json or not at_terminal():
        return False
    for line in salvage_texts.found(shown, choices):
        context.note(line)
    return confirmed(_("Type yes to put what could be saved in the place of the database: "))


def _document(shown: Salvage, choices: list[BackupChoice], done: Salvaged | None = None) -> dict[str, object]:
    from cpdesk.cli import plain
    from cpdesk.gateways.salvage_files import document

    return {
        "saved": done is not None,
        "kept_file": done and str(done.kept),
        "list": done and str(done.report),
        **document(shown),
        "backups": [
            {**plain.backup(one.row), "condition": str(one.condition), "entries_since": one.lacking} for one in choices
        ],
    }
