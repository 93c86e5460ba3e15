"""The columns of the list of backups, and of the accounts to which restoring one makes a difference."""

from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain.backups import AccountModes, BackupRow
from cpdesk.ui.pages.backups.words import kind_name, state_text
from cpdesk.ui.parts.sizes import made_text, size_text
from cpdesk.ui.widgets.columns import Align, Column


def backup_columns(zone: str) -> tuple[Column[BackupRow], ...]:
    """What is told of each backup, times as seen in `zone`."""
    return (
        Column(
            "made_at",
            lambda: _("Made ({zone})").format(zone=zone),
            lambda row: row.made_at,
            text=lambda row: made_text(row.made_at, zone),
            copy=lambda row: format_instant(row.made_at, zone),
            strong=True,
            stretch=2,
            min_width=220,
        ),
        Column("kind", lambda: _("Why"), lambda row: kind_name(row.kind), stretch=1, min_width=110),
        Column(
            "size",
            lambda: _("Size"),
            lambda row: row.size,
            text=lambda row: size_text(row.size),
            align=Align.END,
            min_width=80,
        ),
        Column(
            "encrypted",
            lambda: _("Encrypted"),
            lambda row: _("Yes") if row.encrypted else _("No"),
            soft=True,
            min_width=80,
        ),
        Column("schema", lambda: _("Data version"), lambda row: row.schema, align=Align.END, soft=True, min_width=90),
    )


def account_columns() -> tuple[Column[AccountModes], ...]:
    """What an account is now, and what it is once a backup is restored."""
    return (
        Column(
            "name",
            lambda: _("Account"),
            lambda row: row.name,
            tooltip=lambda row: row.domain,
            strong=True,
            stretch=2,
            min_width=160,
        ),
        Column("now", lambda: _("Now"), lambda row: state_text(row.now, row.pending_now), stretch=2, min_width=120),
        Column(
            "then",
            lambda: _("Once restored"),
            lambda row: state_text(row.then, row.pending_then),
            stretch=2,
            min_width=120,
        ),
    )
