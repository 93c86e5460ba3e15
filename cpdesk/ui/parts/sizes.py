"""Sizes of files as people read them."""

from PySide6.QtCore import QLocale


def size_text(size: int) -> str:
    """ "48.3 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
