"""Takes out of what is logged and reported whatever may be about people, so that it can be sent to a stranger.

The rule for the text of an error: our own coded errors give their code and the names of their facts, never a value;
errors of the system give the system's sentence, never the file; of all other texts remain words in small letters,
the names of the code that failed, and small numbers. What is quoted, what looks like an address, a domain, a path
or a name, and what is written in other letters than English ones is left out. Whoever raises an error with data in
its text quotes it (`{name!r}`).
"""

import builtins
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from traceback import FrameSummary, StackSummary, extract_tb
from types import CodeType

from cpdesk.base.errors import CodedError

GONE = "…"
"""What stands for what was taken out."""

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARY = Path(os.__file__).resolve().parent
_LONGEST = 500
"""Characters of an error's text: some carry a whole file."""
_DEEPEST = 20
"""Errors in a chain."""

_ADDRESS = re.compile(r"[^\s@'\"<>()]+@[^\s@'\"<>()]+")
_FILE = re.compile(r'File "([^"\n]+)"')
_QUOTED = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|«[^»]*»|“[^”]*”""", re.DOTALL)
_BEGUN = re.compile(r"""(?:(?<!\w)|(?<=\b[bru]))'(?:\\.|[^'\\])*'""", re.DOTALL)
"""What is quoted, and begins like it: the apostrophe of a `can't` before it is none of its marks."""
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"[a-z]+(?:[-'][a-z]+)*(?:\(s)?|\d{1,4}|0x[0-9a-f]+", re.IGNORECASE | re.ASCII)
_OF_QT = re.compile(r"(?:PySide6\.\w+\.)?Q[A-Z][A-Za-z]+(?:::[A-Za-z]+)*", re.ASCII)
"""The classes of Qt and their functions."""
_EDGES = ".,:;!?()[]{}<>=+*%&|^-'\"`"
_COMMON = frozenset(
    {"ASCII", "C", "CHECK", "CSV", "Errno", "FOREIGN", "Internal", "JSON", "KEY", "NOT", "NULL", "None", "NoneType"}
    | {"Error", "Python", "Qt", "SQL", "UNIQUE", "UTF-8", "WinError"}
)
"""Words with capital letters that computers use, not people."""


def described(error: BaseException) -> str:
    """An error and what led to it, the latest first: kinds, texts without what is about people, and places."""
    return "\ncaused by:\n".join(_one(one) for one in _chain(error)) + "\n"


def masked(text: str) -> str:
    """A text of our own words without addresses, the name of whoever runs the program, and their folders."""
    text = _ADDRESS.sub(GONE, _FILE.sub(_short_file, text))
    home, user = _home(), os.environ.get("USERNAME" if sys.platform == "win32" else "USER", "")
    for pattern, instead in _personal(home, user):
        text = pattern.sub(instead, text)
    return text


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting and len(seen) < _DEEPEST:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))


def _one(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    text = _text(error)
    code = getattr(error, "sqlite_errorname", "")
    name += f" {code}" if code else ""
    frames = [_shortened(frame) for frame in extract_tb(error.__traceback__)]
    return "".join([f"{name}: {text}\n" if text else f"{name}\n", *StackSummary.from_list(frames).format()]).rstrip()


def _text(error: BaseException) -> str:
    if isinstance(error, CodedError):
        return f"{error.code} ({', '.join(sorted(error.params))})" if error.params else error.code
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {masked(error.strerror or '')}".rstrip()
    try:
        told = str(error)
    except Exception:  # noqa: BLE001 - an error that cannot even say what it is
        return ""
    # Cut afterwards: a quotation without its end would be taken for words.
    return _strictly(told, _names(error))[:_LONGEST]


def _strictly(text: str, names: frozenset[str]) -> str:
    """What remains of a text that anybody may have written."""

    def quoted(found: re.Match[str]) -> str:
        word = found.group()[1:-1]
        return f"'{word}'" if word in names else f"'{GONE}'"

    def word(found: re.Match[str]) -> str:
        bare = found.group().strip(_EDGES)
        is_plain = _PLAIN.fullmatch(bare) and bare == bare.lower()
        stays = not bare or bare in names or bare in _COMMON or is_plain or _OF_QT.fullmatch(bare)
        return found.group() if stays else GONE

    words = _WORD.sub(word, masked(_QUOTED.sub(quoted, _BEGUN.sub(quoted, text))))
    return re.sub(rf"{GONE}(?:\s+{GONE})+", GONE, words)


def _names(error: BaseException) -> frozenset[str]:
    """The names in the code that failed: no data. Of an object without an attribute also the kind of object."""
    found = set(dir(builtins))
    trace = error.__traceback__
    while trace is not None:
        found.update(_names_in(trace.tb_frame.f_code))
        trace = trace.tb_next
    if isinstance(error, AttributeError | NameError):
        found.add(type(getattr(error, "obj", None)).__name__)
    return frozenset(found)


def _names_in(code: CodeType) -> tuple[str, ...]:
    return (code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars)


def _shortened(frame: FrameSummary) -> FrameSummary:
    return FrameSummary(_short(frame.filename), frame.lineno, frame.name, line=frame.line)


def _short_file(found: re.Match[str]) -> str:
    return f'File "{_short(found.group(1))}"'


def _short(name: str) -> str:
    """A source file as it is called in its package, without where that is installed."""
    path = Path(name)
    for top in (_PACKAGE.parent, _LIBRARY):
        if path.is_relative_to(top):
            path = path.relative_to(top)
            break
    parts = path.parts
    if "site-packages" in parts:
        parts = parts[parts.index("site-packages") + 1 :]
    return "/".join(parts) if not Path(*parts).is_absolute() else path.name


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""


@lru_cache(maxsize=4)
def _personal(home: str, user: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to look for, and what to write instead: systems write a folder with either slash, in any case."""
    found = []
    steps = [re.escape(step) for step in re.split(r"[\\/]+", home) if step]
    if steps:
        root = r"[\\/]+" if home[0] in "\\/" else ""
        found.append((re.compile(root + r"[\\/]+".join(steps) + r"(?![^\\/\s'\":])", re.IGNORECASE), "~"))
    for name in {user, Path(home).name}:
        if len(name) > 2:
            found.append((re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), GONE))
    return tuple(found)
