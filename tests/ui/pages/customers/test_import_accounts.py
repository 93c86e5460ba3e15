"""Creating many accounts from a file."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.account_file import AccountImportReport
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done
from cpdesk.jobs import Cancelled
from cpdesk.services.account_imports import AccountImports
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scenes_customers import list_services
from cpdesk.ui.gallery.scenes_import_accounts import RIGHT, WRONG, many_drafts
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.pages.customers.import_accounts import ImportAccountsPage
from cpdesk.ui.shell.window import Window

OpenPage = Callable[..., Window]


@pytest.fixture
def imports() -> StandIn:
    return StandIn(AccountImports, preview=RIGHT, run=Done(RIGHT, topics.MODES))


@pytest.fixture
def window(open_page: OpenPage, imports: StandIn) -> Window:
    return open_page("import_accounts", list_services(StandIn(Accounts, rows=[]), (), account_imports=imports))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text("name,domain\n", encoding="utf-8")
    return path


def page(window: Window) -> ImportAccountsPage:
    assert isinstance(window.page, ImportAccountsPage)
    return window.page


def take(window: Window, file: Path) -> str:
    page(window).file.drop.take(file)
    return page(window).wizard.current


def next_button(window: Window) -> QPushButton:
    return page(window).wizard.next_button


def listed(window: Window) -> list[str]:
    rows = page(window).preview.table.rows
    return [rows.row(place).name for place in range(rows.rowCount())]


def test_every_widget_of_every_step_has_a_name(
    window: Window, file: Path, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(window)
    take(window, file)
    assert_accessible(window)
    next_button(window).click()
    assert_accessible(window)


def test_a_file_is_held_until_its_accounts_are_created(window: Window, file: Path) -> None:
    assert not page(window).holds_input
    take(window, file)
    assert page(window).holds_input
    next_button(window).click()
    assert page(window).wizard.current == "import"
    assert not page(window).holds_input


def test_a_file_is_previewed_and_changes_nothing(window: Window, imports: StandIn, file: Path) -> None:
    assert take(window, file) == "preview"
    assert listed(window) == [draft.name for draft in RIGHT.drafts]
    assert next_button(window).text() == "Create 4 accounts"
    assert imports.called("preview") == [(file,)]
    assert not imports.called("run")


def test_accounts_in_purchase_mode_are_said_to_have_an_empty_pool(window: Window, file: Path) -> None:
    take(window, file)
    assert page(window).preview.pools.isVisible()
    assert "2 accounts start in Purchase Mode with an empty pool" in page(window).preview.pools.text


def test_nothing_is_said_of_pools_where_none_comes(open_page: OpenPage, file: Path) -> None:
    no_pool = tuple(draft for draft in RIGHT.drafts if draft.mode is Mode.USAGE)
    imports = StandIn(AccountImports, preview=replace(RIGHT, drafts=no_pool))
    window = open_page("import_accounts", list_services(StandIn(Accounts, rows=[]), (), account_imports=imports))
    take(window, file)
    assert not page(window).preview.pools.isVisible()


def test_all_accounts_are_created_at_once(window: Window, imports: StandIn, file: Path) -> None:
    take(window, file)
    next_button(window).click()
    assert imports.called("run") == [(file,)]
    assert page(window).wizard.current == "import"
    assert [figure.accessibleName() for figure in page(window).importing.figures] == [
        "Accounts created: 4",
        "In Usage Mode: 2",
        "In Purchase Mode: 2",
    ]


def test_the_result_leads_to_the_list_and_the_next_file_begins_anew(window: Window, file: Path) -> None:
    take(window, file)
    next_button(window).click()
    next_button(window).click()
    assert window.place is not None
    assert window.place.key == "customers"
    window.navigate("import_accounts")
    assert page(window).wizard.current == "file"
    assert page(window).file.path is None


def test_nothing_is_created_while_a_row_has_a_problem(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = WRONG
    take(window, file)
    assert not next_button(window).isEnabled()
    page(window).wizard.go_next()
    assert not imports.called("run")
    assert page(window).preview.verdict.text.startswith("3 problems in 2 rows of accounts.csv.")


def test_problems_are_told_with_row_and_column(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = WRONG
    take(window, file)
    preview = page(window).preview
    preview.table.select(5)
    assert preview._problems.title.text() == "Row 5: Proseware"
    first, second = preview._sentences.text().splitlines()
    assert first.startswith("domain: ")
    assert second.startswith("zone: ")


def test_rows_with_problems_can_be_seen_alone(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = WRONG
    take(window, file)
    page(window).preview.wrong_only.click()
    assert listed(window) == ["Adatum Insurance", "Proseware"]


def test_a_mended_file_is_read_again(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = WRONG
    take(window, file)
    imports.answers["preview"] = RIGHT
    page(window).preview.verdict.buttons()[0].click()
    assert next_button(window).isEnabled()


def test_an_empty_file_creates_nothing(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = AccountImportReport("accounts.csv", ())
    take(window, file)
    assert not next_button(window).isEnabled()


def test_a_file_that_cannot_be_read_says_why_and_another_encoding_can_be_chosen(
    window: Window, imports: StandIn, file: Path
) -> None:
    imports.answers["preview"] = UserError("file_encoding_unknown", file=file.name, suggestion="windows-1252")
    assert take(window, file) == "file"
    assert "Western European (Windows-1252) is the likeliest" in page(window).file.drop.error
    imports.answers["preview"] = RIGHT
    page(window).file.encoding.box.set_value("windows-1252")
    assert imports.calls[-1][2] == {"encoding": "windows-1252"}
    assert page(window).wizard.current == "preview"


def test_next_without_a_file_asks_for_one(window: Window) -> None:
    next_button(window).click()
    assert page(window).file.drop.error == "Choose a file first."


def test_a_cancelled_import_creates_nothing_and_can_begin_again(window: Window, imports: StandIn, file: Path) -> None:
    def cancelled(*_args: Any, **_named: Any) -> Done[AccountImportReport]:
        page(window).importing.work.cancel.click()
        raise Cancelled

    imports.answers["run"] = cancelled
    take(window, file)
    next_button(window).click()
    assert page(window).wizard.current == "preview"
    assert window.notices.texts() == ["Cancelled. No account was created."]
    imports.answers["run"] = Done(RIGHT, topics.MODES)
    next_button(window).click()
    assert page(window).wizard.current == "import"


def test_what_is_refused_meanwhile_is_said_and_shown(window: Window, imports: StandIn, file: Path) -> None:
    def refused(*_args: Any, **_named: Any) -> Done[AccountImportReport]:
        imports.answers["preview"] = WRONG
        raise UserError("accounts_file_has_problems", file="accounts.csv", count=3)

    imports.answers["run"] = refused
    take(window, file)
    next_button(window).click()
    assert window.notices.texts()
    assert not next_button(window).isEnabled()


def test_progress_is_told(window: Window, imports: StandIn, file: Path) -> None:
    told: list[tuple[int, int]] = []

    def run(*_args: Any, progress: Callable[[int, int], None], **_named: Any) -> Done[AccountImportReport]:
        progress(2, 4)
        told.append((page(window).importing.work.bar.value(), page(window).importing.work.bar.maximum()))
        return Done(RIGHT, topics.MODES)

    imports.answers["run"] = run
    take(window, file)
    next_button(window).click()
    assert told == [(2, 4)]


def test_a_file_to_begin_with_has_the_columns(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    page(window).save_template(str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["name", "domain", "mode", "country", "zone", "currency"]
    assert window.notices.texts() == ["template.csv is saved, with two examples in it."]


def test_a_folder_that_is_gone_is_said(window: Window, tmp_path: Path) -> None:
    page(window).save_template(str(tmp_path / "gone" / "template.csv"))
    assert window.notices.texts()


def test_ten_thousand_rows_are_shown(window: Window, imports: StandIn, file: Path) -> None:
    imports.answers["preview"] = many_drafts(10_000)
    take(window, file)
    assert len(listed(window)) == 10_000


def test_an_auditor_never_gets_here(open_page: OpenPage) -> None:
    trouble = KnownError("database_locked", path="x")
    window = open_page("customers", list_services(StandIn(Accounts, rows=trouble), ()), session=AUDITOR)
    assert not window.navigate("import_accounts")
