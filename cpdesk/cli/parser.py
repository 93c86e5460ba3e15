"""The grammar of the command line, on top of argparse."""

import argparse
import sys
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
        self.single: tuple[argparse.Action, ...] = ()
        """What names one user: needed unless a file names many."""
        self.only_single: tuple[argparse.Action, ...] = ()
        """What else is said of one user, and makes no sense beside a file."""
        self.only_many: tuple[argparse.Action, ...] = ()
        """What makes no sense without a file."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        if not any(word in {"-h", "--help", "--file"} or word.startswith("--file=") for word in words):
            for action in self.single:
                # In the help it can be left out. Parsed so, it would be, wherever an option stands before it.
                action.nargs, action.required = None, True
        options, rest = super().parse_known_args(words, namespace)
        if self.single and not rest:
            self._require_one_way(options)
        return options, rest

    def _require_one_way(self, options: argparse.Namespace) -> None:
        if options.file is None:
            for action in self.only_many:
                if getattr(options, action.dest):
                    self.error(_("{option} needs --file").format(option=action.option_strings[0]))
            return
        for action in (*self.single, *self.only_single):
            if getattr(options, action.dest) is not None:
                name = action.option_strings[0] if action.option_strings else str(action.metavar)
                self.error(_("{argument} and --file exclude each other").format(argument=name))

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


def add_upn(parser: CommandParser, **options: Any) -> argparse.Action:
    """The argument that names a user."""
    about = _("user principal name, name@domain")
    return parser.add_argument("upn", metavar="UPN", type=arguments.text, help=about, **options)


def add_product(parser: CommandParser, **options: Any) -> argparse.Action:
    """The argument that names a product."""
    about = _("product: part number, GUID or display name")
    return parser.add_argument("product", metavar="PRODUCT", type=arguments.text, help=about, **options)


def add_file(parser: CommandParser, columns: str) -> None:
    """The options by which a file names many users instead; `single` and `only_single` of the parser are set."""
    parser.add_argument(
        "--file",
        metavar="FILE",
        type=arguments.text,
        help=_("CSV file that names many, or - for standard input; columns: {columns}").format(columns=columns),
    )
    encoding = add_encoding(parser)
    dry = parser.add_argument(
        "--dry-run", action="store_true", help=_("with --file: tell what would be done, and change nothing")
    )
    parser.only_many = (*parser.only_many, encoding, dry)


def add_encoding(parser: CommandParser) -> argparse.Action:
    """The option that says how a file is encoded."""
    about = _("how the file is encoded, if it is neither UTF-8 nor UTF-16")
    return parser.add_argument("--encoding", metavar="NAME", type=arguments.text, help=about)


def add_reason(parser: CommandParser) -> None:
    """The option of every command that changes licenses, users or the mode: it is kept in the audit log."""
    about = _("why, or a ticket number; kept in the audit log")
    parser.add_argument("--reason", metavar="TEXT", type=arguments.text, default="", help=about)
