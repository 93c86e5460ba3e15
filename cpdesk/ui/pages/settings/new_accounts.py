"""What new accounts start with; kept in the database for all operators."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Done
from cpdesk.services.defaults import Defaults
from cpdesk.ui import choices
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.settings.setting_row import SettingsCard
from cpdesk.ui.parts.region_fields import country_field, currency_field, time_zone_field
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.texts import read_only_reason
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox

_FIELDS = {"unknown_currency": "currency", "unknown_time_zone": "time_zone", "unknown_country": "country"}


class NewAccountsCard(SettingsCard):
    """Currency, time zone and country, saved by a button; for who may not change them, what they are."""

    saved = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown: Defaults | None = None
        self._offered: Mapping[str, Sequence[Choice]] = {}
        self._text = Label(role=TextRole.CAPTION, wrap=True)
        self.form = Form(
            (
                currency_field(partial(self._offer, "currency")),
                time_zone_field(partial(self._offer, "time_zone")),
                country_field(partial(self._offer, "country")),
            )
        )
        self.save = primary()
        self.facts = Facts()
        self.body.addWidget(self._text)
        self.body.addWidget(self.form)
        self.body.addWidget(self.facts)
        self.body.addLayout(hbox(self.save, None))
        may_change = context.by.role is Role.RESELLER
        for part in (self.form, self.save):
            part.setVisible(may_change)
        self.facts.setVisible(not may_change)
        self.form.changed.connect(self._on_changed)
        self.save.clicked.connect(self._on_save)

    def offer(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Offer these for each field, in the language in use."""
        self._offered = choices
        for key in self.form.values():
            combo = self.form.editor(key)
            assert isinstance(combo, ComboBox)
            combo.set_choices(self._offer(key))

    def show_defaults(self, defaults: Defaults) -> None:
        """Show what holds; what somebody is typing stays."""
        untouched = self._shown is None or self._typed() == self._shown
        self._shown = defaults
        if untouched:
            country = defaults.country or choices.usual_country()
            self.form.set_values({"currency": defaults.currency, "time_zone": defaults.time_zone, "country": country})
        self._show_facts()
        self._on_changed()

    def retranslate(self) -> None:
        self.set_title(_("New accounts"))
        text = _("New accounts start with these; each can have its own. Accounts that exist keep theirs.")
        self._text.setText(" ".join(part for part in (text, read_only_reason(self._context.by)) if part))
        self.save.setText(_("Save defaults"))

    def _show_facts(self) -> None:
        names = {"currency": _("Currency"), "time_zone": _("Time zone"), "country": _("Country")}
        values = self.form.values()
        self.facts.clear()
        for key, name in names.items():
            known = {choice.value: choice.text for choice in self._offer(key)}
            self.facts.add(name, known.get(values[key], str(values[key] or "")))

    def _offer(self, key: str) -> Sequence[Choice]:
        return self._offered.get(key, ())

    def _typed(self) -> Defaults:
        values = self.form.values()
        return Defaults(values["currency"] or "", values["time_zone"] or "", values["country"] or "")

    def _on_changed(self) -> None:
        self.save.setEnabled(self._shown is not None and self._typed() != self._shown)

    def _on_save(self) -> None:
        if self.form.validate():
            typed = self._typed()
            save = self._context.services.preferences.set_defaults
            work = partial(save, self._context.by, typed.currency, typed.time_zone, typed.country)
            self._context.jobs.change(self, work, self._on_saved, self._on_refused)

    def _on_saved(self, done: Done[Defaults]) -> None:
        self._shown = done.value
        self._on_changed()
        self.saved.emit()

    def _on_refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            self._context.notices.error(sentence_of(error))
