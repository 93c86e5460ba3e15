"""After a bug, and after a crash."""

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_shell import stand_ins
from cpdesk.ui.shell.crash_dialogs import CrashDialog, PastCrashDialog

_HEAD = "cpdesk 0.1.0, Python 3.11.7, Qt 6.11.3, Linux-6.1.0-x86_64-with-glibc2.36"
_REPORT = f"""{_HEAD}
thread: MainThread

ZeroDivisionError: division by zero
  File "cpdesk/ui/pages/customers/customer_list.py", line 96, in _show
    share = assigned / seats
"""
_SAID = f"""{_HEAD}

crash of 2026-11-22T21:14:03Z
Fatal Python error: Segmentation fault

Current thread 0x00007f6e2c1d0740 (most recent call first):
  File "cpdesk/ui/widgets/row_delegate.py", line 71 in paint
  File "cpdesk/app.py", line 96 in run
  File "cpdesk/__main__.py", line 31 in main
"""


@scene("crash", variants=("german", "large_text", "rtl"))
def crash(stage: Stage) -> tuple[QWidget, QDialog]:
    """After a bug."""
    window = stage.window(stand_ins(), "customers")
    return window, CrashDialog(window, _REPORT, window.close)


@scene("crash_before", variants=("german", "large_text", "rtl"))
def crash_before(stage: Stage) -> tuple[QWidget, QDialog]:
    """At the start after a crash of the interpreter."""
    window = stage.window(stand_ins(), "customers")
    return window, PastCrashDialog(window, _SAID)
