"""When to warn that few seats of a product are left."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow, SubscriptionRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_field
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.texts import seats_text
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Bold, Label

_ERRORS = dict.fromkeys(("bad_threshold", "count_too_large"), "threshold")


class ThresholdDialog(ChangeDialog):
    """At how many available seats, or never."""

    help_topic = "managing-purchase-licenses"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, row: SubscriptionRow) -> None:
        super().__init__(parent, context, account, _("Low-seat warning"))
        self.row = row
        label = Field(
            "threshold", _("Warn when so many seats are available, or fewer"), FieldKind.NUMBER, required=True
        )
        self.form = Form((label, reason_field()))
        self.leave = self.add_button(secondary(_("Leave it as it is")))
        self.clear = self.add_button(secondary(_("Do not warn")))
        self.warn = self.add_button(primary(_("Warn")))
        product = Label(wrap=True)
        product.set_runs(Bold(row.name))
        now = _("{available} of {seats} are available now. 0 warns when none is left.").format(
            available=row.available, seats=seats_text(row.seats)
        )
        where = Label(_("The warning stands in Subscriptions and in the alerts, for everybody who sees the account."))
        where.setWordWrap(True)
        for part in (product, Label(now, wrap=True), where, self.form):
            self.content.addWidget(part)
        self.form.set_values({"threshold": row.threshold})
        self.clear.setVisible(row.threshold is not None)
        self.warn.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.clear.clicked.connect(self._on_clear)
        self.warn.clicked.connect(self._on_warn)

    def first_focus(self) -> QWidget:
        return self.form.editor("threshold")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _ERRORS):
            super().refused(error)
        self.fit()

    def _on_warn(self) -> None:
        if self.form.validate():
            self._put(self.form.values()["threshold"])
        else:
            self.fit()

    def _on_clear(self) -> None:
        self._put(None)

    def _put(self, threshold: int | None) -> None:
        put, reason = self.context.services.thresholds.set, self.form.values()["reason"]
        work = partial(put, self.context.by, self.account.id, self.row.guid, threshold, reason=reason)
        self.change(work, self.warn, self.clear, self.leave)
