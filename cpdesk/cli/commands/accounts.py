"""cpdesk accounts"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, plain, texts
from cpdesk.cli.commands import erasing
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group
    from cpdesk.domain.rows import AccountRow


def register(top: Group) -> None:
    group = top.group("accounts", _("customer accounts"))
    group.command("list", _list, _("list the accounts"))
    add_account(group.command("show", _show, _("show one account")))
    _add_arguments(group.command("create", _create, _("create an account in Usage Mode")))
    parser = group.command("export", _export, _("write everything of one account to a ZIP file of JSON and CSV"))
    add_account(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the file to write; one that is there is replaced"))
    erasing.register_contact(group)
    add_account(group.command("activate", _activate, _("enable Microsoft 365 for an account")))


def _add_arguments(parser: CommandParser) -> None:
    parser.add_argument("name", metavar="NAME", type=arguments.text, help=_("name of the customer"))
    parser.add_argument("--domain", required=True, type=arguments.text, help=_("domain of its tenant"))
    parser.add_argument(
        "--country", metavar="CODE", type=arguments.text, help=_("ISO 3166 code; default: that of new accounts, or US")
    )
    parser.add_argument(
        "--currency", metavar="CODE", type=arguments.text, help=_("ISO 4217 code; default: chosen at set-up")
    )
    parser.add_argument(
        "--time-zone", metavar="ZONE", type=arguments.text, help=_("IANA name; default: chosen at set-up")
    )
    parser.add_argument(
        "--schedule", metavar="NAME", type=arguments.text, help=_("price schedule; default: the default one")
    )
    parser.add_argument("--activate", action="store_true", help=_("enable Microsoft 365 at once"))


def _list(context: Context, _options: Namespace) -> Answer:
    rows = context.services.accounts.rows(context.by)
    now = context.now()
    return Answer([plain.account(row, now) for row in rows], partial(texts.accounts, rows, now))


def _show(context: Context, options: Namespace) -> Answer:
    row = context.account(options.account)
    return _answer(row, context.now())


def _export(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    made = context.services.account_exports.write(context.by, account.id, options.file)
    text = _("Everything of {account} is in {file}.").format(account=made.account, file=made.path)
    return Answer({"file": str(made.path), "account": made.account, "rows": dict(made.counts)}, lambda: [text])


def _create(context: Context, options: Namespace) -> Answer:
    now = context.now()
    created = context.services.accounts.create(
        context.by,
        options.name,
        options.domain,
        country=options.country,
        currency=options.currency,
        time_zone=options.time_zone,
        schedule=options.schedule,
        activate=options.activate,
    )
    _note_missing_prices(context, created.value)
    return _answer(created.value, now)


def _note_missing_prices(context: Context, row: AccountRow) -> None:
    """Say so where nothing can be charged. The account is there, even if that cannot be found out."""
    try:
        schedule = context.services.prices.schedule_of(context.by, row.id).now
    except KnownError:
        return
    if schedule is None or schedule.currency != row.currency:
        text = _("{account} has no price schedule in {currency}: until it gets one, nothing in its bills has a price.")
        context.note(text.format(account=row.name, currency=row.currency))


def _activate(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    now = context.now()
    return _answer(context.services.accounts.activate(context.by, account.id).value, now)


def _answer(row: AccountRow, now: datetime) -> Answer:
    return Answer(plain.account(row, now), partial(texts.account, row, now))
