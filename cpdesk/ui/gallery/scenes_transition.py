"""Importing users: file, products, preview, import."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QScrollBar, QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.plan import ImportPlan
from cpdesk.ui.gallery.import_samples import E3, VISIO, SampleImport
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER, account
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.transition.add_product import AddProductDialog
from cpdesk.ui.pages.transition.page import TransitionPage
from cpdesk.ui.pages.transition.preview_rows import FOREIGN
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.scrolled import Scrolled

_ALL = ("german", "large_text", "rtl")
_USAGE = account("Northwind Traders", "northwind.example", users=2, seats=2)
_POOL = account("Contoso Freight", "contoso-freight.example", Mode.PURCHASE, users=2, seats=5, assigned=2)
_FRESH = account("Relecloud", "relecloud.example", active=False)
_ANSWERS = {"visio plan 1": VISIO.guid, "contoso loyalty suite": SKIP}
_FOLDER = Path(tempfile.gettempdir()) / "cpdesk-gallery"
_FILE = _FOLDER / "users_11_20_2026.csv"


def _page(stage: Stage, of: SampleImport, session: Session = RESELLER, **answers: Any) -> tuple[Window, TransitionPage]:
    services = of.services(**answers)
    window = stage.window(all_pages(), "transition", services=services, session=session, account=of.account.id)
    page = window.page
    assert isinstance(page, TransitionPage)
    return window, page


def _with_file(
    stage: Stage, of: SampleImport, session: Session = RESELLER, **answers: Any
) -> tuple[Window, TransitionPage]:
    window, page = _page(stage, of, session, **answers)
    _FOLDER.mkdir(exist_ok=True)
    _FILE.write_text("Display name,User principal name,Licenses\n" * 40, encoding="utf-8")
    page.steps.file.drop.take(_FILE)
    return window, page


def _at_products(
    stage: Stage, of: SampleImport, session: Session = RESELLER, **answers: Any
) -> tuple[Window, TransitionPage]:
    window, page = _with_file(stage, of, session, **answers)
    page.wizard.go_next()
    return window, page


def _at_preview(stage: Stage, of: SampleImport) -> tuple[Window, TransitionPage]:
    window, page = _at_products(stage, of)
    page.steps.products.answers.update(_ANSWERS)
    for use in page.steps.products.unanswered():
        page.steps.products.answer(use, SKIP)
    page.wizard.go_next()
    return window, page


def _show_at_the_end(page: TransitionPage) -> None:
    """Scroll down, once the step is seen and has got its height."""
    QTimer.singleShot(0, page, partial(_scroll_down, page))


def _scroll_down(page: TransitionPage) -> None:
    area = page.steps.preview.parentWidget()
    while area is not None and not isinstance(area, Scrolled):
        area = area.parentWidget()
    assert area is not None
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(partial(_to_end, bar))
    _to_end(bar, 0, bar.maximum())


def _to_end(bar: QScrollBar, _least: int, most: int) -> None:
    bar.setValue(most)


@scene("transition_file", variants=_ALL)
def transition_file(stage: Stage) -> QWidget:
    """No file yet."""
    return _page(stage, SampleImport(_USAGE))[0]


@scene("transition_file_chosen", variants=_ALL)
def transition_file_chosen(stage: Stage) -> QWidget:
    """A file whose encoding is plain."""
    return _with_file(stage, SampleImport(_USAGE))[0]


@scene("transition_file_doubt", variants=_ALL)
def transition_file_doubt(stage: Stage) -> QWidget:
    """A file that does not say how it is encoded."""
    return _with_file(stage, SampleImport(_FRESH, certain=False))[0]


@scene("transition_file_error", variants=_ALL)
def transition_file_error(stage: Stage) -> QWidget:
    """A file with a mistake in it."""
    wrong = UserError("upn_invalid", file=_FILE.name, row=14, column="User principal name", value="adele vance")
    return _with_file(stage, SampleImport(_USAGE), inspect=wrong)[0]


@scene("transition_auditor")
def transition_auditor(stage: Stage) -> QWidget:
    """Seen by who changes nothing."""
    return _page(stage, SampleImport(_USAGE), AUDITOR)[0]


@scene("transition_error")
def transition_error(stage: Stage) -> QWidget:
    """The account is gone."""
    window, page = _page(stage, SampleImport(_USAGE))
    page.context.services.accounts.answers["show"] = UserError("unknown_account", text="4711")  # type: ignore[attr-defined]
    page.refresh()
    return window


@scene("transition_products", variants=_ALL)
def transition_products(stage: Stage) -> QWidget:
    """Matched names, one that several products share, and one that no product has."""
    return _at_products(stage, SampleImport(_USAGE))[0]


@scene("transition_products_many")
def transition_products_many(stage: Stage) -> QWidget:
    """More names than fit."""
    return _at_products(stage, SampleImport(_USAGE, people=120, more_names=60))[0]


@scene("transition_products_customer")
def transition_products_customer(stage: Stage) -> QWidget:
    """As the customer's own administrator, who maps and skips."""
    own = replace(_POOL, id=CUSTOMER.account_id or 0)
    return _at_products(stage, SampleImport(own), CUSTOMER)[0]


