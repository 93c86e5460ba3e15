"""Keeping what is needed to find a bug."""

import logging
from pathlib import Path

from cpdesk.base import log


def keep(error: BaseException) -> Path | None:
    """Write where an unexpected error came from to the log file; None if there can be no log."""
    opened = log.start()
    if opened is None:
        return None
    try:
        logging.getLogger(__name__).error("unexpected error", exc_info=error)
    finally:
        opened.close()
    return opened.file
