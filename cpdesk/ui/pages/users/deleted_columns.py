"""The columns of the deleted users."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from cpdesk.base import zones
from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.people import DeletedUser
from cpdesk.ui.widgets.columns import Column


def deleted_columns(names: Mapping[str, str], zone: Callable[[], str]) -> tuple[Column[DeletedUser], ...]:
    """Who, until when, and with which licenses; days as they are in the account's zone."""

    def local(instant: datetime) -> date:
        return switching.local_date(instant, zones.zone(zone()))

    def day(instant: datetime) -> str:
        return format_date(local(instant))

    def products(user: DeletedUser) -> list[str]:
        return [names.get(part_number, part_number) for part_number in user.licenses] or [_("none")]

    def licenses(user: DeletedUser) -> str:
        return beside(*products(user), between=", ")

    return (
        Column("name", lambda: _("Name"), lambda user: user.display_name, strong=True, stretch=1, min_width=136),
        Column("upn", lambda: _("User principal name"), lambda user: user.upn, soft=True, stretch=1, min_width=136),
        Column(
            "deleted",
            lambda: _("Deleted on"),
            lambda user: user.deleted_at,
            lambda user: day(user.deleted_at),
            export=lambda user: local(user.deleted_at),
        ),
        Column(
            "until",
            lambda: _("Can be restored until"),
            lambda user: user.restorable_until,
            lambda user: day(user.restorable_until),
            export=lambda user: local(user.restorable_until),
        ),
        Column(
            "licenses",
            lambda: _("Licenses that come back"),
            licenses,
            tooltip=licenses,
            copy=lambda user: ", ".join(products(user)),
            stretch=1,
            min_width=144,
        ),
    )
