"""From the words of a command line to an exit code."""

import os
from argparse import Namespace
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from cpdesk.base import paths
from cpdesk.base.clock import Clock, SystemClock
from cpdesk.base.errors import CodedError, KnownError
from cpdesk.base.i18n import _, set_language
from cpdesk.cli import exit_codes, output
from cpdesk.cli.output import Answer, Printer
from cpdesk.cli.parser import Finished, UsageError
from cpdesk.cli.stopping import StoppedError, stoppable


class Wanted(Enum):
    """What is opened instead of running a command."""

    WINDOW = "window"
    DEMO = "demo"
    SELF_TEST = "self-test"


def run(words: Sequence[str], clock: Clock | None = None) -> int | Wanted:
    """Run one command line (without the program's name) and return its exit code, or which window is wanted.

    Tests pass a clock of their own.
    """
    printer = Printer(as_json="--json" in words)
    try:
        output.prepare_streams()
        set_language()
        with stoppable():
            return _run(words, clock or SystemClock(), printer)
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except StoppedError as error:
        return error.exit_code
    except CodedError as error:
        return refused(error, printer)
    except Exception as error:  # noqa: BLE001 - the last resort: people must never meet a bare traceback
        return failed(error, printer)


def _run(words: Sequence[str], clock: Clock, printer: Printer) -> int | Wanted:
    try:
        options = _parse(words)
    except UsageError as error:
        return _misused(error, printer)
    except Finished:
        output.finish()
        return exit_codes.DONE
    printer.as_json = options.json
    if options.version:
        printer.answer(_version())
        return exit_codes.DONE
    if options.data:
        # In the environment, so that the log file follows.
        os.environ[paths.DATA_VARIABLE] = str(options.data)
    return _carry_out(options, paths.data_dir(), clock, printer) if options.run else _wanted(options)


def _wanted(options: Namespace) -> Wanted:
    if options.self_test:
        return Wanted.SELF_TEST
    return Wanted.DEMO if options.demo else Wanted.WINDOW


def _parse(words: Sequence[str]) -> Namespace:
    from cpdesk.cli import grammar

    parser = grammar.build()
    options = parser.parse_args(words)
    if options.unfinished:
        options.unfinished.refuse_alone()
    if options.self_test and (options.run or options.demo or options.data):
        parser.error(_("--self-test stands alone: it has a throw-away database of its own"))
    if options.json and not (options.run or options.version or options.self_test):
        parser.error(_("--json needs a command"))
    if options.demo and options.data:
        parser.error(_("The demo has a throw-away database of its own: leave --data out"))
    return options


def _version() -> Answer:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("cpdesk")
    except PackageNotFoundError:
        # Run from a checkout that was not installed.
        number = "0+unknown"
    return Answer({"version": number}, lambda: [f"cpdesk {number}"])


def refused(error: CodedError, printer: Printer | None = None) -> int:
    """Tell why something was refused or cannot be done; returns the exit code for it."""
    from cpdesk.base.messages import message

    text = " ".join(filter(None, (message(error), _way_out(error.code))))
    (printer or Printer(as_json=False)).refusal(error.code, text, _details(error))
    # No database is a matter of the surroundings for a script, like one that cannot be read.
    is_environment = isinstance(error, KnownError) or error.code == "not_set_up"
    return exit_codes.ENVIRONMENT if is_environment else exit_codes.REFUSED


def _way_out(code: str) -> str:
    """What somebody in a terminal does about it, where the window offers something else."""
    if code == "database_damaged":
        return _("Restore a backup of it, or see what can be saved: cpdesk rescue")
    return ""


def _details(error: CodedError) -> dict[str, object]:
    """What a program is told of a refusal besides its sentence."""
    if error.code not in {"file_has_problems", "file_lacks_seats"}:
        return {}
    from cpdesk.cli import many

    return many.details(error)


def _carry_out(options: Namespace, folder: Path, clock: Clock, printer: Printer) -> int:
    from cpdesk.cli.context import Context

    context = Context(folder, clock, printer)
    try:
        if not options.creates:
            context.open(any_clock=options.only_looks)
        answer = options.run(context, options)
    finally:
        context.close()
    printer.answer(answer)
    return int(answer.exit_code)


def _misused(error: UsageError, printer: Printer) -> int:
    from cpdesk.base.repeating import shortened

    printer.note(error.usage.rstrip())
    printer.refusal("usage", shortened(error.fault))
    return exit_codes.USAGE


def failed(error: Exception, printer: Printer | None = None) -> int:
    """Keep what is needed to find a bug, and tell of it without a traceback; returns the exit code for it."""
    from cpdesk.base.messages import sentence
    from cpdesk.cli.failures import keep

    file = keep(error)
    text = sentence("internal_error", file=str(file)) if file else sentence("internal_error_unlogged")
    (printer or Printer(as_json=False)).refusal("internal_error", text)
    return exit_codes.BUG
