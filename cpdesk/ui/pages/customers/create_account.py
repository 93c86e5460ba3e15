"""Create New Account: the company, where it is, whom to talk to, and what it starts with."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base import zones
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.defaults import Defaults
from cpdesk.ui import choices
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.customers import new_account
from cpdesk.ui.pages.customers.account_created import AccountCreated
from cpdesk.ui.pages.customers.new_account import COMPANY, CONTACTS, PLACE, REVIEW, SERVICE, NewAccount
from cpdesk.ui.pages.customers.review_step import ReviewStep
from cpdesk.ui.pages.customers.service_step import ServiceStep
from cpdesk.ui.parts import company_fields
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.wizard import Wizard

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


class CreateAccountPage(Page):
    """A wizard, and after it the ways on with the new account."""

    topics = frozenset({"defaults", "products"})

    def _build(self) -> None:
        self._created: AccountRow | None = None
        self._usual: dict[str, Any] | None = None
        self._company = Form(company_fields.name_fields())
        self._place = Form(company_fields.place_fields())
        self._contacts = company_fields.contacts_editor()
        self._contacts_note = Label(role=TextRole.CAPTION, wrap=True)
        self._contacts_refusal = Notice(Kind.ERROR)
        self._service = ServiceStep()
        self._review = ReviewStep()
        self.wizard = Wizard()
        self._card = card_around(self.wizard)
        self._result = AccountCreated()
        self._many = secondary()
        self.header.add_action(self._many)
        self._add_steps()
        self.body.addWidget(self._card)
        self.body.addWidget(self._result)
        self.body.addStretch(1)
        self._result.hide()

    def _wire(self) -> None:
        self.wizard.allow_cancel()
        self.wizard.cancelled.connect(self._on_cancelled)
        self.wizard.step_changed.connect(self._on_step)
        self.wizard.finished.connect(self._on_finished)
        self._review.change_asked.connect(self.wizard.go)
        self._result.open_asked.connect(self._on_open)
        self._result.import_asked.connect(self._on_import)
        self._result.another_asked.connect(self._on_another)
        self._many.clicked.connect(self._on_many)

    @property
    def holds_input(self) -> bool:
        if not self._result.isHidden():
            return False
        return self.wizard.current != COMPANY or any(self._company.values().values())

    def retranslate(self) -> None:
        self.set_title(_("Create New Account"), _("A new account starts in Usage Mode."))
        self._many.setText(_("Create Many Accounts"))
        self._contacts_note.setText(_("Whom to talk to. Everything here can be changed later, under Edit Company."))
        self._service.retranslate()
        self._result.retranslate()
        if self.wizard.current == REVIEW:
            self._show_review()

    def first_focus(self) -> QWidget | None:
        return self._result.open if self._result.isVisibleTo(self) else self.wizard.first_field()

    def refresh(self) -> None:
        self.load(partial(_read, self.context.services, self.context.by), self._on_read)

    def _add_steps(self) -> None:
        self._contacts_refusal.hide()
        self._contacts.changed.connect(self._contacts_refusal.hide)
        contacts = _column(self._contacts_note, self._contacts_refusal, self._contacts)
        add = self.wizard.add_step
        add(COMPANY, lambda: _("Company"), _column(self._company), valid=self._company.validate)
        add(PLACE, lambda: _("Location"), _column(self._place), valid=self._place.validate)
        add(CONTACTS, lambda: _("Contacts"), contacts, valid=self._contacts.validate)
        add(SERVICE, lambda: _("Microsoft 365"), self._service, valid=self._service.valid)
        add(REVIEW, lambda: _("Review"), self._review, next_text=lambda: _("Create the account"))

    def _on_read(self, found: tuple[Defaults, list[Product]]) -> None:
        defaults, products = found
        country = defaults.country or choices.usual_country()
        usual = {"currency": defaults.currency, "time_zone": defaults.time_zone, "country": country}
        self._service.set_products(products)
        # What somebody has chosen already is not taken back when the defaults change.
        if self._usual is None or self._place.values() == self._usual:
            self._place.set_values(usual)
            self._usual = self._place.values()

    def _new(self) -> NewAccount:
        company = self._company.values()
        return NewAccount(
            name=company["name"],
            domain=company["domain"],
            aliases=company_fields.aliases_of(company["aliases"]),
            **self._place.values(),
            contacts=company_fields.contacts_of(self._contacts.values()),
            activate=self._service.activate.isChecked(),
            pool=self._service.lines(),
        )

    def _on_step(self, step: str) -> None:
        if step == SERVICE:
            zone = zones.zone(self._place.values()["time_zone"])
            self._service.today = switching.local_date(self.context.clock.now(), zone)
        elif step == REVIEW:
            self._show_review()
            self.wizard.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_review(self) -> None:
        new = self._new()
        today = switching.local_date(self.context.clock.now(), zones.zone(new.time_zone))
        self._review.show_sections(new_account.review(new, self._service.product_names, today))

    def _on_finished(self) -> None:
        if self._created is None:
            create = partial(_create, self.context.services, self.context.by, self._new())
            self.change(create, self._on_created, self._on_refused)
        else:
            self._open_pool(self._created)

    def _on_created(self, done: Done[AccountRow]) -> None:
        self._created = done.value
        if self._service.lines() is None:
            self._show_result(done)
        else:
            self._open_pool(done.value)

    def _open_pool(self, account: AccountRow) -> None:
        lines = self._service.lines() or ()
        fill = partial(self.context.services.accounts.opening_balance, self.context.by, account.id, lines)
        self.change(fill, self._show_result, self._on_pool_refused)

    def _show_result(self, done: Done[AccountRow]) -> None:
        self._result.show_account(done.value)
        self._show_wizard(shown=False)
        self._result.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_wizard(self, *, shown: bool) -> None:
        self._card.setVisible(shown)
        self._many.setVisible(shown)
        self._result.setVisible(not shown)

    def _on_refused(self, error: Exception) -> None:
        text, place = sentence_of(error), new_account.place_of(error, self._new())
        if place is None:
            self._review.refuse(text)
            return
        step, field = place
        self.wizard.go(step)
        if step == CONTACTS:
            self._contacts_refusal.set_text(text)
            self._contacts_refusal.show()
        else:
            (self._company if step == COMPANY else self._place).set_error(field, text)

    def _on_pool_refused(self, error: Exception) -> None:
        """The account is there already: what remains to be mended is its pool."""
        assert self._created is not None
        for step in (COMPANY, PLACE, CONTACTS):
            self.wizard.skip(step)
        self.wizard.go(SERVICE)
        text = _("{account} is created, but its pool is not entered yet. {reason}")
        self._service.refuse(text.format(account=self._created.name, reason=sentence_of(error)))
        self._service.activate.setEnabled(False)

    def _on_cancelled(self) -> None:
        self._start_again()
        self.context.navigate("customers")

    def _on_another(self) -> None:
        self._start_again()
        self.wizard.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_again(self) -> None:
        self._created = self._usual = None
        for form in (self._company, self._place):
            form.reset()
        self._contacts.set_values(())
        self._contacts_refusal.hide()
        self._service.reset()
        for step in (COMPANY, PLACE, CONTACTS):
            self.wizard.skip(step, skipped=False)
        self.wizard.go(COMPANY)
        self._show_wizard(shown=True)
        self.refresh()

    def _on_open(self) -> None:
        self._leave_for("my_services")

    def _on_import(self) -> None:
        self._leave_for("transition")

    def _leave_for(self, key: str) -> None:
        """Go on with the new account; who comes back finds the wizard as for the next one."""
        account = self._result.account
        assert account is not None
        self._start_again()
        self.context.navigate(key, account=account.id)

    def _on_many(self) -> None:
        self.context.navigate("import_accounts")


def _create(services: "Services", by: Session, new: NewAccount) -> Done[AccountRow]:
    return services.accounts.create(
        by,
        new.name,
        new.domain,
        country=new.country,
        currency=new.currency,
        time_zone=new.time_zone,
        aliases=new.aliases,
        contacts=new.contacts,
        activate=new.activate,
    )


def _read(services: "Services", by: Session) -> tuple[Defaults, list[Product]]:
    return services.preferences.defaults(by), services.licenses.products()


def _column(*parts: QWidget) -> QWidget:
    """The parts of a step, at its top."""
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing.M)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return step
