"""The logo that stands on statements: seen, chosen, taken away."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain.own_company import LARGEST_LOGO
from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link, secondary
from cpdesk.ui.widgets.file_window import ask_for_file
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.labels import Label

_SIZE = QSize(200, 64)
_MOST_PIXELS = 10_000_000


class LogoChoice(QWidget):
    """Holds the bytes of a picture; whoever stands around it reads the file that was chosen."""

    changed = Signal()
    chosen = Signal(object)
    """The Path of a file: read it on another thread, then `set_logo` or `refuse`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = b""
        most = _("A PNG or JPEG file of at most {number} KB.").format(number=LARGEST_LOGO // 1024)
        self._label = Label(_("Logo (optional)"), TextRole.STRONG)
        self._picture = QLabel()
        self._picture.setAccessibleName(_("The logo"))
        self._help = Label(most, TextRole.CAPTION, wrap=True)
        self._error = Label(role=TextRole.ERROR, wrap=True)
        self.choose = secondary()
        self.remove = link()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        for part in (self._label, self._picture, Flow(self.choose, self.remove), self._help, self._error):
            column.addWidget(part)
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        self._show()

    @property
    def logo(self) -> bytes:
        """A PNG or JPEG file, or nothing."""
        return self._logo

    def set_logo(self, logo: bytes) -> None:
        """Hold another picture, or none; what cannot be shown is refused."""
        if logo and picture_of(logo).isNull():
            raise UserError("logo_not_an_image")
        self._logo = logo
        self.refuse("")
        self._show()
        self.changed.emit()

    def refuse(self, text: str) -> None:
        """Say what is wrong with the file; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.choose.setAccessibleDescription(text or self._help.text())

    def _show(self) -> None:
        self.choose.setText(_("Choose another logo") if self._logo else _("Choose a logo"))
        self.remove.setText(_("Remove the logo"))
        for part in (self._picture, self.remove):
            part.setVisible(bool(self._logo))
        self._picture.setPixmap(picture_of(self._logo))

    def _on_remove(self) -> None:
        self.set_logo(b"")
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_choose(self) -> None:
        kinds = [_("Pictures (*.png *.jpg *.jpeg)")]
        ask_for_file(self.window(), _("Choose a logo"), self._on_file_selected, kinds=kinds)

    def _on_file_selected(self, name: str) -> None:
        self.chosen.emit(Path(name))


def read_logo(path: Path) -> bytes:
    """What a file holds. Raises UserError `logo_too_large` or `file_unreadable`."""
    try:
        with path.open("rb") as file:
            logo = file.read(LARGEST_LOGO + 1)
    except OSError as error:
        raise UserError("file_unreadable", file=path.name, reason=error.strerror or str(error)) from error
    if len(logo) > LARGEST_LOGO:
        raise UserError("logo_too_large", most_kilobytes=LARGEST_LOGO // 1024)
    return logo


def picture_of(logo: bytes) -> QPixmap:
    """A logo as large as there is room for; null where it is no picture, or there is none."""
    buffer = QBuffer()
    buffer.setData(logo)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    # A small file can say to be a picture of any size.
    if not logo or not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return QPixmap()
    made = QPixmap.fromImage(reader.read())
    if made.isNull():
        return made
    fonts = theme.current().fonts
    room = QSize(fonts.scaled(_SIZE.width()), fonts.scaled(_SIZE.height()))
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return made.scaled(room, kept, smooth)
