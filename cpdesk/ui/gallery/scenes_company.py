"""Edit Company, and the dialogs that suspend, close and reopen an account."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.i18n import _
from cpdesk.domain import topics
from cpdesk.domain.account_export import AccountExport
from cpdesk.domain.accounts import Status, ZoneChange
from cpdesk.domain.companies import Company
from cpdesk.domain.erasing import Erased, Former
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.account_exports import AccountExports
from cpdesk.services.accounts import Accounts
from cpdesk.services.erasing_former import ErasingFormer
from cpdesk.ui.gallery.company_samples import CLOSED, CLOSING, COMPANY, FRESH, SUSPENDED, with_status
from cpdesk.ui.gallery.price_samples import schedule_answers
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, LONG_NAMES, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.company.close_account import CloseAccountDialog
from cpdesk.ui.pages.company.company_form import CompanyForm
from cpdesk.ui.pages.company.export_account import ExportAccountDialog
from cpdesk.ui.pages.company.status_dialogs import ReopenAccountDialog, ResumeAccountDialog, SuspendAccountDialog
from cpdesk.ui.parts.discard_changes import DiscardChangesDialog
from cpdesk.ui.parts.erase_former import EraseFormerDialog, former_contacts
from cpdesk.ui.shell.page import Page
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.buttons import ButtonKind
from cpdesk.ui.widgets.forms import Form

_ALL = ("german", "large_text", "rtl")
Picture = tuple[QWidget, QDialog]
EXPORT_FILE = Path("/home/dana/contoso-freight.example-2026-11-23.zip")


def company_window(
    stage: Stage, shown: Company, session: Session = RESELLER, *, written: Exception | None = None, **answers: Any
) -> Window:
    """The page about a company; `answers` are those of `Accounts`, `written` is why an export fails."""
    known = {"company": shown, "closing": CLOSING} | answers
    made = AccountExport(EXPORT_FILE, shown.account.name, {"users": 42})
    exports = StandIn(AccountExports, write=written or made)
    gone = [Former("Cy Adams", "cy.adams@contoso-freight.example"), Former("Dee Brown", "")]
    erased = Done(Erased("Erased contact 1", 2, 0, purged=True, backups=9), topics.EVERYTHING)
    former = StandIn(ErasingFormer, contacts=gone, erase_contact=erased)
    bundle = services(
        accounts=StandIn(Accounts, **known), prices=schedule_answers(), account_exports=exports, erasing_former=former
    )
    return stage.window(all_pages(), "edit_company", services=bundle, session=session, account=shown.account.id)


def _page(window: Window) -> Page:
    assert window.page is not None
    return window.page


def _form(window: Window) -> Form:
    form = window.findChildren(CompanyForm)[-1].findChildren(Form)[0]
    assert isinstance(form, Form)
    return form


@scene("edit_company", variants=_ALL)
def edit_company(stage: Stage) -> QWidget:
    """A new account: everything can still be changed."""
    return company_window(stage, FRESH)


def _exporting(stage: Stage) -> tuple[QWidget, ExportAccountDialog]:
    window = company_window(stage, COMPANY)
    dialog = ExportAccountDialog(_page(window), _page(window).context, COMPANY.account, EXPORT_FILE)
    dialog.open()
    return window, dialog


@scene("export_account", variants=_ALL)
def export_account(stage: Stage) -> Picture:
    """What will be in the file of the account."""
    return _exporting(stage)


@scene("export_account_progress", variants=("german",))
def export_account_progress(stage: Stage) -> Picture:
    """A large account."""
    window, dialog = _exporting(stage)
    dialog.tell((4, 10))
    dialog.show_line()
    return window, dialog


@scene("former_contacts", variants=_ALL)
def former_contacts_chosen(stage: Stage) -> Picture:
    """One is chosen; it has to be typed in."""
    window = company_window(stage, COMPANY)
    page = _page(window)
    dialog = EraseFormerDialog(page, page.context, former_contacts(page.context, COMPANY.account))
    dialog.ask()
    dialog.table.select("cy.adams@contoso-freight.example")
    return window, dialog


@scene("edit_company_fixed", variants=_ALL)
def edit_company_fixed(stage: Stage) -> QWidget:
    """Currency and time zone are fixed, each with its reason."""
    return company_window(stage, COMPANY)


@scene("edit_company_zone_waits", variants=("german",))
def edit_company_zone_waits(stage: Stage) -> QWidget:
    """A new time zone counts from the next month."""
    return company_window(stage, replace(FRESH, zone_change=ZoneChange("Europe/Berlin", date(2026, 12, 1))))


@scene("edit_company_changed", variants=("german", "large_text"))
def edit_company_changed(stage: Stage) -> QWidget:
    """Something is changed and not saved."""
    window = company_window(stage, FRESH)
    _form(window).set_values({"name": "Contoso Freight & Rail"})
    return window


@scene("edit_company_refused", variants=("german",))
def edit_company_refused(stage: Stage) -> QWidget:
    """The domain is another account's."""
    refusal = UserError("domain_taken", domain="adatum.example")
    window = company_window(stage, FRESH, edit=refusal)
    _form(window).set_values({"domain": "adatum.example"})
    saves = [one for one in _page(window).findChildren(QWidget) if one.property("kind") == ButtonKind.PRIMARY.value]
    saves[-1].click()  # type: ignore[attr-defined]
    return window


