"""The fields of a password that somebody chooses."""

from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.passwords import SHORTEST_PASSWORD, Weakness, weakness
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form


def password_fields() -> tuple[Field, Field]:
    """A new password, and the same again."""
    return (
        Field("password", lambda: _("Password"), FieldKind.PASSWORD, required=True, validate=_too_short, help=_rule),
        Field("again", lambda: _("Password again"), FieldKind.PASSWORD, required=True),
    )


def password_problems(form: Form, email: str = "") -> dict[str, str]:
    """What is wrong with a new password beyond its length, for `Form.validate`.

    `email` is the address of whoever will use it, unless the form has a field for that.
    """
    values = form.values()
    told = {} if values["password"] == values["again"] else {"again": _("The two passwords differ.")}
    found = weakness(values["password"], values.get("email", email))
    return told | ({"password": weakness_text(found)} if found else {})


def weakness_text(found: Weakness) -> str:
    """Why a password is not taken."""
    texts = {
        Weakness.SHORT: _("This password is too short."),
        Weakness.COMMON: _("This password is one of those that are tried first. Choose another one."),
        Weakness.KNOWN: _("Anybody would try the e-mail address. Choose another password."),
    }
    return texts[found]


def _too_short(password: str) -> str | None:
    return weakness_text(Weakness.SHORT) if len(password) < SHORTEST_PASSWORD else None


def _rule() -> str:
    number = SHORTEST_PASSWORD
    return ngettext("At least {number} character.", "At least {number} characters.", number).format(number=number)
