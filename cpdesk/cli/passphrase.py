"""The passphrase of an encrypted database or backup: from the environment, a file, the keyring, or the terminal.

Never from an argument: whoever lists the processes of a computer reads those.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.i18n import _
from cpdesk.cli.sign_in import ask_secretly, at_terminal, checked, given_secret

if TYPE_CHECKING:
    from cpdesk.services.encryption import Encryption

PASSPHRASE = "CPDESK_PASSPHRASE"
PASSPHRASE_FILE = "CPDESK_PASSPHRASE_FILE"
NEW_PASSPHRASE = "CPDESK_NEW_PASSPHRASE"
BACKUP_PASSPHRASE = "CPDESK_BACKUP_PASSPHRASE"


def unlock(encryption: "Encryption", path: Path, *, is_backup: bool = False) -> None:
    """Have the file at `path` opened from now on. What is set counts more than what the keyring knows.

    Raises UserError `wrong_passphrase` or `file_unreadable`, KnownError `passphrase_needed` where nobody can be asked.
    """
    given = (_from(BACKUP_PASSPHRASE) if is_backup else "") or _set()
    if given:
        encryption.unlock(given, path)
        return
    encryption.try_keyring(path)
    if not encryption.is_known(path):
        encryption.unlock(_asked(path), path)


def present(path: Path) -> str:
    """The passphrase of the open database once more, from whoever is about to change it. Raises what `unlock` does."""
    return _set() or _asked(path)


def new_passphrase() -> str:
    """A passphrase to be set. Raises UserError `secret_needed`, `secrets_differ` or `password_empty`."""
    given = os.environ.get(NEW_PASSPHRASE)
    questions = _("New passphrase: "), _("New passphrase again: ")
    return checked(NEW_PASSPHRASE, given or given_secret(NEW_PASSPHRASE, *questions))


def _set() -> str:
    return _from(PASSPHRASE) or _from_file()


def _from(variable: str) -> str:
    return checked(variable, os.environ.get(variable, ""))


def _from_file() -> str:
    """The first line of the file that is named: systemd, for instance, hands over secrets like this."""
    named = os.environ.get(PASSPHRASE_FILE)
    if not named:
        return ""
    try:
        lines = Path(named).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or _("it is not text in UTF-8")
        raise UserError("file_unreadable", file=named, reason=reason) from error
    return lines[0] if lines else ""


def _asked(path: Path) -> str:
    if not at_terminal():
        raise KnownError("passphrase_needed", path=str(path))
    return checked(PASSPHRASE, ask_secretly(_("Passphrase or recovery key of {file}: ").format(file=path)))
