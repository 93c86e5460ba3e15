"""Keeping what is needed to find a bug."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

from cpdesk.base import log


def keep(error: BaseException) -> Path | None:
    """Write where an unexpected error came from to the log file; None if there can be no log."""
    opened = log.start()
    if opened is None:
        return None
    # A log that cannot be written is no second failure to be told at length.
    logging.raiseExceptions = False
    try:
        logging.getLogger(__name__).error("unexpected error\n%s", "".join(_places(error)))
    finally:
        opened.close()
    return opened.file


def _places(error: BaseException | None) -> Iterator[str]:
    """Kinds and places of an error and of what led to it, without their texts: those may hold personal data."""
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
