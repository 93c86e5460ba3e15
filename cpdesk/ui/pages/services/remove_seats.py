"""Giving seats of the pool back."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services.facts import PricedSeats
from cpdesk.ui.pages.services.seat_counts import removable_text, removing_text
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_field
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Bold, Label

COUNT_ERRORS = dict.fromkeys(("bad_count", "count_too_large", "too_many_seats", "seats_below_assigned"), "count")
"""What services say about the count."""


class RemoveSeatsDialog(ChangeDialog):
    """How many of a product's seats, and what is left. Never below what is assigned."""

    help_topic = "managing-purchase-licenses"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, held: PricedSeats) -> None:
        super().__init__(parent, context, account, _("Remove seats"))
        self.held, self.row = held, held.row
        count = Field("count", _("Seats to remove"), FieldKind.NUMBER, required=True)
        self.form = Form((count, reason_field()))
        self.outcome = Label(role=TextRole.STRONG, wrap=True)
        self.keep = self.add_button(secondary(_("Keep the seats as they are")))
        self.on_a_date = self.add_button(secondary(_("On a date…")))
        self.remove = self.add_button(primary(_("Remove seats")))
        product = Label(wrap=True)
        product.set_runs(Bold(self.row.name))
        for part in (product, Label(removable_text(self.row), wrap=True), self.form, self.outcome):
            self.content.addWidget(part)
        self.form.setEnabled(self.row.available > 0)
        self.remove.setEnabled(self.row.available > 0)
        self.remove.setDefault(True)
        self.form.changed.connect(self._on_count_changed)
        self._asker = parent
        self.keep.clicked.connect(self.reject)
        self.on_a_date.clicked.connect(self._on_a_date)
        self.remove.clicked.connect(self._on_remove)

    def first_focus(self) -> QWidget:
        return self.form.editor("count") if self.row.available else self.keep

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, COUNT_ERRORS):
            super().refused(error)
        self.fit()

    def _on_count_changed(self) -> None:
        count = self.form.values()["count"]
        fits = count is not None and 0 < count <= self.row.available
        self.outcome.setText(removing_text(self.held, count) if fits else "")

    def _on_a_date(self) -> None:
        from cpdesk.ui.parts.plan_dialog import PlanReductionDialog

        self.reject()
        PlanReductionDialog(self._asker, self.context, self.account, self.row).open()

    def _on_remove(self) -> None:
        if not self.form.validate():
            self.fit()
            return
        remove = self.context.services.licenses.remove_seats
        given = self.form.values()
        work = partial(remove, self.context.by, self.account.id, self.row.guid, given["count"], reason=given["reason"])
        self.change(work, self.remove, self.keep)
