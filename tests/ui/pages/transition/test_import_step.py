"""The import itself, from the last button to what came of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.rows import Done
from cpdesk.domain.user_import.report import ImportReport, differences
from cpdesk.jobs.progress import Cancelled
from cpdesk.ui.gallery.import_samples import PREMIUM, SampleImport
from tests.ui.pages.conftest import Navigations
from tests.ui.pages.transition.conftest import POOL, USAGE, Open, Opened, button, texts


def at_preview(open_import: Open, of: SampleImport = USAGE, **answers: Any) -> Opened:
    opened = open_import(of, **answers)
    opened.to_preview()
    return opened


def test_what_was_shown_is_what_runs(open_import: Open) -> None:
    opened = at_preview(open_import)
    shown = opened.page.steps.preview.shown
    assert shown is not None
    opened.next()
    assert opened.named("run")["shown"] is shown.report
    assert opened.named("run")["choices"].answers == {"visio plan 1": "skip", "contoso loyalty suite": "skip"}
    assert opened.named("run")["activate"] is False


def test_the_result_is_told_and_leads_on(open_import: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    opened = at_preview(open_import, POOL)
    opened.next()
    assert opened.step == "import"
    assert [figure.accessibleName() for figure in opened.page.steps.result.figures] == [
        "Users added: 5",
        "Users updated: 2",
        "Licenses assigned: 5",
        "Seats added to the pool: 3",
    ]
    assert "users_11_20_2026.csv is imported." in texts(opened.page)
    assert button(opened.page, "Open User List") is not None
    assert button(opened.page, "Cancel") is None
    assert_accessible(opened.window)


def test_done_leads_to_the_users(open_import: Open, navigations: Navigations) -> None:
    opened = at_preview(open_import)
    opened.next()
    gone = navigations(opened.page)
    opened.next()
    assert gone == [("services", {"account": USAGE.account.id, "tab": "users"})]
    assert (opened.step, opened.page.steps.file.path) == ("file", None)


def test_another_file_can_follow(open_import: Open) -> None:
    opened = at_preview(open_import)
    opened.next()
    again = button(opened.page, "Import another file")
    assert again is not None
    again.click()
    assert (opened.step, opened.page.steps.file.path, opened.page.steps.products.answers) == ("file", None, {})


def test_progress_says_what_is_done_and_can_be_stopped(open_import: Open) -> None:
    seen: list[str] = []
    opened: list[Opened] = []

    def run(*_args: object, progress: Callable[[int, int], None], **_named: object) -> Done[ImportReport]:
        bar = opened[0].page.steps.result.work
        for done in (0, 200, 600):
            progress(done, 1000)
            seen.append(f"{bar.line.text.text()} {bar.line.bar.value()}")
        bar.line.cancel.click()
        progress(700, 1000)
        raise AssertionError

    opened.append(at_preview(open_import, run=run))
    opened[0].next()
    assert seen == [
        "Reading users_11_20_2026.csv 0",
        "Comparing users_11_20_2026.csv with the account 200",
        "Writing users and licenses 600",
    ]
    assert opened[0].step == "preview"
    assert "The import was cancelled. Nothing was changed." in texts(opened[0].page.steps.preview)


def test_after_a_cancelled_import_it_can_run_again(open_import: Open) -> None:
    def run(*_args: object, **_named: object) -> None:
        raise Cancelled

    opened = at_preview(open_import, run=run)
    opened.next()
    opened.imports.answers["run"] = Done(USAGE.report(), frozenset())
    opened.next()
    assert "users_11_20_2026.csv is imported." in texts(opened.page)


def test_what_changed_meanwhile_is_shown_and_asked_again(open_import: Open) -> None:
    shown, now = POOL.report(), replace(POOL, pool=0).report()
    changed = UserError("import_changed", differences=differences(shown, now), report=now)
    opened = at_preview(open_import, POOL, run=changed)
    opened.next()
    assert opened.step == "preview"
    said = next(text for text in texts(opened.page.steps.preview) if "no longer holds" in text)
    assert f"{PREMIUM.name} ({PREMIUM.part_number}), missing seats was 2, is 3" in said
    assert opened.page.wizard.next_button.text() == f"Add {now.missing} seats and import"
    opened.imports.answers["run"] = Done(now, frozenset())
    opened.next()
    assert opened.named("run")["shown"] is now


def test_a_refusal_about_the_file_leads_to_the_file(open_import: Open) -> None:
    opened = at_preview(open_import, run=UserError("file_missing", file="users.csv"))
    opened.next()
    assert (opened.step, opened.page.steps.file.drop.error) == ("file", "There is no file users.csv.")


def test_another_trouble_is_said_at_the_preview(open_import: Open) -> None:
    opened = at_preview(open_import, run=KnownError("disk_full", path="/data/cpdesk.db"))
    opened.next()
    assert opened.step == "preview"
    assert any(text.startswith("The disk is full") for text in texts(opened.page.steps.preview))
