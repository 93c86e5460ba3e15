"""The system's windows for files and folders. They begin among the documents, wherever the program was started from.

Each is opened and answers later; the answer of the functions is the window, for whoever has to know that it was left.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.ui.remembering import documents

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QWidget

_Chosen = Callable[[str], None]
"""What is called with the path."""


def ask_where_to_save(
    parent: "QWidget",
    title: str,
    name: str,
    chosen: _Chosen,
    *,
    kinds: Sequence[str] = (),
    folder: Path | None = None,
    may_replace: bool = True,
) -> "QFileDialog":
    """Ask for the file to write; its ending is that of the proposed `name`, unless another one is typed.

    `kinds` are filters like "CSV file (*.csv)". Where `may_replace` is False the window does not offer to write over
    what is there: it is left to the service to refuse that.
    """
    dialog = _prepared(parent, title, folder, chosen, kinds)
    dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
    dialog.setOption(dialog.Option.DontConfirmOverwrite, not may_replace)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def ask_for_file(
    parent: "QWidget", title: str, chosen: _Chosen, *, kinds: Sequence[str] = (), folder: Path | None = None
) -> "QFileDialog":
    """Ask for a file that is there; `kinds` are filters like "Pictures (*.png *.jpg)"."""
    dialog = _prepared(parent, title, folder, chosen, kinds)
    dialog.setFileMode(dialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_for_folder(parent: "QWidget", title: str, chosen: _Chosen, folder: Path | None = None) -> "QFileDialog":
    """Ask for a folder that is there."""
    dialog = _prepared(parent, title, folder, chosen)
    dialog.setFileMode(dialog.FileMode.Directory)
    dialog.setOption(dialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _prepared(
    parent: "QWidget", title: str, folder: Path | None, chosen: _Chosen, kinds: Sequence[str] = ()
) -> "QFileDialog":
    # Slow to come, and needed long after the first window.
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, title, str(folder or documents()))
    if kinds:
        dialog.setNameFilters(list(kinds))
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
