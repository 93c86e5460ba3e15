"""How the window looks; each choice counts at once."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QApplication

from cpdesk.base import i18n
from cpdesk.base.i18n import _
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.shell import language
from cpdesk.ui.theme import Appearance
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.layout import hairline

_USUAL, _DENSE = "usual", "dense"
_FOLLOW, _STILL = "follow", "still"


class AppearanceCard(SettingsCard):
    """Language, palette, the height of rows, motion."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.language, self.palette_choice = ComboBox(), ComboBox()
        self.rows, self.motion = ComboBox(), ComboBox()
        self._lines = [SettingRow(combo) for combo in (self.language, self.palette_choice, self.rows, self.motion)]
        for place, line in enumerate(self._lines):
            if place:
                self.body.addWidget(hairline())
            self.body.addWidget(line)
        self.language.activated.connect(self._on_language)
        self.palette_choice.activated.connect(self._on_palette)
        self.rows.activated.connect(self._on_rows)
        self.motion.activated.connect(self._on_motion)
        context.theme.changed.connect(self.show_state)

    def offer(self, languages: Sequence[Choice]) -> None:
        """Offer these languages: their names take a while to find out."""
        self.language.set_choices(languages)
        self.show_state()

    def show_state(self) -> None:
        """Show what is chosen: the operator's menu chooses too."""
        theme = self._context.theme
        self.language.set_value(i18n.language())
        self.palette_choice.set_value(str(theme.appearance))
        self.rows.set_value(_DENSE if theme.dense else _USUAL)
        self.motion.set_value(_STILL if theme.motion_reduced_by_choice else _FOLLOW)

    def retranslate(self) -> None:
        self.set_title(_("Appearance"))
        language, palette, rows, motion = self._lines
        language.set_texts(_("Language"), _("Numbers and dates follow it."))
        palette.set_texts(_("Colors"))
        rows.set_texts(_("Rows of lists"), _("Low rows show a quarter more at a time."))
        motion.set_texts(_("Motion"), _("Notices slide in where motion is shown."))
        self.palette_choice.set_choices(
            [
                Choice(str(Appearance.SYSTEM), _("Follow the system")),
                Choice(str(Appearance.LIGHT), _("Light")),
                Choice(str(Appearance.DARK), _("Dark")),
            ]
        )
        self.rows.set_choices([Choice(_USUAL, _("Usual height")), Choice(_DENSE, _("Low"))])
        self.motion.set_choices([Choice(_FOLLOW, _("Follow the system")), Choice(_STILL, _("None"))])
        self.show_state()

    def _on_language(self) -> None:
        code = str(self.language.value())
        self._context.settings.setValue(language.SETTING, code)
        language.apply_language(cast("QApplication", QApplication.instance()), code)

    def _on_palette(self) -> None:
        self._context.theme.set_appearance(Appearance(str(self.palette_choice.value())))

    def _on_rows(self) -> None:
        self._context.theme.set_dense(dense=self.rows.value() == _DENSE)

    def _on_motion(self) -> None:
        self._context.theme.set_reduced_motion(reduced=self.motion.value() == _STILL)
