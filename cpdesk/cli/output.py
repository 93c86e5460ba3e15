"""What a command prints: one JSON document or text on standard output, everything else on standard error."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from cpdesk.base.apart import steady
from cpdesk.base.errors import KnownError
from cpdesk.cli import exit_codes

Lines = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a command, for programs and for people."""

    document: object
    """JSON values."""
    lines: Lines
    """The text, made only if it is wanted: formatting dates takes time to load."""
    exit_code: int = exit_codes.DONE


class Printer:
    """Prints answers, refusals and notes, in JSON or as text.

    No name in a text, wherever it comes from, commands the terminal or turns round the line that it stands in.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def answer(self, answer: Answer) -> None:
        """Print a result. Raises KnownError `output_failed`, for instance on a full disk."""
        if self.as_json:
            self._document(answer.document)
        else:
            _write(sys.stdout, "".join(f"{steady(line)}\n" for line in answer.lines()))

    def refusal(self, code: str, text: str, more: Mapping[str, object] | None = None) -> None:
        """Print why there is no result: on standard error, and with JSON on standard output too, with `more`."""
        if self.as_json:
            # Where nothing can be printed the exit code has to do.
            with suppress(KnownError):
                self._document({"error": {"code": code, "message": text, **(more or {})}})
        self.note(text)

    def note(self, text: str) -> None:
        """Print something that is not the result, on standard error."""
        with suppress(KnownError):
            _write(sys.stderr, f"{steady(text)}\n")

    def _document(self, document: object) -> None:
        # ASCII: what reads it may expect another encoding than ours.
        _write(sys.stdout, json.dumps(document, indent=2) + "\n")


def prepare_streams() -> None:
    """Let no letter of a name stop the output where the terminal cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def finish() -> None:
    """Write out what other code has printed, the help texts for instance."""
    _write(sys.stdout, "")


def _write(stream: TextIO | None, text: str) -> None:
    """A reader that has gone (`| head`) has what it wanted; a missing stream was closed on purpose."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise KnownError("output_failed", reason=error.strerror or "") from error


def _silence(stream: TextIO) -> None:
    """Send what is still buffered to nowhere, or Python complains about it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except io.UnsupportedOperation:
        return
    finally:
        os.close(nowhere)
