"""Renders scenes to files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cpdesk.ui.gallery.scene import Picture, Scene, Stage, Variant
from cpdesk.ui.shell.language import apply_language
from cpdesk.ui.theme import Appearance, Theme

SIZES = (QSize(1280, 800), QSize(1024, 640))

_LARGE = 2.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to make."""

    scene: Scene
    appearance: Appearance
    size: QSize
    variant: Variant | None = None

    @property
    def file_name(self) -> str:
        size = f"{self.size.width()}x{self.size.height()}"
        ending = f"-{self.variant}" if self.variant else ""
        return f"{self.scene.name}-{self.appearance}-{size}{ending}.png"


def shots(scene: Scene) -> Iterator[Shot]:
    """All pictures of a scene: light and dark in each size, and its variants in the larger one."""
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        for size in SIZES:
            yield Shot(scene, appearance, size)
    for variant in scene.variants:
        yield Shot(scene, Appearance.LIGHT, SIZES[0], variant)


def render(app: QApplication, theme: Theme, shot: Shot, folder: Path) -> Path:
    """Make one picture; returns its file."""
    _prepare(app, theme, shot)
    picture = shot.scene.make(Stage(theme))
    widget, dialog = picture if isinstance(picture, tuple) else (picture, None)
    widget.resize(shot.size)
    widget.show()
    if dialog is not None:
        dialog.hide()  # one that opens by itself did so before its window was there
        dialog.open()
    _let_settle(app)
    target = folder / shot.file_name
    _photograph(widget, dialog).save(str(target))
    _dispose(app, picture)
    return target


def _prepare(app: QApplication, theme: Theme, shot: Shot) -> None:
    apply_language(app, "de" if shot.variant is Variant.GERMAN else "en")
    if shot.variant is Variant.RTL:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme.set_text_scale(_LARGE if shot.variant is Variant.LARGE_TEXT else 1.0)
    theme.set_dense(dense=False)
    theme.set_appearance(shot.appearance)


def _let_settle(app: QApplication) -> None:
    """Layouts need more than one round of events to come to rest."""
    for _round in range(5):
        app.processEvents()


def _photograph(widget: QWidget, dialog: QDialog | None) -> QPixmap:
    picture = widget.grab()
    if dialog is not None:
        painter = QPainter(picture)
        painter.drawPixmap(widget.mapFromGlobal(dialog.mapToGlobal(QPoint())), dialog.grab())
        painter.end()
    return picture


def _dispose(app: QApplication, picture: Picture) -> None:
    widget, dialog = picture if isinstance(picture, tuple) else (picture, None)
    if dialog is not None:
        dialog.close()
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
