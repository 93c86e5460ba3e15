"""cpdesk users"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, people_texts, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_encoding, add_file, add_reason, add_upn

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group


def register(top: Group) -> None:
    group = top.group("users", _("users of an account"))
    add_account(group.command("list", _list, _("list the users and their licenses")))
    _add_new(group.command("add", _add, _("add a user without licenses")))
    _add_edit(group.command("edit", _edit, _("change what is known of a user; what is left out stays as it is")))
    _add_restore(group.command("restore", _restore, _("bring back a user deleted in the last 30 days, with licenses")))
    _add_remove(group.command("remove", _remove, _("delete a user; all the user's licenses end")))
    _add_erase(group.command("erase", _erase, _("erase what says who a deleted user was; the ledger stays whole")))
    _add_import(group.command("import", _import, _("import users and licenses from an export of the admin center")))


def _add_new(parser: CommandParser) -> None:
    add_account(parser)
    upn = add_upn(parser, nargs="?")
    name = parser.add_argument("--name", type=arguments.text, help=_("display name"))
    parser.single = (upn, name)
    add_file(parser, "UserPrincipalName, DisplayName, " + _OPTIONAL)
    add_reason(parser)


_OPTIONAL = "FirstName, LastName, UsageLocation, Title, Department, Blocked"
"""Columns of a file, which are not translated."""
_FIELDS = ("display_name", "upn", "first_name", "last_name", "usage_location", "job_title", "department", "blocked")


def _add_edit(parser: CommandParser) -> None:
    add_account(parser)
    parser.single = (add_upn(parser, nargs="?"),)
    fields = []
    for option, field, about in (
        ("--name", "display_name", _("display name")),
        ("--upn", "new_upn", _("rename: the new user principal name")),
        ("--first-name", "first_name", _("first name")),
        ("--last-name", "last_name", _("last name")),
        ("--usage-location", "usage_location", _("country where the services are used, ISO 3166 code")),
        ("--title", "job_title", _("job title")),
        ("--department", "department", _("department")),
    ):
        fields.append(parser.add_argument(option, dest=field, metavar="TEXT", type=arguments.text, help=about))
    sign_in = parser.add_mutually_exclusive_group()
    block = sign_in.add_argument("--block", dest="blocked", action="store_true", default=None, help=_("block sign-in"))
    sign_in.add_argument("--unblock", dest="blocked", action="store_false", default=None, help=_("allow sign-in"))
    parser.only_single = (*fields, block)
    clears = parser.add_argument(
        "--empty-clears",
        action="store_true",
        help=_("with --file: an empty cell empties the field; otherwise the field stays as it is"),
    )
    parser.only_many = (clears,)
    add_file(parser, "UserPrincipalName, NewUserPrincipalName, DisplayName, " + _OPTIONAL)
    add_reason(parser)


def _add_remove(parser: CommandParser) -> None:
    add_account(parser)
    parser.single = (add_upn(parser, nargs="?"),)
    parser.add_argument(
        "--release",
        action="store_true",
        help=_("in Purchase Mode, take the freed seats out of the pool, so that they are no longer billed"),
    )
    add_file(parser, "UserPrincipalName")
    add_reason(parser)


def _add_erase(parser: CommandParser) -> None:
    add_account(parser)
    add_upn(parser)
    parser.add_argument(
        "--confirm",
        metavar="UPN",
        type=arguments.text,
        help=_("the user principal name again; without it nothing is erased, and what would be is told"),
    )
    add_reason(parser)


def _add_restore(parser: CommandParser) -> None:
    add_account(parser)
    parser.single = (add_upn(parser, nargs="?"),)
    parser.add_argument(
        "--without-missing",
        action="store_true",
        help=_("in Purchase Mode, leave out the licenses for which the pool has no seat"),
    )
    add_file(parser, "UserPrincipalName")
    add_reason(parser)


def _add_import(parser: CommandParser) -> None:
    add_account(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=_('"Export users" file, CSV'))
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would be done, and change nothing"))
    parser.add_argument(
        "--add-seats", action="store_true", help=_("in Purchase Mode, add the seats that the pool lacks")
    )
    add_encoding(parser)
    add_reason(parser)


def _many(context: Context, options: Namespace, change: str) -> Answer:
    """What reads and tells of a file is loaded where there is one."""
    from cpdesk.cli import many

    return many.run(context, options, change)


def _list(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    rows = context.services.users.rows(context.by, account.id)
    names = context.product_names()
    return Answer([plain.user(row) for row in rows], partial(people_texts.users, account, rows, names))


def _add(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "add")
    account = context.account(options.account)
    add = context.services.users.add
    row = add(context.by, account.id, options.upn, options.name, reason=options.reason).value
    text = _("{upn} is added to {account}.").format(upn=row.upn, account=account.name)
    return Answer(plain.user(row), lambda: [text])


def _edit(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "edit")
    asked = {field: getattr(options, "new_upn" if field == "upn" else field) for field in _FIELDS}
    given = {field: value for field, value in asked.items() if value is not None}
    if not given:
        raise UserError("nothing_to_edit")
    account = context.account(options.account)
    known = context.services.users.find(context.by, account.id, options.upn)
    fields = replace(known.fields, **given)
    done = context.services.users.edit(context.by, account.id, known.id, fields, reason=options.reason)
    text = _("{upn} is changed.") if done.topics else _("{upn} is as it was: there is nothing to change.")
    return Answer(plain.user_details(done.value), lambda: [text.format(upn=done.value.fields.upn)])


def _restore(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "restore")
    account = context.account(options.account)
    services, by = context.services, context.by
    restored = services.users.restore(
        by, account.id, options.upn, without_missing=options.without_missing, reason=options.reason
    ).value
    told = {"mode": str(restored.mode), "missing": list(restored.missing)}
    lines = partial(people_texts.restored_user, restored, context.product_names())

    def details() -> Answer:
        return Answer(plain.user_details(services.users.find(by, account.id, restored.upn)) | told, lines)

    return context.done(details, Answer({"upn": restored.upn, "licenses": list(restored.assigned)} | told, lines))


def _remove(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "remove")
    account = context.account(options.account)
    remove = context.services.users.remove
    removed = remove(context.by, account.id, options.upn, reason=options.reason, release=options.release).value
    names = context.product_names()
    return Answer(plain.removed_user(removed), partial(people_texts.removed_user, removed, names))


def _erase(context: Context, options: Namespace) -> Answer:
    from cpdesk.cli import erasing_texts, plain_erasing

    account = context.account(options.account)
    erasing = context.services.erasing
    shown = erasing.preview(context.by, account.id, options.upn)
    if options.confirm is None:
        return Answer(plain_erasing.erasure_preview(shown), partial(erasing_texts.preview, shown, account.name))
    done = erasing.erase(context.by, account.id, shown.user_id, options.confirm, reason=options.reason)
    return Answer(plain_erasing.erased(done.value), partial(erasing_texts.erased, shown.upn, done.value))


def _import(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    imports, file = context.services.imports, options.file
    if options.dry_run:
        report = imports.preview(context.by, account.id, file, encoding=options.encoding)
    else:
        done = imports.run(
            context.by,
            account.id,
            file,
            add_seats=options.add_seats,
            encoding=options.encoding,
            reason=options.reason,
        )
        report = done.value
    names = context.product_names()
    return Answer(
        plain.import_report(report, file.name, dry_run=options.dry_run),
        partial(people_texts.imported, account, file.name, report, names, dry_run=options.dry_run),
    )
