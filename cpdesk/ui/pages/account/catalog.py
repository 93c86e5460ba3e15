"""The Catalog: the services that an account can have."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base import zones
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.domain.accounts import Status
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.switching import local_date
from cpdesk.services.products import ServiceOffer
from cpdesk.ui.pages.account.offer_band import OfferBand
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge, read_only_reason


class CatalogPage(Page):
    """Microsoft Office 365: what it is, since when it is active, or how to activate it."""

    topics = frozenset({"accounts"})

    def _build(self) -> None:
        self._offer: ServiceOffer | None = None
        self.band = OfferBand("cloud")
        self.body.addWidget(self.band)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self.band.button.clicked.connect(self._on_pressed)

    def retranslate(self) -> None:
        self.set_title(_("The Catalog"), _("Services that can be activated for this account"))
        if self._offer is not None:
            self._show(self._offer)

    def first_focus(self) -> QWidget | None:
        return self.band.button if self._offer is not None and self.band.button.isVisibleTo(self) else None

    def refresh(self) -> None:
        self.load(partial(self.context.services.products.offer, self.context.by, self.account_id), self._on_read)

    def _on_read(self, offer: ServiceOffer) -> None:
        self._offer = offer
        self.set_account(badge(offer.account))
        self._show(offer)

    def _show(self, offer: ServiceOffer) -> None:
        active = offer.account.service_active
        what = _("Licenses of Microsoft 365 and what goes with it, for users and for the tenant as a whole.")
        self.band.set_texts(_("Microsoft Office 365"), what)
        self.band.set_state(_since_text(offer) if active else self._hindrance(offer.account), active=active)
        self.band.set_action(_("Open the service") if active else _("Activate"), primary=not active)
        self.band.button.setVisible(active or not self._hindrance(offer.account))

    def _hindrance(self, account: AccountRow) -> str:
        """Why it cannot be activated here, or ""."""
        if account.status is Status.SUSPENDED:
            return _("{account} is suspended: nothing can be activated for it.").format(account=account.name)
        if account.status is Status.CLOSED:
            return _("{account} is closed: nothing can be activated for it.").format(account=account.name)
        return read_only_reason(self.context.by)

    def _on_pressed(self) -> None:
        assert self._offer is not None
        if self._offer.account.service_active:
            self.context.navigate("services", account=self.account_id)
        else:
            self._ask(self._offer.account)

    def _ask(self, account: AccountRow) -> None:
        from cpdesk.ui.pages.account.activate_service import ActivateServiceDialog

        dialog = ActivateServiceDialog(self, self.context, account)
        dialog.succeeded.connect(self._on_activated)
        dialog.transition_chosen.connect(self._on_transition)
        dialog.open()

    def _on_transition(self) -> None:
        self.context.navigate("transition", account=self.account_id)

    def _on_activated(self, account: AccountRow) -> None:
        self.refresh()
        self.context.notices.success(_("Microsoft Office 365 is active for {account}.").format(account=account.name))


def _since_text(offer: ServiceOffer) -> str:
    if offer.since is None:
        return ""
    day = local_date(offer.since, zones.zone(offer.account.time_zone))
    return _("Active since {date}").format(date=format_date(day))
