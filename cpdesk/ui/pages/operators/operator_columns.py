"""The columns of the list of operators."""

from functools import partial

from cpdesk.base.i18n import _
from cpdesk.domain.operators import OperatorRow
from cpdesk.ui.shell.top_bar import role_name
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Column


def operator_columns(own_id: int) -> tuple[Column[OperatorRow], ...]:
    """What is told of each operator; the one who looks is marked."""
    return (
        Column(
            "email",
            lambda: _("E-mail address"),
            lambda row: row.email,
            badge=partial(_you, own_id),
            strong=True,
            stretch=3,
            min_width=200,
        ),
        Column("role", lambda: _("Role"), lambda row: role_name(row.role), stretch=1, min_width=160),
        Column("account", lambda: _("Account"), lambda row: row.account_name, soft=True, stretch=2, min_width=120),
        Column("second_factor", lambda: _("Second factor"), _factor, soft=True, stretch=1, min_width=110),
    )


def _factor(row: OperatorRow) -> str:
    return _("On") if row.second_factor else _("Off")


def _you(own_id: int, row: OperatorRow) -> ChipLook | None:
    return ChipLook(_("You"), Tone.ACCENT) if row.id == own_id else None
