"""The fields of a password that somebody chooses."""

from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.operators import SHORTEST_PASSWORD
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form


def password_fields() -> tuple[Field, Field]:
    """A new password, and the same again."""
    return (
        Field("password", lambda: _("Password"), FieldKind.PASSWORD, required=True, validate=_too_short, help=_rule),
        Field("again", lambda: _("Password again"), FieldKind.PASSWORD, required=True),
    )


def password_problems(form: Form) -> dict[str, str]:
    """What the second field is to say where the two differ, for `Form.validate`."""
    values = form.values()
    return {} if values["password"] == values["again"] else {"again": _("The two passwords differ.")}


def _too_short(password: str) -> str | None:
    return _("This password is too short.") if len(password) < SHORTEST_PASSWORD else None


def _rule() -> str:
    number = SHORTEST_PASSWORD
    return ngettext("At least {number} character.", "At least {number} characters.", number).format(number=number)
