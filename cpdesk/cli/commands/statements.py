"""cpdesk statement"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, statement_plain, statement_texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.issuing import StatementSheet


def register(top: Group) -> None:
    more = " ".join(
        (
            _("Of a month that is not over, the days through today are counted. A file is written over."),
            _("Of a month that was issued, the file is the statement as it was issued."),
        )
    )
    parser = top.command("statement", _statement, _("show what an account pays for a month"), more)
    add_account(parser)
    about = _("which month, as 2026-11")
    parser.add_argument("--month", metavar="YYYY-MM", type=arguments.month, required=True, help=about)
    about = _("also write it as a document, by the end of the name: .pdf, .xlsx or .csv")
    parser.add_argument("--output", metavar="FILE", type=Path, help=about)


def _statement(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account)
    # One reading: what is shown, what is written and what was issued are of the same moment.
    sheet = context.services.issuing.sheet(context.by, account.id, options.month)
    if options.output:
        # Loads the database, which `cpdesk --help` does without.
        from cpdesk.composition import write_statement

        write_statement(sheet.document, options.output)
    written = {"file": str(options.output)} if options.output else {}
    return Answer(statement_plain.sheet(sheet) | written, lambda: _lines(sheet, options.output))


def _lines(sheet: StatementSheet, written: Path | None) -> Iterator[str]:
    yield from statement_texts.statement(sheet.statement, sheet.issued)
    if written:
        yield ""
        yield statement_texts.written(str(written), sheet.issued)
