"""How often the program looks for changes of mode that are due."""

from datetime import timedelta

from cpdesk.base.formats import format_duration
from cpdesk.base.i18n import _
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.shell.due_interval import CHOICES, due_interval, set_due_interval
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label

_SECOND = timedelta(seconds=1)


class DueChangesCard(SettingsCard):
    """The interval, and what depends on it: nothing but when the news is seen."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.interval = ComboBox()
        self._line = SettingRow(self.interval)
        self._honest = Label(role=TextRole.CAPTION, wrap=True)
        for part in (self._line, self._honest):
            self.body.addWidget(part)
        self.interval.activated.connect(self._on_chosen)

    def retranslate(self) -> None:
        self.set_title(_("Due changes"))
        self._line.set_texts(
            _("Look for due changes every"), _("While the window is open, after the computer slept, and at each start.")
        )
        self._honest.setText(
            _(
                "Nothing else depends on it: whatever is opened or changed first completes what is due there, and a "
                "change of mode always counts from its date, however late it was completed."
            )
        )
        self.interval.set_choices([Choice(interval // _SECOND, format_duration(interval)) for interval in CHOICES])
        self.interval.set_value(due_interval(self._context.settings) // _SECOND)

    def _on_chosen(self) -> None:
        seconds = self.interval.value()
        assert isinstance(seconds, int)
        set_due_interval(self._context.settings, seconds * _SECOND)
