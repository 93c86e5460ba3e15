"""What restoring a backup changes, or has changed, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import mode_name
from cpdesk.cli.tables import indented, number, pairs, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from cpdesk.domain.backups import AccountModes, BackupRow, Restored, RestorePreview
    from cpdesk.domain.modes import Mode

_ZONE = "UTC"


def made(row: BackupRow) -> Iterator[str]:
    """A backup that was just made."""
    size = ngettext("{number} byte", "{number} bytes", row.size).format(number=number(row.size))
    yield _("The backup is {path}, verified, {size}.").format(path=row.path, size=size)


def preview(shown: RestorePreview) -> Iterator[str]:
    """What restoring would change."""
    yield from pairs(
        (
            (_("Backup"), str(shown.path)),
            (_("Made"), _instant(shown.made_at)),
            (_("Latest entry in it"), _instant(shown.last_recorded)),
            (_("Present audit entries that it lacks"), shown.set_aside),
        )
    )
    if shown.older_schema:
        yield _("It is from an older version of cpdesk, and will be brought up to date.")
    if not shown.same_history:
        yield _("It is not a backup of the present database.")
    if shown.returning:
        emails = formats.format_list(list(shown.returning))
        yield _("Can sign in again, as they could when it was made: {emails}.").format(emails=emails)
    if shown.leaving:
        emails = formats.format_list(list(shown.leaving))
        yield _("Cannot sign in any more, except for whoever restores: {emails}.").format(emails=emails)
    yield from _modes(shown.changing, _("No account changes its billing mode."))


def restored(result: Restored) -> Iterator[str]:
    """What restoring has changed."""
    yield _("The backup was restored.")
    if result.kept is not None:
        yield _("What was there before is kept: {path}").format(path=result.kept)
    yield from _modes([one for one in result.accounts if one.changes], _("No account has another billing mode."))
    late = len(result.settled.switches)
    if late:
        text = ngettext(
            "{number} change to Usage Mode had become due since then, and was completed.",
            "{number} changes to Usage Mode had become due since then, and were completed.",
            late,
        )
        yield text.format(number=number(late))


def _modes(accounts: Sequence[AccountModes], none: str) -> Iterator[str]:
    if not accounts:
        yield none
        return
    yield _("Accounts with another billing mode, or another pending change:")
    titles = (_("Account"), _("Domain"), _("Before"), _("After"))
    rows = [
        (one.name, one.domain, _mode(one.now, one.pending_now), _mode(one.then, one.pending_then)) for one in accounts
    ]
    yield from indented(table(titles, rows))


def _mode(mode: Mode | None, pending: date | None) -> str:
    if mode is None:
        return _("not there")
    if pending is None:
        return mode_name(mode)
    day = formats.format_date(pending)
    return _("{mode}, Usage Mode on {date}").format(mode=mode_name(mode), date=day)


def _instant(moment: datetime | None) -> str:
    return formats.format_instant(moment, _ZONE) if moment else _("none")
