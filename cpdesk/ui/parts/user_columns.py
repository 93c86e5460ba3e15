"""The columns of lists of users."""

from collections.abc import Mapping

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.people import UserSort
from cpdesk.domain.rows import UserRow
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Column

SORTS = {"name": UserSort.NAME, "upn": UserSort.UPN, "licenses": UserSort.LICENSES}
"""What each column that can be sorted by means to the service, the usual one first."""

ProductNames = Mapping[str, str]
"""Display names by part number."""


def user_columns(names: ProductNames) -> tuple[Column[UserRow], ...]:
    """What is told of each user. `names` may be filled later."""
    return (
        Column("name", lambda: _("Name"), lambda row: row.display_name, strong=True, stretch=2, min_width=168),
        Column("upn", lambda: _("User principal name"), lambda row: row.upn, soft=True, stretch=2, min_width=144),
        Column(
            "licenses",
            lambda: _("Licenses"),
            lambda row: len(row.licenses),
            text=lambda row: next(iter(license_names(row, names)), ""),
            badge=_more_badge,
            tooltip=lambda row: "\n".join(license_names(row, names)),
            copy=lambda row: ", ".join(license_names(row, names)),
            stretch=3,
            min_width=144,
        ),
        Column("status", lambda: _("Status"), status_text, chip=_status_chip, min_width=96),
    )


def license_names(row: UserRow, names: ProductNames) -> list[str]:
    """The display names of the products that a user holds; a part number where there is none."""
    return sorted((names.get(part_number, part_number) for part_number in row.licenses), key=str.casefold)


def status_text(row: UserRow) -> str:
    """What is out of the ordinary about a user, or ""."""
    if row.blocked:
        return _("Guest, sign-in blocked") if row.guest else _("Sign-in blocked")
    return _("Guest") if row.guest else ""


def _status_chip(row: UserRow) -> ChipLook | None:
    text = status_text(row)
    return ChipLook(text, Tone.PENDING if row.blocked else Tone.ACCENT) if text else None


def _more_badge(row: UserRow) -> ChipLook | None:
    more = len(row.licenses) - 1
    return ChipLook(f"+{format_number(more)}", Tone.ACCENT) if more > 0 else None
