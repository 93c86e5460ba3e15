"""What the page and its dialog say about backups. Plain Python."""

from datetime import date, datetime

from cpdesk.base.formats import format_instant, format_list, format_number, format_short_date
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS, BackupKind, Restored, RestorePreview
from cpdesk.domain.modes import Mode


def kind_name(kind: BackupKind) -> str:
    """Why a backup was made."""
    return {
        BackupKind.DAILY: _("Daily"),
        BackupKind.UPGRADE: _("Before an upgrade"),
        BackupKind.MANUAL: _("Made by hand"),
        BackupKind.RESTORE: _("Before a restore"),
    }[kind]


def backups_text(number: int) -> str:
    """ "12 backups"."""
    return ngettext("{number} backup", "{number} backups", number).format(number=format_number(number))


def rule_text() -> str:
    """When backups are made, and which stay."""
    return _(
        "A backup is made at the first start of each day and before each upgrade. The daily ones of the latest "
        "{days} days and of the latest {months} months stay, and so does what was made by hand or before a restore."
    ).format(days=format_number(KEPT_DAYS), months=format_number(KEPT_MONTHS))


def state_text(mode: Mode | None, pending: date | None) -> str:
    """An account's mode at one time; `pending` is the day from which it is to be in Usage Mode."""
    if mode is None:
        return _("no such account")
    if pending is None:
        return mode_name(mode)
    return _("{mode} until {date}").format(mode=mode_name(mode), date=format_short_date(pending))


def facts(preview: RestorePreview, zone: str) -> list[tuple[str, str]]:
    """What is in a backup and what restoring it sets aside, as lines of a text and a figure."""
    latest = format_instant(preview.last_recorded, zone) if preview.last_recorded else _("none")
    lines = [
        (_("Made"), format_instant(preview.made_at, zone)),
        (_("Latest entry in it"), latest),
        (_("Entries of the audit log that are set aside"), format_number(preview.set_aside)),
    ]
    if preview.older_schema:
        text = _("{number}, brought up to that of this program").format(number=format_number(preview.schema))
        lines.append((_("Data version"), text))
    return lines


def modes_text(preview: RestorePreview) -> str:
    """How many accounts get another billing mode."""
    changing = len(preview.changing)
    if not changing:
        return _("No account gets another billing mode by it.")
    return ngettext(
        "{number} account gets another billing mode, or another pending change:",
        "{number} accounts get another billing mode, or another pending change:",
        changing,
    ).format(number=format_number(changing))


def operators_text(preview: RestorePreview) -> list[str]:
    """Who can sign in again, and who no more."""
    told = []
    if preview.returning:
        told.append(_("Can sign in again: {emails}.").format(emails=format_list(preview.returning)))
    if preview.leaving:
        told.append(_("Can no longer sign in: {emails}.").format(emails=format_list(preview.leaving)))
    return told


def restored_text(restored: Restored, made_at: datetime, zone: str) -> str:
    """What was restored, and where the former database is."""
    done = _("The backup of {instant} is restored. Log in again.").format(instant=format_instant(made_at, zone))
    if restored.kept is None:
        return done
    kept = _("The database that was there before is kept as {file}.").format(file=restored.kept)
    return f"{done} {kept}"
