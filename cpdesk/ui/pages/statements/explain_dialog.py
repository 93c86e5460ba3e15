"""How a line of a statement comes to its amount."""

from datetime import date, datetime
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_instant, format_month
from cpdesk.base.i18n import _
from cpdesk.domain.billing import Explanation, LedgerLine, Statement
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.statements.explanation_words import (
    Surroundings,
    as_text,
    facts_of,
    formula,
    kind_name,
    signed,
)
from cpdesk.ui.parts.reading_dialog import ReadingDialog
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column, number_column
from cpdesk.ui.widgets.dialog import Side
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable

_WIDTH = 860


class ExplainDialog(ReadingDialog):
    """The formula with its numbers, where they come from, and the ledger entries behind them."""

    help_topic = "statements"

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, statement: Statement, place: int
    ) -> None:
        line = statement.lines[place]
        super().__init__(parent, context, account, line.product, _WIDTH)
        self._month, self._place = statement.month, place
        self._within = Surroundings(statement.currency, statement.time_zone)
        self._explanation: Explanation | None = None
        self.formula = Label(role=TextRole.SECTION, wrap=True, selectable=True)
        self.facts = Facts()
        self.heading = Label(role=TextRole.SECTION)
        self.note = Label(role=TextRole.CAPTION, wrap=True)
        self.entries: DataTable[LedgerLine] = DataTable(
            _columns(statement.time_zone), lambda entry: entry.number, inline=True
        )
        self.entries.fold_texts()
        self.copy = secondary(_("Copy"))
        self.close_it = primary(_("Close"))
        self._fill(statement.month)

    def ask(self) -> None:
        """Ask what is behind the line; the dialog opens with the answer, or without it if that takes long."""
        explain = self.context.services.statements.explain
        self.read(partial(explain, self.context.by, self.account.id, self._month, self._place), self._show)

    def _fill(self, month: date) -> None:
        self.set_texts(self.title.text(), beside(self.subtitle.text(), format_month(month)))
        self.entries.setAccessibleName(_("Ledger entries"))
        for part in (self.formula, self.facts, self.heading, self.note, self.entries):
            self.content.addWidget(part)
            part.hide()
        self.add_button(self.copy, Side.START).setEnabled(False)
        self.set_safe(self.add_button(self.close_it))
        self.copy.clicked.connect(self._on_copy)

    def _show(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self.formula.setText(formula(explanation, self._within))
        self.facts.clear()
        for what, how in facts_of(explanation, self._within):
            self.facts.add(what, how)
        self.heading.setText(_("Ledger entries"))
        self.note.setText(_entries_note(explanation))
        self.entries.set_rows(explanation.entries)
        self.copy.setEnabled(True)
        for part in (self.formula, self.facts, self.heading, self.note):
            part.show()
        self.entries.setVisible(bool(explanation.entries))

    def _on_copy(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(as_text(self._explanation, self._within))
            self.copy.setText(_("Copied"))


def _entries_note(explanation: Explanation) -> str:
    if not explanation.entries:
        return _("Nothing changed on these days: the seats were there before.")
    return _("What led to this number of seats, with the time at which it counts.")


def _columns(time_zone: str) -> tuple[Column[LedgerLine], ...]:
    def when(entry: LedgerLine) -> str:
        return format_instant(entry.effective_at, time_zone)

    def recorded(entry: LedgerLine) -> str:
        if entry.recorded_at == entry.effective_at:
            return ""
        return _("Recorded {instant}").format(instant=format_instant(entry.recorded_at, time_zone))

    def late(entry: LedgerLine) -> ChipLook | None:
        return ChipLook(_("recorded later"), Tone.PENDING) if recorded(entry) else None

    return (
        Column("number", lambda: _("Entry"), lambda entry: entry.number, _numbered, min_width=64),
        Column("when", lambda: _("When"), _effective, when, badge=late, tooltip=recorded, stretch=2, min_width=200),
        Column("kind", lambda: _("What"), lambda entry: kind_name(entry.kind), stretch=1, min_width=120),
        Column("user", lambda: _("User"), lambda entry: entry.user, soft=True, stretch=1, min_width=100),
        Column(
            "change", lambda: _("Changed by"), lambda entry: entry.seats, lambda entry: signed(entry.seats), Align.END
        ),
        number_column("after", lambda: _("Seats then"), lambda entry: entry.seats_after),
    )


def _numbered(entry: LedgerLine) -> str:
    return f"#{entry.number}"


def _effective(entry: LedgerLine) -> datetime:
    return entry.effective_at
