"""A place to drop a file, or to choose one."""

import re
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.file_window import ask_for_file
from cpdesk.ui.widgets.labels import IconLabel, Label
from cpdesk.ui.widgets.layout import Text, hbox, text_of
from cpdesk.ui.widgets.speech import announce

_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


class FileDrop(QWidget):
    """Takes one file, dropped or chosen with the button, and shows its name and size.

    text: what to drop here: "Drop the file with the users here".
    filter: the kinds that are taken, as Qt spells them: "CSV files (*.csv)". Others are refused with a sentence.
    """

    chosen = Signal(object)
    """The Path of the file that was taken; also when it is the same one again, which may have changed."""

    def __init__(self, text: Text, filter: Text, parent: QWidget | None = None) -> None:  # noqa: A002 - Qt's word
        super().__init__(parent)
        self._what = text
        self._filter = filter
        self._path: Path | None = None
        self._wrong = ""
        self._over = False
        self._icon = IconLabel("upload", "soft", 32)
        self._text = Label(role=TextRole.SECTION, wrap=True)
        self._note = Label(role=TextRole.CAPTION, wrap=True)
        self._error = Label(role=TextRole.ERROR, wrap=True)
        self.button = buttons.secondary()
        self.button.clicked.connect(self._on_choose)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()
        self.retranslate()

    @property
    def path(self) -> Path | None:
        """The file that was taken, or None."""
        return self._path

    @property
    def error(self) -> str:
        """Why the latest file was not taken, or ""."""
        return self._wrong

    def take(self, path: Path) -> bool:
        """Take a file as if it had been dropped; False if it is refused, and the former one stays."""
        wrong = self._problem(path)
        self.set_error(wrong)
        if wrong:
            return False
        self._path = path
        self.retranslate()
        self.chosen.emit(path)
        return True

    def set_error(self, text: str) -> None:
        """Say what is wrong with the file; "" takes it back. Call it too with what a service refused."""
        self._wrong = text
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.button.setAccessibleDescription(text)
        if text:
            announce(self, text)
        self.update()

    def clear(self) -> None:
        """No file any more."""
        self._path = None
        self.set_error("")
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        path = self._path
        self._icon.set_icon("file" if path else "upload", "accent" if path else "soft")
        self._text.setText(path.name if path else text_of(self._what))
        self._note.setText(_size_text(path) if path else text_of(self._filter))
        self.button.setText(_("Choose another file") if path else _("Choose a file"))
        said = _("{action}: {file} is chosen").format(action=self.button.text(), file=path.name) if path else ""
        self.button.setAccessibleName(said or f"{self.button.text()}: {text_of(self._what)}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "button"):
            self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Taken whatever its kind: only so can the drop be answered with why it is refused.
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
            self._light(over=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._light(over=False)
        paths = _dropped(event.mimeData())
        if len(paths) > 1:
            self.set_error(_("Drop one file at a time."))
        else:
            self.take(paths[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if self._over else tokens.danger if self._wrong else tokens.outline
        painter.setPen(QPen(QColor(edge), 2 if self._over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.accent_tint if self._over else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), spacing.RADIUS, spacing.RADIUS)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        column.setSpacing(spacing.S)
        column.addLayout(hbox(None, self._icon, None))
        for label in (self._text, self._note, self._error):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self._error.hide()
        column.addSpacing(spacing.XS)
        column.addLayout(hbox(None, self.button, None))

    def _light(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def _problem(self, path: Path) -> str:
        if not path.is_file():
            return _("“{file}” is not a file.").format(file=path.name)
        endings = re.findall(r"\*(\.\w+)", text_of(self._filter))
        if endings and path.suffix.lower() not in endings:
            return _("“{file}” is of another kind. This takes {kinds}.").format(
                file=path.name, kinds=text_of(self._filter)
            )
        return ""

    def _on_choose(self) -> None:
        folder = self._path.parent if self._path is not None else None
        ask_for_file(
            self.window(), self.button.text(), self._on_file_selected, kinds=[text_of(self._filter)], folder=folder
        )

    def _on_file_selected(self, name: str) -> None:
        self.take(Path(name))


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _size_text(path: Path) -> str:
    """How large a file is: "12 kB"."""
    size = path.stat().st_size
    for unit, name in _UNITS:
        if size >= unit:
            return f"{format_number(round(size / unit))} {name}"
    return _("{number} bytes").format(number=format_number(size))
