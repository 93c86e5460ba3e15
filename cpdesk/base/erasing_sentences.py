"""What erasing a person does, and where the person stays, for the command line and for the window alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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


def stays_of_contact(kept_days: int, kept_months: int) -> list[str]:
    """The same of a contact."""
    return [*stays(kept_days, kept_months)[:2], _words()]


def stays_of_operator(kept_days: int, kept_months: int) -> list[str]:
    """The same of an operator."""
    return [
        _(
            "What the operator did stays in the audit log, signed by a pseudonym. Entries that an earlier version of"
            " cpdesk wrote keep the address: the proof that nobody altered them is made over it."
        ),
        *stays(kept_days, kept_months)[:2],
        _words(),
    ]


def _words() -> str:
    return _("Free texts are searched for name and e-mail address; other descriptions are not recognized.")


def kept(count: int) -> str:
    """How many entries go on naming an operator; empty for none."""
    if not count:
        return ""
    text = ngettext(
        "{count} entry of the audit log keeps the address: an earlier version of cpdesk wrote it, and its proof is"
        " made over the address.",
        "{count} entries of the audit log keep the address: an earlier version of cpdesk wrote them, and their proof is"
        " made over the address.",
        count,
    )
    return text.format(count=format_number(count))


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


PLAIN: Mapping[str, Callable[[], str]] = {
    "erase_active": lambda: _("{upn} is an active user. Delete the user first; then the personal data can be erased."),
    "erase_not_confirmed": lambda: _("To erase the personal data, type the user principal name {upn}."),
    "erase_planned": lambda: _(
        "Planned change {number} is about {upn} and has not been carried out. Withdraw it first, or wait for it."
    ),
    "erase_reason_names": lambda: _(
        "The reason names {upn}. It stays in the audit log: give a ticket number instead, or nothing."
    ),
    "erase_is_contact": lambda: _(
        "{upn} is also a contact of the account. Take the contact out of Edit Company first, and erase it there."
    ),
    "erase_is_operator": lambda: _(
        "{upn} also signs in to cpdesk for this account. A reseller administrator has to remove the operator first."
    ),
    "erase_contact_present": lambda: _(
        "{who} is a contact of the account. Take the contact out of Edit Company first; then it can be erased."
    ),
    "erase_not_repeated": lambda: _("To erase the personal data, give {who} once more."),
    "no_former_contact": lambda: _("The account has no former contact {who}."),
    "erase_operator_present": lambda: _(
        "{email} can sign in. Remove the operator first; then the personal data can be erased."
    ),
    "no_former_operator": lambda: _("No operator {email} was removed."),
}
"""Why somebody is not erased, by the code of the refusal."""
