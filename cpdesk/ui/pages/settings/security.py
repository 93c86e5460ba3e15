"""What keeps others out: locking the window, the second factor, the password."""

from datetime import timedelta
from functools import partial

from cpdesk.base.formats import format_date, format_duration, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.second_factor import Enrolment, FactorState
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.idle import CHOICES, idle_limit, set_idle_limit
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.layout import hairline, hbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.surfaces import surface

_MINUTE = timedelta(minutes=1)
_FEW = 3
"""Recovery codes: with fewer it is time for new ones."""


class SecurityCard(SettingsCard):
    """What counts for this computer, and what counts for whoever is signed in."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._state: FactorState | None = None
        self.lock = ComboBox()
        self.set_up, self.turn_off, self.renew = secondary(), secondary(), secondary()
        self.password = secondary()
        buttons = surface("clear")
        buttons.setLayout(hbox(self.renew, self.turn_off, self.set_up))
        self.refusal, self._few = Notice(Kind.ERROR), Notice(Kind.PENDING)
        self._lines = SettingRow(self.lock), SettingRow(buttons), SettingRow(self.password)
        self.body.addWidget(self.refusal)
        for place, line in enumerate(self._lines):
            if place:
                self.body.addWidget(hairline())
            self.body.addWidget(line)
        self.body.insertWidget(self.body.indexOf(self._lines[1]) + 1, self._few)
        for part in (self.refusal, self._few, self.set_up, self.turn_off, self.renew):
            part.hide()
        self._connect()

    def refresh(self) -> None:
        """Ask whether there is a second factor: apart from the page, which does not wait for it."""
        state = partial(self._context.services.factors.state, self._context.by)
        self._context.jobs.run(self, state, self._on_state, self._on_refused, key="factor")

    def retranslate(self) -> None:
        self.set_title(_("Access"))
        lock, _factor, password = self._lines
        lock.set_texts(
            _("Lock the window when nobody has used it for"),
            _(
                "Your password opens it again where you were. Changes that are due are completed meanwhile. "
                "Ctrl+L locks at once."
            ),
        )
        self.lock.set_choices([Choice(limit // _MINUTE, _limit_text(limit)) for limit in CHOICES])
        self.lock.set_value(idle_limit(self._context.settings) // _MINUTE)
        password.set_texts(_("Password"), _("The present one is asked for."))
        for button, text in (
            (self.set_up, _("Set up")),
            (self.turn_off, _("Turn off")),
            (self.renew, _("New recovery codes")),
            (self.password, _("Change password")),
        ):
            button.setText(text)
        self._show()

    def _connect(self) -> None:
        self.lock.activated.connect(self._on_lock)
        self.set_up.clicked.connect(self._on_set_up)
        self.turn_off.clicked.connect(self._on_turn_off)
        self.renew.clicked.connect(self._on_renew)
        self.password.clicked.connect(self._on_password)

    def _show(self) -> None:
        self._lines[1].set_texts(_("Second factor"), _factor_text(self._state))
        is_on = self._state is not None and self._state.since is not None
        self.set_up.setVisible(self._state is not None and not is_on)
        self.turn_off.setVisible(is_on)
        self.renew.setVisible(is_on)
        for button in (self.set_up, self.turn_off, self.renew):
            name = _("Second factor")
            button.setAccessibleName(f"{button.text()}: {name}")
        few = self._state is not None and is_on and self._state.codes_left < _FEW
        self._few.set_text(_("Make new recovery codes before the last one is used up.") if few else "")
        self._few.setVisible(few)

    def _on_state(self, state: FactorState) -> None:
        self._state = state
        self._show()

    def _on_refused(self, error: Exception) -> None:
        self.refusal.set_text(sentence_of(error))
        self.refusal.show()

    def _on_lock(self) -> None:
        minutes = self.lock.value()
        assert isinstance(minutes, int)
        set_idle_limit(self._context.settings, minutes * _MINUTE)

    def _on_set_up(self) -> None:
        self.refusal.hide()
        begin = partial(self._context.services.factors.begin, self._context.by)
        self._context.jobs.run(self, begin, self._on_begun, self._on_refused, key="begin")

    def _on_begun(self, enrolment: Enrolment) -> None:
        from cpdesk.ui.pages.settings.factor_dialogs import SetUpFactorDialog

        dialog = SetUpFactorDialog(self, self._context, enrolment)
        dialog.succeeded.connect(self.refresh)
        dialog.open()

    def _on_turn_off(self) -> None:
        from cpdesk.ui.pages.settings.factor_dialogs import TurnOffFactorDialog

        dialog = TurnOffFactorDialog(self, self._context)
        dialog.succeeded.connect(self.refresh)
        dialog.open()

    def _on_renew(self) -> None:
        from cpdesk.ui.pages.settings.factor_dialogs import RenewCodesDialog

        dialog = RenewCodesDialog(self, self._context)
        dialog.succeeded.connect(self.refresh)
        dialog.open()

    def _on_password(self) -> None:
        from cpdesk.ui.parts.change_password import ChangePasswordDialog

        ChangePasswordDialog(self, self._context).open()


def _limit_text(limit: timedelta) -> str:
    return format_duration(limit) if limit else _("Never")


def _factor_text(state: FactorState | None) -> str:
    if state is None:
        return ""
    if state.since is None:
        return _("Besides the password, ask for a code of an authenticator app on your telephone.")
    left = ngettext("{number} recovery code is left.", "{number} recovery codes are left.", state.codes_left)
    since = _("On since {date}.").format(date=format_date(state.since.date()))
    return f"{since} {left.format(number=format_number(state.codes_left))}"
