"""cpdesk operators"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, people_texts, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.sign_in import NEW_PASSWORD, RECOVERY_CODE, new_password, recovery_code
from cpdesk.domain.operators import Role

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group


def register(top: Group) -> None:
    group = top.group("operators", _("who can sign in to cpdesk"))
    group.command("list", _list, _("list the operators"))
    secret = _("The new password comes from {variable} or is asked for.").format(variable=NEW_PASSWORD)
    _add_arguments(group.command("add", _add, _("let somebody sign in"), secret))
    _add_email(group.command("remove", _remove, _("end somebody's access")))
    more = _("The recovery code comes from {variable} or is asked for.").format(variable=RECOVERY_CODE)
    parser = group.command("password", _password, _("give a new password"), f"{secret}\n{more}")
    _add_email(parser)
    about = _("let a reseller administrator back in by the recovery code, without signing in")
    parser.add_argument("--recovery-code", action="store_true", help=about)


def _add_arguments(parser: CommandParser) -> None:
    _add_email(parser)
    parser.add_argument("--role", choices=[str(role) for role in Role], required=True, help=_("what they may do"))
    parser.add_argument(
        "--account", metavar="ACCOUNT", type=arguments.text, help=_("the account of a customer administrator")
    )


def _add_email(parser: CommandParser) -> None:
    parser.add_argument("email", metavar="EMAIL", type=arguments.text, help=_("e-mail address of the operator"))


def _list(context: Context, _options: Namespace) -> Answer:
    rows = context.services.operators.rows(context.by)
    return Answer([plain.operator(row) for row in rows], partial(people_texts.operators, rows))


def _add(context: Context, options: Namespace) -> Answer:
    by = context.by
    account_id = context.account(options.account).id if options.account is not None else None
    password = new_password(NEW_PASSWORD, context.note)
    row = context.services.operators.add(by, options.email, Role(options.role), account_id, password).value
    return Answer(plain.operator(row), partial(people_texts.operators, [row]))


def _remove(context: Context, options: Namespace) -> Answer:
    context.services.operators.remove(context.by, options.email)
    text = _("{email} can no longer sign in.").format(email=options.email)
    return Answer({"email": options.email}, lambda: [text])


def _password(context: Context, options: Namespace) -> Answer:
    if options.recovery_code:
        return _recover(context, options.email)
    by = context.by
    context.services.operators.set_password(by, options.email, new_password(NEW_PASSWORD, context.note))
    text = _("{email} has a new password.").format(email=options.email)
    return Answer({"email": options.email}, lambda: [text])


def _recover(context: Context, email: str) -> Answer:
    code = recovery_code()
    following = context.services.operators.recover(code, email, new_password(NEW_PASSWORD, context.note))
    lines = [
        _("{email} has a new password.").format(email=email),
        _("The recovery code is used up. The next one, shown only this once: {code}").format(code=following),
    ]
    return Answer({"email": email, "recovery_code": following}, lambda: lines)
