"""Saying what a product belongs to, which Microsoft's list does not."""

from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Scope
from cpdesk.domain.product_rows import ProductRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.products.words import scope_meaning
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label

_FIELDS = {"scope_unchanged": "scope"}


class ChangeScopeDialog(WorkDialog):
    """Possible while no account has the product; `succeeded` with the Product."""

    help_topic = "products"

    def __init__(self, parent: QWidget, context: PageContext, row: ProductRow) -> None:
        super().__init__(parent, context, _("Change scope"), row.product.name)
        self._row = row
        self.form = Form((_field(),))
        self.why = reason_form()
        self.leave = self.add_button(secondary(_("Keep the scope as it is")))
        self.save = self.add_button(primary(_("Change scope")))
        text = _("Microsoft's list does not say what a product belongs to. It decides whether users can hold it.")
        self.content.addWidget(Label(text, TextRole.CAPTION, wrap=True))
        self.content.addWidget(self.form)
        self.content.addWidget(self.why)
        self.form.set_values({"scope": row.product.scope})
        self.save.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        for form in (self.form, self.why):
            form.submitted.connect(self._on_save)

    def first_focus(self) -> QWidget:
        return self.form.editor("scope")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _on_save(self) -> None:
        set_scope = self.context.services.products.set_scope
        scope, reason = Scope(self.form.values()["scope"]), self.why.values()["reason"]
        self.change(partial(set_scope, self.context.by, self._row.id, scope, reason=reason), self.save, self.leave)


def _field() -> Field:
    return Field(
        "scope",
        lambda: _("Scope"),
        FieldKind.CHOICE,
        required=True,
        choices=lambda: tuple(Choice(scope, scope_meaning(scope)) for scope in Scope),
    )
