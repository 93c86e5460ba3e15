"""cpdesk licenses, cpdesk seats"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.errors import KnownError
from cpdesk.base.i18n import _
from cpdesk.base.low_seat_words import low_text
from cpdesk.cli import arguments, people_texts, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_file, add_product, add_reason, add_upn

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.catalog import Product
    from cpdesk.services.seat_tasks import SeatsResult


def register(top: Group) -> None:
    licenses = top.group("licenses", _("licenses of an account and its users"))
    add_account(licenses.command("list", _list, _("list seats, assigned and available, per product")))
    for name, run, about in (
        ("assign", _assign, _("give a license to a user")),
        ("remove", _remove, _("take a license from a user")),
    ):
        parser = licenses.command(name, run, about)
        add_account(parser)
        parser.single = (add_upn(parser, nargs="?"), add_product(parser, nargs="?"))
        add_file(parser, "UserPrincipalName, SkuPartNumber")
        add_reason(parser)
    seats = top.group("seats", _("the pool of seats in Purchase Mode"))
    for name, run, about in (
        ("add", _add_seats, _("add seats to the pool")),
        ("remove", _remove_seats, _("take free seats out of the pool")),
    ):
        parser = seats.command(name, run, about)
        add_account(parser)
        add_product(parser)
        parser.add_argument("count", metavar="COUNT", type=arguments.count, help=_("how many seats"))
        add_reason(parser)
    more = _("In Purchase Mode only: in Usage Mode a seat comes with each assignment and no pool runs short.")
    parser = seats.command("threshold", _threshold, _("warn when few seats of the pool are available"), more)
    add_account(parser)
    add_product(parser)
    about = _("warn at so many available seats or fewer; none: never")
    parser.add_argument("count", metavar="COUNT|none", type=arguments.count_or_none, help=about)
    add_reason(parser)


def _many(context: Context, options: Namespace, change: str) -> Answer:
    """What reads and tells of a file is loaded where there is one."""
    from cpdesk.cli import many

    return many.run(context, options, change)


def _list(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    rows = context.services.licenses.rows(context.by, account.id)
    return Answer([plain.subscription(row) for row in rows], partial(people_texts.subscriptions, account, rows))


def _assign(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "assign")
    account = context.account(options.account)
    assign = context.services.licenses.assign
    result = assign(context.by, account.id, options.upn, options.product, reason=options.reason).value
    _note_low(context, account.id, result.product)
    document = plain.seats(result) | {"upn": options.upn}
    return Answer(document, partial(people_texts.assigned, options.upn, result))


def _remove(context: Context, options: Namespace) -> Answer:
    if options.file is not None:
        return _many(context, options, "unassign")
    account = context.account(options.account)
    remove = context.services.licenses.remove
    result = remove(context.by, account.id, options.upn, options.product, reason=options.reason).value
    document = plain.seats(result) | {"upn": options.upn}
    return Answer(document, partial(people_texts.unassigned, options.upn, result))


def _add_seats(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    add = context.services.licenses.add_seats
    return _seats(add(context.by, account.id, options.product, options.count, reason=options.reason).value)


def _remove_seats(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    remove = context.services.licenses.remove_seats
    result = remove(context.by, account.id, options.product, options.count, reason=options.reason).value
    _note_low(context, account.id, result.product)
    return _seats(result)


def _threshold(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    put = context.services.thresholds.set
    row = put(context.by, account.id, options.product, options.count, reason=options.reason).value
    return Answer(plain.subscription(row), partial(people_texts.threshold, account, row))


def _note_low(context: Context, account_id: int, product: Product) -> None:
    """Say so where the pool runs short now. The change is made, even if that cannot be found out."""
    with suppress(KnownError):
        for row in context.services.thresholds.low(context.by, account_id):
            if row.guid == product.guid:
                context.note(low_text(row.product, row.available, row.seats, row.threshold))


def _seats(result: SeatsResult) -> Answer:
    return Answer(plain.seats(result), lambda: [people_texts.seats_now(result)])
