"""cpdesk operators"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, people_texts, plain
from cpdesk.cli.commands import erasing, factors
from cpdesk.cli.output import Answer
from cpdesk.cli.sign_in import NEW_PASSWORD, RECOVERY_CODE, credentials, new_password, recovery_code
from cpdesk.domain import names
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
    given = _("It comes from {variable}; without that one is made and shown once.").format(variable=NEW_PASSWORD)
    about = _("give somebody else a password that has to be changed at the next sign-in")
    _add_email(group.command("reset-password", _reset_password, about, given))
    about = _("take away somebody else's second factor, who has lost the app and the recovery codes")
    _add_email(group.command("reset-factor", _reset_factor, about))
    erasing.register_operator(group)
    factors.register(group)


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
    password = new_password(NEW_PASSWORD, context.note, options.email)
    row = context.services.operators.add(by, options.email, Role(options.role), account_id, password).value
    return Answer(plain.operator(row), partial(people_texts.operators, [row]))


def _remove(context: Context, options: Namespace) -> Answer:
    context.services.operators.remove(context.by, options.email)
    text = _("{email} can no longer sign in.").format(email=options.email)
    return Answer({"email": options.email}, lambda: [text])


def _password(context: Context, options: Namespace) -> Answer:
    if options.recovery_code:
        return _recover(context, options.email)
    who = credentials()
    if names.key(who[0]) == names.key(options.email):
        _change_own(context, *who)
    else:
        by = context.enter(*who)
        password = new_password(NEW_PASSWORD, context.note, options.email)
        context.services.operators.set_password(by, options.email, password)
    text = _("{email} has a new password.").format(email=options.email)
    return Answer({"email": options.email}, lambda: [text])


def _change_own(context: Context, email: str, present: str) -> None:
    """The own password, also one that an administrator has set: that one is changed by signing in."""
    try:
        by = context.enter(email, present)
    except UserError as error:
        if error.code != "password_change_needed":
            raise
        context.enter(email, present, new_password(NEW_PASSWORD, context.note, email))
    else:
        password = new_password(NEW_PASSWORD, context.note, email)
        context.services.operators.set_password(by, email, password)


def _reset_password(context: Context, options: Namespace) -> Answer:
    by = context.by
    chosen = os.environ.get(NEW_PASSWORD)
    password = new_password(NEW_PASSWORD, context.note, options.email) if chosen else _made()
    context.services.operators.reset_password(by, options.email, password)
    lines = [_("{email} has a new password, which has to be changed at the next sign-in.").format(email=options.email)]
    if chosen:
        return Answer({"email": options.email}, lambda: lines)
    lines.append(_("The password, shown only this once: {password}").format(password=password))
    return Answer({"email": options.email, "password": password}, lambda: lines)


def _made() -> str:
    from cpdesk.services.operators import new_password as made

    return made()


def _reset_factor(context: Context, options: Namespace) -> Answer:
    context.services.factors.reset(context.by, options.email)
    text = _("{email} signs in without a second factor now, and can set up a new one.").format(email=options.email)
    return Answer({"email": options.email}, lambda: [text])


def _recover(context: Context, email: str) -> Answer:
    code = recovery_code()
    following = context.services.operators.recover(code, email, new_password(NEW_PASSWORD, context.note))
    lines = [
        _("{email} has a new password.").format(email=email),
        _("The recovery code is used up. The next one, shown only this once: {code}").format(code=following),
    ]
    return Answer({"email": email, "recovery_code": following}, lambda: lines)
