"""cpdesk check, cpdesk audit"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.folder_words import folder_warning
from cpdesk.base.i18n import _
from cpdesk.cli import arguments, audit_texts, check_texts, exit_codes, plain
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group


def register(top: Group) -> None:
    more = _("Exit code 1 when anything is off. Needs no operator and changes nothing.")
    check = top.command("check", _check, _("check the database, the ledger, the audit chain and the mode rules"), more)
    check.set_defaults(only_looks=True)
    audit = top.group("audit", _("the log of all changes"))
    parser = audit.command("list", _audit, _("list the entries, newest first"))
    add_account(parser, nargs="?")
    parser.add_argument("--limit", metavar="N", type=arguments.limit, help=_("list at most the N newest entries"))


def _check(context: Context, _options: Namespace) -> Answer:
    found = context.services.checks.run()
    folder = context.services.surroundings.folder()
    if warning := folder_warning(folder.kind, str(folder.path)):
        context.note(warning)
    ok = all(finding.severity != "error" for finding in found)
    code = exit_codes.DONE if ok else exit_codes.REFUSED
    return Answer(plain.findings(found, ok=ok), partial(check_texts.findings, found), code)


def _audit(context: Context, options: Namespace) -> Answer:
    account = context.account(options.account) if options.account is not None else None
    rows = context.services.audit.rows(context.by, account.id if account else None, limit=options.limit)
    zone = account.time_zone if account else "UTC"
    names = context.product_names()
    return Answer([plain.audit_entry(row) for row in rows], partial(audit_texts.entries, rows, zone, names))
