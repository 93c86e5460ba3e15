"""Statements as PDF, on a printer, and as pictures of their pages. The only Qt that the command line uses."""

import math

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from cpdesk.base.apart import beside
from cpdesk.domain.documents import StatementDocument
from cpdesk.gateways.documents.ink import UNIT
from cpdesk.gateways.documents.pages import PAGE, Pages

_DOTS = 72 * UNIT
"""Dots per inch of a PDF, so that a dot is a unit."""


def as_pdf(document: StatementDocument) -> bytes:
    """The statement as PDF, on A4."""
    _provide_application()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setTitle(beside(document.printed.title, document.printed.running))
    writer.setCreator("cpdesk")
    print_on(writer, document)
    buffer.close()
    return bytes(data.data())


def print_on(device: QPagedPaintDevice, document: StatementDocument) -> None:
    """Print the statement, on A4; `device` is a printer that the system's dialog has set up, say."""
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    # The statement has margins of its own, wider than those of any printer.
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    pages = Pages(document)
    painter = QPainter(device)
    try:
        painter.scale(device.logicalDpiX() / _DOTS, device.logicalDpiY() / _DOTS)
        for place, number in enumerate(_wanted(device, len(pages))):
            if place:
                device.newPage()
            pages.paint(painter, number)
    finally:
        painter.end()


def _wanted(device: QPagedPaintDevice, pages: int) -> list[int]:
    """The pages to print, counted from 0: those that somebody chose in the dialog, else all."""
    ranges = device.pageRanges()
    return [number for number in range(pages) if ranges.isEmpty() or ranges.contains(number + 1)]


def pictures(document: StatementDocument, dots_per_inch: int = 110) -> list[QImage]:
    """The pages as pictures, painted as they are printed."""
    _provide_application()
    pages = Pages(document)
    return [_picture(pages, number, dots_per_inch / _DOTS) for number in range(len(pages))]


def _picture(pages: Pages, number: int, scale: float) -> QImage:
    image = QImage(math.ceil(PAGE[0] * scale), math.ceil(PAGE[1] * scale), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(scale, scale)
        pages.paint(painter, number)
    finally:
        painter.end()
    return image


class _Application:
    """Qt finds no font without an application; on the command line there is none, and no screen either."""

    own: QGuiApplication | None = None


def _provide_application() -> None:
    if QGuiApplication.instance() is None:
        _Application.own = QGuiApplication(["cpdesk", "-platform", "offscreen"])
