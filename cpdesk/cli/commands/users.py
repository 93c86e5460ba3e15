"""cpdesk users"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, people_texts, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_upn

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group


def register(top: Group) -> None:
    group = top.group("users", _("users of an account"))
    add_account(group.command("list", _list, _("list the users and their licenses")))
    _add_new(group.command("add", _add, _("add a user without licenses")))
    parser = group.command("remove", _remove, _("delete a user; all the user's licenses end"))
    add_account(parser)
    add_upn(parser)
    _add_import(group.command("import", _import, _("import users and licenses from an export of the admin center")))


def _add_new(parser: CommandParser) -> None:
    add_account(parser)
    add_upn(parser)
    parser.add_argument("--name", required=True, type=arguments.text, help=_("display name"))


def _add_import(parser: CommandParser) -> None:
    add_account(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=_('"Export users" file, CSV'))
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would be done, and change nothing"))
    parser.add_argument(
        "--add-seats", action="store_true", help=_("in Purchase Mode, add the seats that the pool lacks")
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        type=arguments.text,
        help=_("how the file is encoded, if it is neither UTF-8 nor UTF-16"),
    )


def _list(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    rows = context.services.users.rows(context.by, account.id)
    names = context.product_names()
    return Answer([plain.user(row) for row in rows], partial(people_texts.users, account, rows, names))


def _add(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    row = context.services.users.add(context.by, account.id, options.upn, options.name).value
    text = _("{upn} is added to {account}.").format(upn=row.upn, account=account.name)
    return Answer(plain.user(row), lambda: [text])


def _remove(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    removed = context.services.users.remove(context.by, account.id, options.upn).value
    names = context.product_names()
    return Answer(plain.removed_user(removed), partial(people_texts.removed_user, removed, names))


def _import(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    imports, file = context.services.imports, options.file
    if options.dry_run:
        report = imports.preview(context.by, account.id, file, encoding=options.encoding)
    else:
        done = imports.run(context.by, account.id, file, add_seats=options.add_seats, encoding=options.encoding)
        report = done.value
    names = context.product_names()
    return Answer(
        plain.import_report(report, file.name, dry_run=options.dry_run),
        partial(people_texts.imported, account, file.name, report, names, dry_run=options.dry_run),
    )
