"""The first step of an import of prices: which price list, what is added to it, and from when it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.ui import choices
from cpdesk.ui.parts.amounts import not_a_percentage, typed_percent
from cpdesk.ui.parts.encoding_choice import EncodingChoice
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import CardRow
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox

_FIELDS = {"date_in_the_past": "effective_on", "price_exists": "effective_on", "margin_out_of_range": "margin"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the preview and the import are asked for."""

    path: Path
    margin: Decimal
    """Percent."""
    market: str | None
    """None: the only one of the file."""
    effective_on: date
    encoding: str | None
    """None: as the file says itself."""


class FileStep(QWidget):
    """Takes the file and the answers; asks for the market only where the file has several."""

    changed = Signal()
    """Something is another one: what was shown of the file no longer holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._markets: tuple[str, ...] = ()
        self.drop = FileDrop(lambda: _("Drop the partner price list here"), lambda: _("CSV files (*.csv *.txt)"))
        self.encoding = EncodingChoice()
        self.how = Label(role=TextRole.CAPTION, wrap=True)
        self.market = Form((Field("market", lambda: _("Market"), FieldKind.CHOICE, required=True),))
        self.margin = Form((_margin_field(),))
        self.day = Form((Field("effective_on", lambda: _("From"), FieldKind.DATE, required=True),))
        self.meaning = Label(role=TextRole.CAPTION, wrap=True)
        self._line = QWidget()
        self._build()
        self._wire()
        self.forget()

    @property
    def path(self) -> Path | None:
        """The file that was taken."""
        return self.drop.path

    def offer_day(self, day: date) -> None:
        """Offer a day from which the prices count; one that somebody has typed stays."""
        self._day = day
        if not self.day.values()["effective_on"]:
            self.day.set_values({"effective_on": day})

    def wanted(self) -> Wanted | None:
        """What is asked for; None while something is missing or wrong, which is then said where it is."""
        if self.path is None:
            self.drop.set_error(_("Choose a file first."))
            return None
        asked = (self.market, self.margin, self.day) if self._markets else (self.margin, self.day)
        # The first form comes last: each wrong one takes the keyboard.
        if [form for form in reversed(asked) if not form.validate()]:
            return None
        margin = typed_percent(self.margin.values()["margin"])
        assert margin is not None
        market = self.market.values()["market"] if self._markets else None
        return Wanted(self.path, margin, market, self.day.values()["effective_on"], self.encoding.encoding)

    def ask_market(self, markets: Sequence[str]) -> None:
        """The file has several markets: say so and have one chosen."""
        text = _("The file has prices for several markets. Choose the one that counts.")
        self._markets = tuple(markets)
        combo = self.market.editor("market")
        assert isinstance(combo, ComboBox)
        names = {choice.value: choice.text for choice in choices.countries()}
        combo.set_choices([Choice(code, f"{names.get(code, code)} · {code}") for code in markets])
        self.market.set_values({"market": None})
        self.market.show()
        self.market.set_error("market", text)

    def tell(self, error: Exception) -> bool:
        """Show a refusal at the field it is about; False if it is about none."""
        return any(told_by_field(form, error, _FIELDS) for form in (self.margin, self.day))

    def refuse(self, text: str) -> None:
        """Say why the file cannot be read; a wrong encoding can be the reason."""
        self.drop.set_error(text)
        self._line.show()

    def forget(self) -> None:
        """Start with another file."""
        self._forget_markets()
        self.drop.clear()
        self.encoding.set_automatic()
        self._line.hide()
        self.margin.reset()
        self.day.set_values({"effective_on": self._day})
        self.day.clear_errors()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.how.setText(
            _(
                "The price list of new commerce licenses that Microsoft gives to partners, as a CSV file. The Usage "
                "price is that of the monthly term, the Purchase price a twelfth of the annual term that is billed "
                "monthly. Nothing is changed before you have seen each price."
            )
        )
        self.encoding.retranslate()
        self._show_meaning()

    def _build(self) -> None:
        self._line.setLayout(hbox(self.encoding, None, space=spacing.S))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        answers = CardRow(_at_top(self.margin), _at_top(self.day, self.meaning))
        for part in (self.drop, self._line, self.market, answers, self.how):
            column.addWidget(part)
        column.addStretch(1)

    def _wire(self) -> None:
        self.drop.chosen.connect(self._on_chosen)
        for signal in (self.encoding.chosen, self.margin.changed, self.day.changed, self.market.changed):
            signal.connect(self.changed)
        self.day.changed.connect(self._show_meaning)

    def _show_meaning(self) -> None:
        day: date | None = self.day.values()["effective_on"]
        text = _("The prices count from {date} on; for the days before they stay as they are.")
        self.meaning.setText(text.format(date=format_date(day)) if day else "")

    def _on_chosen(self) -> None:
        self._forget_markets()
        self.encoding.set_automatic()
        self._line.hide()
        self.changed.emit()

    def _forget_markets(self) -> None:
        self._markets = ()
        self.market.hide()
        self.market.clear_errors()


def _margin_field() -> Field:
    return Field(
        "margin",
        lambda: _("Margin in percent"),
        required=True,
        validate=not_a_percentage,
        help=lambda: _("Added to what you pay: 15 makes 11.50 of 10.00. With 0 you sell at cost."),
    )


def _at_top(*parts: QWidget) -> QWidget:
    """Beside something that is higher."""
    place = QWidget()
    place.setLayout(vbox(*parts, None, space=spacing.S))
    return place
