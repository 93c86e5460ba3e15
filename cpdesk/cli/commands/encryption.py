"""cpdesk encryption"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base import encryption_words
from cpdesk.base.i18n import _
from cpdesk.cli import passphrase
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_reason
from cpdesk.cli.sign_in import at_terminal, confirmed

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group
    from cpdesk.domain.encryption import Encrypted, EncryptionState


def register(top: Group) -> None:
    group = top.group("encryption", _("encrypt the database on the disk"))
    group.command("status", _status, _("tell whether the database is encrypted, and which backups are not"))
    fresh = _("The new passphrase comes from {variable} or is asked for.").format(variable=passphrase.NEW_PASSPHRASE)
    known = _("The present one comes from {variable} or {file}, or is asked for.").format(
        variable=passphrase.PASSPHRASE, file=passphrase.PASSPHRASE_FILE
    )
    parser = group.command("on", _on, _("encrypt it by a passphrase"), "\n".join((*encryption_words.warnings(), fresh)))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))
    _add_keyring(parser)
    add_reason(parser)
    parser = group.command("change-passphrase", _change, _("encrypt it by another passphrase"), f"{known}\n{fresh}")
    _add_keyring(parser)
    add_reason(parser)
    add_reason(group.command("off", _off, _("write it without encryption"), known))
    group.command("remember", _remember, _("let the keyring of this system open it without asking"))
    group.command("forget", _forget, _("take the key out of the keyring"))
    parser = group.command("delete-plain-backups", _delete, _("delete the backups that are not encrypted"))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))


def _add_keyring(parser: CommandParser) -> None:
    about = _("also let the keyring of this system open it without asking")
    parser.add_argument("--keyring", action="store_true", default=None, help=about)


def _status(context: Context, _options: Namespace) -> Answer:
    return _answer(context.services.encryption.state(context.by))


def _on(context: Context, options: Namespace) -> Answer:
    encryption, by = context.services.encryption, context.by
    if not options.yes and not _agreed(context, encryption_words.warnings()):
        return _answer(encryption.state(by))
    done = encryption.turn_on(by, passphrase.new_passphrase(), options.reason, remember=bool(options.keyring))
    return _made(done.value, wanted=options.keyring)


def _change(context: Context, options: Namespace) -> Answer:
    by, present = context.by, passphrase.present(context.store.path)
    change = context.services.encryption.change_passphrase
    done = change(by, present, passphrase.new_passphrase(), options.reason, remember=options.keyring)
    return _made(done.value, wanted=options.keyring)


def _off(context: Context, options: Namespace) -> Answer:
    by, present = context.by, passphrase.present(context.store.path)
    return _answer(context.services.encryption.turn_off(by, present, options.reason).value)


def _remember(context: Context, _options: Namespace) -> Answer:
    return _answer(context.services.encryption.remember(context.by).value)


def _forget(context: Context, _options: Namespace) -> Answer:
    return _answer(context.services.encryption.forget(context.by).value)


def _delete(context: Context, options: Namespace) -> Answer:
    encryption, by = context.services.encryption, context.by
    state = encryption.state(by)
    told = [encryption_words.plain_backups_text(len(state.plain_backups)), *map(str, state.plain_backups)]
    if state.plain_backups and (options.yes or _agreed(context, told)):
        state = encryption.delete_plain_backups(by, state.plain_backups).value
    return _answer(state)


def _agreed(context: Context, told: Iterator[str] | tuple[str, ...] | list[str]) -> bool:
    """Say it, and ask; without a terminal nobody agrees."""
    for line in told:
        context.note(line)
    if at_terminal():
        return confirmed(_("Type yes to do it: "))
    context.note(_("Nothing was changed. To do it, add --yes."))
    return False


def _answer(state: EncryptionState) -> Answer:
    return Answer(_document(state), partial(_lines, state))


def _made(made: Encrypted, *, wanted: bool | None) -> Answer:
    document = {**_document(made.state), "recovery_key": made.recovery_key}
    return Answer(document, partial(_lines_made, made, wanted=wanted))


def _document(state: EncryptionState) -> dict[str, object]:
    return {
        "encrypted": state.encrypted,
        "possible": state.possible,
        "remembered": state.remembered,
        "keyring": state.keyring,
        "plain_backups": [str(path) for path in state.plain_backups],
    }


def _lines(state: EncryptionState) -> Iterator[str]:
    if not state.encrypted:
        yield _("The database is not encrypted.")
        if not state.possible:
            yield _("This installation of cpdesk cannot encrypt.")
        return
    yield _("The database is encrypted.")
    if state.remembered:
        yield _("The keyring of this system opens it without asking.")
    if state.plain_backups:
        yield encryption_words.plain_backups_text(len(state.plain_backups))
        yield _("To delete them: cpdesk encryption delete-plain-backups")


def _lines_made(made: Encrypted, *, wanted: bool | None) -> Iterator[str]:
    yield from _lines(made.state)
    if wanted and not made.state.remembered:
        yield _("The keyring of this system did not take the key.")
    yield _("Recovery key, shown only this once:")
    yield made.recovery_key
    yield _("Keep it on paper, away from this computer: it opens the database in the place of the passphrase.")
