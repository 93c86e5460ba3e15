"""Erasing the personal data of a deleted user."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base import erasing_sentences
from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS
from cpdesk.domain.erasing import ErasurePreview
from cpdesk.domain.people import DeletedUser
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox

_WIDTH = 680


class EraseUserDialog(LongChangeDialog):
    """Says what is replaced and where the person stays, and has the user principal name typed in."""

    help_topic = "erase-personal-data"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, user: DeletedUser) -> None:
        super().__init__(parent, context, account, _("Erase the personal data?"), _WIDTH)
        self._user = user
        self.preview: ErasurePreview | None = None
        self.facts = Facts()
        self.stays = Label(wrap=True)
        self.why = reason_form()
        self.form = Form((Field("upn", _("Type {upn} to confirm").format(upn=user.upn), required=True),))
        self.erase = self.add_button(danger(_("Erase personal data")))
        self.leave = self.add_button(primary(_("Keep the data")))
        self._fill()

    def ask(self) -> None:
        """Read what would be replaced; the dialog opens with the answer, or without it if that takes long."""
        look = partial(self.context.services.erasing.preview, self.context.by, self.account.id, user_id=self._user.id)
        self.read(look, self._show)

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {total} entries of the audit log looked through.").format(
            done=format_number(done), total=format_number(total)
        )

    def _fill(self) -> None:
        self.set_safe(self.leave)
        self.erase.setEnabled(False)
        self.content.addWidget(self.facts)
        self.content.addWidget(Label(_("Where the person is still named"), TextRole.STRONG))
        self.stays.setText("\n\n".join(erasing_sentences.stays(KEPT_DAYS, KEPT_MONTHS)))
        self.content.addWidget(self.stays)
        self.content.addWidget(self.why)
        self.footer.addLayout(vbox(hbox(self.form, None), self.line))
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self._on_erase)
        self.erase.clicked.connect(self._on_erase)

    def _show(self, preview: ErasurePreview) -> None:
        self.preview = preview
        self.facts.clear()
        self.facts.add(_("User"), beside(preview.display_name, preview.upn, between="\n"))
        self.facts.add(_("Is replaced by"), preview.pseudonym)
        self.facts.add(_("Where"), erasing_sentences.replaced(preview.entries, preview.plans))
        self.facts.add(_("Seats, counts, ledger and amounts"), _("stay as they are"))
        self.facts.add(_("Bringing the user back"), self._last_day(preview))
        self._on_typed()

    def _last_day(self, preview: ErasurePreview) -> str:
        if preview.restorable_until < self.context.clock.now():
            return _("has not been possible for some time")
        day = format_date(preview.restorable_until.date())
        return _("possible until {date}, never again once it is erased").format(date=day)

    def _is_named(self) -> bool:
        return names.key(self.form.values()["upn"]) == names.key(self._user.upn)

    def _on_typed(self) -> None:
        self.erase.setEnabled(self.preview is not None and self._is_named())

    def _on_erase(self) -> None:
        if self.preview is None or not self._is_named():
            return
        erase = partial(self.context.services.erasing.erase, self.context.by, self.account.id)
        work = partial(erase, self._user.id, self.form.values()["upn"], reason=self.why.values()["reason"])
        self.change(work, self.erase, self.leave)
