"""Erasing former contacts and operators in the window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.domain.erasing import Erased, Former
from cpdesk.domain.rows import Done
from cpdesk.services.erasing_former import ErasingFormer
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO
from cpdesk.ui.gallery.scenes_operators import GONE, operator_services
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.pages.operators.page import OperatorsPage
from cpdesk.ui.parts.erase_former import EraseFormerDialog, former_contacts
from cpdesk.ui.shell.window import Window


def opened(window: Window) -> EraseFormerDialog:
    assert isinstance(window.page, OperatorsPage)
    window.page.former.click()
    (dialog,) = window.findChildren(EraseFormerDialog)
    return dialog


def test_one_is_chosen_typed_in_and_erased(
    open_page: Callable[..., Window], assert_accessible: Callable[[QWidget], None]
) -> None:
    given: Any = operator_services()
    window = open_page("operators", given)
    dialog = opened(window)
    assert_accessible(dialog)
    assert not dialog.erase.isEnabled()
    dialog.table.select(GONE[0].known_as)
    dialog.form.set_values({"who": GONE[1].known_as})
    dialog.erase.click()
    assert not dialog.erase.isEnabled()
    dialog.form.set_values({"who": GONE[0].known_as.upper()})
    dialog.why.set_values({"reason": "DSR-9"})
    dialog.erase.click()
    (call,) = [call for call in given.erasing_former.calls if call[0] == "erase_operator"]
    assert call[1][1:] == (GONE[0].known_as,)
    assert call[2]["reason"] == "DSR-9"
    told = " ".join(window.notices.texts())
    assert "erased.operator.482113" in told
    assert "40 entries of the audit log keep the address" in told
    assert GONE[0].known_as not in told


def test_where_nobody_left_nothing_is_offered_but_to_close(open_page: Callable[..., Window]) -> None:
    dialog = opened(open_page("operators", operator_services(gone=())))
    assert dialog.none.isVisible()
    assert not dialog.erase.isVisible()
    assert dialog.leave.text() == "Close"


def test_an_auditor_is_not_offered_it(open_page: Callable[..., Window]) -> None:
    page = open_page("operators", operator_services(), session=AUDITOR).page
    assert isinstance(page, OperatorsPage)
    assert not page.former.isVisible()


def test_former_contacts_are_erased_in_their_account(open_page: Callable[..., Window]) -> None:
    given: Any = operator_services()
    cy = Former("Cy Adams", "")
    done = Done(Erased("Erased contact 1", 2, 0, False, 0), frozenset[str]())
    given.erasing_former = StandIn(ErasingFormer, contacts=[cy], erase_contact=done)
    window = open_page("operators", given)
    assert window.page is not None
    dialog = EraseFormerDialog(window.page, window.page.context, former_contacts(window.page.context, CONTOSO))
    dialog.ask()
    dialog.table.select("Cy Adams")
    dialog.form.set_values({"who": "cy adams"})
    dialog.erase.click()
    (call,) = [call for call in given.erasing_former.calls if call[0] == "erase_contact"]
    assert call[1][1:] == (CONTOSO.id, "Cy Adams")
