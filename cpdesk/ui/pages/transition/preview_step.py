"""The third step of an import: what it will do, in numbers and row by row."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.modes import Mode
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.domain.user_import.report import ProductTotal
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.transition.preview_columns import total_columns
from cpdesk.ui.pages.transition.preview_rows import BLOCKED, FOREIGN, SKIPPED, PreviewRows
from cpdesk.ui.pages.transition.row_list import RowList
from cpdesk.ui.pages.transition.words import (
    beyond_limits_text,
    blocked_text,
    cost_texts,
    foreign_text,
    missing_text,
    not_assignable_text,
    skipped_names_text,
)
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.card import Card, CardRow, KeyFigure
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable


class PreviewStep(QWidget):
    """Shows a report before anything is written; `say` tells why the step is shown again."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PreviewRows | None = None
        self.figures = tuple(KeyFigure() for _place in range(4))
        self.news = Notice(Kind.PENDING)
        self.notices = {name: Notice(kind) for name, kind in _NOTICES.items()}
        self.totals: DataTable[ProductTotal] = DataTable(total_columns(), _guid_of, inline=True)
        self.rows = RowList(context)
        self.why = reason_form()
        self._products = Card()
        self._build()
        self.say("")

    @property
    def shown(self) -> PreviewRows | None:
        """What is shown."""
        return self._shown

    def show_rows(self, rows: PreviewRows) -> None:
        """Show what an import does."""
        self._shown = rows
        self.totals.set_rows(rows.report.totals)
        self.rows.show_rows(rows)
        self.retranslate()

    def say(self, text: str, kind: Kind = Kind.PENDING) -> None:
        """Say why this is shown again; "" takes it back."""
        self.news.set_kind(kind)
        self.news.set_text(text)
        self.news.setVisible(bool(text))

    def retranslate(self) -> None:
        """All texts in the language in use."""
        if self._shown is None:
            return
        report = self._shown.report
        for figure, (label, number, note) in zip(self.figures, _figures(self._shown), strict=True):
            figure.set(label, number, note)
        for name, text in _said(self._shown).items():
            self.notices[name].set_text(text)
            self.notices[name].setVisible(bool(text))
        for kind in (BLOCKED, FOREIGN):
            show = Action(_("Show them"), partial(self._show_only, kind))
            self.notices[kind].set_actions((show,) if self._shown.counts[kind] else ())
        self._products.set_title(_("Products before and after"))
        self._products.setVisible(bool(report.totals))
        self.totals.setAccessibleName(_("Products before and after"))
        usage = report.mode is Mode.USAGE
        for place, column in enumerate(total_columns()):
            # Seats are the assigned ones there, and none is ever missing.
            self.totals.setColumnHidden(place, usage and column.key in {"assigned", "assigned_after", "missing"})
        self.rows.retranslate()

    def _build(self) -> None:
        self._products.body.addWidget(self.totals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        column.addWidget(self.news)
        column.addWidget(CardRow(*self.figures))
        for part in (*self.notices.values(), self._products, self.rows, self.why):
            column.addWidget(part)
        column.addStretch(1)

    def _show_only(self, kind: str) -> None:
        self.rows.show_kind(kind)
        self.rows.table.setFocus()


_NOTICES = {
    "missing": Kind.PENDING,
    "limits": Kind.PENDING,
    "names": Kind.INFO,
    "tenant": Kind.INFO,
    BLOCKED: Kind.PENDING,
    FOREIGN: Kind.PENDING,
}
"""What is worth a word, and of which kind it is."""


def _said(rows: PreviewRows) -> dict[str, str]:
    report = rows.report
    return {
        "missing": missing_text(report) if report.missing else "",
        "limits": beyond_limits_text(report),
        "names": skipped_names_text(rows.skipped_names) if rows.skipped_names else "",
        "tenant": not_assignable_text(report) if report.not_assignable else "",
        BLOCKED: blocked_text(report.blocked) if report.blocked else "",
        FOREIGN: foreign_text(report.foreign) if report.foreign else "",
    }


def _figures(rows: PreviewRows) -> Sequence[tuple[str, str, str]]:
    skipped = ngettext("{number} row skipped", "{number} rows skipped", rows.counts[SKIPPED]).format(
        number=format_number(rows.counts[SKIPPED])
    )
    unchanged = _("{number} unchanged").format(number=format_number(rows.counts[Outcome.UNCHANGED]))
    taken = ngettext("{number} license taken away", "{number} licenses taken away", rows.unassigned).format(
        number=format_number(rows.unassigned)
    )
    return (
        (_("Users added"), format_number(rows.counts[Outcome.ADDED]), skipped),
        (_("Users updated"), format_number(rows.counts[Outcome.UPDATED]), unchanged),
        (_("Licenses assigned"), format_number(rows.assigned), taken),
        (_("Monthly cost after"), *cost_texts(*rows.costs)),
    )


def _guid_of(line: ProductTotal) -> str:
    return line.product.guid
