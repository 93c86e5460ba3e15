"""Import Prices, step by step."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.domain import topics
from cpdesk.domain.price_reports import PriceChange, PriceImportReport
from cpdesk.domain.rows import Done
from cpdesk.services.prices import Prices
from cpdesk.ui.gallery import price_samples
from cpdesk.ui.gallery.price_samples import DEFAULT, SCHEDULES
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.prices.import_page import ImportPricesPage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_ROW = 214


def import_window(stage: Stage, report: PriceImportReport | Exception | None = None, **answers: Any) -> Window:
    """The page, with a file whose preview is this report."""
    known = {"schedules": list(SCHEDULES), "rows": list(price_samples.prices()), "preview": report} | answers
    bundle = services(prices=StandIn(Prices, **known))
    window = stage.window(all_pages(), "import_prices", services=bundle, session=RESELLER, schedule=DEFAULT.id)
    if report is not None:
        page = page_of(window)
        page.file.drop.take(sample_file())
        page.file.margin.set_values({"margin": "15"})
        page.wizard.go_next()
    return window


def page_of(window: Window) -> ImportPricesPage:
    """The page of the window."""
    assert isinstance(window.page, ImportPricesPage)
    return window.page


def sample_file() -> Path:
    """What is in it is said by the stand-in."""
    folder = Path(tempfile.gettempdir()) / "cpdesk-gallery"
    folder.mkdir(exist_ok=True)
    file = folder / price_samples.FILE
    file.write_text("ProductTitle,ProductId\n" * 4000, encoding="utf-8")
    return file


@scene("import_prices", variants=_ALL)
def import_prices(stage: Stage) -> QWidget:
    """Which file, and how."""
    return import_window(stage)


@scene("import_prices_markets", variants=_ALL)
def import_prices_markets(stage: Stage) -> QWidget:
    """A file of several markets."""
    return import_window(
        stage,
        UserError("several_markets", file=price_samples.FILE, row=_ROW, column="Market", markets=["AT", "DE", "US"]),
    )


@scene("import_prices_missing", variants=("german",))
def import_prices_missing(stage: Stage) -> QWidget:
    """Nothing is filled in yet."""
    window = import_window(stage)
    page = page_of(window)
    page.file.drop.take(sample_file())
    page.wizard.go_next()
    return window


@scene("import_prices_reading", variants=("german", "large_text"))
def import_prices_reading(stage: Stage) -> QWidget:
    """A long list is being read."""
    window = import_window(stage)
    page = page_of(window)
    page.file.drop.take(sample_file())
    page.file.margin.set_values({"margin": "15"})
    page.wizard.hold("file", _("cpdesk is reading the file."))
    page.reading.begin(price_samples.FILE)
    page.reading.show()
    return window


@scene("import_prices_unreadable", variants=("german", "large_text"))
def import_prices_unreadable(stage: Stage) -> QWidget:
    """A price that is none."""
    return import_window(
        stage, UserError("price_not_a_number", file=price_samples.FILE, row=_ROW, column="UnitPrice", price="n/a")
    )


@scene("import_prices_preview", variants=_ALL)
def import_prices_preview(stage: Stage) -> QWidget:
    """New, changed and unchanged prices."""
    return import_window(stage, price_samples.report())


@scene("import_prices_incomplete", variants=("german",))
def import_prices_incomplete(stage: Stage) -> QWidget:
    """A file that has only some of the products."""
    report = price_samples.report()
    return import_window(stage, replace(report, lines=report.lines[:4], skipped=()))


@scene("import_prices_skipped", variants=_ALL)
def import_prices_skipped(stage: Stage) -> QWidget:
    """The rows that give no price."""
    window = import_window(stage, price_samples.report())
    page_of(window).preview.chips["skipped"].click()
    return window


@scene("import_prices_thousands")
def import_prices_thousands(stage: Stage) -> QWidget:
    """Most rows of the file are about something else."""
    window = import_window(stage, price_samples.report(skipped=12_000))
    page_of(window).preview.chips["skipped"].click()
    return window


@scene("import_prices_unchanged", variants=("german",))
def import_prices_unchanged(stage: Stage) -> QWidget:
    """The schedule is as the file has it."""
    report = price_samples.report()
    lines = tuple(line for line in report.lines if line.change is PriceChange.UNCHANGED)
    return import_window(stage, replace(report, lines=lines))


@scene("import_prices_running", variants=("german",))
def import_prices_running(stage: Stage) -> QWidget:
    """On its way."""
    window = import_window(stage, price_samples.report())
    page = page_of(window)
    page.result.begin()
    page.wizard.hold("import", _("The prices are being written."))
    page.wizard.cancel_button.hide()
    page.wizard.go("import")
    return window


@scene("import_prices_done", variants=_ALL)
def import_prices_done(stage: Stage) -> QWidget:
    """What was written."""
    report = price_samples.report()
    window = import_window(stage, report, import_prices=Done(report, topics.PRICES))
    page_of(window).wizard.go_next()
    return window
