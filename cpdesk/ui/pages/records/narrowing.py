"""The filters over the audit log."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base import zones
from cpdesk.base.i18n import _
from cpdesk.domain.audit_query import AuditQuery, ChangeGroup, Period, days_of, instants_of
from cpdesk.domain.rows import AccountRow
from cpdesk.ui import theme
from cpdesk.ui.pages.records.entry_texts import group_name, period_name
from cpdesk.ui.texts import account_line, operator_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.date_field import DateField, date_pattern
from cpdesk.ui.widgets.flow import Flow
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.search_combo import SearchCombo

_ANY = ""
"""The choice that narrows nothing."""
_BETWEEN = "between"
_ALL_BUT = 1000
"""The dates take what they can use before the gap after them takes anything."""
_SEARCH, _WIDTH, _WIDEST = 240, 152, 208
_AROUND = 56
"""What a combo box needs beside its text."""


class AuditNarrowing(QWidget):
    """Text, kind of change, operator, account, and days; emits when any of them is another one."""

    narrowed = Signal()

    def __init__(self, *, with_account: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operators: Sequence[str] = ()
        self._accounts: Sequence[AccountRow] = ()
        self.search = _Search()
        self.kind, self.operator, self.period = _Pick(), _Pick(), _Pick()
        self.account = _SearchPick()
        self.first, self.last = DateField(), DateField()
        self._until = Label(role=TextRole.CAPTION)
        self._wrong = Label(role=TextRole.ERROR, wrap=True)
        self._days = QWidget()
        self._clear = link()
        self._with_account = with_account
        self._asked: tuple[object, ...] = ()
        self._build()
        self.retranslate()
        self._wire()

    def query(self, account_id: int | None, today: date, zone: str) -> AuditQuery:
        """What is asked for; `account_id` is the account whose log it is, and days are those of `zone`."""
        kind = self.kind.value()
        chosen = self.account.value() if self._with_account else account_id
        since, until = instants_of(*self._days_asked(today), zones.zone(zone))
        return AuditQuery(
            text=self.search.text(),
            groups=frozenset({ChangeGroup(str(kind))} if kind else ()),
            operator=str(self.operator.value() or ""),
            account_id=chosen if isinstance(chosen, int) and chosen else None,
            since=since,
            until=until,
        )

    def set_choices(self, operators: Sequence[str], accounts: Sequence[AccountRow]) -> None:
        """Offer these; what was chosen stays chosen."""
        if (operators, accounts) != (self._operators, self._accounts):
            self._operators, self._accounts = operators, accounts
            self._offer()

    def clear(self) -> None:
        """Narrow nothing."""
        for pick in (self.kind, self.operator, self.period):
            pick.set_value(_ANY)
        self.account.set_value(0)
        self.search.clear()
        self._on_changed()

    def retranslate(self) -> None:
        """All texts and choices in the language in use."""
        self.search.set_placeholder(_("Search the log"))
        self.kind.stand_alone(_("Kind of change"))
        self.operator.stand_alone(_("Operator"))
        self.account.stand_alone(_("Account"))
        self.period.stand_alone(_("Days"))
        self.first.setAccessibleName(_("First day"))
        self.last.setAccessibleName(_("Last day"))
        self.first.setPlaceholderText(date_pattern())
        self.last.setPlaceholderText(date_pattern())
        self._until.setText(_("to"))
        self._clear.setText(_("Clear filters"))
        self._offer()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_asked"):
            self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.S)
        days = hbox(self.first, self._until, self.last, None, space=spacing.S)
        for place in (0, 2):
            days.setStretch(place, _ALL_BUT)
        self._days.setLayout(days)
        if not self._with_account:
            self.account.hide()
        parts = (self.search, self.kind, self.operator, *((self.account,) if self._with_account else ()), self.period)
        column.addWidget(Flow(*parts, self._clear))
        column.addWidget(self._days)
        column.addWidget(self._wrong)
        for later in (self._days, self._wrong, self._clear):
            later.hide()

    def _wire(self) -> None:
        self.search.searched.connect(self._on_changed)
        for pick in (self.kind, self.operator, self.period):
            pick.currentIndexChanged.connect(self._on_changed)
        self.account.currentIndexChanged.connect(self._on_changed)
        self.account.left.connect(self._on_changed)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_changed)
        self._clear.clicked.connect(self.clear)

    def _offer(self) -> None:
        groups = [Choice(str(group), group_name(group)) for group in ChangeGroup]
        self.kind.offer([Choice(_ANY, _("All changes")), *groups])
        named = [Choice(name, operator_text(name)) for name in self._operators]
        self.operator.offer([Choice(_ANY, _("All operators")), *named])
        periods = [Choice(str(period), period_name(period)) for period in Period]
        self.period.offer([Choice(_ANY, _("All days")), *periods, Choice(_BETWEEN, _("From … to …"))])
        accounts = [Choice(account.id, account_line(account.name, account.domain)) for account in self._accounts]
        chosen = self.account.value()
        self.account.blockSignals(True)
        self.account.set_choices([Choice(0, _("All accounts")), *accounts])
        self.account.set_value(chosen or 0)
        self.account.blockSignals(False)

    def _days_asked(self, today: date) -> tuple[date | None, date | None]:
        period = self.period.value()
        if period == _BETWEEN:
            return self.first.value(), self.last.value()
        return days_of(Period(str(period)), today) if period else (None, None)

    def _on_changed(self) -> None:
        """Tell of it once, and only if there is something to tell."""
        between = self.period.value() == _BETWEEN
        self._days.setVisible(between)
        problem = self._problem() if between else ""
        self._say_wrong(problem)
        chosen = (self.kind.value(), self.operator.value(), self.account.value() or 0, self.period.value())
        days = (self.first.value(), self.last.value()) if between else ()
        asked = (self.search.text().strip(), *chosen, *days)
        self._clear.setVisible(any(asked))
        if asked != self._asked and not problem:
            self._asked = asked
            self.narrowed.emit()

    def _problem(self) -> str:
        first, last = self.first.value(), self.last.value()
        if (self.first.text().strip() and first is None) or (self.last.text().strip() and last is None):
            return _("Enter a date such as {example}.").format(example=date_pattern())
        if first and last and last < first:
            return _("The last day is before the first one.")
        return ""

    def _say_wrong(self, problem: str) -> None:
        self._wrong.setText(problem)
        self._wrong.setVisible(bool(problem))


class _Pick(ComboBox):
    """A choice that can be offered anew without telling that it changed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as what is chosen, within limits."""
        scaled = theme.current().fonts.scaled
        wanted = self.fontMetrics().horizontalAdvance(self.currentText()) + scaled(_AROUND)
        return QSize(min(max(wanted, scaled(_WIDTH)), scaled(_WIDEST)), super().sizeHint().height())

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these; what was chosen stays chosen, otherwise it is the first."""
        chosen = self.value()
        self.blockSignals(True)
        self.set_choices(choices)
        self.set_value(chosen or _ANY)
        if self.currentIndex() < 0:
            self.setCurrentIndex(0)
        self.blockSignals(False)


class _Search(SearchField):
    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_SEARCH), super().sizeHint().height())


class _SearchPick(SearchCombo):
    def sizeHint(self) -> QSize:
        return QSize(theme.current().fonts.scaled(_WIDTH), super().sizeHint().height())
