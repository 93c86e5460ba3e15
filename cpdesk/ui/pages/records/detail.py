"""One entry in full: who, when, why, and what was before and after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AuditRow
from cpdesk.ui import theme
from cpdesk.ui.pages.records.comparing import Difference, differences
from cpdesk.ui.pages.records.entry_texts import about, action_text, subject_text
from cpdesk.ui.pages.records.fact_words import Reader
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import icon_button, rename
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.chips import Chip, ChipLook, Tone
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hairline
from cpdesk.ui.widgets.surfaces import surface

_HEIGHT = 288
_ALL_BUT = 1000
"""The title takes what it can use before the gap after it takes anything."""
_COLUMNS = 4
_NOTHING = "–"  # noqa: RUF001 - a dash
"""For a fact that only one side tells of."""
_WIDTHS = (3, 5, 5, 0)
"""Shares of the width: what it is, before, after, and the mark of a change as wide as it needs."""


class EntryDetail(Card):
    """Stands below the list; scrolls by itself, with the arrow keys too."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._close = icon_button("close", "")
        self._about = Label(role=TextRole.CAPTION, wrap=True, selectable=True)
        self._grid = QGridLayout()
        self._scroll = QScrollArea()
        self.add_action(self._close)
        self._build()
        self._close.clicked.connect(self.closed)

    def show_entry(self, row: AuditRow, reader: Reader) -> None:
        """Show an entry, its times in the reader's zone."""
        self.set_title(
            _("No. {number} · {action}: {subject}").format(
                number=format_number(row.number),
                action=action_text(row),
                subject=subject_text(row, reader.products),
            )
        )
        rename(self._close, _("Close the details"))
        self._scroll.setAccessibleName(_("Before and after"))
        self._about.setText(beside(*about(row, reader.zone)))
        self._show_facts(row, differences(row, reader))
        self._scroll.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.header.setStretch(0, _ALL_BUT)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing.M)
        self._grid.setVerticalSpacing(spacing.XS)
        for place, share in enumerate(_WIDTHS):
            self._grid.setColumnStretch(place, share)
        inner = surface("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, spacing.S, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._about)
        self.body.addWidget(self._scroll, 1)
        self.setFixedHeight(theme.current().fonts.scaled(_HEIGHT))

    def _show_facts(self, row: AuditRow, facts: Sequence[Difference]) -> None:
        clear(self._grid)
        self._scroll.setAccessibleDescription(_spoken(row, facts))
        if not facts:
            self._grid.addWidget(Label(_("This entry keeps nothing beyond that it happened."), wrap=True), 0, 0, 1, 3)
            return
        before, after = any(fact.before for fact in facts), any(fact.after for fact in facts)
        for place, title, told in ((1, _("Before"), before), (2, _("After"), after)):
            self._grid.setColumnStretch(place, _WIDTHS[place] if told else 0)
            if told:
                self._grid.addWidget(Label(title, TextRole.CAPTION), 0, place)
        for number, fact in enumerate(facts):
            self._show_fact(2 * number + 1, fact, both=before and after)

    def _show_fact(self, line: int, fact: Difference, *, both: bool) -> None:
        """A line of the grid; where one side tells nothing at all, it stays empty."""
        nothing = _NOTHING if both else ""
        after = TextRole.STRONG if fact.changed else TextRole.BODY
        texts = (
            (fact.label, TextRole.CAPTION),
            (fact.before or nothing, TextRole.BODY),
            (fact.after or nothing, after),
        )
        self._grid.addWidget(hairline(), line, 0, 1, _COLUMNS)
        for place, (text, role) in enumerate(texts):
            label = Label(text, role, wrap=True, selectable=place > 0)
            self._grid.addWidget(label, line + 1, place, Qt.AlignmentFlag.AlignTop)
        if fact.changed:
            chip = Chip(ChipLook(_("changed"), Tone.ACCENT))
            self._grid.addWidget(chip, line + 1, _COLUMNS - 1, Qt.AlignmentFlag.AlignTop)


def _spoken(row: AuditRow, facts: Sequence[Difference]) -> str:
    """All facts as one text, for who does not see them side by side."""
    both = row.before is not None and row.after is not None
    return "; ".join(
        _("{fact}: before {before}, after {after}").format(
            fact=fact.label, before=fact.before or _("none"), after=fact.after or _("none")
        )
        if both
        else f"{fact.label}: {fact.before or fact.after}"
        for fact in facts
    )