@scene("transition_add_product", variants=_ALL)
def transition_add_product(stage: Stage) -> tuple[QWidget, QDialog]:
    """A name becomes a product."""
    window, page = _at_products(stage, SampleImport(_USAGE))
    return window, AddProductDialog(page, page.context, "Contoso Loyalty Suite", ())


@scene("transition_add_product_published")
def transition_add_product_published(stage: Stage) -> tuple[QWidget, QDialog]:
    """A name that Microsoft publishes for two products."""
    window, page = _at_products(stage, SampleImport(_USAGE))
    return window, AddProductDialog(page, page.context, "Visio Plan 1", (VISIO, E3))


@scene("transition_preview", variants=_ALL)
def transition_preview(stage: Stage) -> QWidget:
    """What the import does, in Usage Mode."""
    return _at_preview(stage, SampleImport(_USAGE))[0]


@scene("transition_preview_foreign", variants=_ALL)
def transition_preview_foreign(stage: Stage) -> QWidget:
    """Perhaps the file of another customer."""
    window, page = _at_preview(stage, SampleImport(_USAGE, domain="contoso-freight.example"))
    page.steps.preview.rows.show_kind(FOREIGN)
    return window


@scene("transition_preview_missing", variants=_ALL)
def transition_preview_missing(stage: Stage) -> QWidget:
    """In Purchase Mode the pool lacks seats."""
    return _at_preview(stage, SampleImport(_POOL, pool=1))[0]


@scene("transition_preview_thousands")
def transition_preview_thousands(stage: Stage) -> QWidget:
    """A large tenant."""
    return _at_preview(stage, SampleImport(_FRESH, people=4000))[0]


@scene("transition_preview_one")
def transition_preview_one(stage: Stage) -> QWidget:
    """A single user."""
    return _at_preview(stage, SampleImport(_FRESH, people=1))[0]


@scene("transition_preview_nothing")
def transition_preview_nothing(stage: Stage) -> QWidget:
    """The account is as the file has it."""
    report = SampleImport(_USAGE).report()
    totals = tuple(replace(line, seats_after=line.seats, assigned_after=line.assigned) for line in report.totals)
    plan = ImportPlan((), report.plan.skipped)
    same = replace(report, plan=plan, names=(), totals=totals, blocked=(), not_assignable=())
    window, page = _at_products(stage, SampleImport(_USAGE), preview=same)
    page.wizard.go_next()
    return window


@scene("transition_products_none")
def transition_products_none(stage: Stage) -> QWidget:
    """A file whose users have no licenses."""
    report = replace(SampleImport(_USAGE).report(), names=())
    return _at_products(stage, SampleImport(_USAGE), preview=report)[0]


@scene("transition_preview_rows", variants=_ALL)
def transition_preview_rows(stage: Stage) -> QWidget:
    """The rows, and one of them field by field."""
    window, page = _at_preview(stage, SampleImport(_POOL, pool=1))
    page.steps.preview.rows.table.select(2)
    _show_at_the_end(page)
    return window


@scene("transition_running", variants=_ALL)
def transition_running(stage: Stage) -> QWidget:
    """The import is under way."""
    window, page = _at_preview(stage, SampleImport(_POOL, pool=1))
    page.wizard.step_changed.disconnect()
    page.wizard.go("import")
    page.wizard.cancel_button.hide()
    page.wizard.hold("import", "The import is running.")
    page.steps.result.begin(_FILE.name)
    page.steps.result.work.show_progress(620)
    return window


@scene("transition_result", variants=_ALL)
def transition_result(stage: Stage) -> QWidget:
    """The import is done."""
    window, page = _at_preview(stage, SampleImport(_POOL, pool=1))
    page.wizard.go_next()
    return window
