"""cpdesk plan"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, plain, plan_texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_product, add_reason, add_upn

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group
    from cpdesk.domain.planned import PlannedChange


def register(top: Group) -> None:
    group = top.group("plan", _("joiners, leavers and seat reductions with a date"))
    about = _("list what is planned, and what came of what was")
    add_account(group.command("list", _list, about, _("Without ACCOUNT: of all accounts.")), nargs="?")
    late = _(
        "It is carried out on that date in the account's time zone, by the rules of that day; what no longer fits is "
        "left out and named. Carried out late it counts from when it was carried out."
    )
    _add_join(group.command("join", _join, _("plan a new user for a date"), late))
    _add_leave(group.command("leave", _leave, _("plan that a user leaves on a date"), late))
    _add_reduce(group.command("reduce", _reduce, _("plan to remove seats on a date: only what is free then"), late))
    for name, run, what in (
        ("withdraw", _withdraw, _("take back what is planned")),
        ("dismiss", _dismiss, _("take what was left undone off the list of what needs a look")),
    ):
        parser = group.command(name, run, what)
        add_account(parser)
        parser.add_argument("number", metavar="NUMBER", type=arguments.count, help=_("number of the planned change"))
        if name == "withdraw":
            add_reason(parser)


def _add_join(parser: CommandParser) -> None:
    add_account(parser)
    add_upn(parser)
    _add_date(parser)
    parser.add_argument("--name", required=True, type=arguments.text, help=_("display name"))
    parser.add_argument(
        "--license",
        dest="licenses",
        metavar="PRODUCT",
        action="append",
        default=[],
        type=arguments.text,
        help=_("a product to assign; may be given several times"),
    )
    parser.add_argument(
        "--add-seats", action="store_true", help=_("in Purchase Mode, add the seats that the pool lacks then")
    )
    add_reason(parser)


def _add_leave(parser: CommandParser) -> None:
    add_account(parser)
    add_upn(parser)
    _add_date(parser)
    stays = parser.add_mutually_exclusive_group()
    stays.add_argument("--block", action="store_true", help=_("keep the user, take all licenses and block sign-in"))
    stays.add_argument("--keep-user", action="store_true", help=_("keep the user, take all licenses"))
    add_reason(parser)


def _add_reduce(parser: CommandParser) -> None:
    add_account(parser)
    add_product(parser)
    parser.add_argument("count", metavar="COUNT", type=arguments.count, help=_("number of seats"))
    _add_date(parser)
    add_reason(parser)


def _add_date(parser: CommandParser) -> None:
    about = _("the day, YYYY-MM-DD, in the account's time zone; later than today")
    parser.add_argument("--on", metavar="DATE", required=True, type=arguments.day, help=about)


def _list(context: Context, options: Namespace) -> Answer:
    account_id = context.account(options.account).id if options.account else None
    rows = context.services.planning.rows(context.by, account_id)
    return Answer([plain.planned(row) for row in rows], partial(plan_texts.changes, rows, context.product_names()))


def _join(context: Context, options: Namespace) -> Answer:
    from cpdesk.domain.people import UserFields

    account = context.account(options.account)
    done = context.services.planning.join(
        context.by,
        account.id,
        options.on,
        UserFields(options.name, options.upn),
        licenses=options.licenses,
        add_seats=options.add_seats,
        reason=options.reason,
    )
    return _answer(context, done.value)


def _leave(context: Context, options: Namespace) -> Answer:
    from cpdesk.domain.planned import Farewell

    account = context.account(options.account)
    known = context.services.users.find(context.by, account.id, options.upn)
    farewell = Farewell.BLOCK if options.block else Farewell.LICENSES if options.keep_user else Farewell.DELETE
    leave = context.services.planning.leave
    done = leave(context.by, account.id, options.on, [known.id], farewell=farewell, reason=options.reason)
    return _answer(context, done.value[0])


def _reduce(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    reduce = context.services.planning.reduce
    done = reduce(context.by, account.id, options.on, options.product, options.count, reason=options.reason)
    return _answer(context, done.value)


def _withdraw(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    withdraw = context.services.planning.withdraw
    return _answer(context, withdraw(context.by, account.id, options.number, reason=options.reason).value)


def _dismiss(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    return _answer(context, context.services.planning.dismiss(context.by, account.id, options.number).value)


def _answer(context: Context, change: PlannedChange) -> Answer:
    return Answer(plain.planned(change), partial(plan_texts.change, change, context.product_names()))
