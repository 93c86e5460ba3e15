"""cpdesk setup"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments
from cpdesk.cli.output import Answer
from cpdesk.cli.sign_in import PASSWORD, new_password
from cpdesk.domain.names import clean_address

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group


def register(top: Group) -> None:
    more = _("The password of the administrator comes from {variable} or is asked for.").format(variable=PASSWORD)
    parser = top.command("setup", _set_up, _("create the database and the first administrator"), more)
    parser.add_argument(
        "--admin", metavar="EMAIL", type=arguments.text, required=True, help=_("address of the administrator")
    )
    parser.add_argument("--currency", metavar="CODE", type=arguments.text, default="USD", help=_("default: USD"))
    parser.add_argument("--time-zone", metavar="ZONE", type=arguments.text, default="UTC", help=_("default: UTC"))
    parser.set_defaults(creates=True)


def _set_up(context: Context, options: Namespace) -> Answer:
    _check(options)
    _require_new(context)
    password = new_password(PASSWORD, context.note)
    context.store.open(create=True)
    made = context.services.setup.set_up(
        options.admin, password, currency=options.currency, time_zone=options.time_zone
    )
    document = {
        "operator": made.session.email,
        "role": str(made.session.role),
        "recovery_code": made.recovery_code,
        "database": str(context.store.path),
    }
    return Answer(document, partial(_lines, document))


def _check(options: Namespace) -> None:
    """What can be refused is refused before there is a file."""
    from cpdesk.domain.regional import checked_currency, checked_time_zone

    clean_address(options.admin, "bad_email")
    checked_currency(options.currency)
    checked_time_zone(options.time_zone)


def _require_new(context: Context) -> None:
    if not context.store.exists():
        return
    context.store.open(create=True)
    needed = context.services.setup.needed()
    context.store.disconnect()
    if not needed:
        raise UserError("already_set_up", path=str(context.store.path))


def _lines(document: dict[str, str]) -> Iterator[str]:
    yield _("The database is {path}. {operator} can sign in.").format(
        path=document["database"], operator=document["operator"]
    )
    yield _("Recovery code, shown only this once: {code}").format(code=document["recovery_code"])
    yield _("Keep it in a safe place: it lets a reseller administrator back in who has forgotten the password.")
