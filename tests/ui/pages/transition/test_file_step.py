"""Choosing the file of an import."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.user_import.sample import FileSample
from cpdesk.jobs.progress import Cancelled
from cpdesk.ui.gallery.import_samples import SampleImport
from cpdesk.ui.gallery.samples import AUDITOR
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.transition.conftest import FRESH, USAGE, Open, texts


def test_every_widget_has_a_name(open_import: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = open_import()
    assert_accessible(opened.window)
    opened.choose()
    assert_accessible(opened.window)


def test_the_account_is_named(open_import: Open) -> None:
    assert open_import().page.title == "Import Users"
    assert "Northwind Traders · northwind.example" in texts(open_import().window)


def test_an_account_without_the_service_is_transitioned(open_import: Open) -> None:
    assert open_import(FRESH).page.title == "Transition an existing Microsoft account"


@pytest.mark.parametrize(("of", "place"), [(USAGE, "users"), (FRESH, "catalog")])
def test_cancel_leads_back_and_forgets_the_file(
    open_import: Open, navigations: Navigations, of: SampleImport, place: str
) -> None:
    opened = open_import(of)
    gone = navigations(opened.page)
    opened.to_products()
    assert opened.page.wizard.cancel_button.isVisible()
    opened.page.wizard.cancel_button.click()
    assert ([key for key, _params in gone], opened.step, opened.page.steps.file.path) == ([place], "file", None)
    assert opened.page.wizard.cancel_button.isVisible()


def test_what_comes_after_cancel_is_no_longer_wanted(open_import: Open) -> None:
    def inspect(*_args: object, **_named: object) -> FileSample:
        """Too far along to hear of it."""
        opened.page.working.cancel()
        return USAGE.sample()

    opened = open_import(inspect=inspect)
    opened.choose()
    assert (opened.page.steps.file.sample, opened.page.steps.file.path) == (None, None)


def test_a_chosen_file_shows_some_of_its_rows(open_import: Open) -> None:
    opened = open_import()
    opened.choose()
    assert opened.imports.called("inspect") == [(USAGE.account.id, opened.file)]
    assert "7 users · 1 deleted user · read as Unicode (UTF-8)" in texts(opened.page)
    shown = opened.page.steps.file.table.rows
    assert [shown.index(place, 0).data() for place in range(shown.rowCount())][:2] == ["Adele Vance", "Zoë Lindqvist"]


def test_after_the_choice_of_a_good_file_enter_goes_on(open_import: Open) -> None:
    opened = open_import()
    opened.page.steps.file.drop.button.setFocus()
    opened.choose()
    assert opened.page.wizard.next_button.hasFocus()


def test_a_doubtful_encoding_is_said_and_can_be_chosen(open_import: Open) -> None:
    opened = open_import(SampleImport(FRESH.account, certain=False))
    opened.choose()
    assert any("does not say how it is encoded" in text for text in texts(opened.page))
    opened.page.steps.file.encoding.box.set_value("windows-1250")
    assert opened.named("inspect")["encoding"] == "windows-1250"
    opened.next()
    assert opened.named("preview")["encoding"] == "windows-1250"


def test_who_goes_on_with_letters_that_look_right_has_chosen_them(open_import: Open) -> None:
    opened = open_import(SampleImport(FRESH.account, certain=False))
    opened.to_products()
    assert opened.named("preview")["encoding"] == "windows-1252"


def test_another_file_starts_with_the_encoding_that_it_says(open_import: Open) -> None:
    opened = open_import()
    opened.choose()
    opened.page.steps.file.encoding.box.set_value("windows-1250")
    opened.choose()
    assert opened.named("inspect")["encoding"] is None


def test_without_a_file_it_does_not_go_on(open_import: Open) -> None:
    opened = open_import()
    opened.next()
    assert opened.step == "file"
    assert opened.page.steps.file.drop.error == "Choose the file first."


def test_a_mistake_in_the_file_is_said_with_row_and_column(open_import: Open) -> None:
    wrong = UserError("upn_invalid", file="users.csv", row=14, column="User principal name", value="ada")
    opened = open_import(inspect=wrong)
    opened.choose()
    assert opened.page.steps.file.drop.error.startswith("users.csv, row 14, column User principal name")
    opened.next()
    assert opened.step == "file"


def test_a_mended_file_can_be_chosen_again(open_import: Open) -> None:
    opened = open_import(inspect=UserError("file_empty", file="users.csv"))
    opened.choose()
    opened.imports.answers["inspect"] = USAGE.sample()
    opened.choose()
    assert opened.page.steps.file.drop.error == ""
    opened.next()
    assert opened.step == "products"


def test_a_file_that_breaks_before_the_preview_leads_back(open_import: Open) -> None:
    opened = open_import(preview=UserError("file_missing", file="users.csv"))
    opened.to_products()
    assert opened.step == "file"
    assert opened.page.steps.file.drop.error == "There is no file users.csv."


def test_reading_can_be_cancelled(open_import: Open) -> None:
    def inspect(*_args: object, **_named: object) -> FileSample:
        raise Cancelled

    opened = open_import(inspect=inspect)
    opened.choose()
    assert (opened.page.steps.file.path, opened.page.steps.file.sample) == (None, None)
    assert not opened.page.working.busy


def test_a_file_can_be_handed_over(open_import: Open) -> None:
    opened = open_import()
    opened.window.navigate("transition", account=USAGE.account.id, path=opened.file)
    assert opened.step == "file"


def test_an_auditor_reads_why_there_is_nothing_to_do(open_import: Open) -> None:
    opened = open_import(session=AUDITOR)
    assert not opened.page.wizard.isVisible()
    assert "You are signed in as an auditor, who reads everything and changes nothing." in texts(opened.page)
