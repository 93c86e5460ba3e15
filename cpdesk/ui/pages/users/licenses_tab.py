"""The Services tab of a user: the licenses held, and the way to others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from cpdesk.base import zones
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.people import HeldLicense, UserDetails
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.counted import licenses_text
from cpdesk.ui.parts.rights import may_reduce
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.menu_button import gear_menu
from cpdesk.ui.widgets.table import DataTable


class LicensesTab(QWidget):
    """Product and since when, in a card whose gear leads to Configure Services."""

    assign_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._zone = "UTC"
        self.gear = gear_menu("")
        self.card = Card()
        self.empty = EmptyState(icon="cloud")
        self.table: DataTable[HeldLicense] = DataTable(
            self._columns(), lambda held: held.guid, name="user_licenses", settings=context.settings, inline=True
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.card.add_action(self.gear)
        self.card.body.addWidget(self.table)
        self.card.body.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)

    def show_user(self, user: UserDetails, account: AccountRow) -> None:
        """Show the licenses, in the language in use."""
        self._zone = account.time_zone
        changes = may_reduce(self._context.by, account) and account.service_active
        self.gear.setVisible(changes)
        self.gear.rename(_("Actions for the licenses of {user}").format(user=user.fields.display_name))
        self.gear.set_actions((Action(_("Configure Services"), self.assign_asked.emit),))
        self.card.set_title(licenses_text(len(user.licenses)) if user.licenses else _("Licenses"))
        self.table.setAccessibleName(_("Licenses"))
        self.table.set_rows(user.licenses)
        self.table.setVisible(bool(user.licenses))
        self.empty.setVisible(not user.licenses)
        self.empty.set(*self._when_empty(account, changes=changes))

    def _when_empty(self, account: AccountRow, *, changes: bool) -> tuple[str, str, Action | None]:
        if not account.service_active:
            text = _("It is activated in The Catalog.")
            return _("Microsoft 365 is not active for this account."), text, None
        action = Action(_("Configure Services"), self.assign_asked.emit) if changes else None
        return _("No licenses yet"), _("Licenses give a user the services of Microsoft 365."), action

    def _columns(self) -> tuple[Column[HeldLicense], ...]:
        return (
            Column("product", lambda: _("Product"), lambda held: held.name, strong=True, stretch=2, min_width=200),
            Column("part_number", lambda: _("Part number"), lambda held: held.part_number, soft=True, stretch=1),
            Column("since", lambda: _("Since"), lambda held: held.since, self._since, min_width=144),
        )

    def _since(self, held: HeldLicense) -> str:
        return format_date(switching.local_date(held.since, zones.zone(self._zone)))
