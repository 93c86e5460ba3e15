"""Edit Company: what is known of the customer, and whether the account is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.base import zones
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.account_export import SUFFIX
from cpdesk.domain.accounts import Status
from cpdesk.domain.companies import Company
from cpdesk.domain.operators import Role, Session, may_change
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.gateways.documents.file_names import safe_name
from cpdesk.ui.pages.company.company_facts import CompanyFacts
from cpdesk.ui.pages.company.company_form import CompanyForm
from cpdesk.ui.pages.company.company_view import company_view
from cpdesk.ui.pages.company.data_card import DataCard
from cpdesk.ui.pages.company.schedule_card import ScheduleCard, ScheduleFacts, read_schedules
from cpdesk.ui.pages.company.status_card import StatusCard
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge, path_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.file_window import ask_where_to_save
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.scrolled import bring_into_view

if TYPE_CHECKING:
    from cpdesk.domain.account_export import AccountExport
    from cpdesk.services.bundle import Services


class EditCompanyPage(Page):
    """Fields, or lines for who only reads; what is changed and not saved is not lost without asking.

    `section="schedule"` among the parameters brings the price schedule into view, which says why there are no prices.
    """

    topics = frozenset({"accounts", "modes", "seats", "prices"})

    def _build(self) -> None:
        self._company: Company | None = None
        self._wanted = ""
        self._form: CompanyForm | None = None
        self._place = vbox(space=spacing.M)
        self._save = primary()
        self._save.hide()
        self._discard = secondary()
        self._discard.hide()
        self._schedules: ScheduleFacts | None = None
        self._schedule = ScheduleCard()
        self._schedule.hide()
        self._status = StatusCard()
        self.header.add_action(self._discard)
        self.header.add_action(self._save)
        self.body.addLayout(self._place)
        self.body.addWidget(self._schedule)
        self.body.addWidget(self._status)
        self.data = DataCard(may_erase=may_change(self.context.by))
        self.body.addWidget(self.data)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self._save.clicked.connect(self._on_save)
        self._discard.clicked.connect(self._on_discard)
        self.data.export.clicked.connect(self._on_export)
        self.data.former.clicked.connect(self._on_former)
        self._schedule.change_asked.connect(self._on_schedule)
        self._status.suspend_asked.connect(self._on_suspend)
        self._status.resume_asked.connect(self._on_resume)
        self._status.close_asked.connect(self._on_close)
        self._status.reopen_asked.connect(self._on_reopen)

    def retranslate(self) -> None:
        self.set_title(_("Edit Company"), self._company.account.domain if self._company else "")
        self._save.setText(_("Save changes"))
        self._discard.setText(_("Discard changes"))
        self.data.retranslate()
        if self._company is not None:
            self._show(self._company)

    def first_focus(self) -> QWidget | None:
        return self._form.first_field() if self._form is not None else None

    def refresh(self) -> None:
        self.load(partial(_read, self.context.services, self.context.by, self.account_id), self._on_all_read)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self._wanted = str(params.get("section", ""))

    def may_leave(self, go: Callable[[], object]) -> bool:
        if not self._has_changes():
            return True
        from cpdesk.ui.parts.discard_changes import ask_to_discard

        assert self._company is not None
        text = _("What was changed in Edit Company is lost when the page is left.")
        ask_to_discard(self, self._company.account, text, self._on_discard, go)
        return False

    def _on_former(self) -> None:
        from cpdesk.ui.parts.erase_former import EraseFormerDialog, former_contacts

        if self._company is not None:
            EraseFormerDialog(self, self.context, former_contacts(self.context, self._company.account)).ask()

    def _on_export(self) -> None:
        if self._company is None:
            return
        name = f"{safe_name(self._company.account.domain)}-{self.context.clock.now():%Y-%m-%d}{SUFFIX}"
        ask_where_to_save(self.window(), _("Export everything of the account"), name, self.export_to)

    def export_to(self, name: str) -> None:
        """Say what will be in the file, and write it."""
        from cpdesk.ui.pages.company.export_account import ExportAccountDialog

        if self._company is not None:
            dialog = ExportAccountDialog(self, self.context, self._company.account, Path(name))
            dialog.succeeded.connect(self._on_exported)
            dialog.open()

    def _on_exported(self, made: "AccountExport") -> None:
        self.context.notices.clear()
        text = _("Everything of {account} is in {file}.")
        self.context.notices.success(text.format(account=made.account, file=path_text(made.path)))

    def _on_all_read(self, found: tuple[Company, ScheduleFacts | None]) -> None:
        company, self._schedules = found
        self._on_read(company)
        self._show_schedule()
        QTimer.singleShot(0, self, self._show_section)

    def _show_section(self) -> None:
        """Once everything has its place, and once only: later it is for the person to scroll."""
        wanted, self._wanted = self._wanted, ""
        if wanted == "schedule" and self._schedule.isVisible():
            bring_into_view(self._schedule)
            self._schedule.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_read(self, company: Company) -> None:
        first = self._company is None
        self.set_account(badge(company.account))
        if company == self._company:
            return
        if self._has_changes() and self._company is not None and self._company.account.status is company.account.status:
            # What is being typed stays; only what differs from what was shown is saved.
            self._status.show_company(company, may_change=self._may_manage())
            return
        self._show(company)
        if first and self._form is not None:
            self._form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, company: Company) -> None:
        self._company = company
        self.set_title(_("Edit Company"), company.account.domain)
        view = company_view(company, self.context.by, self.context.clock.now())
        old = self._place.takeAt(0)
        if old is not None and (widget := old.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        self._form = None if view.read_only else CompanyForm(company, view)
        shown = self._form or CompanyFacts(company, view)
        self._place.addWidget(shown)
        shown.show()
        if self._form is not None:
            self._form.changed.connect(self._show_unsaved)
            self._form.submitted.connect(self._on_save)
        self._status.show_company(company, may_change=self._may_manage())
        self._show_schedule()
        self._show_unsaved()

    def _show_schedule(self) -> None:
        if self._company is not None and self._schedules is not None:
            account = self._company.account
            may_change = self._may_manage() and account.status is not Status.CLOSED
            self._schedule.show_facts(account, self._schedules, may_change=may_change)
            self._schedule.show()

    def _may_manage(self) -> bool:
        return self.context.by.role is Role.RESELLER

    def _has_changes(self) -> bool:
        return self._form is not None and bool(self._form.changes())

    def _show_unsaved(self) -> None:
        has_changes = self._has_changes()
        for button in (self._save, self._discard):
            button.setVisible(self._form is not None)
            button.setEnabled(has_changes)

    def _on_save(self) -> None:
        assert self._form is not None
        if not self._has_changes() or not self._form.validate():
            return
        edit = self.context.services.accounts.edit
        save = partial(edit, self.context.by, self.account_id, **self._form.changes())
        self.change(save, self._on_saved, self._on_refused)

    def _on_saved(self, done: Done[Company]) -> None:
        self._form = None
        self.set_account(badge(done.value.account))
        self._show(done.value)
        self.context.notices.clear()
        self.context.notices.success(_("The changes to {account} are saved.").format(account=done.value.account.name))

    def _on_refused(self, error: Exception) -> None:
        if self._form is None or not self._form.tell(error):
            self.context.notices.error(sentence_of(error))

    def _on_discard(self) -> None:
        """Show the company as it is; it is another one by now if it was changed elsewhere meanwhile."""
        assert self._company is not None
        self._form = None
        self._show(self._company)
        self.refresh()

    def _on_schedule(self) -> None:
        from cpdesk.ui.pages.company.schedule_choice import offered
        from cpdesk.ui.pages.company.schedule_dialog import ChangeScheduleDialog, NoScheduleDialog

        assert self._company is not None
        assert self._schedules is not None
        account = self._company.account
        if not offered(account, self._schedules):
            NoScheduleDialog(self, self.context, account).open()
            return
        today = switching.local_date(self.context.clock.now(), zones.zone(account.time_zone))
        dialog = ChangeScheduleDialog(self, self.context, account, self._schedules, today)
        dialog.succeeded.connect(self._on_schedule_changed)
        dialog.open()

    def _on_schedule_changed(self) -> None:
        self.context.notices.clear()
        self.context.notices.success(_("The price schedule is changed from the chosen date on."))

    def _on_suspend(self) -> None:
        from cpdesk.ui.pages.company.status_dialogs import SuspendAccountDialog

        assert self._company is not None
        self._open(SuspendAccountDialog(self, self.context, self._company.account), _("{account} is suspended."))

    def _on_resume(self) -> None:
        from cpdesk.ui.pages.company.status_dialogs import ResumeAccountDialog

        assert self._company is not None
        self._open(ResumeAccountDialog(self, self.context, self._company.account), _("{account} is open again."))

    def _on_reopen(self) -> None:
        from cpdesk.ui.pages.company.status_dialogs import ReopenAccountDialog

        assert self._company is not None
        self._open(ReopenAccountDialog(self, self.context, self._company), _("{account} is open again."))

    def _on_close(self) -> None:
        from cpdesk.ui.pages.company.close_account import CloseAccountDialog

        assert self._company is not None
        dialog = CloseAccountDialog(self, self.context, self._company.account)
        done = _("{account} is closed. All its seats are released.")
        dialog.succeeded.connect(partial(self._on_status_changed, done))
        dialog.ask()

    def _open(self, dialog: ChangeDialog, done: str) -> None:
        dialog.succeeded.connect(partial(self._on_status_changed, done))
        dialog.open()

    def _on_status_changed(self, text: str, account: AccountRow) -> None:
        self._form = None
        self.context.notices.clear()
        self.context.notices.success(text.format(account=account.name))
        self.refresh()


def _read(services: "Services", by: Session, account_id: int) -> tuple[Company, ScheduleFacts | None]:
    """On the reader's thread; a customer administrator is not told of price schedules."""
    company = services.accounts.company(by, account_id)
    return company, None if by.role is Role.CUSTOMER else read_schedules(services, by, account_id)
