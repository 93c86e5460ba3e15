"""Create Many Accounts, step by step."""

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.account_file import AccountDraft, AccountImportReport, Problem
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done
from cpdesk.services.account_imports import AccountImports
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.import_accounts import ImportAccountsPage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_FILE = "accounts.csv"
_ZONE = "America/New_York"


def draft(row: int, name: str, domain: str, mode: Mode = Mode.USAGE, *problems: Problem) -> AccountDraft:
    """A row of the file."""
    return AccountDraft(row, name, domain, mode, "US", _ZONE, "USD", problems)


_TAKEN = Problem("domain", "domain_taken", {"domain": "adatum.example"})
_NO_DOMAIN = Problem("domain", "bad_domain", {"text": "proseware"})
_NO_ZONE = Problem("zone", "unknown_time_zone", {"text": "New York"})
RIGHT = AccountImportReport(
    _FILE,
    (
        draft(2, "Alpine Ski House", "alpineski.example"),
        draft(3, "Bellows College", "bellows.example", Mode.PURCHASE),
        draft(4, "Humongous Insurance", "humongous.example"),
        draft(5, "Margie's Travel", "margies.example", Mode.PURCHASE),
    ),
)
WRONG = AccountImportReport(
    _FILE,
    (
        *RIGHT.drafts[:2],
        draft(4, "Adatum Insurance", "adatum.example", Mode.USAGE, _TAKEN),
        draft(5, "Proseware", "proseware", Mode.PURCHASE, _NO_DOMAIN, _NO_ZONE),
    ),
)


def many_drafts(number: int) -> AccountImportReport:
    """As many rows as a large distributor brings along; each hundredth has a problem."""
    rows = (
        draft(place, f"Customer {place:05d}", f"customer-{place:05d}.example", Mode.USAGE, *_problems(place))
        for place in range(2, number + 2)
    )
    return AccountImportReport(_FILE, tuple(rows))


def _problems(place: int) -> tuple[Problem, ...]:
    return (_TAKEN,) if place % 100 == 0 else ()


def import_window(stage: Stage, report: AccountImportReport | Exception | None = None, **answers: Any) -> Window:
    """The page, with a file whose preview is this report."""
    bundle = services(account_imports=StandIn(AccountImports, **({"preview": report} | answers)))
    window = stage.window(all_pages(), "import_accounts", services=bundle, session=RESELLER)
    if report is not None:
        page_of(window).file.drop.take(_sample_file())
    return window


def page_of(window: Window) -> ImportAccountsPage:
    """The page of the window."""
    assert isinstance(window.page, ImportAccountsPage)
    return window.page


def _sample_file() -> Path:
    """What is in it is said by the stand-in."""
    folder = Path(tempfile.gettempdir()) / "cpdesk-gallery"
    folder.mkdir(exist_ok=True)
    file = folder / _FILE
    file.write_text("name,domain\n" * 40, encoding="utf-8")
    return file


@scene("import_accounts", variants=_ALL)
def import_accounts(stage: Stage) -> QWidget:
    """Which file."""
    return import_window(stage)


@scene("import_accounts_unreadable", variants=("german",))
def import_accounts_unreadable(stage: Stage) -> QWidget:
    """A file that does not say how it is encoded."""
    refusal = UserError("file_encoding_unknown", file=_FILE, suggestion="windows-1252", row=2, column="Name")
    return import_window(stage, refusal)


@scene("import_accounts_preview", variants=_ALL)
def import_accounts_preview(stage: Stage) -> QWidget:
    """Every row can be created."""
    return import_window(stage, RIGHT)


@scene("import_accounts_problems", variants=_ALL)
def import_accounts_problems(stage: Stage) -> QWidget:
    """Two rows have problems, one of them two."""
    window = import_window(stage, WRONG)
    page_of(window).preview.table.select(5)
    return window


@scene("import_accounts_thousands")
def import_accounts_thousands(stage: Stage) -> QWidget:
    """Ten thousand rows."""
    return import_window(stage, many_drafts(10_000))


@scene("import_accounts_running", variants=("german",))
def import_accounts_running(stage: Stage) -> QWidget:
    """On its way."""
    window = import_window(stage, RIGHT)
    page = page_of(window)
    page.importing.begin(10_000)
    page.importing.show_progress((3_200, 10_000))
    page.wizard.hold("import", "The accounts are being created.")
    page.wizard.cancel_button.hide()
    page.wizard.go("import")
    return window


@scene("import_accounts_done", variants=_ALL)
def import_accounts_done(stage: Stage) -> QWidget:
    """What was created."""
    window = import_window(stage, RIGHT, run=Done(RIGHT, topics.MODES))
    page_of(window).wizard.go_next()
    return window
