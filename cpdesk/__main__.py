"""Where the program starts: a command if there is one, else the window."""

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

_OBJECTS = 100_000
"""Made before a command looks for garbage: nearly all of what it makes goes without."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with these words after its name (default: the process's own); returns the exit code."""
    given = sys.argv[1:] if words is None else words
    demo = False
    if given:
        from cpdesk.cli.main import Wanted, run

        # An import of a hundred thousand users takes a tenth longer with Python's usual pace of looking for garbage.
        usual = gc.get_threshold()
        gc.set_threshold(_OBJECTS)
        told = run(given)
        gc.set_threshold(*usual)
        if not isinstance(told, Wanted):
            return told
        if told is Wanted.SELF_TEST:
            from cpdesk.selftest.main import main as test_itself

            return test_itself()
        demo = told is Wanted.DEMO
    return _open_window(demo=demo)


def _open_window(*, demo: bool) -> int:
    # Looking for garbage while everything is being built finds none, and takes a tenth of the start.
    # Once the window is painted, it is looked for on the window's own thread.
    gc.disable()
    try:
        open_it = _loaded(demo=demo)
    except ImportError as error:
        return _without_qt(error) if (error.name or "").startswith(("PySide6", "shiboken6")) else _without_window(error)
    try:
        return open_it()
    except Exception as error:  # noqa: BLE001 - the last resort: there may be no window yet to tell it
        return _without_window(error)


def _loaded(*, demo: bool) -> Callable[[], int]:
    """What opens the window, with Qt loaded."""
    from cpdesk.ui import qt

    qt.load()
    if demo:
        from cpdesk.app_demo import main as open_demo

        return open_demo
    from cpdesk.base import paths
    from cpdesk.opening import main as open_window

    return partial(open_window, paths.data_dir())


def _without_qt(error: ImportError) -> int:
    """A system library that Qt needs is missing, or Qt itself: a matter of the installation, not a bug."""
    from cpdesk.base.errors import KnownError
    from cpdesk.cli.main import refused

    return refused(KnownError("qt_not_loaded", reason=str(error)))


def _without_window(error: Exception) -> int:
    """A bug before there was a window that could tell of it, or after."""
    from cpdesk.cli.main import failed

    code = failed(error)
    # Part of the program may be missing.
    with suppress(ImportError):
        from cpdesk.ui.shell.last_words import say

        say()
    return code


if __name__ == "__main__":
    sys.exit(main())
