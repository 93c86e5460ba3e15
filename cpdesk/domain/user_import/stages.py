"""What an import is doing while it runs, and how much of the whole that is."""

from enum import StrEnum
from typing import Final

from cpdesk.base.progress import Tell, part

WHOLE: Final = 1000
"""The steps of an import, however many rows there are."""


class Stage(StrEnum):
    """The parts of an import, in their order."""

    READING = "reading"
    """The file, from bytes to rows."""
    COMPARING = "comparing"
    """The rows with the account as it is."""
    WRITING = "writing"
    """All of it, in one transaction."""


_ENDS: Final = {Stage.READING: 160, Stage.COMPARING: 250, Stage.WRITING: WHOLE}
"""Where each ends; measured with 100,000 rows."""


def of_stage(tell: Tell | None, stage: Stage) -> Tell | None:
    """Tell of a stage as its part of the import."""
    starts = {Stage.READING: 0, Stage.COMPARING: _ENDS[Stage.READING], Stage.WRITING: _ENDS[Stage.COMPARING]}
    return part(tell, starts[stage], _ENDS[stage], WHOLE)


def stage_at(done: int) -> Stage:
    """What is being done when `done` steps of WHOLE are behind us."""
    return next((stage for stage, end in _ENDS.items() if done < end), Stage.WRITING)
