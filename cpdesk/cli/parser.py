"""The grammar of the command line, on top of argparse."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from cpdesk.base.i18n import _
from cpdesk.cli import arguments
from cpdesk.cli.output import Answer

if TYPE_CHECKING:
    from cpdesk.cli.context import Context

Run = Callable[["Context", argparse.Namespace], Answer]
"""Carries out a command."""


class UsageError(Exception):
    """The words make no command."""

    def __init__(self, usage: str, fault: str) -> None:
        super().__init__(fault)
        self.usage = usage
        """How it should have looked."""
        self.fault = fault


class Finished(Exception):  # noqa: N818 - no error: a help text or the version was wanted and is printed
    """Parsing has done everything that was asked for."""


class CommandParser(argparse.ArgumentParser):
    """A parser that leaves printing errors and ending the program to its caller."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def error(self, message: str) -> NoReturn:
        raise UsageError(self.format_usage(), message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise Finished(status, message)


class Group:
    """Commands that stand behind a common word, or, at the top, behind the program's name."""

    def __init__(self, parser: CommandParser) -> None:
        self._parser = parser
        self._commands = parser.add_subparsers(metavar="COMMAND")

    def refuse_alone(self) -> NoReturn:
        """Raise UsageError because only the common word was given: it tells which commands there are."""
        fault = _("{words} needs a command: {commands}").format(
            words=self._parser.prog, commands=", ".join(self._commands.choices)
        )
        raise UsageError(self._parser.format_help(), fault)

    def group(self, name: str, about: str) -> "Group":
        """Open a group of commands below this one."""
        parser = self._commands.add_parser(name, help=about, description=about)
        add_common_options(parser, default=argparse.SUPPRESS)
        group = Group(parser)
        parser.set_defaults(unfinished=group)
        return group

    def command(self, name: str, run: Run | None, about: str, more: str = "") -> CommandParser:
        """Add a command; `more` is told in its help after the options. Without `run` it opens a window."""
        parser = self._commands.add_parser(name, help=about, description=about, epilog=more)
        add_common_options(parser, default=argparse.SUPPRESS)
        parser.set_defaults(run=run, unfinished=None)
        return parser


def add_common_options(parser: CommandParser, *, default: str | None = None) -> None:
    """The options that stand before or after a command; the latter only speak up when they are given."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=arguments.folder,
        default=default,
        help=_("folder of the database (also CPDESK_DATA; default: your user data folder)"),
    )
    parser.add_argument("--json", action="store_true", default=default or False, help=_("print one JSON document"))


def add_account(parser: CommandParser, **options: Any) -> None:
    """The argument that names an account."""
    about = _("account: its number, its domain, or its exact name")
    parser.add_argument("account", metavar="ACCOUNT", type=arguments.text, help=about, **options)


def add_upn(parser: CommandParser) -> None:
    """The argument that names a user."""
    parser.add_argument("upn", metavar="UPN", type=arguments.text, help=_("user principal name, name@domain"))


def add_product(parser: CommandParser) -> None:
    """The argument that names a product."""
    about = _("product: part number, GUID or display name")
    parser.add_argument("product", metavar="PRODUCT", type=arguments.text, help=about)


def add_reason(parser: CommandParser) -> None:
    """The option of every command that changes licenses, users or the mode: it is kept in the audit log."""
    about = _("why, or a ticket number; kept in the audit log")
    parser.add_argument("--reason", metavar="TEXT", type=arguments.text, default="", help=about)
