"""The audit log: every change, newest first."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from cpdesk.base import zones
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain import switching
from cpdesk.domain.audit_query import AuditQuery
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.rows import AuditRow
from cpdesk.ui import choices
from cpdesk.ui.context import Action
from cpdesk.ui.pages.records.audit_columns import Setting, audit_columns
from cpdesk.ui.pages.records.detail import EntryDetail
from cpdesk.ui.pages.records.fact_words import Reader
from cpdesk.ui.pages.records.narrowing import AuditNarrowing
from cpdesk.ui.pages.records.reading import Found, LogFacts, find, read_log
from cpdesk.ui.pages.records.verifying import Verifying
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge, entries_text
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from cpdesk.services.audit import Audit

_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""


class AuditLogPage(Page):
    """The log of all accounts: filters, the list, and the selected entry in full."""

    topics = frozenset({"audit"})

    of_account: ClassVar[bool] = False
    """Whether the page shows the log of the open account only."""

    def _build(self) -> None:
        self._facts: LogFacts | None = None
        self._found = Found(AuditQuery(), (), ())
        self._told: AuditRow | None = None
        self._setting = Setting(choices.usual_time_zone())
        self._verify = secondary()
        self._anchor = secondary()
        self._whole = not (self.context.by.role is Role.CUSTOMER or self.of_account)
        """Whether it is the log of all accounts, which can be verified."""
        if not self._whole:
            self._verify.hide()
            self._anchor.hide()
        self._verifying = Verifying(self.context)
        self._bar = AuditNarrowing(with_account=not self.of_account)
        self._table: PagedTable[AuditRow] = PagedTable(
            audit_columns(self._setting, with_account=not self.of_account),
            lambda row: row.number,
            self.context.jobs,
            sortable=("recorded",),
            name="account_audit_log" if self.of_account else "audit_log",
            settings=self.context.settings,
        )
        self._table.fold_texts()
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.sort_by("recorded", descending=True)
        self._list = ListCard(self._table, last=False)
        self._empty = EmptyState(icon="audit")
        self._nothing = Card()
        self._detail = EntryDetail()
        self.header.add_action(self._anchor)
        self.header.add_action(self._verify)
        self._place()

    def _place(self) -> None:
        self._nothing.body.addWidget(self._empty)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for part in (self._verifying, self._bar, self._list, self._nothing, self._detail):
            self.body.addWidget(part, _ALL_BUT if part is self._list else 0)
        self.body.addStretch(1)
        for later in (self._nothing, self._detail):
            later.hide()

    def _wire(self) -> None:
        self._verify.clicked.connect(self._on_verify)
        self._anchor.clicked.connect(self._on_anchor)
        self._verifying.ended.connect(self._on_verified)
        self._verifying.dismissed.connect(self._show_latest)
        self._bar.narrowed.connect(self._on_narrowed)
        self._table.order_changed.connect(self._on_narrowed)
        self._table.selection_changed.connect(self._on_selected)
        # The selected row may still be on its way.
        self._table.rows.dataChanged.connect(self._on_selected)
        self._table.failed.connect(self._on_failed)
        self._detail.closed.connect(self._on_detail_closed)

    def retranslate(self) -> None:
        self._verify.setText(_("Verify the log"))
        self._anchor.setText(_("Anchor"))
        self._show_latest()
        self._table.setAccessibleName(_("Audit Log"))
        self._show_title()
        self._say_why_empty()
        self._told = None
        self._on_selected()

    def first_focus(self) -> QWidget | None:
        return self._bar.search

    def refresh(self) -> None:
        context, own = self.context, self._own_account()
        ask = partial(read_log, context.services, context.by, own, self._query(), oldest_first=self._oldest_first)
        self.load(ask, self._on_read)

    @property
    def _oldest_first(self) -> bool:
        return not self._table.order[1]

    def _own_account(self) -> int | None:
        return self.account_id if self.of_account else None

    def _query(self) -> AuditQuery:
        zone = self._setting.zone
        today = switching.local_date(self.context.clock.now(), zones.zone(zone))
        return self._bar.query(self._own_account(), today, zone)

    def _on_read(self, read: tuple[LogFacts, Found]) -> None:
        self._facts, found = read
        self._setting.products = self._facts.products
        self._setting.zone = self._facts.zone
        self._show_latest()
        if self._facts.account is not None:
            self.set_account(badge(self._facts.account))
        self._bar.set_choices(self._facts.operators, self._facts.accounts)
        self._on_found(found)
        if self._query() != found.query:
            # Days were counted in the zone of this computer, before any other was known.
            self._on_narrowed()

    def _on_found(self, found: Found) -> None:
        searched = found.query != self._found.query
        self._found = found
        fetch = partial(_some, self.context.services.audit, self.context.by, found.query.account_id)
        self._table.show_ids(found.numbers, fetch, found.first)
        if searched:
            self._table.scrollToTop()
        self._list.setVisible(bool(found.numbers))
        self._nothing.setVisible(not found.numbers)
        self._say_why_empty()
        self._show_title()
        self._on_selected()

    def _show_title(self) -> None:
        zone = _("days and times in {zone}").format(zone=self._setting.zone)
        count = entries_text(len(self._found.numbers)) if self._facts is not None else ""
        self.set_title(_("Audit Log"), beside(count, zone))

    def _say_why_empty(self) -> None:
        if self._found.query.narrows or (self._found.query.account_id is not None and not self.of_account):
            clear = Action(_("Clear filters"), self._bar.clear)
            self._empty.set(_("No entry found"), _("No entry of the log fits what is asked for."), clear)
        else:
            self._empty.set(_("No entries yet"), _("Every change to this account is kept here, with who made it."))

    def _on_narrowed(self) -> None:
        context = self.context
        ask = partial(find, context.services, context.by, self._query(), oldest_first=self._oldest_first)
        self.load(ask, self._on_found)

    def _on_selected(self) -> None:
        """Show the selected entry as soon as it is there; no other one meanwhile."""
        row = next(iter(self._table.selected_rows()), None)
        if row is not None and row != self._told:
            self._detail.show_entry(row, Reader(self._setting.zone, self._setting.products, row.account or ""))
        self._told = row
        opens = row is not None and self._detail.isHidden()
        self._detail.setVisible(row is not None)
        if opens:
            # The list is shorter now, and what was pressed may be below its end.
            self._table.scrollTo(self._table.currentIndex())

    def _on_detail_closed(self) -> None:
        self._table.clearSelection()
        self._table.setFocus()

    def _show_latest(self) -> None:
        if self._whole:
            self._verifying.show_latest(self._setting.zone)

    def _on_anchor(self) -> None:
        from cpdesk.ui.pages.records.anchor_dialog import AnchorDialog

        dialog = AnchorDialog(self, self.context, self._setting.zone)
        dialog.read()
        dialog.open()

    def _on_verify(self) -> None:
        self._verify.setEnabled(False)
        self._verifying.start()

    def _on_verified(self) -> None:
        self._verify.setEnabled(True)
        self._verify.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.context.notices.error(sentence_of(error))


class AccountAuditLogPage(AuditLogPage):
    """The log of the account that is open."""

    of_account = True


def _some(audit: "Audit", by: Session, account_id: int | None, numbers: Sequence[int]) -> Sequence[AuditRow]:
    return audit.some(by, numbers, account_id)
