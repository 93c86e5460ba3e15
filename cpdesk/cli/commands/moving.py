"""cpdesk move"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import moving_sentences
from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.cli import moving_texts, plain, plain_moving
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_reason
from cpdesk.cli.present import says_who_may
from cpdesk.cli.sign_in import at_terminal, confirmed, credentials, with_code

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.backups import Restored
    from cpdesk.domain.moving import MovePreview


def register(top: Group) -> None:
    group = top.group("move", _("move everything to another computer"))
    parser = group.command("out", _out, _("write everything to one file, and put this computer aside"))
    parser.add_argument("file", metavar="FILE", type=Path, help=_("where nothing is yet"))
    add_reason(parser)
    parser = group.command("in", _in, _("bring in such a file; what is here is kept among the backups"))
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the file from the other computer"))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))
    add_reason(parser)
    parser.set_defaults(creates=True)
    add_reason(group.command("back", _back, _("go on with this computer after all")))


def _out(context: Context, options: Namespace) -> Answer:
    done = context.services.moving.out(context.by, options.file, reason=options.reason)
    return Answer(plain_moving.moved_out(done.value), partial(moving_texts.made, done.value))


def _back(context: Context, options: Namespace) -> Answer:
    context.services.moving.take_back(context.by, reason=options.reason)
    return Answer({"moved_away": False}, lambda: [moving_sentences.taken_back()])


def _in(context: Context, options: Namespace) -> Answer:
    bringing = _Over(context) if says_who_may(context, unsaid={"not_set_up"}) else _Fresh(context)
    shown = _previewed(context, bringing, options.file)
    if options.yes or _agreed(context, options, shown):
        result = bringing.bring_in(options.file, options.reason)
        return Answer(plain.restored(result), partial(moving_texts.arrived, result))
    return Answer(plain.restore_preview(shown.restore), partial(_unchanged, shown))


def _previewed(context: Context, bringing: _Over | _Fresh, path: Path) -> MovePreview:
    try:
        return bringing.preview(path)
    except KnownError as error:
        if error.code != "passphrase_needed":
            raise
    context.services.moving.unlock(path, partial(context.unlock, is_backup=True))
    return bringing.preview(path)


class _Over:
    """As an administrator of the present database."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._by = context.by

    def preview(self, path: Path) -> MovePreview:
        self._context.store.connect()
        return self._context.services.moving.preview(self._by, path)

    def bring_in(self, path: Path, reason: str) -> Restored:
        return self._context.services.moving.bring_in(self._by, path, reason=reason).value


class _Fresh:
    """Where only the file knows its administrators."""

    def __init__(self, context: Context) -> None:
        self._moving = context.services.moving
        self._credentials = credentials()
        self._code = ""

    def preview(self, path: Path) -> MovePreview:
        return with_code(partial(self._look, path))

    def _look(self, path: Path, code: str) -> MovePreview:
        self._code = code
        return self._moving.preview_fresh(path, *self._credentials, code=code)

    def bring_in(self, path: Path, _reason: str) -> Restored:
        return self._moving.bring_in_fresh(path, *self._credentials, code=self._code).value


def _agreed(context: Context, options: Namespace, shown: MovePreview) -> bool:
    """Somebody at a terminal is asked; a script has to say --yes."""
    if options.json or not at_terminal():
        return False
    for line in moving_texts.preview(shown):
        context.note(line)
    return confirmed(_("Type yes to bring it in: "))


def _unchanged(shown: MovePreview) -> Iterator[str]:
    if not at_terminal():
        yield from moving_texts.preview(shown)
    yield _("Nothing was changed. To bring it in without being asked: cpdesk move in FILE --yes")
