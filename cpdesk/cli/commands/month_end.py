"""cpdesk month-end"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, month_end_texts
from cpdesk.cli.output import Answer

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group


def register(top: Group) -> None:
    more = "\n".join(
        (
            _("A statement as PDF for each account with charges, one workbook and one CSV, in a new folder in FOLDER."),
            _("Statements that were issued are written as they were issued. Nothing is left where it fails."),
        )
    )
    parser = top.command("month-end", _month_end, _("write the statements of a month, for all accounts"), more)
    parser.add_argument(
        "--month", metavar="YYYY-MM", type=arguments.month, required=True, help=_("the month, such as 2026-10")
    )
    parser.add_argument(
        "--output", metavar="FOLDER", type=arguments.folder, required=True, help=_("where the new folder is made")
    )
    parser.add_argument(
        "--account",
        metavar="ACCOUNT",
        type=arguments.text,
        action="append",
        help=_("only this account, by number, domain or exact name; may be given several times"),
    )


def _month_end(context: Context, options: Namespace) -> Answer:
    chosen = options.account and [context.account(text).id for text in options.account]
    folder = Path(options.output).absolute()
    summary = context.services.month_end.write(context.by, options.month, folder, chosen)
    return Answer(month_end_texts.document(summary), partial(month_end_texts.lines, summary))
