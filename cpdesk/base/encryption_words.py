"""What somebody has to know about encryption, for the command line and for the window alike."""

from cpdesk.base.i18n import _, ngettext


def warnings() -> tuple[str, ...]:
    """What is said before a database is encrypted."""
    return (
        _("Without the passphrase and without the recovery key nobody can open the database, nor its backups: not you, "
          "not whoever made cpdesk."),
        _("The recovery key is shown once. Keep it on paper, away from this computer."),
        _("Backups are encrypted by the same passphrase from then on."),
    )  # fmt: skip


def plain_backups_text(count: int) -> str:
    """That backups of before can be read by everybody."""
    return ngettext(
        "{count} backup from before is not encrypted: whoever gets at it can read it.",
        "{count} backups from before are not encrypted: whoever gets at them can read them.",
        count,
    ).format(count=count)


def recovery_sheet(key: str) -> str:
    """What is saved and printed of a recovery key."""
    lines = (
        _("cpdesk recovery key of the encrypted database"),
        "",
        key,
        "",
        _("Opens the database, and the backups made with it, in the place of the passphrase."),
        _("It counts until another passphrase is chosen. Whoever has it and the file can read everything."),
    )
    return "\n".join(lines) + "\n"
