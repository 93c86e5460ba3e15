"""cpdesk clock correct"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_reason

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.clock_correction import Ahead


def register(top: Group) -> None:
    group = top.group("clock", _("the time of the database"))
    more = _("For a database that was used while the clock of the computer was far ahead. Set the clock right first.")
    parser = group.command("correct", _correct, _("show what a correction would do, or make it"), more)
    parser.add_argument(
        "--today",
        metavar="DATE",
        type=arguments.day,
        help=_("make it; today's true date confirms that the clock is right now"),
    )
    add_reason(parser)


def _correct(context: Context, options: Namespace) -> Answer:
    clock = context.services.clock
    # Nothing else comes before it: other questions would complete what the wrong time makes due.
    shown = clock.preview(context.by)
    zone = context.services.setup.defaults().time_zone
    if options.today is None:
        return Answer(plain.ahead(shown, done=False), partial(_lines, shown, zone, done=False))
    today = shown.system.astimezone(zones.zone(zone)).date()
    if options.today != today:
        raise UserError("not_today", given=options.today, today=today)
    clock.correct(context.by, shown, options.reason)
    return Answer(plain.ahead(shown, done=True), partial(_lines, shown, zone, done=True))


def _lines(shown: Ahead, zone: str, *, done: bool) -> Iterator[str]:
    from cpdesk.base.clock_words import effects, times

    for name, value in times(shown, zone):
        yield f"{name}: {value}"
    yield from effects(shown)
    yield _("Corrected.") if done else _("Nothing was changed. To correct it, add --today with the true date.")
