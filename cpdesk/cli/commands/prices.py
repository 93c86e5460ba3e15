"""cpdesk prices"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import zones
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, plain_prices, price_texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_encoding, add_reason
from cpdesk.domain.schedules import DEFAULT_CURRENCY
from cpdesk.domain.switching import local_date

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group


def register(top: Group) -> None:
    group = top.group("prices", _("price schedules: what a seat costs a month"))
    _add_list(group.command("list", _list, _("list the prices of today")))
    _add_import(group.command("import", _import, _("take over a partner price list")))
    group.command("overview", _overview, _("list the price schedules"))
    _add_create(group.command("create", _create, _("add a price schedule")))
    _add_assign(group.command("assign", _assign, _("give an account a price schedule")))


def _add_list(parser: CommandParser) -> None:
    about = _("price schedule; default: the default one")
    parser.add_argument("--schedule", metavar="NAME", type=arguments.text, help=about)
    parser.add_argument("--history", action="store_true", help=_("past and coming prices, too"))


def _add_import(parser: CommandParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=_("partner price list, CSV"))
    parser.add_argument(
        "--schedule", metavar="NAME", type=arguments.text, required=True, help=_("price schedule that gets the prices")
    )
    parser.add_argument(
        "--margin", metavar="PERCENT", type=arguments.text, default="0", help=_("on top of the partner's prices")
    )
    parser.add_argument(
        "--market", metavar="CODE", type=arguments.text, help=_("which one counts where the list has several")
    )
    parser.add_argument(
        "--effective", metavar="DATE", type=arguments.day, help=_("from when the prices count; default: today")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would be done, and change nothing"))
    add_encoding(parser)
    add_reason(parser)


def _add_create(parser: CommandParser) -> None:
    parser.add_argument("name", metavar="NAME", type=arguments.text, help=_("name of the schedule"))
    parser.add_argument(
        "--currency",
        metavar="CODE",
        type=arguments.text,
        help=_("ISO 4217 code; default: that of the copied one, or USD"),
    )
    parser.add_argument(
        "--copy-of",
        metavar="NAME",
        type=arguments.text,
        help=_("begin with the present and coming prices of another one"),
    )
    add_reason(parser)


def _add_assign(parser: CommandParser) -> None:
    add_account(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--schedule", metavar="NAME", type=arguments.text, help=_("price schedule"))
    which.add_argument("--default", action="store_true", help=_("the default one"))
    parser.add_argument(
        "--effective", metavar="DATE", type=arguments.day, help=_("from when it counts; default: today")
    )
    add_reason(parser)


def _list(context: Context, options: Namespace) -> Answer:
    """A customer administrator has one list: the own prices."""
    services, by = context.services.prices, context.by
    if by.account_id is not None and options.schedule is None:
        rows = services.of_account(by, by.account_id)
    else:
        schedule = services.find(by, options.schedule)
        rows = services.rows(by, schedule.id, history=options.history)
        if not options.history:
            rows = [row for row in rows if row.in_force]
    return Answer([plain_prices.price(row) for row in rows], partial(price_texts.prices, rows))


def _import(context: Context, options: Namespace) -> Answer:
    services, by = context.services.prices, context.by
    schedule = services.find(by, options.schedule)
    if options.dry_run:
        report = services.preview(
            by,
            schedule.id,
            options.file,
            margin=options.margin,
            market=options.market,
            effective_on=options.effective,
            encoding=options.encoding,
        )
    else:
        report = services.import_prices(
            by,
            schedule.id,
            options.file,
            margin=options.margin,
            market=options.market,
            effective_on=options.effective,
            encoding=options.encoding,
            reason=options.reason,
        ).value
    return Answer(
        plain_prices.price_import(report, dry_run=options.dry_run),
        partial(price_texts.imported, report, dry_run=options.dry_run),
    )


def _overview(context: Context, _options: Namespace) -> Answer:
    rows = context.services.prices.schedules(context.by)
    return Answer([plain_prices.schedule(row) for row in rows], partial(price_texts.schedules, rows))


def _create(context: Context, options: Namespace) -> Answer:
    services, by = context.services.prices, context.by
    source = services.find(by, options.copy_of) if options.copy_of is not None else None
    currency = options.currency or (source.currency if source else DEFAULT_CURRENCY)
    row = services.create(
        by, options.name, currency, copy_of=source.id if source else None, reason=options.reason
    ).value
    return Answer(plain_prices.schedule(row), partial(price_texts.schedules, [row]))


def _assign(context: Context, options: Namespace) -> Answer:
    services, by = context.services.prices, context.by
    account = context.account(options.account)
    schedule_id = None if options.default else services.find(by, options.schedule).id
    day = options.effective or local_date(context.now(), zones.zone(account.time_zone))
    found = services.assign(by, account.id, schedule_id, day, reason=options.reason).value
    return Answer(plain_prices.account_schedules(found), partial(price_texts.account_schedules, account.name, found))
