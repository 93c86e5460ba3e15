"""Handing everything of an account to the customer."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from cpdesk.base.errors import KnownError
from cpdesk.ui.gallery.company_samples import COMPANY
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_company import EXPORT_FILE, company_window
from cpdesk.ui.pages.company.edit_company import EditCompanyPage
from cpdesk.ui.pages.company.export_account import ExportAccountDialog
from cpdesk.ui.shell.window import Window

Show = Callable[[Window], Window]


def test_what_will_be_in_it_is_said_before_it_is_written(stage: Stage, show: Show) -> None:
    window = show(company_window(stage, COMPANY))
    assert isinstance(window.page, EditCompanyPage)
    window.page.export_to(str(EXPORT_FILE))
    (dialog,) = window.findChildren(ExportAccountDialog)
    dialog.export.click()
    assert window.notices.texts()[0].startswith(f"Everything of {COMPANY.account.name} is in")


def test_it_stays_open_and_says_why_it_could_not_be_written(stage: Stage, show: Show) -> None:
    full = KnownError("disk_full", path=str(EXPORT_FILE))
    window = show(company_window(stage, COMPANY, written=full))
    assert isinstance(window.page, EditCompanyPage)
    window.page.export_to(str(EXPORT_FILE))
    (dialog,) = window.findChildren(ExportAccountDialog)
    dialog.export.click()
    assert dialog.isVisible()
    assert "disk is full" in dialog.refusal.text
    dialog.leave.click()
    assert not dialog.isVisible()


def test_it_is_offered_to_whoever_may_read_the_account(stage: Stage, show: Show) -> None:
    for session in (RESELLER, AUDITOR, CUSTOMER):
        window = show(company_window(stage, COMPANY, session))
        shown = [button.text() for button in window.findChildren(QPushButton) if button.isVisible()]
        assert "Export everything…" in shown
