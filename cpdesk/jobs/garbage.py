"""Looking for garbage where Qt's objects may be destroyed: on the GUI thread alone."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class GarbageCollector(QObject):
    """Does on the GUI thread what Python would do in any thread.

    Python looks for cycles of forgotten objects whenever enough was made, on the thread that made the last one.
    A worker that came across a forgotten page would destroy its widgets beside the thread they belong to, and the
    program would crash, now and then. Therefore `gc.disable()` stays in force for as long as there is a window.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(collect)

    def start(self) -> None:
        """Begin. What is there by now stays to the end: to look through it again and again takes 0.1 s each time."""
        gc.disable()
        gc.freeze()
        self._timer.start()


def collect() -> None:
    """Look through the generations that Python itself would look through by now."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
