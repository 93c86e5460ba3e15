"""Completing changes of mode while the window is closed, by the scheduler of the system."""

from functools import partial

from cpdesk.base.formats import format_instant
from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Done
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice


class ScheduleCard(SettingsCard):
    """Whether the system does it, why it cannot, and the way to switch it on and off."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._known: Schedule | None = None
        self.button = secondary()
        self._line = SettingRow(self.button)
        self._about = Label(role=TextRole.CAPTION, wrap=True, selectable=True)
        self.refusal = Notice(Kind.ERROR)
        for part in (self.refusal, self._line, self._about):
            self.body.addWidget(part)
        self.refusal.hide()
        self._line.hide()
        self.button.clicked.connect(self._on_clicked)

    def refresh(self) -> None:
        """Ask the system how things stand: apart from the page, which does not wait for it."""
        look = partial(self._context.services.scheduling.look, self._context.by)
        self._context.jobs.run(self, look, self._on_looked, self._on_refused, key="schedule")

    def retranslate(self) -> None:
        self.set_title(_("Complete changes of mode without the window"))
        self._show()

    def _show(self) -> None:
        if self._known is None:
            self._about.setText(_("Asking the scheduler of this system"))
            return
        state, may_change = self._known.state, self._context.by.role is Role.RESELLER
        self._line.set_texts(_state_text(state), _explanation(self._known))
        self._line.show()
        self._about.setText(_about(self._known))
        self.button.setText(_button_text(state))
        self.button.setAccessibleName(f"{self.button.text()}: {self.accessibleName()}")
        self.button.setVisible(may_change and state is not ScheduleState.IMPOSSIBLE)

    def _on_looked(self, schedule: Schedule) -> None:
        self._known = schedule
        self._show()

    def _on_clicked(self) -> None:
        assert self._known is not None
        service = self._context.services.scheduling
        switch = service.switch_off if self._known.state is ScheduleState.ON else service.switch_on
        self.refusal.hide()
        self.button.setEnabled(False)
        work = partial(switch, self._context.by)
        self._context.jobs.change(self, work, self._on_switched, self._on_refused)

    def _on_switched(self, done: Done[Schedule]) -> None:
        self.button.setEnabled(True)
        self._on_looked(done.value)

    def _on_refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.refusal.set_text(sentence_of(error))
        self.refusal.show()


def _state_text(state: ScheduleState) -> str:
    return {
        ScheduleState.ON: _("On: every hour"),
        ScheduleState.OFF: _("Off"),
        ScheduleState.OUTDATED: _("On, but for another place"),
        ScheduleState.IMPOSSIBLE: _("Not possible here"),
    }[state]


def _button_text(state: ScheduleState) -> str:
    return {
        ScheduleState.ON: _("Switch off"),
        ScheduleState.OUTDATED: _("Switch on for this place"),
    }.get(state, _("Switch on"))


def _explanation(schedule: Schedule) -> str:
    if schedule.obstacle is not None:
        return _obstacle_text(schedule.obstacle)
    return {
        ScheduleState.ON: _(
            "The scheduler of this system completes what is due at five minutes past every hour, and after the "
            "computer slept, while you are logged in to it."
        ),
        ScheduleState.OUTDATED: _(
            "cpdesk or its data folder has moved since it was switched on: what runs every hour is the former one."
        ),
    }.get(schedule.state, _("What comes due while cpdesk is closed is completed when it is opened next."))


def _obstacle_text(obstacle: Obstacle) -> str:
    return {
        Obstacle.DEMO: _("The demo leaves nothing behind on this computer, and its clock is not that of the system."),
        Obstacle.NO_SYSTEMD: _("This system has no systemd, whose timers cpdesk would use."),
        Obstacle.NO_SESSION: _("systemd runs on this system, but not for your session: there is no timer to be had."),
        Obstacle.OTHER_SYSTEM: _("cpdesk does not know the scheduler of this system."),
    }[obstacle]


def _about(schedule: Schedule) -> str:
    """When it ran last, what can be done where it is not possible, and that nothing is late either way."""
    parts = [_("Either way a change counts from its date.")]
    if schedule.obstacle not in {None, Obstacle.DEMO}:
        parts.append(_("To complete changes while cpdesk is closed, have a scheduler run: cpdesk apply-due"))
    if schedule.last_run is not None:
        last = format_instant(schedule.last_run, usual_time_zone())
        parts.insert(0, _("Last run: {instant}.").format(instant=last))
    elif schedule.state is ScheduleState.ON:
        parts.insert(0, _("It has not run yet."))
    return " ".join(parts)
