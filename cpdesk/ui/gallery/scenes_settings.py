"""The settings."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import second_factor, topics
from cpdesk.domain.backups import BackupKind, file_name
from cpdesk.domain.encryption import Encrypted, EncryptionState, recovery_text
from cpdesk.domain.moving import MovedAway
from cpdesk.domain.operators import Session
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.rows import Done
from cpdesk.domain.second_factor import Enrolment, FactorState, Place
from cpdesk.services.backups import Backups
from cpdesk.services.defaults import Defaults
from cpdesk.services.encryption import Encryption
from cpdesk.services.factors import SecondFactors
from cpdesk.services.issuing import Issuing
from cpdesk.services.preferences import DatabaseCounts, DatabaseFacts, Preferences
from cpdesk.services.scheduling import Obstacle, Schedule, ScheduleState, Scheduling
from cpdesk.services.surroundings import DataFolder, FolderKind, Surroundings
from cpdesk.ui.gallery.moving_samples import moving_area
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import NOW, Picture, Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.settings.own_company_dialog import OwnCompanyDialog
from cpdesk.ui.pages.settings.page import SettingsPage
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.window import Window
from cpdesk.ui.theme.tokens import LIGHT

_ALL = ("german", "large_text", "rtl")

DEFAULTS = Defaults("USD", "America/New_York", "US")
FILE = Path("/home/dana/.local/share/cpdesk/cpdesk.db")
OFF = Schedule(ScheduleState.OFF)
ON = Schedule(ScheduleState.ON, last_run=NOW - timedelta(minutes=55))
SWITCHED = Done(ON, topics.SCHEDULE)
COMPANY = OwnCompany(
    "Northwind Cloud Services",
    ("1 Harbor Street", "Seattle, WA 98101"),
    "US",
    "US 91-1144442",
    Decimal("8.5"),
)
PLAIN = EncryptionState(encrypted=False, possible=True, keyring=True)
LOCKED = EncryptionState(encrypted=True, possible=True, keyring=True)
REMEMBERED = replace(LOCKED, remembered=True)
OLD_BACKUPS = tuple(
    FILE.parent / "backups" / file_name(BackupKind.DAILY, NOW - timedelta(days=day), 9) for day in range(1, 12)
)
RECOVERY_KEY = recovery_text(bytes(range(32)))
ENCRYPTED = Done(Encrypted(replace(LOCKED, plain_backups=OLD_BACKUPS), RECOVERY_KEY), topics.ENCRYPTION)
COUNTS = DatabaseCounts(48_300_000, 1_204, 51_873, 104_226)


NO_FACTOR = FactorState(None, None, 0)
FACTOR = FactorState(NOW - timedelta(days=12), Place.KEYRING, 9)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENROLMENT = Enrolment(SECRET, second_factor.address_of(SECRET, RESELLER.email), Place.KEYRING)
CODES = tuple(f"K7Q{letter}-2M9X-RT4B-WH{letter}N" for letter in "ABCDEFGHJK")


def factor_services(state: object = NO_FACTOR, **answers: Any) -> StandIn:
    """Second factors that are, or are not, turned on."""
    known = {
        "state": state,
        "begin": ENROLMENT,
        "turn_on": Done(CODES, topics.OPERATORS),
        "turn_off": Done(None, topics.OPERATORS),
        "renew_codes": Done(CODES, topics.OPERATORS),
        "reset": Done(None, topics.OPERATORS),
        **answers,
    }
    return StandIn(SecondFactors, **known)


def settings_services(  # noqa: PLR0913 - the areas that the settings show
    counts: DatabaseCounts | None = COUNTS,
    *,
    schedule: Schedule = OFF,
    switch: object = SWITCHED,
    folder: FolderKind = FolderKind.LOCAL,
    company: OwnCompany = COMPANY,
    saved: object = Done(COMPANY, topics.STATEMENTS),
    encryption: EncryptionState = PLAIN,
    encrypted: object = ENCRYPTED,
    factor: object = NO_FACTOR,
    moved: MovedAway | None = None,
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
        issuing=StandIn(Issuing, own_company=company, save_own_company=saved),
        scheduling=StandIn(Scheduling, look=schedule, switch_on=switch, switch_off=switch),
        factors=factor_services(factor),
        surroundings=StandIn(Surroundings, folder=DataFolder(FILE.parent, folder)),
        encryption=StandIn(
            Encryption,
            state=encryption,
            turn_on=encrypted,
            change_passphrase=encrypted,
            turn_off=Done(PLAIN, topics.ENCRYPTION),
            remember=Done(REMEMBERED, topics.ENCRYPTION),
            forget=Done(LOCKED, topics.ENCRYPTION),
            delete_plain_backups=Done(LOCKED, topics.ENCRYPTION),
        ),
        moving=moving_area(moved),
        backups=StandIn(Backups, folder=FILE.parent / "backups"),
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


def sample_logo() -> bytes:
    """A picture as a designer would send it."""
    picture = QPixmap(480, 120)
    picture.fill(QColor(LIGHT.accent))
    painter = QPainter(picture)
    painter.setPen(QPen(QColor(LIGHT.on_accent), 10))
    painter.drawEllipse(QPoint(60, 60), 34, 34)
    painter.drawLine(130, 60, 440, 60)
    painter.end()
    made = QBuffer()
    picture.save(made, "PNG")
    return bytes(made.data().data())


@scene("settings_company", variants=_ALL)
def settings_company(stage: Stage) -> QWidget:
    """Who sends the statements."""
    return settings_window(stage, settings_services(company=replace(COMPANY, logo=sample_logo())), section="company")


@scene("settings_company_empty", variants=("german",))
def settings_company_empty(stage: Stage) -> QWidget:
    """Not entered yet."""
    return settings_window(stage, settings_services(company=OwnCompany()), section="company")


def company_dialog(window: Window) -> OwnCompanyDialog:
    """The dialog of the window that changes the company."""
    assert isinstance(window.page, SettingsPage)
    window.page.company.change.click()
    return window.findChildren(OwnCompanyDialog)[-1]


@scene("settings_company_change", variants=_ALL)
def settings_company_change(stage: Stage) -> Picture:
    """All that can be entered."""
    services = settings_services(company=replace(COMPANY, logo=sample_logo()))
    window = settings_window(stage, services, section="company")
    return window, company_dialog(window)


@scene("settings_company_refused", variants=("german",))
def settings_company_refused(stage: Stage) -> Picture:
    """A rate that is none, and a logo that is no picture."""
    window = settings_window(stage, settings_services(), section="company")
    dialog = company_dialog(window)
    dialog.tax.set_values({"tax_rate": "nineteen"})
    dialog.logo.refuse(sentence_of(UserError("logo_not_an_image")))
    dialog.save.click()
    return window, dialog


@scene("settings_company_auditor", variants=("german",))
def settings_company_auditor(stage: Stage) -> QWidget:
    """To be read."""
    return settings_window(stage, settings_services(), AUDITOR, section="company")
