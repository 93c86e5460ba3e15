"""A user before and after an import, field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cpdesk.base.formats import format_list
from cpdesk.base.i18n import _
from cpdesk.domain.user_import.pairing import UserValues
from cpdesk.domain.user_import.plan import RowChange


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a user."""

    field: str
    before: str
    after: str


def comparison(change: RowChange, products: Mapping[str, str]) -> tuple[Line, ...]:
    """What changes about a user; for a new one, all that is known. `products` are display names by GUID."""
    held = _named((*change.kept, *change.unassign), products) if change.before else ""
    licenses = Line(_("Licenses"), held, _named((*change.kept, *change.assign), products))
    return (*changed_fields(change), *((licenses,) if licenses.before != licenses.after else ()))


def changed_fields(change: RowChange) -> tuple[Line, ...]:
    """The same without the licenses."""
    lines = (Line(name, show(change.before), show(change.values)) for name, show in _fields())
    return tuple(line for line in lines if line.before != line.after)


def left_out(change: RowChange) -> tuple[str, ...]:
    """The names of the file that give this user nothing, each once."""
    tenant = (product.name for product in change.not_assignable)
    return tuple(dict.fromkeys((*change.unmatched, *tenant)))


Show = Callable[[UserValues | None], str]


def _fields() -> tuple[tuple[str, Show], ...]:
    return (
        (_("Display name"), _text("display_name")),
        (_("User principal name"), _text("upn")),
        (_("Object id"), _text("object_id")),
        (_("First name"), _text("first_name")),
        (_("Last name"), _text("last_name")),
        (_("Title"), _text("job_title")),
        (_("Department"), _text("department")),
        (_("Usage location"), _text("usage_location")),
        (_("Sign-in"), _sign_in),
        (_("Kind"), _kind),
    )


def _text(field: str) -> Show:
    def show(values: UserValues | None) -> str:
        return str(getattr(values, field) or "") if values else ""

    return show


def _sign_in(values: UserValues | None) -> str:
    if values is None:
        return ""
    return _("blocked") if values.blocked else _("allowed")


def _kind(values: UserValues | None) -> str:
    if values is None:
        return ""
    return _("guest") if values.guest else _("member")


def _named(guids: tuple[str, ...], products: Mapping[str, str]) -> str:
    return format_list(sorted(products.get(guid, guid) for guid in guids))
