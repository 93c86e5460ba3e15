"""Your company, among the settings."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.own_company import LARGEST_LOGO, OwnCompany
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER
from cpdesk.ui.gallery.scenes_settings import COMPANY, company_dialog, sample_logo, settings_services
from cpdesk.ui.pages.settings.own_company import OwnCompanyCard
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.labels import Label
from tests.support.fixtures import folder, template, world
from tests.support.world import World
from tests.torture.fuzzing.window_files import drawn

__all__ = ["folder", "template", "world"]

OpenPage = Callable[..., Window]


def card(window: Window) -> OwnCompanyCard:
    assert isinstance(window.page, SettingsPage)
    return window.page.company


def said(shown: QWidget) -> str:
    return "\n".join(label.text() for label in shown.findChildren(Label) if label.isVisible())


@pytest.fixture
def services() -> Any:
    return settings_services()


def test_every_widget_has_a_name(
    open_page: OpenPage, services: Any, assert_accessible: Callable[[object], None]
) -> None:
    assert_accessible(company_dialog(open_page("settings", services)))


def test_it_shows_what_holds(open_page: OpenPage, services: Any) -> None:
    text = said(card(open_page("settings", services)))
    for part in ("Northwind Cloud Services", "1 Harbor Street\nSeattle, WA 98101", "United States", "8.5"):
        assert part in text


def test_it_says_that_nothing_is_entered(open_page: OpenPage) -> None:
    text = said(card(open_page("settings", settings_services(company=OwnCompany()))))
    assert "a statement cannot be issued before" in text


def test_what_is_changed_is_saved(open_page: OpenPage, services: Any) -> None:
    window = open_page("settings", services)
    shown = company_dialog(window)
    assert shown.form.values() | shown.tax.values() == {
        "company_name": "Northwind Cloud Services",
        "address": "1 Harbor Street\nSeattle, WA 98101",
        "country": "US",
        "tax_id": "US 91-1144442",
        "tax_rate": "8.5",
    }
    shown.form.set_values({"address": "2 Harbor Street\n\nSeattle"})
    shown.tax.set_values({"tax_rate": "9 %"})
    shown.save.click()
    ((saved,),) = services.issuing.called("save_own_company")
    assert saved == replace(COMPANY, address=("2 Harbor Street", "", "Seattle"), tax_rate=Decimal(9))
    assert window.notices.texts() == ["Your company stands on statements like this from now on."]


def test_a_rate_that_is_no_number_is_said_at_once(open_page: OpenPage, services: Any) -> None:
    shown = company_dialog(open_page("settings", services))
    shown.tax.set_values({"tax_rate": "nineteen"})
    shown.save.click()
    assert shown.tax.error("tax_rate")
    assert services.issuing.called("save_own_company") == []


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (UserError("text_empty", field="company_name"), "company_name"),
        (UserError("bad_tax_rate", text="120"), "tax_rate"),
        (UserError("too_many_lines", most=6), "address"),
        (UserError("unknown_country", text="XX"), "country"),
    ],
)
def test_a_refusal_stands_at_its_field(open_page: OpenPage, error: UserError, field: str) -> None:
    shown = company_dialog(open_page("settings", settings_services(saved=error)))
    shown.save.click()
    form = shown.tax if field == "tax_rate" else shown.form
    assert form.error(field)


def test_a_logo_is_seen_before_it_is_saved(open_page: OpenPage, services: Any, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(sample_logo())
    shown = company_dialog(open_page("settings", services))
    shown.logo.chosen.emit(file)
    assert shown.logo.logo == sample_logo()
    assert shown.logo.remove.isVisible()
    shown.logo.remove.click()
    assert shown.logo.logo == b""
    shown.logo.chosen.emit(file)
    shown.save.click()
    ((saved,),) = services.issuing.called("save_own_company")
    assert saved.logo == sample_logo()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"not a picture", "neither a PNG nor a JPEG"),
        (drawn(8000, 8000), "neither a PNG nor a JPEG"),
        (b"x" * (LARGEST_LOGO + 1), "larger than 512 KB"),
        (None, "logo.png cannot be read"),
    ],
)
def test_what_is_no_logo_is_refused(
    open_page: OpenPage, services: Any, tmp_path: Path, content: bytes | None, text: str
) -> None:
    file = tmp_path / "logo.png"
    if content is not None:
        file.write_bytes(content)
    shown = company_dialog(open_page("settings", services))
    shown.logo.chosen.emit(file)
    assert text in said(shown)
    assert shown.logo.logo == b""


def test_an_auditor_reads_it(open_page: OpenPage, services: Any) -> None:
    shown = card(open_page("settings", services, session=AUDITOR))
    assert not shown.change.isVisible()
    assert "Northwind Cloud Services" in said(shown)


def test_a_customer_administrator_does_not_see_it(open_page: OpenPage, services: Any) -> None:
    assert not card(open_page("settings", services, session=CUSTOMER)).isVisible()
    assert services.issuing.calls == []


def test_it_is_kept_in_the_database(open_page: OpenPage, world: World) -> None:
    window = open_page("settings", world.services, session=world.by)
    shown = company_dialog(window)
    shown.form.set_values({"company_name": " Northwind ", "country": "DE"})
    shown.tax.set_values({"tax_rate": "19"})
    shown.logo.set_logo(sample_logo())
    shown.save.click()
    kept = world.services.issuing.own_company(world.by)
    assert (kept.name, kept.country, kept.tax_rate, kept.logo) == ("Northwind", "DE", Decimal(19), sample_logo())
    QApplication.processEvents()
    assert "Germany" in said(card(window))
