"""What erasing a person does, and where the person stays, for the command line and for the window alike."""

from __future__ import annotations

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext


def replaced(entries: int, plans: int) -> str:
    """How much names the person."""
    in_log = ngettext("{count} entry of the audit log", "{count} entries of the audit log", entries)
    in_plans = ngettext("{count} planned change", "{count} planned changes", plans)
    return _("{entries}, {plans}").format(
        entries=in_log.format(count=format_number(entries)), plans=in_plans.format(count=format_number(plans))
    )


def stays(kept_days: int, kept_months: int) -> list[str]:
    """Where the person is still named afterwards, a sentence each."""
    return [
        _(
            "Backups made before still hold the person. Daily ones go by themselves: of the latest {days} days and"
            " {months} months that have any, one stays each. Delete those that you made yourself, and those from"
            " before upgrades and restores, in the folder of the backups. Restoring one brings the person back."
        ).format(days=format_number(kept_days), months=format_number(kept_months)),
        _("Files that were exported, printed or sent are out of reach, and so are copies of the database."),
        _("Issued statements stay as they were issued. They list no users, only what somebody typed in a correction."),
        _("Free texts are searched for the name and the user principal name; other descriptions are not recognized."),
    ]


def done(upn: str, pseudonym: str, *, purged: bool) -> str:
    """What was erased; `purged`: from the bytes of the file, too."""
    if purged:
        return _("The personal data of {upn} is erased from the database. {pseudonym} stands in its place.").format(
            upn=upn, pseudonym=pseudonym
        )
    return _(
        "The personal data of {upn} is erased; {pseudonym} stands in its place. What is left of it in the database"
        " file, unseen, goes at the next start: another program is reading the file, or the disk is full."
    ).format(upn=upn, pseudonym=pseudonym)


def backups_left(count: int) -> str:
    """How many backups still hold the person; empty for none."""
    if not count:
        return ""
    text = ngettext(
        "{count} backup in the folder of the backups may still hold it.",
        "{count} backups in the folder of the backups may still hold it.",
        count,
    )
    return text.format(count=format_number(count))
