"""Anchors of the audit log: made, and compared with the log as it is."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.anchors import Comparison, Likeness, as_text
from cpdesk.domain.rows import Finding
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_records import ANCHOR, audit_services, log_window
from cpdesk.ui.pages.records.anchor_dialog import AnchorDialog, file_name

Shown = tuple[QWidget, AnchorDialog]

_ALL = ("german", "large_text", "rtl")


@scene("audit_anchor", variants=_ALL)
def audit_anchor(stage: Stage) -> Shown:
    """What is to be kept, and a place to drop what was kept."""
    return _anchor(stage)


@scene("audit_anchor_gone_on", variants=("german",))
def audit_anchor_gone_on(stage: Stage) -> Shown:
    """The log contains the anchor."""
    return _compared(stage, Comparison(replace(ANCHOR, entry=4), Likeness.GONE_ON, 11))


@scene("audit_anchor_differs", variants=_ALL)
def audit_anchor_differs(stage: Stage) -> Shown:
    """The log was written anew: its chain holds, and yet it is another one."""
    return _compared(stage, Comparison(replace(ANCHOR, entry=4), Likeness.DIFFERS, 11))


@scene("audit_anchor_missing", variants=("german",))
def audit_anchor_missing(stage: Stage) -> Shown:
    """An older backup is in its place."""
    return _compared(stage, Comparison(ANCHOR, Likeness.MISSING, 7))


@scene("audit_anchor_other", variants=("german",))
def audit_anchor_other(stage: Stage) -> Shown:
    """An anchor of another database."""
    return _compared(stage, Comparison(ANCHOR, Likeness.OTHER_DATABASE, 7))


@scene("audit_anchor_broken", variants=("german",))
def audit_anchor_broken(stage: Stage) -> Shown:
    """The entry is there, but the chain that leads to it does not hold."""
    found = (Finding("audit_hash", "error", "audit entry 6", ""),)
    return _compared(stage, Comparison(ANCHOR, Likeness.SAME, 11, found))


@scene("audit_anchor_no_anchor", variants=("german",))
def audit_anchor_no_anchor(stage: Stage) -> Shown:
    """A file that is something else."""
    window, dialog = _anchor(stage)
    dialog.drop.take(_file("users.json", "{}"))
    return window, dialog


def _anchor(stage: Stage, **answers: Any) -> Shown:
    window = log_window(stage, audit_services(**answers))
    anchor = next(one for one in window.findChildren(QPushButton) if one.text() == _("Anchor"))
    anchor.click()
    dialog = window.findChild(AnchorDialog)
    assert isinstance(dialog, AnchorDialog)
    return window, dialog


def _compared(stage: Stage, result: Comparison) -> Shown:
    window, dialog = _anchor(stage, compare=result)
    dialog.drop.take(_file(file_name(result.anchor), as_text(result.anchor)))
    return window, dialog


def _file(name: str, content: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix="cpdesk-gallery-")) / name
    path.write_text(content, encoding="utf-8")
    return path
