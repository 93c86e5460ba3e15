"""All checks, in the order in which one builds on the other."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cpdesk.selftest import database, exporting, resources
from cpdesk.selftest.backing_up import check_backup
from cpdesk.selftest.books import Books, Shelf
from cpdesk.selftest.printing import check_printing
from cpdesk.selftest.running import Check
from cpdesk.selftest.screens import WHO, check_pages
from cpdesk.selftest.starting import check_start
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.theme import Theme


def all_checks(app: QApplication, folder: Path) -> Iterator[Check]:
    """Every check by its name; they leave everything in `folder`."""
    shelf = Shelf(folder)
    theme = Theme(app, MemorySettings())
    yield from _resources()
    yield "database.migrations", partial(database.check_migrations, folder / "new")
    yield "database.upgrade", partial(database.check_upgrade, folder / "old")
    yield "database.encryption", partial(database.check_encryption, folder / "encrypted")
    yield "database.history", shelf.make
    yield from _on_copies(shelf)
    yield "print", partial(check_printing, folder)
    yield "start", lambda: check_start(app, shelf.place("start"))
    yield from _pages(app, shelf, theme)


def _resources() -> Iterator[Check]:
    yield "resources.icons", resources.check_icons
    yield "resources.catalogues", resources.check_catalogues
    yield "resources.time_zones", resources.check_time_zones
    yield "resources.languages", resources.check_languages
    yield "resources.help", resources.check_help
    yield "resources.fonts", resources.check_fonts


def _on_copies(shelf: Shelf) -> Iterator[Check]:
    checks: dict[str, Callable[[Books], str]] = {
        "switch": database.check_switch,
        "backup": check_backup,
        "export.csv": exporting.check_csv,
        "export.xlsx": exporting.check_xlsx,
        "export.account_template": exporting.check_account_template,
        "export.month_end": exporting.check_month_end,
    }
    for name, check in checks.items():
        yield name, partial(_with_copy, shelf, name, check)


def _pages(app: QApplication, shelf: Shelf, theme: Theme) -> Iterator[Check]:
    for language in resources.languages():
        for who in WHO:
            name = f"pages.{language}.{who}"
            yield name, partial(_with_copy, shelf, name, partial(_see, theme, app, language, who))


def _see(theme: Theme, app: QApplication, language: str, who: str, books: Books) -> str:
    return check_pages(books, theme, app, language, who)


def _with_copy(shelf: Shelf, name: str, check: Callable[[Books], str]) -> str:
    with shelf.copy(name) as books:
        return check(books)
