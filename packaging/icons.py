"""Draw the program's icon in every size and form that a system asks for: PNG files, an .ico and an .icns.

python packaging/icons.py FOLDER
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

DRAWING = Path(__file__).parent / "icon.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICNS_KINDS = {"icp4": 16, "icp5": 32, "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512,
              "ic09": 512, "ic10": 1024}  # fmt: skip
"""What Apple calls a picture of so many pixels; 32 of them are one of 16 points for a sharp screen too."""

Pictures = dict[int, bytes]
"""PNG files by their width."""


def main(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = draw()
    for size, picture in pictures.items():
        (folder / f"{size}.png").write_bytes(picture)
    (folder / "cpdesk.ico").write_bytes(ico(pictures))
    (folder / "cpdesk.icns").write_bytes(icns(pictures))


def draw() -> Pictures:
    """The drawing in every size."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(DRAWING))
    found = {}
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        found[size] = bytes(buffer.data().data())
    return found


def ico(pictures: Pictures) -> bytes:
    """An icon of Windows: a directory, and PNG files behind it. 256 pixels are written as 0, for want of a byte."""
    entries, body = b"", b""
    start = 6 + 16 * len(ICO_SIZES)
    for size in ICO_SIZES:
        side, picture = size % 256, pictures[size]
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), start + len(body))
        body += picture
    return struct.pack("<HHH", 0, 1, len(ICO_SIZES)) + entries + body


def icns(pictures: Pictures) -> bytes:
    """An icon of macOS: PNG files one after the other, each with its kind and length."""
    body = b"".join(_block(kind.encode(), pictures[size]) for kind, size in ICNS_KINDS.items())
    return _block(b"icns", body)


def _block(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack(">I", 8 + len(content)) + content


if __name__ == "__main__":
    main(Path(sys.argv[1]))
