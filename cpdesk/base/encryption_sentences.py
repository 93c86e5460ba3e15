"""Sentences about a database that is encrypted on the disk."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "passphrase_needed": lambda: _(
        "{path} is encrypted. Set CPDESK_PASSPHRASE or CPDESK_PASSPHRASE_FILE, or run this in a terminal."
    ),
    "wrong_passphrase": lambda: _("This is neither the passphrase nor the recovery key."),
    "passphrase_too_short": lambda: _("A passphrase has at least {least} characters."),
    "encryption_missing": lambda: _(
        "This installation of cpdesk cannot encrypt. Install it with: pip install cpdesk[encryption]"
    ),
    "encrypted_already": lambda: _("The database is encrypted already."),
    "not_encrypted": lambda: _("The database is not encrypted."),
    "demo_stays_plain": lambda: _("The demo is not encrypted: it is thrown away when its window is closed."),
    "keyring_refused": lambda: _("The keyring of this system did not do it. Unlock it and try again."),
}
