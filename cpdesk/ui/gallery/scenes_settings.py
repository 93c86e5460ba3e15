"""The settings."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain import topics
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.services.defaults import Defaults
from cpdesk.services.preferences import DatabaseCounts, DatabaseFacts, Preferences
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState, Scheduling
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import NOW, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")

DEFAULTS = Defaults("USD", "America/New_York", "US")
FILE = Path("/home/dana/.local/share/cpdesk/cpdesk.db")
OFF = Schedule(ScheduleState.OFF)
ON = Schedule(ScheduleState.ON, last_run=NOW - timedelta(minutes=55))
SWITCHED = Done(ON, topics.SCHEDULE)
COUNTS = DatabaseCounts(48_300_000, 1_204, 51_873, 104_226)


def settings_services(
    counts: DatabaseCounts | None = COUNTS,
    *,
    schedule: Schedule = OFF,
    switch: object = SWITCHED,
    folder: FolderKind = FolderKind.LOCAL,
    **answers: Any,
) -> Any:
    """Services with a database of some size, a scheduler and a kind of folder; `switch` is what both ways of
    switching the scheduler answer, `answers` replace methods of `Preferences`."""
    known: dict[str, Any] = {
        "defaults": DEFAULTS,
        "database": DatabaseFacts(FILE, counts),
        "set_defaults": lambda _by, currency, zone, country: Done(Defaults(currency, zone, country), topics.DEFAULTS),
        **answers,
    }
    return services(
        preferences=StandIn(Preferences, **known),
        scheduling=StandIn(Scheduling, look=schedule, switch_on=switch, switch_off=switch),
        surroundings=StandIn(Surroundings, folder=DataFolder(FILE.parent, folder)),
    )


def settings_window(stage: Stage, bundle: Any, session: Session = RESELLER, **params: object) -> Window:
    """The window at the settings."""
    return stage.window(all_pages(), "settings", services=bundle, session=session, **params)


@scene("settings", variants=_ALL)
def settings(stage: Stage) -> QWidget:
    """The upper part."""
    return settings_window(stage, settings_services())


@scene("settings_data", variants=_ALL)
def settings_data(stage: Stage) -> QWidget:
    """Opened at the folders."""
    return settings_window(stage, settings_services(), section="data")


@scene("settings_schedule_on", variants=_ALL)
def settings_schedule_on(stage: Stage) -> QWidget:
    """The system completes what is due by itself."""
    return settings_window(stage, settings_services(schedule=ON), section="schedule")


@scene("settings_schedule_refused", variants=("german",))
def settings_schedule_refused(stage: Stage) -> QWidget:
    """The system would not."""
    refusal = KnownError("scheduler_refused", command="systemctl", reason="Failed to enable unit: Access denied")
    window = settings_window(stage, settings_services(switch=refusal), section="schedule")
    assert isinstance(window.page, SettingsPage)
    window.page.schedule.button.click()
    return window


@scene("settings_schedule_outdated")
def settings_schedule_outdated(stage: Stage) -> QWidget:
    """The program has moved since it was switched on."""
    return settings_window(stage, settings_services(schedule=Schedule(ScheduleState.OUTDATED)), section="schedule")


@scene("settings_schedule_impossible", variants=("german",))
def settings_schedule_impossible(stage: Stage) -> QWidget:
    """A system without systemd."""
    schedule = Schedule(ScheduleState.IMPOSSIBLE, Obstacle.NO_SYSTEMD)
    return settings_window(stage, settings_services(schedule=schedule), section="schedule")


@scene("settings_folder", variants=_ALL)
def settings_folder(stage: Stage) -> QWidget:
    """The data lies where a service copies it."""
    return settings_window(stage, settings_services(folder=FolderKind.ONEDRIVE), section="data")


@scene("settings_about", variants=("german",))
def settings_about(stage: Stage) -> QWidget:
    """The lower end."""
    return settings_window(stage, settings_services(), section="about")


@scene("settings_auditor")
def settings_auditor(stage: Stage) -> QWidget:
    """Defaults that can be read only."""
    return settings_window(stage, settings_services(), AUDITOR)


@scene("settings_customer", variants=("german",))
def settings_customer(stage: Stage) -> QWidget:
    """Nothing about new accounts, nor how large the database is."""
    return settings_window(stage, settings_services(None), CUSTOMER)


@scene("settings_error")
def settings_error(stage: Stage) -> QWidget:
    """The database cannot be read."""
    error = KnownError("database_locked", path=str(FILE))
    return settings_window(stage, settings_services(database=error))


@scene("settings_dense")
def settings_dense(stage: Stage) -> QWidget:
    """A list with low rows."""
    from cpdesk.ui.gallery.scenes_operators import OPERATORS, many_operators, operator_services

    stage.theme.set_dense(dense=True)
    rows = (*OPERATORS, *many_operators(40))
    return stage.window(all_pages(), "operators", services=operator_services(rows), session=RESELLER)
