"""All commands of cpdesk."""

from cpdesk.base.i18n import _
from cpdesk.cli import sign_in
from cpdesk.cli.commands import (
    accounts,
    advisor,
    backups,
    clock,
    demo,
    encryption,
    licenses,
    modes,
    month_end,
    moving,
    operators,
    plans,
    prices,
    products,
    records,
    rescue,
    setup,
    statements,
    users,
)
from cpdesk.cli.parser import CommandParser, Group, add_common_options

_AREAS = (
    setup,
    operators,
    accounts,
    users,
    licenses,
    modes,
    plans,
    prices,
    products,
    statements,
    advisor,
    month_end,
    records,
    backups,
    encryption,
    rescue,
    clock,
    moving,
    demo,
)


def build() -> CommandParser:
    """The parser of the whole command line, in the language in use.

    What it parses has `data`, `json`, `version`, `self_test`, `run` (None without a command), `unfinished` (the
    group where its word stands alone, else None), `demo` (the window of the demo is wanted), `creates`, which is
    true where the command makes the database itself, and `only_looks`, where it looks at one of the demo too.
    """
    parser = CommandParser(prog="cpdesk", description=_about(), epilog=_more())
    add_common_options(parser)
    parser.add_argument("--version", action="store_true", help=_("print the version"))
    parser.add_argument("--self-test", action="store_true", help=_("check that this installation is whole, as JSON"))
    parser.set_defaults(run=None, unfinished=None, demo=False, creates=False, only_looks=False)
    top = Group(parser)
    for area in _AREAS:
        area.register(top)
    return parser


def _about() -> str:
    return _("Manage Microsoft 365 licenses and the billing mode of customer accounts.") + (
        "\n" + _("Without a command the window is opened.")
    )


def _more() -> str:
    lines = (
        _("Commands sign in by {operator} and {password}, or ask at the terminal.").format(
            operator=sign_in.OPERATOR, password=sign_in.PASSWORD
        ),
        _("Where a second factor is on, its code or a recovery code comes from {code}, or is asked for.").format(
            code=sign_in.CODE
        ),
        _("Exit codes: 0 done, 1 refused, 2 usage, 3 database or disk, 4 a fault of cpdesk."),
    )
    return "\n".join(lines)
