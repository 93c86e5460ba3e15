"""The freed seats, product by product, each with its own choice of what becomes of them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.leaving import SeatOutcome
from cpdesk.domain.modes import Mode
from cpdesk.ui.pages.users.removal_texts import fate_names, outcome_text
from cpdesk.ui.pages.users.seat_fates import Fate, SeatFates
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import Item, hairline, hbox, show_if, vbox

_DIFFERS = "differs"


class FateChoice(ComboBox):
    """What becomes of freed seats; tells what was chosen each time, also when that is what it was."""

    chosen = Signal(str, object)
    """Of which product (GUID, "" for all), and the Fate."""

    def __init__(self, guid: str, about: str, offered: Mapping[Fate, str]) -> None:
        super().__init__()
        self._guid = guid
        self._offered = offered
        self.stand_alone(about)
        self.setMinimumContentsLength(max(map(len, offered.values())))
        self.activated.connect(self._on_activated)

    def show_fate(self, fate: Fate | None) -> None:
        """Show what is chosen; None: it differs from product to product."""
        choices = [Choice(str(one), text) for one, text in self._offered.items()]
        if fate is None:
            choices.append(Choice(_DIFFERS, _("Different")))
        self.set_choices(choices)
        self.set_value(str(fate or _DIFFERS))

    def _on_activated(self) -> None:
        if self.value() != _DIFFERS:
            self.chosen.emit(self._guid, Fate(str(self.value())))


class FateRows(QWidget):
    """Shows SeatFates; says what somebody chooses, and whoever made it shows what comes of it."""

    chosen = Signal(str, object)
    """The GUID of a product, or "" for all, and the Fate."""

    def __init__(self, mode: Mode, *, hands_on: bool, parent: QWidget | None = None) -> None:
        """`hands_on`: somebody else may get the seats; in a suspended account nobody may."""
        super().__init__(parent)
        names = fate_names(mode)
        self._offered = {fate: name for fate, name in names.items() if hands_on or fate is not Fate.HAND_ON}
        self.choices: dict[str, FateChoice] = {}
        """By GUID; "" is the one for all products."""
        self.texts: dict[str, Label] = {}
        self.others: dict[str, QPushButton] = {}
        """Lead back to the choice of who gets the seats."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing.S + spacing.XS)

    def show_fates(self, fates: SeatFates) -> None:
        """Show what is chosen and what it comes to."""
        if not self.choices:
            self._make_rows(fates)
        for outcome in fates.outcomes:
            self.choices[outcome.effect.guid].show_fate(fates.fate(outcome.effect.guid))
            self.texts[outcome.effect.guid].setText(outcome_text(fates, outcome))
            self.others[outcome.effect.guid].setVisible(fates.fate(outcome.effect.guid) is Fate.HAND_ON)
        if "" in self.choices:
            self.choices[""].show_fate(fates.fate_of_all())

    def _make_rows(self, fates: SeatFates) -> None:
        if len(fates.outcomes) > 1 and len(self._offered) > 1:
            self._add("", _("All products"), _("What becomes of the freed seats of all products"))
        for outcome in fates.outcomes:
            self._add_product(outcome)

    def _add_product(self, outcome: SeatOutcome) -> None:
        effect = outcome.effect
        about = _("What becomes of the freed seats of {product}").format(product=effect.name)
        text, others = Label(role=TextRole.CAPTION, wrap=True), link(_("Choose others"))
        others.setAccessibleDescription(about)
        others.clicked.connect(self._on_others)
        self.texts[effect.guid], self.others[effect.guid] = text, others
        if self.choices:
            self._column.addWidget(hairline())
        self._add(effect.guid, effect.name, about, text, hbox(others, None))

    def _on_others(self) -> None:
        guid = next(guid for guid, button in self.others.items() if button is self.sender())
        self.chosen.emit(guid, Fate.HAND_ON)

    def _add(self, guid: str, title: str, about: str, *more: Item) -> None:
        choice = FateChoice(guid, about, self._offered)
        choice.chosen.connect(self.chosen)
        self.choices[guid] = choice
        show_if(choice, shown=len(self._offered) > 1)
        line = hbox(vbox(Label(title, TextRole.STRONG, wrap=True), *more, space=spacing.XS), vbox(choice, None))
        line.setStretch(0, 1)
        self._column.addLayout(line)
