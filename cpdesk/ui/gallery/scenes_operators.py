"""The page of the operators and its dialogs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import topics
from cpdesk.domain.erasing import Erased, Former
from cpdesk.domain.operators import OperatorRow, Role, Session
from cpdesk.domain.rows import Done
from cpdesk.services.accounts import Accounts
from cpdesk.services.erasing_former import ErasingFormer
from cpdesk.services.factors import SecondFactors
from cpdesk.services.operators import Operators
from cpdesk.ui.context import PageContext
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.operators.add_operator import AddOperatorDialog
from cpdesk.ui.pages.operators.operator_dialogs import ChangeRoleDialog, RemoveOperatorDialog, ResetFactorDialog
from cpdesk.ui.pages.operators.password_dialog import ResetPasswordDialog
from cpdesk.ui.parts.change_password import ChangePasswordDialog
from cpdesk.ui.parts.erase_former import EraseFormerDialog, former_operators
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.table import DataTable

_ALL = ("german", "large_text", "rtl")

DANA = OperatorRow(RESELLER.operator_id, RESELLER.email, Role.RESELLER, None, None)
ROBIN = OperatorRow(AUDITOR.operator_id, AUDITOR.email, Role.AUDITOR, None, None, second_factor=True)
MORGAN = OperatorRow(3, "morgan.ellis@contoso-freight.example", Role.CUSTOMER, CONTOSO.id, CONTOSO.name)
KIM = OperatorRow(4, "kim.osei@reseller.example", Role.RESELLER, None, None)
OPERATORS = (DANA, ROBIN, MORGAN, KIM)
GONE = tuple(
    Former(email, email, datetime(2026, month, 12, 9, 30, tzinfo=UTC))
    for month, email in ((10, "alex.wong@reseller.example"), (6, "sam.lindqvist@reseller.example"))
)
ERASED = Erased("erased.operator.482113", 312, 2, True, 9, 40)


def many_operators(number: int) -> tuple[OperatorRow, ...]:
    """As many as a reseller has whose customers all sign in themselves."""
    places = range(10, number + 10)
    named = ((place, ACCOUNTS[place % len(ACCOUNTS)]) for place in places)
    return tuple(
        OperatorRow(place, f"admin.{place}@{account.domain}", Role.CUSTOMER, account.id, account.name)
        for place, account in named
    )


def operator_services(
    rows: Sequence[OperatorRow] | Exception = OPERATORS, gone: Sequence[Former] = GONE, **answers: Any
) -> Any:
    """Services that know these operators; `answers` replace methods of `Operators`."""
    known: dict[str, Any] = {
        "rows": rows,
        "add": Done(KIM, topics.OPERATORS),
        "change_role": Done(KIM, topics.OPERATORS),
        "reset_password": Done(None, topics.OPERATORS),
        "remove": Done(None, topics.OPERATORS),
        "change_own_password": Done(None, topics.OPERATORS),
        **answers,
    }
    accounts = StandIn(Accounts, rows=list(ACCOUNTS))
    factors = StandIn(SecondFactors, reset=Done(None, topics.OPERATORS))
    former = StandIn(ErasingFormer, operators=list(gone), erase_operator=Done(ERASED, topics.OPERATORS))
    return services(operators=StandIn(Operators, **known), accounts=accounts, factors=factors, erasing_former=former)


def _page(stage: Stage, bundle: Any, session: Session = RESELLER) -> Window:
    return stage.window(all_pages(), "operators", services=bundle, session=session)


def _selected(window: Window, row: OperatorRow) -> Window:
    table = window.findChild(DataTable)
    assert isinstance(table, DataTable)
    table.select(row.id)
    return window


@scene("operators", variants=_ALL)
def operators(stage: Stage) -> QWidget:
    """Somebody of each role, one selected."""
    return _selected(_page(stage, operator_services()), MORGAN)


@scene("operators_one", variants=("german",))
def operators_one(stage: Stage) -> QWidget:
    """Right after set-up."""
    return _selected(_page(stage, operator_services((DANA,))), DANA)


@scene("operators_thousands")
def operators_thousands(stage: Stage) -> QWidget:
    """Each customer has administrators."""
    return _page(stage, operator_services((*OPERATORS, *many_operators(2000))))


@scene("operators_error")
def operators_error(stage: Stage) -> QWidget:
    """The list cannot be read."""
    return _page(stage, operator_services(KnownError("database_locked", path="/home/dana/.local/share/cpdesk")))


@scene("operators_auditor")
def operators_auditor(stage: Stage) -> QWidget:
    """Reads everything, changes nothing."""
    return _page(stage, operator_services(), AUDITOR)


def _context(window: Window) -> PageContext:
    assert window.page is not None
    return window.page.context


def _add(stage: Stage, **answers: Any) -> tuple[Window, AddOperatorDialog]:
    window = _page(stage, operator_services(**answers))
    dialog = AddOperatorDialog(window, _context(window))
    dialog.form.set_values({"email": KIM.email})
    return window, dialog


@scene("operator_add", variants=_ALL)
def operator_add(stage: Stage) -> Picture:
    """An auditor, with a password that the program makes."""
    return _add(stage)


@scene("operator_add_customer", variants=("german",))
def operator_add_customer(stage: Stage) -> Picture:
    """A customer administrator without an account, and a password that is too short."""
    window, dialog = _add(stage)
    dialog.roles.set_value(Role.CUSTOMER, None)
    dialog.choice.choose()
    dialog.add.click()
    return window, dialog


@scene("operator_add_refused")
def operator_add_refused(stage: Stage) -> Picture:
    """The address is somebody's already."""
    window, dialog = _add(stage, add=UserError("operator_exists", email=KIM.email))
    dialog.add.click()
    return window, dialog


