"""Choosing who gets the seats of users who leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.people import UserQuery, UserSort
from cpdesk.domain.rows import AccountRow, UserRow
from cpdesk.ui import theme
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.user_columns import user_columns
from cpdesk.ui.parts.user_reading import Listing, read_listing
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import account_line
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.check_table import PagedCheckTable
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.services.bundle import Services

_SORTS = {"licenses": UserSort.WAITING, "name": UserSort.NAME, "upn": UserSort.UPN}
"""First those without a license: they are most likely to wait for one."""
_ROWS, _FEW_ROWS = 8, 4
_TALL = 700
"""A window of this height has room for more than a few rows."""
_NAMES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom seats are sought for."""

    seats: int
    """How many can be handed on: as many users at most."""
    product: str = ""
    """Display name; nothing for the seats of all products."""
    part_number: str = ""
    """Who holds it is not offered."""
    leaving: frozenset[int] = frozenset()
    """Ids of those who leave, and are not offered either."""


class TakersDialog(ModalDialog):
    """Users of the account who lack the product, found by typing; those without any license come first."""

    help_topic = "users"
    chosen = Signal(object)
    """The users, as rows, just before the dialog closes."""

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        account: AccountRow,
        wanted: Wanted,
        taking: Sequence[UserRow] = (),
    ) -> None:
        """`taking`: who was chosen before."""
        super().__init__(parent, title_text(wanted), account_line(account.name, account.domain), width=880)
        self._context, self._account, self._wanted = context, account, wanted
        self._names: dict[str, str] = {}
        self._taking = {user.id: user for user in taking}
        self.search = SearchField(_("Search name or user principal name"))
        first, *others = user_columns(self._names)
        self.users: PagedCheckTable[UserRow] = PagedCheckTable(
            (replace(first, check=self._check, min_width=_NAMES), *others), _id_of, context.jobs, sortable=_SORTS
        )
        self.told = Label(role=TextRole.STRONG, wrap=True)
        self.leave = self.add_button(secondary(_("Leave it as it was")))
        self.take = self.add_button(primary(_("Hand on")))
        self._fill()
        self._wire()
        self._read()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        tall = self._window.height() >= theme.current().fonts.scaled(_TALL)
        self.users.least_rows = _ROWS if tall else _FEW_ROWS
        self.users.setMinimumHeight(self.users.sizeHint().height())
        self.users.setAccessibleName(_("Users"))
        self.search.setMaximumWidth(self.users.maximumWidth())
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (Label(about_text(self._wanted), wrap=True), self.search, self.users):
            self.content.addWidget(part)
        self.footer.addWidget(self.told)
        self.take.setDefault(True)
        self._show_chosen()

    def _wire(self) -> None:
        self.search.searched.connect(self._read)
        self.search.went_down.connect(self._on_went_down)
        self.users.order_changed.connect(self._read)
        self.users.toggled.connect(self._on_toggled)
        self.users.failed.connect(self._on_failed)
        self.leave.clicked.connect(self.reject)
        self.take.clicked.connect(self._on_take)

    def _read(self) -> None:
        key, descending = self.users.order
        query = UserQuery(
            self.search.text().strip(), lacks=self._wanted.part_number, sort=_SORTS[key], descending=descending
        )
        work = partial(_read, self._context.services, self._context.by, self._account.id, query, self._wanted.leaving)
        self._context.jobs.run(self, work, self._on_read, self._on_failed, key="takers")

    def _on_read(self, listing: Listing) -> None:
        self._names.update(listing.names)
        fetch = partial(self._context.services.users.some, self._context.by, listing.account_id)
        self.users.show_ids(listing.ids, fetch, listing.rows)
        self.users.empty.set(*nobody_texts(listing.query.text, self._wanted))

    def _on_failed(self, error: Exception) -> None:
        self.told.setText(sentence_of(error))

    def _on_went_down(self) -> None:
        if self.users.rows.rowCount():
            self.users.selectRow(max(self.users.currentIndex().row(), 0))
            self.users.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self, user: UserRow) -> Qt.CheckState:
        return Qt.CheckState.Checked if user.id in self._taking else Qt.CheckState.Unchecked

    def _on_toggled(self, user: UserRow) -> None:
        if user.id in self._taking:
            del self._taking[user.id]
        elif self._wanted.seats == 1:
            self._taking = {user.id: user}
        else:
            self._taking[user.id] = user
        self.users.rows.put(())  # the boxes are looked at anew
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.told.setText(chosen_text(tuple(self._taking.values()), self._wanted.seats))
        self.take.setEnabled(0 < len(self._taking) <= self._wanted.seats)
        if self.isVisible():
            self.fit()

    def _on_take(self) -> None:
        self.chosen.emit(tuple(self._taking.values()))
        self.accept()


def title_text(wanted: Wanted) -> str:
    """What is handed on."""
    if not wanted.product:
        return _("Hand on the freed seats")
    text = ngettext("Hand on {number} seat of {product}", "Hand on {number} seats of {product}", wanted.seats)
    return text.format(number=format_number(wanted.seats), product=wanted.product)


def about_text(wanted: Wanted) -> str:
    """Who is listed."""
    if not wanted.product:
        return _("Each of them gets every freed license that is lacking, as far as the seats go.")
    return _("Users who have no license of {product}, those without any license first.").format(product=wanted.product)


def nobody_texts(sought: str, wanted: Wanted) -> tuple[str, str]:
    """Title and text where nobody is listed."""
    if sought:
        text = _("No user has “{text}” in the name or the user principal name.")
        return _("No user found"), text.format(text=sought)
    if not wanted.product:
        return _("Nobody to hand them on to"), _("All users of this account leave.")
    text = _("All users of this account leave or have a license of {product} already.")
    return _("Nobody to hand it on to"), text.format(product=wanted.product)


def chosen_text(users: Sequence[UserRow], seats: int) -> str:
    """Who is chosen, of how many."""
    if not users:
        return ngettext("Choose who gets the seat.", "Choose up to {seats} users.", seats).format(
            seats=format_number(seats)
        )
    if len(users) > seats:
        return ngettext(
            "{users} users are chosen, but only {seats} seat becomes free.",
            "{users} users are chosen, but only {seats} seats become free.",
            seats,
        ).format(users=format_number(len(users)), seats=format_number(seats))
    return _("Chosen, {number} of {seats}: {names}").format(
        number=format_number(len(users)),
        seats=format_number(seats),
        names=format_list([user.display_name for user in users]),
    )


def _read(services: "Services", by: "Session", account_id: int, query: UserQuery, leaving: frozenset[int]) -> Listing:
    """Whom a query finds, without those who leave. Runs off the GUI thread."""
    listing = read_listing(services, by, account_id, query)
    ids = tuple(user_id for user_id in listing.ids if user_id not in leaving)
    return replace(listing, ids=ids)


def _id_of(user: UserRow) -> int:
    return user.id
