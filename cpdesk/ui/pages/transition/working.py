"""One long piece of work at a time, with its progress and a way to stop it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cpdesk.jobs.progress import Cancelled, Progress

if TYPE_CHECKING:
    from cpdesk.jobs import Jobs

Work = Callable[..., Any]
"""Takes `progress` besides what it has already."""
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Working(QObject):
    """Runs the work of an import off the GUI thread. A new read ends the one before."""

    progressed = Signal(int)
    """How far the work is, in steps of `stages.WHOLE`."""
    ended = Signal()
    """It is over, well or not; just before whoever asked for it is told."""

    def __init__(self, jobs: "Jobs", parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._progress: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._progress is not None

    def read(self, work: Work, done: Done, failed: Failed) -> None:
        """Work on the reader's thread."""
        self.cancel()
        progress = self._begin()
        told = partial(self._end_read, progress, done, failed)
        self._jobs.run(self, partial(work, progress=progress.report), told, partial(self._end, failed), key="read")

    def change(self, work: Work, done: Done, failed: Failed) -> None:
        """Work on the writer's thread, in one transaction."""
        progressing = partial(work, progress=self._begin().report)
        self._jobs.change(self, progressing, partial(self._end, done), partial(self._end, failed))

    def cancel(self) -> None:
        """Ask the work to stop; `failed` is called with Cancelled when it has."""
        if self._progress is not None:
            self._progress.cancel()

    def _begin(self) -> Progress:
        self._progress = self._jobs.progress(self, self._on_progress)
        return self._progress

    def _end_read(self, progress: Progress, done: Done, failed: Failed, outcome: Any) -> None:
        """What was read before the wish to stop was heard is no longer wanted."""
        self._end(*((failed, Cancelled()) if progress.cancelled else (done, outcome)))

    def _end(self, tell: Callable[[Any], None], outcome: Any) -> None:
        self._progress = None
        self.ended.emit()
        tell(outcome)

    def _on_progress(self, told: tuple[int, int]) -> None:
        if self.busy:
            self.progressed.emit(told[0])
