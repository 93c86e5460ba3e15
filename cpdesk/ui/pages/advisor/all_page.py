"""The mode advisor for all accounts: where a change would save most."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.context import Action
from cpdesk.ui.pages.advisor.advice_detail import AdviceDetail
from cpdesk.ui.pages.advisor.advice_lines import AdviceLine, lines_of, savings_text
from cpdesk.ui.pages.advisor.all_columns import advice_columns
from cpdesk.ui.pages.advisor.outcome_bar import OutcomeBar
from cpdesk.ui.parts.months_choice import MonthsChoice
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.page import Page
from cpdesk.ui.widgets.card import card_around
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.progress_line import ProgressLine
from cpdesk.ui.widgets.speech import announce
from cpdesk.ui.widgets.table import DataTable

_ALL_BUT = 1000
"""The list takes what it can use before the gap under the page takes anything."""
_PATIENCE_MS = 300
"""What takes less is not worth a bar."""


class AllAdvicePage(Page):
    """The list, highest saving first; it takes long to compute where there are many accounts.

    It is computed while it is seen: other pages are read on the same thread and must not wait for it.
    """

    topics = frozenset({"modes", "prices"})

    def _build(self) -> None:
        self._lines: tuple[AdviceLine, ...] = ()
        self._progress: Progress | None = None
        self._told = (0, 0)
        self._due = True
        self.months = MonthsChoice(self.context.settings, "all_advice")
        self._months = self.months.months
        """Those that the list is about."""
        self.header.add_action(self.months)
        self.line = ProgressLine()
        self._under_way = card_around(self.line)
        self.bar = OutcomeBar()
        self._empty = EmptyState(icon="reports")
        self.table: DataTable[AdviceLine] = DataTable(
            advice_columns(),
            lambda line: line.advice.account_id,
            name="all_advice",
            settings=self.context.settings,
            empty=self._empty,
        )
        self.table.sort_by("saving", descending=True)
        self.table.fold_texts()
        self._list = ListCard(self.table, last=False)
        self.detail = AdviceDetail()
        self.detail.hide()
        self._instead = EmptyState(icon="reports")
        self._in_place = card_around(self._instead)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        for part in (self._under_way, self.bar, self._in_place):
            self.body.addWidget(part)
            part.hide()
        self.body.addWidget(self._list, _ALL_BUT)
        self._list.hide()
        self.body.addWidget(self.detail)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.months.activated.connect(self.refresh)
        self.line.cancelled.connect(self._on_cancel)
        self.bar.narrowed.connect(self._on_narrowed)
        self.bar.search.searched.connect(self.table.set_filter)
        self.bar.search.went_down.connect(self._on_went_down)
        self.table.row_activated.connect(self._on_opened)
        self.table.set_row_actions(self._actions)
        self.table.selection_changed.connect(self._on_selected)
        self.detail.opened.connect(self._on_open_asked)
        self._slow.timeout.connect(self.show_line)

    def retranslate(self) -> None:
        self.set_title(_("Which mode is cheaper?"), _("What past months would have cost each account in either mode"))
        self.months.retranslate()
        self.table.setAccessibleName(_("Mode advisor"))
        self._empty.set(_("No accounts yet"), _("Each account is compared here once it has a complete month."))
        advices = tuple(line.advice for line in self._lines)
        if advices:
            self._show(lines_of(lambda: advices))

    def first_focus(self) -> QWidget | None:
        return self.bar.search if self._lines else None

    def refresh(self) -> None:
        self._due = True
        if self.isVisible():
            self._begin()

    def tell(self, told: tuple[int, int]) -> None:
        """So many accounts are compared, of as many as there are."""
        self._told = told
        self._say_how_far()

    def show_line(self) -> None:
        """It takes long: say how far it is."""
        self._under_way.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._due:
            self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.leaving()

    def leaving(self) -> None:
        if self._progress is not None:
            self._stop()
            self._due = True

    def _begin(self) -> None:
        self._stop()
        self._due = False
        self._told = (0, 0)
        self._progress = self.context.jobs.progress(self, self.tell)
        advise, months = self.context.services.advisor.advise_all, self.months.months
        ask = partial(advise, self.context.by, months=months, progress=self._progress.report)
        self._in_place.hide()
        self.line.begin()
        self._say_how_far()
        self._slow.start()
        self.context.jobs.run(
            self, partial(lines_of, ask), partial(self._on_computed, months), self._on_failed, key="advise"
        )

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        self._end()

    def _end(self) -> None:
        self._progress = None
        self._slow.stop()
        self._under_way.hide()

    def _say_how_far(self) -> None:
        done, total = self._told
        text = _("Comparing the modes")
        if total:
            text = _("Comparing the modes: {done} of {total} accounts").format(
                done=format_number(done), total=format_number(total)
            )
        self.line.show_progress(text, done, total)

    def _on_cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _on_computed(self, months: int, lines: tuple[AdviceLine, ...]) -> None:
        waited = self._under_way.isVisible()
        self._end()
        self._months = months
        self._show(lines)
        if waited:
            announce(self, savings_text(lines))
        # Until there was something on the page, the keyboard could be sent nowhere else.
        if lines and self.hasFocus():
            self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, lines: tuple[AdviceLine, ...]) -> None:
        self._lines = lines
        self.bar.set_lines(lines)
        self.bar.setVisible(bool(lines))
        self.table.set_rows(lines)
        self._list.show()
        self._select_first()
        if lines:
            self.set_title(_("Which mode is cheaper?"), savings_text(lines))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._on_cancelled()
        elif self._lines:
            self.context.notices.error(sentence_of(error), Action(_("Try again"), self.refresh))
        else:
            again = Action(_("Try again"), self.refresh)
            self._say_instead(_("The accounts could not be compared"), sentence_of(error), again)

    def _on_cancelled(self) -> None:
        if self._lines:
            self.months.set_months(self._months)
            self.context.notices.info(_("Stopped. The list is as it was before."))
        else:
            text = _("Nothing was compared. With many accounts it takes up to a minute.")
            self._say_instead(_("Stopped"), text, Action(_("Compare all accounts"), self.refresh))

    def _say_instead(self, title: str, text: str, action: Action) -> None:
        self._instead.set(title, text, action)
        self._in_place.show()

    def _on_narrowed(self) -> None:
        outcomes = self.bar.outcomes
        self.table.set_predicate((lambda line: line.outcome in outcomes) if outcomes else None)
        self._select_first()

    def _select_first(self) -> None:
        """Something is always selected: its reason is worth reading in full, and the list has little room for it."""
        if not self.table.selected_rows() and self.table.rows.rowCount():
            self.table.selectRow(0)
        self._on_selected()

    def _on_selected(self) -> None:
        """The reason in full: there is seldom room for it in the list."""
        selected = self.table.selected_rows()
        opens = len(selected) == 1 and self.detail.isHidden()
        self.detail.setVisible(len(selected) == 1)
        if len(selected) == 1:
            self.detail.show_line(selected[0])
        if opens:
            # The list is shorter now, and what was pressed may be below its end.
            self.table.scrollTo(self.table.currentIndex())

    def _on_went_down(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _actions(self) -> Sequence[Action]:
        return (Action(_("Open the advisor of this account"), self._on_open_asked),)

    def _on_open_asked(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._on_opened(line)

    def _on_opened(self, line: AdviceLine) -> None:
        self.context.navigate("advisor", account=line.advice.account_id, months=self._months)
