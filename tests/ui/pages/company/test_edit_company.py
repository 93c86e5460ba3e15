"""Edit Company as a person uses it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.accounts import Contact
from cpdesk.domain.companies import Company
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.accounts import Accounts
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.company_samples import CLOSED, COMPANY, CONTACTS, FRESH, SUSPENDED
from cpdesk.ui.gallery.price_samples import schedule_answers
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages.company.company_form import CompanyForm
from cpdesk.ui.pages.company.status_dialogs import ReopenAccountDialog, ResumeAccountDialog, SuspendAccountDialog
from cpdesk.ui.parts.discard_changes import DiscardChangesDialog
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form

T = TypeVar("T", bound=QDialog)
Open = Callable[..., "Opened"]


class Opened:
    """The page about a company, and what its services were asked."""

    def __init__(self, window: Window, accounts: StandIn, qtbot: QtBot) -> None:
        self.window = window
        self.accounts = accounts
        self._qtbot = qtbot

    @property
    def form(self) -> CompanyForm:
        return next(form for form in self.window.findChildren(CompanyForm) if form.isVisible())

    def part(self, key: str) -> Form:
        return next(form for form in self.form.findChildren(Form) if key in form.values())

    def fill(self, **values: object) -> None:
        for key, value in values.items():
            self.part(key).set_values({key: value})

    def button(self, text: str) -> QPushButton | None:
        found = (one for one in self.window.findChildren(QPushButton) if one.text() == text and one.isVisible())
        return next(found, None)

    def press(self, text: str) -> None:
        button = self.button(text)
        assert button is not None, text
        button.click()

    def texts(self) -> list[str]:
        return [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]

    def dialog(self, kind: type[T]) -> T:
        (found,) = (dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())
        self._qtbot.waitUntil(found.isActiveWindow)
        return found

    @property
    def place(self) -> str:
        assert self.window.place is not None
        return self.window.place.key


@pytest.fixture
def open_company(open_page: Callable[..., Window], qtbot: QtBot) -> Open:
    def open_company(shown: Company = FRESH, session: Session = RESELLER, **answers: Any) -> Opened:
        known = {"company": shown, "rows": list(ACCOUNTS), "show": shown.account} | answers
        accounts = StandIn(Accounts, **known)
        bundle = services(accounts=accounts, prices=schedule_answers(), statements=StandIn(Statements, costs={}))
        window = open_page("edit_company", bundle, session=session, account=shown.account.id)
        return Opened(window, accounts, qtbot)

    return open_company


@pytest.mark.parametrize("company", [FRESH, COMPANY, SUSPENDED, CLOSED])
@pytest.mark.parametrize("session", [RESELLER, AUDITOR])
def test_every_widget_has_a_name(
    open_company: Open, company: Company, session: Session, assert_accessible: Callable[[QWidget], None]
) -> None:
    assert_accessible(open_company(company, session).window)


def test_the_keyboard_starts_at_the_name(open_company: Open) -> None:
    opened = open_company()
    assert opened.part("name").editor("name").hasFocus()


def test_nothing_can_be_saved_before_something_is_changed(open_company: Open) -> None:
    opened = open_company()
    save = opened.button("Save changes")
    assert save is not None
    assert not save.isEnabled()
    opened.fill(name="Contoso Rail & Sea")
    assert save.isEnabled()
    opened.fill(name=FRESH.account.name)
    assert not save.isEnabled()


def test_spaces_that_an_import_has_left_are_no_change_of_anybodys(open_company: Open) -> None:
    spaced = replace(COMPANY, account=replace(COMPANY.account, name=f"{COMPANY.account.name}  "))
    spaced = replace(spaced, contacts=tuple(replace(one, name=f" {one.name} ") for one in CONTACTS))
    opened = open_company(spaced)
    assert opened.form.changes() == {}
    opened.fill(country="DE")
    assert opened.form.changes() == {"country": "DE"}


def test_only_what_differs_is_saved(open_company: Open) -> None:
    after = replace(FRESH, account=replace(FRESH.account, name="Contoso Sea"))
    opened = open_company(edit=Done(after, topics.ACCOUNTS))
    opened.fill(name="Contoso Sea", aliases="contoso-sea.example")
    opened.accounts.answers["company"] = after
    opened.press("Save changes")
    changes = {"name": "Contoso Sea", "aliases": ("contoso-sea.example",)}
    call = next(call for call in opened.accounts.calls if call[0] == "edit")
    assert call == ("edit", (RESELLER, FRESH.account.id), changes)
    assert opened.window.notices.texts() == ["The changes to Contoso Sea are saved."]
    save = opened.button("Save changes")
    assert save is not None
    assert not save.isEnabled()


def test_contacts_are_saved_as_a_whole(open_company: Open) -> None:
    opened = open_company(edit=Done(FRESH, topics.ACCOUNTS))
    opened.form.contacts.add_line().set_values({"name": "Robin Cole", "email": "robin@contoso.example"})
    opened.press("Save changes")
    call = next(call for call in opened.accounts.calls if call[0] == "edit")
    assert call[2] == {"contacts": (*CONTACTS, Contact("Robin Cole", "robin@contoso.example"))}


def test_enter_saves(open_company: Open) -> None:
    opened = open_company(edit=Done(FRESH, topics.ACCOUNTS))
    opened.fill(name="Contoso Sea")
    line = opened.part("name").editor("name")
    assert isinstance(line, QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.accounts.called("edit")


def test_what_is_wrong_is_said_before_it_is_sent(open_company: Open) -> None:
    opened = open_company()
    opened.fill(domain="contoso")
    opened.press("Save changes")
    assert opened.part("domain").error("domain")
    assert not opened.accounts.called("edit")


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (UserError("domain_taken", domain="adatum.example"), "domain"),
        (UserError("too_many_aliases", most=100), "aliases"),
        (UserError("zone_fixed_while_pending", account="x", effective_on="y"), "time_zone"),
        (UserError("currency_fixed", account="x", currency="USD"), "currency"),
    ],
)
def test_a_refusal_is_said_at_its_field_and_keeps_what_was_typed(
    open_company: Open, error: UserError, key: str
) -> None:
    opened = open_company(edit=error)
    opened.fill(name="Contoso Sea")
    opened.press("Save changes")
    assert opened.part(key).error(key)
    assert opened.part("name").values()["name"] == "Contoso Sea"


def test_discarding_shows_the_company_as_it_is(open_company: Open) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    opened.press("Discard changes")
    assert opened.part("name").values()["name"] == FRESH.account.name


def test_a_change_elsewhere_leaves_what_is_being_typed(open_company: Open, stage: Stage) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    opened.accounts.answers["company"] = replace(FRESH, account=replace(FRESH.account, users=99))
    stage.jobs.changed.emit(frozenset({"accounts"}), None)
    assert opened.part("name").values()["name"] == "Contoso Sea"


def test_leaving_with_changes_asks_first(open_company: Open) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    assert not opened.window.navigate("customers")
    opened.dialog(DiscardChangesDialog).keep.click()
    assert opened.place == "edit_company"
    assert opened.part("name").values()["name"] == "Contoso Sea"


def test_changes_are_given_up_when_one_says_so(open_company: Open) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    opened.window.navigate("customers")
    opened.dialog(DiscardChangesDialog).discard.click()
    assert opened.place == "customers"


def test_the_window_is_not_closed_over_changes(open_company: Open) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    assert not opened.window.close()
    opened.dialog(DiscardChangesDialog).discard.click()
    assert not opened.window.isVisible()


def test_leaving_without_changes_asks_nothing(open_company: Open) -> None:
    opened = open_company()
    assert opened.window.navigate("customers")


def test_fixed_facts_are_lines_with_their_reason(open_company: Open) -> None:
    opened = open_company(COMPANY)
    texts = opened.texts()
    assert "USD · US Dollar" in texts
    assert any("first seat" in text for text in texts)
    assert any("December 1, 2026 is pending" in text for text in texts)


def test_a_customer_administrator_gets_no_domain_zone_currency_or_status(open_company: Open) -> None:
    opened = open_company(replace(FRESH, account=CONTOSO), CUSTOMER)
    keys = {key for form in opened.form.findChildren(Form) for key in form.values()}
    assert keys == {"name", "country"}
    assert opened.button("Close the account") is None


@pytest.mark.parametrize(("company", "session"), [(COMPANY, AUDITOR), (SUSPENDED, RESELLER), (CLOSED, RESELLER)])
def test_what_can_only_be_read_has_no_fields(open_company: Open, company: Company, session: Session) -> None:
    opened = open_company(company, session)
    assert not [form for form in opened.window.findChildren(CompanyForm) if form.isVisible()]
    assert opened.button("Save changes") is None
    assert "contoso-shipping.example\ncontoso-rail.example" in opened.texts()


def test_an_auditor_is_offered_no_status(open_company: Open) -> None:
    opened = open_company(COMPANY, AUDITOR)
    assert opened.button("Suspend the account") is None
    assert opened.button("Close the account") is None


def test_suspending_says_what_goes_on_and_keeps_the_reason(open_company: Open) -> None:
    opened = open_company(COMPANY, suspend=Done(SUSPENDED.account, topics.ACCOUNTS))
    opened.press("Suspend the account")
    dialog = opened.dialog(SuspendAccountDialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "82 seats" in told
    assert "December 1, 2026" in told
    dialog.form.set_values({"reason": "Ticket 4711"})
    opened.accounts.answers["company"] = SUSPENDED
    dialog.suspend.click()
    assert (
        opened.accounts.calls[-2] == ("suspend", (RESELLER, CONTOSO.id), {"reason": "Ticket 4711"})
        or (
            "suspend",
            (RESELLER, CONTOSO.id),
            {"reason": "Ticket 4711"},
        )
        in opened.accounts.calls
    )
    assert opened.window.notices.texts() == ["Contoso Freight is suspended."]
    assert opened.button("Resume the account") is not None


def test_suspending_is_not_what_enter_does(open_company: Open) -> None:
    opened = open_company(COMPANY)
    opened.press("Suspend the account")
    QTest.keyClick(opened.dialog(SuspendAccountDialog).leave, Qt.Key.Key_Return)
    assert not opened.accounts.called("suspend")


def test_resuming(open_company: Open) -> None:
    opened = open_company(SUSPENDED, resume=Done(CONTOSO, topics.ACCOUNTS))
    opened.press("Resume the account")
    dialog = opened.dialog(ResumeAccountDialog)
    opened.accounts.answers["company"] = COMPANY
    dialog.resume.click()
    assert opened.accounts.called("resume") == [(CONTOSO.id,)]
    assert opened.window.notices.texts() == ["Contoso Freight is open again."]


def test_reopening(open_company: Open) -> None:
    opened = open_company(CLOSED, reopen=Done(CONTOSO, topics.ACCOUNTS))
    pressed = opened.button("Reopen the account")
    assert pressed is not None
    pressed.setFocus()
    pressed.click()
    dialog = opened.dialog(ReopenAccountDialog)
    opened.accounts.answers["company"] = COMPANY
    dialog.reopen.click()
    assert opened.accounts.called("reopen") == [(CONTOSO.id,)]
    assert opened.button("Close the account") is not None
    assert opened.window.focusWidget() is opened.button("Suspend the account"), "the pressed one is gone"


def test_a_domain_that_others_have_by_now_keeps_it_closed_and_says_so(open_company: Open) -> None:
    opened = open_company(CLOSED, reopen=UserError("domain_taken", domain=CONTOSO.domain))
    opened.press("Reopen the account")
    dialog = opened.dialog(ReopenAccountDialog)
    dialog.reopen.click()
    assert CONTOSO.domain in dialog.refusal.text
    assert dialog.isVisible()


def test_a_closed_account_says_from_when_its_domain_is_free(open_company: Open) -> None:
    assert any("from December 1, 2026 on" in text for text in open_company(CLOSED).texts())


def test_a_database_in_use_leaves_a_way_to_try_again(open_company: Open) -> None:
    opened = open_company(FRESH, company=KnownError("database_locked", path="/somewhere/cpdesk.db"))
    opened.accounts.answers["company"] = FRESH
    opened.press("Try again")
    assert opened.part("name").values()["name"] == FRESH.account.name


@pytest.mark.parametrize(("company", "status"), [(SUSPENDED, "Suspended"), (CLOSED, "Closed")])
def test_the_top_bar_says_that_an_account_is_not_open(open_company: Open, company: Company, status: str) -> None:
    opened = open_company(company)
    assert status in [label.text() for label in opened.window.top_bar.findChildren(QLabel) if label.isVisible()]


def test_signing_out_asks_first_too(open_company: Open) -> None:
    opened = open_company()
    opened.fill(name="Contoso Sea")
    opened.window.sign_out()
    assert opened.window.session is not None
    opened.dialog(DiscardChangesDialog).keep.click()
    assert opened.place == "edit_company"