@scene("operator_password_shown", variants=_ALL)
def operator_password_shown(stage: Stage) -> Picture:
    """The one time that a generated password is seen."""
    window, dialog = _add(stage)
    dialog.email = KIM.email
    dialog.show_password("ZK4M-TQ2H-PD7W-XN3C")
    return window, dialog


@scene("operator_change_role", variants=_ALL)
def operator_change_role(stage: Stage) -> Picture:
    """A customer administrator, as things stand."""
    window = _page(stage, operator_services())
    return window, ChangeRoleDialog(window, _context(window), MORGAN)


@scene("operator_set_password", variants=("german",))
def operator_set_password(stage: Stage) -> Picture:
    """For somebody who has lost theirs."""
    window = _page(stage, operator_services())
    return window, ResetPasswordDialog(window, _context(window), ROBIN)


@scene("operator_reset_factor", variants=_ALL)
def operator_reset_factor(stage: Stage) -> Picture:
    """For somebody who has lost the telephone and the codes."""
    window = _page(stage, operator_services())
    return window, ResetFactorDialog(window, _context(window), ROBIN)


@scene("operator_remove", variants=_ALL)
def operator_remove(stage: Stage) -> Picture:
    """What ends and what stays."""
    window = _page(stage, operator_services())
    return window, RemoveOperatorDialog(window, _context(window), MORGAN)


@scene("operator_remove_oneself")
def operator_remove_oneself(stage: Stage) -> Picture:
    """There is a second reseller administrator."""
    window = _page(stage, operator_services())
    return window, RemoveOperatorDialog(window, _context(window), DANA)


@scene("change_password", variants=_ALL)
def change_password(stage: Stage) -> Picture:
    """The own password, out of the operator's menu."""
    window = _page(stage, operator_services())
    return window, ChangePasswordDialog(window, _context(window))


@scene("change_password_refused", variants=("german",))
def change_password_refused(stage: Stage) -> Picture:
    """The present one is wrong."""
    window = _page(stage, operator_services(change_own_password=UserError("wrong_password")))
    dialog = ChangePasswordDialog(window, _context(window))
    dialog.form.set_values({"present": "wrong", "password": "a long sentence", "again": "a long sentence"})
    dialog.go.click()
    return window, dialog


def _former(stage: Stage, gone: Sequence[Former] = GONE) -> tuple[QWidget, EraseFormerDialog]:
    window = _page(stage, operator_services(gone=gone))
    page = window.page
    assert page is not None
    dialog = EraseFormerDialog(page, page.context, former_operators(page.context))
    dialog.ask()
    return window, dialog


@scene("former_operators", variants=_ALL)
def former_operators_chosen(stage: Stage) -> Picture:
    """One is chosen and typed in, and about to be erased."""
    window, dialog = _former(stage)
    dialog.table.select(GONE[0].known_as)
    dialog.form.set_values({"who": GONE[0].known_as})
    return window, dialog


@scene("former_operators_none", variants=("german",))
def former_operators_none(stage: Stage) -> Picture:
    """Nobody was removed."""
    return _former(stage, ())


@scene("former_operators_thousands")
def former_operators_thousands(stage: Stage) -> Picture:
    """Many were, over the years."""
    many = [Former(f"op{number}@reseller.example", "", GONE[0].removed_at) for number in range(3000)]
    return _former(stage, [Former(one.name, one.name, one.removed_at) for one in many])


@scene("former_operators_refused", variants=("german",))
def former_operators_refused(stage: Stage) -> Picture:
    """The reason names the one who is to be erased."""
    window, dialog = _former(stage)
    dialog.refused(UserError("erase_reason_names", upn=GONE[0].known_as))
    return window, dialog
