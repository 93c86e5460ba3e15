"""cpdesk check, cpdesk audit list, anchor and compare"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
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

    more = _("Keep it outside the database: it tells later whether the log was written anew or cut off.")
    parser = audit.command("anchor", _anchor, _("print the latest hash of the log, or save it in a file"), more)
    parser.add_argument(
        "--file", metavar="FILE", type=Path, help=_("where to save it as JSON; a file that is there is not replaced")
    )
    more = _("Exit code 1 unless the log contains the anchor and its chain holds. Changes nothing.")
    parser = audit.command("compare", _compare, _("compare the log with an anchor that was saved before"), more)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the anchor"))


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


def _anchor(context: Context, options: Namespace) -> Answer:
    from cpdesk.gateways.anchor_files import write_anchor

    anchor = context.services.audit.anchor(context.by)
    zone = context.services.preferences.defaults(context.by).time_zone
    if options.file is not None:
        if options.file.exists():
            raise UserError("anchor_exists", path=str(options.file))
        write_anchor(options.file, anchor)
    return Answer(anchor.as_plain(), partial(audit_texts.anchor, anchor, zone, options.file))


def _compare(context: Context, options: Namespace) -> Answer:
    from cpdesk.gateways.anchor_files import read_anchor

    anchor = read_anchor(options.file)
    result = context.services.audit.compare(context.by, anchor)
    zone = context.services.preferences.defaults(context.by).time_zone
    code = exit_codes.DONE if result.holds else exit_codes.REFUSED
    return Answer(plain.comparison(result), partial(audit_texts.comparison, result, zone), code)
