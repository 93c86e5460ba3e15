"""The word about a database that cannot be read or written while the program runs: disk full, disk trouble, gone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain import topics
from cpdesk.ui.context import Action, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cpdesk.base.errors import KnownError
    from cpdesk.jobs import Jobs
    from cpdesk.ui.shell.window import Window

BANNER = "fault"

PASSING = frozenset({"disk_full", "disk_trouble", "database_read_only", "database_gone", "database_not_reachable"})
"""What ends when somebody puts it right; until then the database is tried again and again."""
LASTING = frozenset({"database_damaged", "not_a_database"})
"""What does not."""

_AGAIN_MS = 10_000


class FaultBanner(QObject):
    """Says what is wrong with the database for as long as it is, and notices by itself when it no longer is.

    Pages go on showing what they have. Whatever was asked for meanwhile has been refused as a whole.
    """

    ended = Signal()
    """The database can be read and written again."""
    wanted_rescue = Signal(object)
    """Somebody wants to see what can be done about a damaged one; carries the KnownError."""

    def __init__(self, window: "Window", jobs: "Jobs", path: "Path", try_out: "Callable[[], object]") -> None:
        """`path` is the database's; `try_out` proves that it can be written, or raises: nobody else is connected."""
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._path = str(path)
        self._try_out = try_out
        self._fault: KnownError | None = None
        self._trying = False
        self._timer = QTimer(self, timerType=Qt.TimerType.CoarseTimer, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.try_again)
        jobs.troubled.connect(self._on_troubled)

    def concerns(self, error: CodedError) -> bool:
        """Whether an error is told by this banner."""
        return error.code in PASSING | LASTING and str(error.params.get("path", "")) == self._path

    def try_again(self) -> None:
        """See whether it is over."""
        if not self._trying and self._fault is not None:
            self._trying = True
            self._jobs.exclusive(self, self._try_out, self._on_tried, self._on_failed)

    def forget(self) -> None:
        """Another database has taken the place of the one that it was about."""
        self._fault = None
        self._timer.stop()
        self._window.banners.clear(BANNER)

    def _on_troubled(self, error: "KnownError") -> None:
        if not self.concerns(error) or self._is_said(error):
            return
        self._fault = error
        if error.code in PASSING:
            self._timer.start()
        else:
            self._timer.stop()
        self._show(error)

    def _is_said(self, error: "KnownError") -> bool:
        """Damage is the last word: whatever else fails, it is the reason."""
        return self._fault is not None and (self._fault.code == error.code or self._fault.code in LASTING)

    def _show(self, error: "KnownError") -> None:
        from cpdesk.base.messages import message

        text = f"{message(error)} {_what_holds(error.code)}"
        self._window.banners.set(BANNER, Kind.ERROR, text, self._actions(error.code))

    def _actions(self, code: str) -> tuple[Action, ...]:
        copy = Action(_("Copy path"), self._on_copy)
        if code in LASTING:
            return Action(_("See what can be saved"), self._on_rescue), copy
        return Action(_("Try again"), self.try_again), copy

    def _on_tried(self, _outcome: object) -> None:
        self._trying = False
        if self._fault is None or self._fault.code in LASTING:
            return
        self.forget()
        # What a page could not read meanwhile it can now.
        self._jobs.announce(topics.EVERYTHING)
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._trying = False
        if not isinstance(error, CodedError):
            self._window.report(error)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path)

    def _on_rescue(self) -> None:
        assert self._fault is not None
        # The page that opens says it all.
        self._window.banners.clear(BANNER)
        self.wanted_rescue.emit(self._fault)


def _what_holds(code: str) -> str:
    if code in LASTING:
        return _("Change nothing more in it. What can still be read is shown.")
    return _(
        "What was saved is safe. Until this is over nothing can be saved, and changes of mode that are due "
        "stay pending."
    )
