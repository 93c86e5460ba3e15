"""Looking for garbage where Qt's objects may be destroyed: on the GUI thread alone."""

import gc
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_MASS = 25_000
"""Objects made since it was last looked for garbage: more than any page takes."""
_FEW = 20
"""The part of a mass that may be left when it is taken for gone."""


class GarbageCollector(QObject):
    """Does on the GUI thread what Python would do in any thread.

    Python looks for cycles of forgotten objects whenever enough was made, on the thread that made the last one.
    A worker that came across a forgotten page would destroy its widgets beside the thread they belong to, and the
    program would crash, now and then. Therefore `gc.disable()` stays in force for as long as there is a window.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._at_start = self._aside = 0
        """How many objects are left alone: from the start on, and with the mass that came later, if one did."""
        self._growing = False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin. What is there by now stays to the end: to look through it again and again takes 0.1 s each time."""
        gc.disable()
        gc.freeze()
        self._at_start = gc.get_freeze_count()
        self._timer.start()

    def look(self) -> None:
        """Look through the generations that Python itself would look through by now.

        A mass of new objects are the rows of a large import, say. To look through hundreds of thousands holds the
        window up for 0.1 s, again and again, and finds nothing: they are left alone until most of them are gone.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > _MASS:
            gc.freeze()
            self._growing = True
        elif self._growing:
            self._aside, self._growing = gc.get_freeze_count(), False
        elif self._aside and gc.get_freeze_count() < self._at_start + (self._aside - self._at_start) // _FEW:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._at_start, self._aside = gc.get_freeze_count(), 0
        else:
            _collect(counts, thresholds)


def _collect(counts: Sequence[int], thresholds: Sequence[int]) -> None:
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
