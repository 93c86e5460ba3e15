"""Import Prices as a reseller administrator meets it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.price_reports import PriceChange, PriceImportReport
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery.price_samples import DEFAULT, FIRST, report
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_prices_import import import_window, page_of, sample_file
from cpdesk.ui.pages.prices.import_page import ImportPricesPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.inputs import ComboBox
from tests.ui.pages.conftest import Navigations, Show
from tests.ui.pages.prices.conftest import button, cells, said

REPORT = report()
Open = Callable[..., ImportPricesPage]


@pytest.fixture
def window(stage: Stage, show: Show) -> Callable[..., Window]:
    def window(*args: Any, **answers: Any) -> Window:
        return show(import_window(stage, *args, **answers))

    return window


@pytest.fixture
def opened(window: Callable[..., Window]) -> Open:
    """The page; with a report it stands at the preview."""
    return lambda *args, **answers: page_of(window(*args, **answers))


def asked(page: ImportPricesPage, method: str = "preview") -> list[dict[str, Any]]:
    """How a method was called, the operator left out."""
    prices: Any = page.context.services.prices
    return [{"args": args[1:], **named} for name, args, named in prices.calls if name == method]


def test_every_widget_has_a_name(opened: Open, assert_accessible: Callable[[object], None]) -> None:
    assert_accessible(opened())
    page = opened(REPORT, import_prices=Done(REPORT, topics.PRICES))
    assert_accessible(page)
    page.wizard.go_next()
    assert_accessible(page)


def test_the_file_and_the_margin_are_needed(opened: Open) -> None:
    page = opened()
    page.wizard.go_next()
    assert page.file.drop.error == "Choose a file first."
    page.file.drop.take(sample_file())
    page.wizard.go_next()
    assert page.file.margin.error("margin") == "Fill this in."
    assert page.wizard.current == "file"
    assert asked(page) == []


def test_a_preview_is_asked_for_what_was_chosen(opened: Open) -> None:
    page = opened(REPORT)
    assert page.wizard.current == "preview"
    assert asked(page) == [
        {
            "args": (DEFAULT.id, sample_file()),
            "margin": Decimal(15),
            "market": None,
            "effective_on": FIRST,
            "encoding": None,
        }
    ]


def test_the_preview_shows_each_price_before_and_after(opened: Open) -> None:
    page = opened(REPORT)
    shown = cells(
        page.preview.lines, "product", "change", "usage_before", "usage", "purchase_before", "purchase", "row"
    )
    assert ["Microsoft 365 Business Standard", "Changed", "$14.25", "$15.00", "$12.47", "$13.13", "6, 7"] in shown
    page.preview.chips[PriceChange.NEW].click()
    assert {row[0] for row in cells(page.preview.lines, "change")} == {"New"}
    assert {row[0] for row in cells(page.preview.lines, "usage_before")} == {""}


def test_skipped_rows_stand_with_their_reason(opened: Open) -> None:
    page = opened(REPORT)
    page.preview.chips["skipped"].click()
    assert not page.preview.lines.isVisible()
    assert cells(page.preview.skipped, "row", "why")[:2] == [["2", "another market"], ["5", "not commercial"]]


def test_products_that_the_file_lacks_are_named(opened: Open) -> None:
    page = opened(replace(REPORT, lines=REPORT.lines[:70], skipped=()))
    assert page.preview.missing.text.startswith("8 products of the schedule are not in the file and keep their prices:")
    assert "and 4 more." in page.preview.missing.text


def test_several_markets_are_asked_for(opened: Open) -> None:
    refusal = UserError("several_markets", file="prices.csv", row=3, column="Market", markets=["AT", "DE"])
    page = opened(refusal)
    assert page.file.market.isVisible()
    assert "several markets" in page.file.market.error("market")
    combo = page.file.market.editor("market")
    assert isinstance(combo, ComboBox)
    assert [combo.itemText(place) for place in range(combo.count())] == ["Austria · AT", "Germany · DE"]
    page.context.services.prices.answers["preview"] = REPORT  # type: ignore[attr-defined]
    page.file.market.set_values({"market": "DE"})
    page.wizard.go_next()
    assert asked(page)[-1]["market"] == "DE"
    assert page.wizard.current == "preview"


def test_another_file_has_other_markets(opened: Open) -> None:
    page = opened(UserError("several_markets", file="prices.csv", row=3, column="Market", markets=["AT", "DE"]))
    page.file.drop.take(sample_file())
    assert not page.file.market.isVisible()


def test_what_is_wrong_with_the_file_is_said_at_the_file(opened: Open) -> None:
    error = UserError("price_not_a_number", file="prices.csv", row=214, column="UnitPrice", price="n/a")
    page = opened(error)
    assert page.wizard.current == "file"
    for part in ("prices.csv", "214", "UnitPrice"):
        assert part in page.file.drop.error
    assert page.file.encoding.isVisible()


def test_a_date_that_is_past_is_said_at_the_date(opened: Open) -> None:
    page = opened(UserError("date_in_the_past", date=date(2026, 11, 1), earliest=date(2026, 11, 23)))
    assert page.file.day.error("effective_on")
    assert page.file.drop.error == ""


def test_back_and_another_margin_read_the_file_anew(opened: Open) -> None:
    page = opened(REPORT)
    page.wizard.go_back()
    page.wizard.go_next()
    assert len(asked(page)) == 1
    page.wizard.go_back()
    page.file.margin.set_values({"margin": "20 %"})
    page.wizard.go_next()
    assert [call["margin"] for call in asked(page)] == [Decimal(15), Decimal(20)]


def test_the_import_does_what_was_shown(opened: Open) -> None:
    page = opened(REPORT, import_prices=Done(REPORT, topics.PRICES))
    assert page.wizard.next_button.text() == "Import the prices of 57 products"
    page.wizard.go_next()
    (call,) = asked(page, "import_prices")
    assert call["shown"] is REPORT
    assert call["margin"] == Decimal(15)
    assert page.wizard.current == "import"
    assert "are in Default and count from December 1, 2026 on." in page.result.done.text
    assert [figure.accessibleName() for figure in page.result.figures] == [
        "New prices: 15",
        "Changed prices: 42",
        "Unchanged prices: 21",
        "Rows skipped: 9",
    ]


def test_what_changed_meanwhile_is_shown_again(opened: Open) -> None:
    page = opened(REPORT, import_prices=UserError("prices_changed_since", file="prices.csv"))
    page.wizard.go_next()
    assert page.wizard.current == "preview"
    assert page.preview.news.isVisible()
    assert len(asked(page)) == 2


def test_reading_can_be_cancelled(opened: Open, assert_accessible: Callable[[object], None]) -> None:
    page = opened()
    page.file.drop.take(sample_file())
    page.file.margin.set_values({"margin": "15"})

    def read(*_args: object, **_named: object) -> PriceImportReport:
        page.reading.show()  # as it does by itself where it takes a while
        assert page.reading.line.text.text() == "Reading NewCommerce_December2026.csv"
        assert "cpdesk is reading the file." in said(page)
        assert_accessible(page)
        page.reading.line.cancel.click()
        return REPORT

    page.context.services.prices.answers["preview"] = read  # type: ignore[attr-defined]
    page.wizard.go_next()
    assert page.wizard.current == "file"
    assert not page.reading.isVisible()
    page.context.services.prices.answers["preview"] = REPORT  # type: ignore[attr-defined]
    page.wizard.go_next()
    assert page.wizard.current == "preview"


def test_nothing_new_is_not_imported(opened: Open) -> None:
    lines = tuple(line for line in REPORT.lines if line.change is PriceChange.UNCHANGED)
    page = opened(replace(REPORT, lines=lines))
    assert "The schedule has these prices already: there is nothing to import." in said(page)
    page.wizard.go_next()
    assert page.wizard.current == "preview"


def test_cancelling_leads_back_to_the_schedule(window: Callable[..., Window], navigations: Navigations) -> None:
    shown = window(REPORT)
    gone = navigations(shown.page)
    page = page_of(shown)
    page.wizard.cancel_button.click()
    assert gone == [("price_schedule", {"schedule": DEFAULT.id})]
    assert page.file.path is None
    assert not page.holds_input


def test_another_file_can_follow(opened: Open) -> None:
    page = opened(REPORT, import_prices=Done(REPORT, topics.PRICES))
    page.wizard.go_next()
    page.result.again.click()
    assert page.wizard.current == "file"
    assert page.file.path is None
    assert page.wizard.cancel_button.isVisible()
    assert [button.text() for button in page.file.findChildren(QPushButton)] == ["Choose a file"]


def test_steps_are_made_when_they_are_needed(opened: Open) -> None:
    assert not {"preview", "result"} & set(vars(opened()))


def test_another_file_while_one_is_read_is_another_question(opened: Open) -> None:
    page = opened()
    page.file.drop.take(sample_file())
    page.file.margin.set_values({"margin": "15"})

    def read(*_args: object, **_named: object) -> PriceImportReport:
        page.file.drop.take(sample_file())
        return REPORT

    page.context.services.prices.answers["preview"] = read  # type: ignore[attr-defined]
    page.wizard.go_next()
    assert page.wizard.current == "file"
    assert not page.wizard.next_button.accessibleDescription()


def test_a_schedule_that_is_gone_is_told(open_page: Callable[..., Window], opened: Open) -> None:
    bundle = opened().context.services
    page = open_page("import_prices", bundle, schedule=99).page
    assert page is not None
    assert button(page, "Try again").isVisible()