@scene("edit_company_auditor", variants=_ALL)
def edit_company_auditor(stage: Stage) -> QWidget:
    """To be read."""
    return company_window(stage, COMPANY, AUDITOR)


@scene("edit_company_customer", variants=_ALL)
def edit_company_customer(stage: Stage) -> QWidget:
    """A customer's own administrator: no domain, no currency, no time zone, no status to change."""
    return company_window(stage, COMPANY, CUSTOMER)


@scene("edit_company_suspended", variants=_ALL)
def edit_company_suspended(stage: Stage) -> QWidget:
    """Nothing grows."""
    return company_window(stage, SUSPENDED)


@scene("edit_company_closed", variants=_ALL)
def edit_company_closed(stage: Stage) -> QWidget:
    """Nothing is left but its statements."""
    return company_window(stage, CLOSED)


@scene("edit_company_long_names", variants=("large_text", "rtl"))
def edit_company_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    return company_window(stage, replace(COMPANY, account=LONG_NAMES[0]))


@scene("edit_company_error")
def edit_company_error(stage: Stage) -> QWidget:
    """It cannot be read."""
    trouble = KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db")
    return company_window(stage, COMPANY, company=trouble)


@scene("discard_changes", variants=_ALL)
def discard_changes(stage: Stage) -> Picture:
    """Leaving with changes that are not saved."""
    window = company_window(stage, FRESH)
    _form(window).set_values({"name": "Contoso Freight & Rail"})
    text = _("What was changed in Edit Company is lost when the page is left.")
    return window, DiscardChangesDialog(window, FRESH.account, text)


@scene("suspend_account", variants=_ALL)
def suspend_account(stage: Stage) -> Picture:
    """What goes on, and what does not."""
    window = company_window(stage, COMPANY)
    return window, SuspendAccountDialog(window, _page(window).context, CONTOSO)


@scene("resume_account", variants=_ALL)
def resume_account(stage: Stage) -> Picture:
    """Open again."""
    window = company_window(stage, SUSPENDED)
    return window, ResumeAccountDialog(window, _page(window).context, SUSPENDED.account)


@scene("reopen_account", variants=_ALL)
def reopen_account(stage: Stage) -> Picture:
    """How it comes back."""
    window = company_window(stage, CLOSED)
    return window, ReopenAccountDialog(window, _page(window).context, CLOSED)


@scene("reopen_account_refused", variants=("german",))
def reopen_account_refused(stage: Stage) -> Picture:
    """The domain is another account's by now."""
    window = company_window(stage, CLOSED, reopen=UserError("domain_taken", domain=CLOSED.account.domain))
    dialog = ReopenAccountDialog(window, _page(window).context, CLOSED)
    dialog.reopen.click()
    return window, dialog


def _close(stage: Stage, **answers: Any) -> tuple[Window, CloseAccountDialog]:
    window = company_window(stage, COMPANY, **answers)
    dialog = CloseAccountDialog(window, _page(window).context, CONTOSO)
    dialog.ask()
    return window, dialog


@scene("close_account", variants=_ALL)
def close_account(stage: Stage) -> Picture:
    """Everything that is lost."""
    return _close(stage)


@scene("close_account_typed", variants=("german",))
def close_account_typed(stage: Stage) -> Picture:
    """The domain is typed in."""
    window, dialog = _close(stage)
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.why.set_values({"reason": "Ticket 4711"})
    return window, dialog


@scene("close_account_changed", variants=_ALL)
def close_account_changed(stage: Stage) -> Picture:
    """Seats were released meanwhile."""
    now = replace(CLOSING, released=CLOSING.released[:-1], users=73)
    refusal = UserError("closing_changed", account=CONTOSO.name, forecast=now)
    window, dialog = _close(stage, close=refusal)
    dialog.form.set_values({"domain": CONTOSO.domain})
    dialog.close_it.click()
    return window, dialog


@scene("close_account_empty")
def close_account_empty(stage: Stage) -> Picture:
    """Nothing is held."""
    nothing = replace(CLOSING, account=with_status(CONTOSO, Status.ACTIVE), released=(), users=0, ends_switch=None)
    return _close(stage, closing=nothing)


@scene("close_account_error")
def close_account_error(stage: Stage) -> Picture:
    """What it does cannot be computed."""
    return _close(stage, closing=KnownError("database_locked", path="cpdesk.sqlite3"))
