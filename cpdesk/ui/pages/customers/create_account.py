"""Create New Account."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.defaults import Defaults
from cpdesk.ui import choices
from cpdesk.ui.context import Kind
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.shell.page import Page
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.layout import hbox
from cpdesk.ui.widgets.notice import Notice

_FIELDS = {
    "bad_domain": "domain",
    "domain_taken": "domain",
    "unknown_country": "country",
    "unknown_currency": "currency",
    "unknown_time_zone": "time_zone",
}


class CreateAccountPage(Page):
    """A form; the new account is opened at once."""

    def _build(self) -> None:
        self._form = Form(_fields())
        self._refusal = Notice(Kind.ERROR)
        self._create = primary()
        self._leave = secondary()
        self._refusal.hide()
        card = Card()
        card.body.setContentsMargins(spacing.L, spacing.L, spacing.L, spacing.L)
        card.body.setSpacing(spacing.L)
        for part in (self._refusal, self._form):
            card.body.addWidget(part)
        card.body.addLayout(hbox(self._create, self._leave, None))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _wire(self) -> None:
        self._form.submitted.connect(self._on_submitted)
        self._create.clicked.connect(self._on_submitted)
        self._leave.clicked.connect(self._on_leave)

    def retranslate(self) -> None:
        self.set_title(_("Create New Account"), _("A new account starts in Usage Mode."))
        self._create.setText(_("Create Account"))
        self._leave.setText(_("Back to Customer List"))

    def first_focus(self) -> QWidget | None:
        return self._form.editor("name")

    def refresh(self) -> None:
        self.load(self.context.services.setup.defaults, self._on_defaults_read)

    def _on_defaults_read(self, defaults: Defaults) -> None:
        usual = {"currency": defaults.currency, "time_zone": defaults.time_zone, "country": choices.usual_country()}
        self._form.set_values(usual)

    def _on_submitted(self) -> None:
        self._refusal.hide()
        if not self._form.validate():
            return
        values = self._form.values()
        name, domain = values.pop("name"), values.pop("domain")
        create = self.context.services.accounts.create
        self.change(partial(create, self.context.by, name, domain, **values), self._on_created, self._on_refused)

    def _on_created(self, done: Done[AccountRow]) -> None:
        account = done.value
        self._form.reset()
        self.refresh()
        self.context.navigate("my_services", account=account.id)
        self.context.notices.success(_("{account} is created, in Usage Mode.").format(account=account.name))

    def _on_refused(self, error: Exception) -> None:
        if not told_by_field(self._form, error, _FIELDS):
            self._refusal.set_text(sentence_of(error))
            self._refusal.show()

    def _on_leave(self) -> None:
        self.context.navigate("customers")


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", lambda: _("Account name"), required=True),
        Field("domain", lambda: _("Domain"), required=True, placeholder="contoso.example"),
        Field("country", lambda: _("Country"), FieldKind.SEARCH, required=True, choices=choices.countries),
        Field(
            "currency",
            lambda: _("Currency"),
            FieldKind.SEARCH,
            required=True,
            choices=choices.currencies,
            help=lambda: _("Fixed once the first seat is added."),
        ),
        Field(
            "time_zone",
            lambda: _("Time zone"),
            FieldKind.SEARCH,
            required=True,
            choices=choices.time_zones,
            help=lambda: _("Billing days and due dates follow it."),
        ),
        Field("activate", lambda: _("Activate Microsoft 365"), FieldKind.CHECK, default=True),
    )
