"""The settings: each counts at once and is remembered, but for what all operators share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.moving import MovedAway
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.own_company import OwnCompany
from cpdesk.services.defaults import Defaults
from cpdesk.services.preferences import DatabaseFacts
from cpdesk.services.surroundings import FolderKind
from cpdesk.ui import choices
from cpdesk.ui.pages.settings.about import AboutCard, used
from cpdesk.ui.pages.settings.appearance import AppearanceCard
from cpdesk.ui.pages.settings.data import DataCard
from cpdesk.ui.pages.settings.due_changes import DueChangesCard
from cpdesk.ui.pages.settings.encryption import EncryptionCard
from cpdesk.ui.pages.settings.moving import MovingCard
from cpdesk.ui.pages.settings.new_accounts import NewAccountsCard
from cpdesk.ui.pages.settings.own_company import OwnCompanyCard
from cpdesk.ui.pages.settings.schedule import ScheduleCard
from cpdesk.ui.pages.settings.security import SecurityCard
from cpdesk.ui.shell.page import Page
from cpdesk.ui.widgets.inputs import Choice

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services
    from cpdesk.ui.pages.settings.setting_row import SettingsCard


@dataclass(frozen=True, slots=True)
class Stored:
    """What the settings show out of the database."""

    database: DatabaseFacts
    defaults: Defaults | None
    """None for who may not see them."""
    company: OwnCompany | None
    """The same."""
    offered: Mapping[str, Sequence[Choice]]
    """What can be chosen, by setting."""
    used: Sequence[tuple[str, str]]
    """What the program is made with, and the licenses."""
    folder: FolderKind
    """Where the data folder lies."""
    moved: MovedAway | None = None
    """Where the database went, if it did."""


def read_stored(services: "Services", by: Session) -> Stored:
    """Read it in one go; on another thread: names of languages and countries alone take 0.1 s."""
    shared = by.role is not Role.CUSTOMER
    return Stored(
        services.preferences.database(by),
        services.preferences.defaults(by) if shared else None,
        services.issuing.own_company(by) if shared else None,
        {
            "language": choices.languages(),
            "currency": choices.currencies(),
            "time_zone": choices.time_zones(),
            "country": choices.countries(),
        },
        used(),
        services.surroundings.folder().kind,
        services.moving.moved_away() if by.role is Role.RESELLER else None,
    )


class SettingsPage(Page):
    """One card for each section; `section` among the parameters brings one of them into view."""

    topics = frozenset({"defaults", "accounts", "users", "statements", "operators"})

    def _build(self) -> None:
        self._stored: Stored | None = None
        self._wanted = ""
        self._shared = self.context.by.role is not Role.CUSTOMER
        """Whether what all operators have in common is shown."""
        self.appearance = AppearanceCard(self.context)
        self.security = SecurityCard(self.context)
        self.new_accounts = NewAccountsCard(self.context)
        self.company = OwnCompanyCard(self.context)
        self.due = DueChangesCard(self.context)
        self.schedule = ScheduleCard(self.context)
        self.data = DataCard(self.context)
        self.encryption = EncryptionCard(self.context)
        self.moving = MovingCard(self.context)
        self.about = AboutCard()
        self._sections: dict[str, SettingsCard] = {
            "appearance": self.appearance,
            "access": self.security,
            "new_accounts": self.new_accounts,
            "company": self.company,
            "due_changes": self.due,
            "schedule": self.schedule,
            "data": self.data,
            "encryption": self.encryption,
            "moving": self.moving,
            "about": self.about,
        }
        for card in self._sections.values():
            self.body.addWidget(card)
        self.body.addStretch(1)
        for card in (self.new_accounts, self.company, self.schedule, self.encryption):
            card.setVisible(self._shared)
        self.moving.setVisible(self.context.by.role is Role.RESELLER)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        self._wanted = str(params.get("section", ""))

    def _wire(self) -> None:
        self.new_accounts.saved.connect(self._on_saved)
        self.company.saved.connect(self._on_company_saved)

    def retranslate(self) -> None:
        self.set_title(
            _("Settings"),
            _("A choice counts at once and is remembered on this computer, unless a button beside it saves it."),
        )
        for card in self._sections.values():
            card.retranslate()
        if self._stored is not None:
            # Countries and currencies have other names now.
            self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.appearance.language

    def refresh(self) -> None:
        self.load(partial(read_stored, self.context.services, self.context.by), self._on_read)
        self.security.refresh()
        if self._shared:
            self.schedule.refresh()
            self.encryption.refresh()

    def _on_read(self, stored: Stored) -> None:
        self._stored = stored
        self.appearance.offer(stored.offered["language"])
        self.data.show_facts(stored.database)
        self.data.warn(stored.folder)
        self.moving.show_moved(stored.moved)
        self.about.show_used(stored.used)
        if stored.defaults is not None:
            self.new_accounts.offer(stored.offered)
            self.new_accounts.show_defaults(stored.defaults)
        if stored.company is not None:
            self.company.show_company(stored.company, stored.offered["country"])
        QTimer.singleShot(0, self, self._show_section)

    def _show_section(self) -> None:
        """Once everything has its place, and once only: later it is for the person to scroll."""
        card = self._sections.get(self._wanted)
        self._wanted = ""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if card is not None and isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(self.content.y() + card.y())

    def _on_saved(self) -> None:
        self.context.notices.clear()
        self.context.notices.success(_("New accounts start with these from now on."))

    def _on_company_saved(self) -> None:
        self.context.notices.clear()
        self.context.notices.success(_("Your company stands on statements like this from now on."))
