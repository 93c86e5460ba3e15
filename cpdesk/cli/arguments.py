"""The kinds of argument: what is no argument of its kind is a usage error, what is merely wrong is refused later."""

import argparse
import os
import re
from datetime import date
from pathlib import Path

from cpdesk.base.i18n import _

_WHOLE = re.compile(r"[+-]?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18
"""Longer numbers are beyond every limit alike."""


def text(value: str) -> str:
    """Any text. Bytes that are no text in the system's encoding arrive as lone surrogates."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(_("not text in the encoding of this system")) from None
    return value


def folder(value: str) -> Path:
    """A folder, which need not exist. Nothing at all is a slip: an empty variable in a script."""
    if not value:
        raise argparse.ArgumentTypeError(_("no folder"))
    return Path(os.path.expanduser(value))


def count(value: str) -> int:
    """A whole number of any sign and size: whether it makes sense is not for the command line to say."""
    if not _WHOLE.fullmatch(value):
        raise argparse.ArgumentTypeError(_("not a whole number"))
    sign, digits = value[0] == "-", value.lstrip("+-").lstrip("0")
    whole = int(digits or "0") if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
    return -whole if sign else whole


def count_or_none(value: str) -> int | None:
    """A whole number, or the word for none."""
    return None if value.casefold() == "none" else count(value)


def day(value: str) -> date:
    """A calendar date, 2026-12-01. Not in the other forms of ISO 8601, which few can tell from a slip."""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(_("not a date such as 2026-12-01"))


def month(value: str) -> date:
    """The first day of a month, 2026-12."""
    try:
        if _DAY.fullmatch(f"{value}-01"):
            return date.fromisoformat(f"{value}-01")
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(_("not a month such as 2026-12"))


def limit(value: str) -> int:
    """How many entries to list: 1 or more."""
    entries = count(value)
    if entries < 1:
        raise argparse.ArgumentTypeError(_("less than 1"))
    return entries
