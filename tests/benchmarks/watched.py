"""A process that opens a window, cpdesk's or a bare one, and tells when it was painted and what memory it holds.

    python -m tests.benchmarks.watched {bare|cpdesk} {painted|idle|signed_in}

Both are watched in the same way, from outside: the class QMainWindow gets another `event` while Qt is loaded.
What is imported here counts for both; Qt is not loaded before the program asks for it, as that is measured too.
"""

import runpy
import sys
import time
from functools import partial
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

_QUIET_MS = 1500
"""After this time without anything to do, everything has been done: the database is open, nothing is due."""

_program, _last = sys.argv.pop(1), sys.argv.pop(1)
_found: dict[str, float] = {}


class _Watch:
    """Finds QtWidgets once, and puts the watched window into it as soon as it is loaded."""

    def find_spec(self, name: str, path: Any = None, _target: Any = None) -> Any:
        if name != "PySide6.QtWidgets":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        assert spec.loader is not None
        load = spec.loader.exec_module
        spec.loader.exec_module = partial(_load_and_watch, load)  # type: ignore[method-assign]
        return spec


def _load_and_watch(load: Any, module: Any) -> None:
    load(module)
    from PySide6.QtCore import QCoreApplication, QEvent, Qt

    class WatchedWindow(module.QMainWindow):  # type: ignore[misc]
        """Posts itself an event at its first painting, and at the first that has a page in it.

        The event arrives when everything in it has been painted. A bare window is seen and complete at once.
        """

        _seen = False
        _complete = False

        def event(self, event: Any) -> bool:
            # Nothing of a window is painted that its content covers: then it is only asked to have it painted.
            taken = bool(super().event(event))
            if not self._complete and event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
                complete = _is_complete(self)
                if complete or not self._seen:
                    self._seen, self._complete = True, complete
                    QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
            return taken

        def customEvent(self, _event: Any) -> None:
            _found.setdefault("seen_at", time.monotonic())
            if self._complete:
                _on_painted(self)

    module.QMainWindow = WatchedWindow


def _is_complete(window: Any) -> bool:
    """Whether it has its page: cpdesk shows its window before that is loaded."""
    return _program != "cpdesk" or (getattr(window, "furnished", False) and window.page is not None)


def _on_painted(window: Any) -> None:
    _found["painted_at"] = time.monotonic()
    _found["painted"] = _resident()
    if _last == "painted":
        _end(window)
    else:
        _later(window, _on_idle)


def _on_idle(window: Any) -> None:
    _found["idle"] = _resident()
    if _last == "idle":
        _end(window)
        return
    from tests.benchmarks.operating import sign_in

    sign_in(window)
    _later(window, _on_signed_in)


def _on_signed_in(window: Any) -> None:
    from tests.benchmarks.operating import rows_shown

    if rows_shown(window) == 0:
        _later(window, _on_signed_in)
        return
    _found["signed_in"] = _resident()
    _end(window)


def _later(window: Any, then: Any) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(_QUIET_MS, window, partial(then, window))


def _end(window: Any) -> None:
    import json

    sys.stdout.write(json.dumps(_found))
    window.close()


def _resident() -> float:
    """Resident memory in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.show()
    app.exec()


if __name__ == "__main__":
    sys.meta_path.insert(0, _Watch())
    if _program == "bare":
        _bare()
    else:
        runpy.run_module("cpdesk", run_name="__main__")
