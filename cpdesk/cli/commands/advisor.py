"""cpdesk advise, cpdesk report"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import advice_plain, advice_texts, arguments, report_plain, report_texts
from cpdesk.cli.output import Answer

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group

_MONTHS = 12


def register(top: Group) -> None:
    parser = top.command("advise", _advise, _("say which billing mode would have been cheaper, and why"))
    which = parser.add_mutually_exclusive_group(required=True)
    about = _("account: its number, its domain, or its exact name")
    which.add_argument("account", metavar="ACCOUNT", nargs="?", type=arguments.text, help=about)
    which.add_argument("--all", action="store_true", help=_("all accounts, highest saving first"))
    _add_months(parser)
    more = _("idle-seats, low-seats, blocked, overlapping, costs, trend. Costs are a month's, at today's prices.")
    parser = top.command("report", _report, _("print a report"), more)
    parser.add_argument("name", metavar="NAME", choices=list(_REPORTS), help=_("which report"))
    parser.add_argument("--account", metavar="ACCOUNT", type=arguments.text, help=_("of one account only"))
    _add_months(parser)


def _add_months(parser: CommandParser) -> None:
    about = _("how many complete months to look back on, 1 to 24; default: 12")
    parser.add_argument("--months", metavar="N", type=arguments.count, default=_MONTHS, help=about)


def _advise(context: Context, options: Namespace) -> Answer:
    advisor = context.services.advisor
    if options.all:
        advices = advisor.advise_all(context.by, months=options.months)
    else:
        advices = [advisor.advise(context.by, context.account(options.account).id, months=options.months)]
    lines = advice_texts.listed if options.all else advice_texts.one
    return Answer([advice_plain.advice(advice) for advice in advices], partial(lines, advices))


def _report(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account).id if options.account is not None else None
    return _REPORTS[options.name](context, account, options.months)


def _idle(context: Context, account: int | None, _months: int) -> Answer:
    rows = context.services.reports.idle_seats(context.by, account)
    return Answer([report_plain.idle(row) for row in rows], partial(report_texts.idle, rows))


def _low(context: Context, account: int | None, _months: int) -> Answer:
    rows = context.services.thresholds.low(context.by, account)
    return Answer([report_plain.low(row) for row in rows], partial(report_texts.low, rows))


def _blocked(context: Context, account: int | None, _months: int) -> Answer:
    rows = context.services.reports.blocked_holders(context.by, account)
    return Answer([report_plain.blocked(row) for row in rows], partial(report_texts.blocked, rows))


def _overlapping(context: Context, account: int | None, _months: int) -> Answer:
    rows = context.services.reports.overlapping(context.by, account)
    return Answer([report_plain.overlap(row) for row in rows], partial(report_texts.overlapping, rows))


def _costs(context: Context, account: int | None, _months: int) -> Answer:
    report = context.services.reports.costs(context.by, account)
    return Answer(report_plain.costs(report), partial(report_texts.costs, report))


def _trend(context: Context, account: int | None, months: int) -> Answer:
    rows = context.services.reports.trend(context.by, account, months)
    return Answer([report_plain.trend(row) for row in rows], partial(report_texts.trend, rows))


_REPORTS: Mapping[str, Callable[[Context, int | None, int], Answer]] = {
    "idle-seats": _idle,
    "low-seats": _low,
    "blocked": _blocked,
    "overlapping": _overlapping,
    "costs": _costs,
    "trend": _trend,
}
