"""The list of an account's users, as long as it may be: search, filters, rows, and why there are none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.people import UserFilter, UserQuery
from cpdesk.domain.rows import UserRow
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.parts.user_columns import SORTS, user_columns
from cpdesk.ui.parts.user_narrowing import UserNarrowing
from cpdesk.ui.parts.user_reading import Listing, UserFacts, read_facts, read_listing
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.paged_table import PagedTable

UserActions = Callable[[Sequence[int]], Sequence[Action]]
"""What can be done with users, by their ids."""


class UserList(QWidget):
    """The page around it reads (`asking`, `reading`) and hands over what came of it (`show_listing`, `show_facts`)."""

    query_changed = Signal()
    """Another search, filter or order: `asking` and `show_listing` again."""
    opened = Signal(object)
    """Enter or a double click on the row of a user."""

    def __init__(
        self,
        context: PageContext,
        name: str,
        actions: UserActions,
        *,
        by_product: bool = False,
        general: Callable[[], Sequence[Action]] = tuple,
    ) -> None:
        """`name` is under which the columns and the filters are remembered.

        `general` is what can be done whoever is selected.
        """
        super().__init__()
        self._context = context
        self._actions = actions
        self._general = general
        self._facts: UserFacts | None = None
        self._listing: Listing | None = None
        self._names: dict[str, str] = {}
        self.narrowing = UserNarrowing(context.settings, name, by_product=by_product)
        self.selected = Label(role=TextRole.CAPTION)
        self.gear = gear_menu("")
        self.table: PagedTable[UserRow] = PagedTable(
            user_columns(self._names),
            _id_of,
            context.jobs,
            sortable=SORTS,
            name=name,
            settings=context.settings,
        )
        self.empty = EmptyState(icon="users")
        # Beside the list, not in it: a screen reader sees nothing in a table but its cells.
        self._nothing = Card()
        self._list = ListCard(self.table)
        self._build()
        self._wire()

    def query(self) -> UserQuery:
        """What the list is to show."""
        key, descending = self.table.order
        return replace(self.narrowing.query(), sort=SORTS[key], descending=descending)

    def asking(self, account_id: int) -> Callable[[], Listing]:
        """Work that reads which users there are; `show_listing` takes its result."""
        return partial(read_listing, self._context.services, self._context.by, account_id, self.query())

    def reading(self, account_id: int) -> Callable[[], UserFacts]:
        """Work that reads what stands around the list; `show_facts` takes its result."""
        return partial(read_facts, self._context.services, self._context.by, account_id)

    def show_listing(self, listing: Listing) -> None:
        """Show the users that a query found; what is selected stays selected."""
        searched = self._listing is not None and listing.query != self._listing.query
        self._listing = listing
        self._names.update(listing.names)
        fetch = partial(self._context.services.users.some, self._context.by, listing.account_id)
        self.table.show_ids(listing.ids, fetch, listing.rows)
        if searched:
            self.table.scrollToTop()
        self._list.setVisible(bool(listing.ids))
        self._show_nothing()
        self._on_selection_changed()

    def show_facts(self, facts: UserFacts) -> None:
        """Show what stands around the list."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        facts = self._facts
        self.narrowing.set_counts(facts.counts if facts else {})
        self.narrowing.set_products(facts.held if facts else ())
        self.table.setAccessibleName(_("Users"))
        self._show_nothing()
        self._on_selection_changed()

    def _build(self) -> None:
        self._nothing.body.addWidget(self.empty)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._nothing.hide()
        for part in (self.selected, self.gear):
            self.narrowing.line.addWidget(part)
        self.table.set_row_actions(self._offered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.narrowing)
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing)
        column.addStretch()

    def _wire(self) -> None:
        self.narrowing.narrowed.connect(self.query_changed)
        self.narrowing.went_down.connect(self._on_went_down)
        self.table.order_changed.connect(self.query_changed)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.row_activated.connect(self.opened)
        self.table.failed.connect(self._on_failed)

    def _offered(self) -> Sequence[Action]:
        return self._actions(self.table.selected_ids())

    def _on_selection_changed(self) -> None:
        number = self.table.selected_count()
        self.selected.setText(selected_text(number, self.table.rows.total) or self._found_text())
        actions = (*(self._offered() if number else ()), *self._general())
        self.gear.setEnabled(bool(actions))
        self.gear.rename(_("Actions for the selected users") if number else _("Actions for users"))
        self.gear.set_actions(actions)

    def _on_went_down(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.error(sentence_of(error))

    def _show_nothing(self) -> None:
        """Where the list is empty, say why; that is known once the account is."""
        empty = self._listing is not None and not self._listing.ids and self._facts is not None
        self._nothing.setVisible(empty)
        sought = self._is_narrowed() and self._anybody()
        self.narrowing.setVisible(not empty or sought)
        if not empty or self._listing is None:
            return
        if sought:
            text, clear = not_found_text(self._listing.query), Action(_("Clear search"), self.narrowing.clear)
            self.empty.set(_("No user found"), text, clear)
        else:
            self.empty.set(*self._nobody())

    def _found_text(self) -> str:
        """How many of the account's users are shown, where that is not all of them."""
        if self._facts is None or not self._is_narrowed() or not self.table.rows.total:
            return ""
        return found_text(self.table.rows.total, self._facts.counts.get(UserFilter.ALL, 0))

    def _anybody(self) -> bool:
        """Whether the account has users at all: where it has none, filters that were remembered are not to blame."""
        return self._facts is None or self._facts.counts.get(UserFilter.ALL, 1) > 0

    def _is_narrowed(self) -> bool:
        return self._listing is not None and is_narrowed(self._listing.query)

    def _nobody(self) -> tuple[str, str, Action | None]:
        """What to do in an account without users."""
        assert self._facts is not None
        account, changes = self._facts.account, may_add(self._context.by, self._facts.account)
        if not account.service_active:
            title = _("Microsoft 365 is not active for this account.")
            way = Action(_("Open The Catalog"), partial(self._context.navigate, "catalog", account=account.id))
            return title, _("It is activated in The Catalog."), way
        if not changes:
            return _("No users yet"), _("They appear here once an administrator has created or imported them."), None
        text = _(
            "Create them one by one, or import them with their licenses from the file that the "
            "Microsoft 365 admin center exports."
        )
        way = Action(_("Import Users"), partial(self._context.navigate, "transition", account=account.id))
        return _("No users yet"), text, way


def selected_text(selected: int, total: int) -> str:
    """ "3 of 74 users selected", or nothing."""
    if not selected:
        return ""
    return ngettext("{selected} of {total} user selected", "{selected} of {total} users selected", total).format(
        selected=format_number(selected), total=format_number(total)
    )


def found_text(found: int, total: int) -> str:
    """ "3 of 74 users"."""
    return ngettext("{found} of {total} user", "{found} of {total} users", total).format(
        found=format_number(found), total=format_number(total)
    )


def is_narrowed(query: UserQuery) -> bool:
    """Whether a query leaves anybody out."""
    return bool(query.text or query.product or query.show)


def not_found_text(query: UserQuery) -> str:
    """What was sought in vain."""
    if not query.text:
        return _("No user fits the chosen filters.")
    if not query.show and not query.product:
        return _("No user has “{text}” in the name or the user principal name.").format(text=query.text)
    text = _("No user that fits the chosen filters has “{text}” in the name or the user principal name.")
    return text.format(text=query.text)


def _id_of(row: UserRow) -> int:
    return row.id
