"""How many of the last months are looked at."""

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.ui.context import Settings
from cpdesk.ui.widgets.inputs import Choice, ComboBox

MOST = 24
USUAL = 12


class MonthsChoice(ComboBox):
    """The last 1 to 24 months; remembers what was chosen under `name`."""

    def __init__(self, settings: Settings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._settings = settings
        self._name = f"months/{name}"
        self.retranslate()
        self.set_months(_number(settings.value(self._name)))
        self.activated.connect(self._on_activated)

    @property
    def months(self) -> int:
        """How many."""
        value = self.value()
        return value if isinstance(value, int) else USUAL

    def set_months(self, months: int) -> None:
        """Choose; what cannot be chosen leaves things as they are."""
        if 1 <= months <= MOST:
            self.set_value(months)

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.set_choices([Choice(number, last_months(number)) for number in range(1, MOST + 1)])
        self.stand_alone(_("Months that are looked at"))

    def _on_activated(self) -> None:
        self._settings.setValue(self._name, self.months)


def last_months(number: int) -> str:
    """ "Last 12 months"."""
    return ngettext("Last {number} month", "Last {number} months", number).format(number=format_number(number))


def _number(remembered: object) -> int:
    """Settings come back as texts."""
    return next((number for number in range(1, MOST + 1) if str(number) == str(remembered)), USUAL)
