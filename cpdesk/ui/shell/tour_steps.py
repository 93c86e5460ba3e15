"""The steps of the tour of the switch: where each is taken, what it points at, and how it is done.

Which step is next follows from what is seen: whoever goes another way, or goes on alone, finds the tour there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.ui.widgets.band import Band
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.layout import Text
from cpdesk.ui.widgets.list_view import ListView
from cpdesk.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from cpdesk.domain.rows import AccountRow
    from cpdesk.ui.shell.window import Window

AnyWidget = TypeVar("AnyWidget", bound=QWidget)

Spot = tuple[QWidget, QRect]
"""A widget, and the part of it that is meant, in its own coordinates."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of the account that the tour is about."""

    window: "Window"
    account: "AccountRow"
    next_month: QPushButton
    """Moves the demo's clock to the first of the next month."""

    def is_at(self, key: str) -> bool:
        """Whether the page of a key is open, for this account if it is about one."""
        place = self.window.place
        return place is not None and place.key == key and place.account in (None, self.account.id)

    def first(self, kind: type[AnyWidget]) -> AnyWidget | None:
        """The first widget of a kind that is seen on the page."""
        found = self.window.page.findChildren(kind) if self.window.page is not None else []
        return next((widget for widget in found if widget.isVisible()), None)

    def dialog(self) -> ModalDialog | None:
        """The confirmation, while it is open."""
        dialogs = self.window.findChildren(ModalDialog)
        return next((one for one in dialogs if one.isVisible() and button(one, _("Yes, Change"))), None)

    def is_at_tools(self) -> bool:
        """Whether the Tools tab is open."""
        tabs = self.first(Tabs)
        return self.is_at("services") and tabs is not None and tabs.current == "tools"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour."""

    title: Text
    text: Callable[[Sight], str]
    reached: Callable[[Sight], bool]
    """Whether it is this step's turn, if no later one says so."""
    spot: Callable[[Sight], Spot | None]
    """What it is about, if that is seen."""
    act: Callable[[Sight], object] | None = None
    """Does what the step asks for; None where there is nothing left to do."""
    aside: bool = False
    """Whether the callout keeps to the corner: beside the spot it would hide what it speaks of."""


def button(parent: QWidget, text: str) -> QPushButton | None:
    """The button with a text that is seen in a widget."""
    return next((one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible()), None)


def current_step(sight: Sight) -> int:
    """The number of the step whose turn it is."""
    return max(number for number, step in enumerate(STEPS) if step.reached(sight))


def _whole(widget: QWidget | None) -> Spot | None:
    return (widget, widget.rect()) if widget is not None else None


def _account_line(sight: Sight) -> Spot | None:
    accounts = sight.first(ListView) if sight.is_at("customers") else None
    if accounts is None or not accounts.select(sight.account.id):
        return None
    line = accounts.visualRect(accounts.currentIndex())
    line.setLeft(0)
    line.setRight(accounts.viewport().width())
    return accounts.viewport(), line


def _tools_tab(sight: Sight) -> Spot | None:
    tabs = sight.first(Tabs)
    if tabs is None:
        return None
    texts = [tabs.bar.tabText(place) for place in range(tabs.bar.count())]
    return (tabs.bar, tabs.bar.tabRect(texts.index(_("Tools")))) if _("Tools") in texts else None


def _edit(sight: Sight) -> QPushButton | None:
    return button(sight.window.page, _("Edit")) if sight.window.page is not None else None


def _open_tools(sight: Sight) -> None:
    sight.window.navigate("services", account=sight.account.id, tab="tools")


def _press_edit(sight: Sight) -> None:
    edit = _edit(sight)
    if edit is not None:
        edit.click()


def _confirm(sight: Sight) -> None:
    dialog = sight.dialog()
    yes = button(dialog, _("Yes, Change")) if dialog is not None else None
    if dialog is None or yes is None:
        return
    for box in dialog.findChildren(QCheckBox):
        if box.isVisible() and not box.isChecked():
            box.click()
    yes.click()


def _pending_text(sight: Sight) -> str:
    pending = sight.account.pending
    if pending is None:  # it is read again, and has come true
        return _("Until it took effect every seat stayed billable, and nobody could have made it earlier.")
    return _(
        "It takes effect on {date}. Until then every seat stays billable, and nobody can make it earlier; "
        "“Keep Purchase Mode” withdraws it. In this demo you need not wait: “First of next month” moves the clock."
    ).format(date=format_date(pending.effective_on))


STEPS = (
    Step(
        lambda: _("Open a customer"),
        lambda sight: _(
            "{account} is in Purchase Mode: it has bought a pool of seats and pays for all of them. "
            "Open it: a double click, or Enter."
        ).format(account=sight.account.name),
        lambda _sight: True,
        _account_line,
        lambda sight: sight.window.navigate("my_services", account=sight.account.id),
    ),
    Step(
        lambda: _("Open its Microsoft 365 services"),
        lambda _sight: _("Microsoft Office 365 leads to the subscriptions, the users and the tools of this customer."),
        lambda sight: sight.is_at("my_services"),
        lambda sight: _whole(sight.first(Band)),
        lambda sight: sight.window.navigate("services", account=sight.account.id),
    ),
    Step(
        lambda: _("Go to Tools"),
        lambda _sight: _("The billing mode has its place on the Tools tab."),
        lambda sight: sight.is_at("services"),
        _tools_tab,
        _open_tools,
    ),
    Step(
        lambda: _("Change the billing mode"),
        lambda _sight: _("Press “Edit”. Nothing changes yet: first you see what the change would do."),
        lambda sight: sight.is_at_tools() and sight.account.mode is Mode.PURCHASE,
        lambda sight: _whole(_edit(sight)),
        _press_edit,
    ),
    Step(
        lambda: _("Read what will happen, and confirm"),
        lambda _sight: _(
            "When it takes effect, which seats leave, what will be lost: all worked out for this customer. "
            "Tick what asks for it, then press “Yes, Change”."
        ),
        lambda sight: sight.dialog() is not None,
        lambda sight: _whole(sight.dialog()),
        _confirm,
    ),
    Step(
        lambda: _("The change is pending"),
        _pending_text,
        lambda sight: sight.account.pending is not None,
        lambda sight: _whole(sight.next_month),
        lambda sight: sight.next_month.click(),
        aside=True,
    ),
    Step(
        lambda: _("Usage Mode is active"),
        lambda _sight: _(
            "The seats that nobody held have left, and from now on seats follow the licenses that users have. "
            "That was the tour: everything here is yours to try."
        ),
        lambda sight: sight.account.mode is Mode.USAGE,
        lambda sight: _whole(sight.first(Card)) if sight.is_at_tools() else None,
    ),
)
"""In their order. A step whose turn it is comes after all others that could be."""
