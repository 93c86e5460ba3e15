"""What an import will do, before it does."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cpdesk.domain.user_import.plan import ImportPlan
from cpdesk.jobs.progress import Cancelled
from cpdesk.ui.gallery.import_samples import SampleImport
from cpdesk.ui.pages.transition.preview_rows import BLOCKED, SKIPPED, PreviewRows, Wanted
from tests.ui.pages.transition.conftest import FOREIGN, FRESH, POOL, USAGE, Open, Opened, button, texts


def upns(opened: Opened) -> list[str]:
    """The first letters of who is listed."""
    table = opened.page.steps.preview.rows.table
    return [str(table.rows.index(place, 2).data()).split("@")[0] for place in range(table.rows.rowCount(QModelIndex()))]


def lines(opened: Opened) -> list[tuple[str, str, str]]:
    return [(line.field, line.before, line.after) for line in opened.page.steps.preview.rows.lines.lines]


def test_every_widget_has_a_name(open_import: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = open_import(POOL)
    opened.to_preview()
    assert_accessible(opened.window)


def test_the_numbers_are_told(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    figures = opened.page.steps.preview.figures
    assert [(figure.accessibleName(), figure.accessibleDescription()) for figure in figures] == [
        ("Users added: 5", "1 row skipped"),
        ("Users updated: 2", "0 unchanged"),
        ("Licenses assigned: 5", "1 license taken away"),
        ("Monthly cost after: $134.00", "now $45.00 · $89.00 more"),
    ]


def test_what_has_no_price_is_missing_in_the_cost_and_counted(open_import: Open) -> None:
    opened = open_import()
    report = replace(USAGE.report(), totals=tuple(replace(line, unit_price=None) for line in USAGE.report().totals))
    opened = open_import(preview=report)
    opened.to_preview()
    cost = opened.page.steps.preview.figures[3]
    assert cost.accessibleName() == "Monthly cost after: no price"
    assert cost.accessibleDescription() == "now no price · without 2 products that have no price"


def test_more_seats_than_microsoft_allows_are_warned_of_and_imported(open_import: Open) -> None:
    opened = open_import(SampleImport(USAGE.account, people=700))
    opened.to_preview()
    assert any(
        text.startswith("Microsoft 365 Business is limited to 300 seats in a tenant")
        for text in texts(opened.page.steps.preview)
    )
    opened.next()
    assert opened.step == "import"


def test_what_is_left_out_and_who_is_blocked_is_said(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    said = texts(opened.page.steps.preview)
    assert (
        "Users are imported without Visio Plan 1 and Contoso Loyalty Suite, which are skipped. "
        "Nothing is taken away from them."
    ) in said
    assert any(text.startswith("Office 365 Extra File Storage (1 user): belongs to the tenant") for text in said)
    assert any(text.startswith("2 users cannot sign in but hold licenses") for text in said)


def test_users_of_another_domain_are_warned_of_and_imported(open_import: Open) -> None:
    opened = open_import(FOREIGN)
    opened.to_preview()
    assert (
        "5 users are of domains that are not among those of this account: fabrikam.example. "
        "The import takes them all the same."
    ) in texts(opened.page.steps.preview)
    preview = opened.page.steps.preview
    preview.notices["foreign"].buttons()[0].click()
    QCoreApplication.processEvents()
    assert upns(opened) == ["megan.bowen", "diego.siciliani", "blazej.nowak", "patti.fernandez", "desk"]
    assert "other domain" in str(preview.rows.table.rows.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "fabrikam.example is not among the domains of this account." in preview.rows.remark.text()
    opened.next()
    assert opened.step == "import"


def test_users_of_the_own_domain_are_not_warned_of(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    assert not opened.page.steps.preview.notices["foreign"].isVisible()


def test_missing_seats_are_offered_with_the_import(open_import: Open) -> None:
    opened = open_import(POOL)
    opened.to_preview()
    assert opened.page.wizard.next_button.text() == "Add 3 seats and import"
    said = texts(opened.page.steps.preview)
    assert any("Microsoft 365 Business Premium (2) and Office 365 E3 (1)" in text for text in said)
    opened.next()
    assert opened.named("run")["add_seats"] is True


def test_without_missing_seats_none_are_added(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    assert opened.page.wizard.next_button.text() == "Import"
    opened.next()
    assert opened.named("run")["add_seats"] is False


def test_where_nothing_changes_there_is_nothing_to_import(open_import: Open) -> None:
    report = USAGE.report()
    unchanged = replace(report, plan=ImportPlan((), report.plan.skipped), names=())
    opened = open_import(preview=unchanged)
    opened.to_products()
    opened.next()
    assert opened.step == "preview"
    assert not opened.page.wizard.next_button.isEnabled()
    assert "The account is as the file has it: there is nothing to import." in texts(opened.page.wizard)


def test_an_account_that_is_transitioned_can_always_be_activated(open_import: Open) -> None:
    opened = open_import(FRESH)
    opened.to_preview()
    opened.next()
    assert opened.named("run")["activate"] is True


def test_rows_can_be_searched_and_narrowed(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    rows = opened.page.steps.preview.rows
    assert len(upns(opened)) == 8
    rows.search.setText("zoë")
    QTest.keyClick(rows.search, Qt.Key.Key_Return)
    assert upns(opened) == ["zoe.lindqvist"]
    rows.search.clear()
    QTest.keyClick(rows.search, Qt.Key.Key_Return)
    rows.chips[SKIPPED].click()
    assert upns(opened) == ["alex.wilber"]


def test_the_blocked_can_be_shown(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    show = button(opened.page.steps.preview, "Show them")
    assert show is not None
    show.click()
    assert upns(opened) == ["diego.siciliani", "patti.fernandez"]
    assert opened.page.steps.preview.rows.chips[BLOCKED].isChecked()


def test_a_row_is_shown_field_by_field(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    rows = opened.page.steps.preview.rows
    assert rows.table.select(2)
    assert lines(opened) == [("Title", "Sales Associate", "Retail Manager")]
    assert rows.table.select(3)
    assert ("Licenses", "Office 365 E3", "Microsoft 365 Business Premium") in lines(opened)
    assert rows.table.select(4)
    assert ("User principal name", "", "megan.bowen@northwind.example") in lines(opened)
    assert rows.remark.text() == "Left out: Contoso Loyalty Suite."
    assert rows.table.select(9)
    assert rows.remark.text() == "Skipped: deleted in the tenant."
    assert not rows.lines.isVisible()


def test_the_list_says_field_by_field_what_changes(open_import: Open) -> None:
    opened = open_import()
    opened.to_preview()
    model = opened.page.steps.preview.rows.table.rows
    said = [str(model.index(place, 4).data()) for place in range(model.rowCount(QModelIndex()))]
    assert said[0] == "Title: Sales Associate → Retail Manager"
    assert said[1] == "+ Microsoft 365 Business Premium, − Office 365 E3"  # noqa: RUF001 - a minus
    assert said[2] == "+ Office 365 E3"
    assert said[-1] == "deleted in the tenant"


def test_comparing_can_be_cancelled(open_import: Open) -> None:
    def preview(*_args: object, **_named: object) -> None:
        raise Cancelled

    opened = open_import(preview=preview)
    opened.to_products()
    assert opened.step == "file"
    assert opened.window.notices.texts() == ["The comparison was cancelled. Nothing was changed."]


def test_rows_are_sorted_by_every_column_and_back() -> None:
    rows = PreviewRows(USAGE.report())
    by_name = [row.name for row in rows.some(rows.find(Wanted(sort="name")))]
    assert by_name == sorted(by_name, key=str.casefold)
    assert rows.find(Wanted(sort="row", descending=True)) == tuple(reversed(rows.find(Wanted())))
    outcomes = [row.outcome for row in rows.some(rows.find(Wanted(sort="outcome")))]
    assert outcomes == ["added"] * 5 + ["updated"] * 2 + ["skipped"]


def test_all_words_are_sought_in_a_large_tenant() -> None:
    rows = PreviewRows(SampleImport(USAGE.account, people=3000).report())
    assert len(rows.find(Wanted())) == 3001
    assert len(rows.find(Wanted("vance adele"))) == 429
