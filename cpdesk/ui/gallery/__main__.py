"""`python -m cpdesk.ui.gallery [--out FOLDER] [--only NAME ...]`"""

import argparse
import importlib
import os
import pkgutil
import sys
from fnmatch import fnmatch
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from cpdesk.ui import gallery
from cpdesk.ui.gallery.render import render, shots
from cpdesk.ui.gallery.scene import SCENES, Scene
from cpdesk.ui.theme import Theme


def main() -> int:
    """Render all scenes, or those that are named; 1 if there are none or there is no font."""
    wishes = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    _load_scenes()
    chosen = _chosen(wishes.only)
    if not chosen or not QFontDatabase.families():
        sys.stderr.write("no such scene\n" if not chosen else "there is no font to write with\n")
        return 1
    wishes.out.mkdir(parents=True, exist_ok=True)
    theme = Theme(app)
    for scene in chosen:
        for shot in shots(scene):
            sys.stdout.write(f"{render(app, theme, shot, wishes.out)}\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gallery", description=gallery.__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--only", nargs="+", default=["*"], metavar="NAME", help="names of scenes, * allowed")
    return parser.parse_args()


def _load_scenes() -> None:
    for module in pkgutil.iter_modules(gallery.__path__):
        if module.name.startswith("scenes_"):
            importlib.import_module(f"{gallery.__name__}.{module.name}")


def _chosen(names: list[str]) -> list[Scene]:
    return [scene for scene in SCENES.values() if any(fnmatch(scene.name, name) for name in names)]


if __name__ == "__main__":
    sys.exit(main())
