"""cpdesk mode, cpdesk apply-due"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.errors import CodedError, KnownError
from cpdesk.base.i18n import _
from cpdesk.base.messages import message
from cpdesk.cli import plain, texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_reason
from cpdesk.domain.modes import Mode

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.rows import AccountRow


def register(top: Group) -> None:
    group = top.group("mode", _("the billing mode of an account"))
    add_account(group.command("show", _show, _("show the billing mode and what is pending")))
    more = _("To Purchase Mode at once, to Usage Mode on the first day of the next month.")
    parser = group.command("change", _change, _("show what a change would do, or request it"), more)
    add_account(parser)
    parser.add_argument("to", choices=[str(mode) for mode in Mode], help=_("the new mode"))
    parser.add_argument("--yes", action="store_true", help=_("change it; without this nothing is changed"))
    add_reason(parser)
    parser = group.command("keep", _keep, _("withdraw the pending change to Usage Mode"))
    add_account(parser)
    add_reason(parser)
    top.command("apply-due", _apply_due, _("complete the changes of mode that are due; needs no operator"))


def _show(context: Context, options: Namespace) -> Answer:
    return _answer(context, context.account(options.account).id)


def _change(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    modes, to = context.services.modes, Mode(options.to)
    shown = modes.forecast(context.by, account.id, to)
    if options.yes:
        now = context.now()
        done = modes.change(context.by, account.id, to, shown, reason=options.reason)
        return _answer_to(context, done.value, now)
    document = plain.account(account, context.now()) | {"forecast": plain.forecast(shown)}
    return Answer(document, partial(texts.forecast, account, shown))


def _keep(context: Context, options: Namespace) -> Answer:
    account: AccountRow = context.account(options.account)
    now = context.now()
    done = context.services.modes.keep(context.by, account.id, reason=options.reason)
    return _answer_to(context, done.value, now)


def _answer_to(context: Context, row: AccountRow, now: datetime) -> Answer:
    """To a change that is made; `now` is when it began."""
    instead = Answer(plain.account(row, now), partial(texts.mode, row, None, now, {}))
    return context.done(lambda: _answer(context, row.id), instead)


def _answer(context: Context, account_id: int) -> Answer:
    row, latest = context.services.modes.show(context.by, account_id)
    now, names = context.now(), context.product_names()
    document = plain.account(row, now) | {"last_switch": latest and plain.completed(latest)}
    return Answer(document, partial(texts.mode, row, latest, now, names))


def _apply_due(context: Context, _options: Namespace) -> Answer:
    report = context.services.modes.apply_due()
    with suppress(KnownError):
        context.services.scheduling.ran()
    _back_up(context)
    names = context.product_names()
    return Answer(plain.settling(report), partial(texts.settling, report, names))


def _back_up(context: Context) -> None:
    """Whoever has changes completed by the system hardly opens the window: the day's backup is made here too."""
    try:
        context.services.backups.make_daily()
    except CodedError as error:
        # What was to be done is done all the same.
        context.note(_("The backup of today could not be made. {reason}").format(reason=message(error)))
