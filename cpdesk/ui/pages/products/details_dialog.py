"""What a product consists of."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.base.product_words import scope_name
from cpdesk.domain.catalog import Product
from cpdesk.domain.operators import Role
from cpdesk.domain.product_rows import ProductDetails, ProductRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.products.columns import plan_columns
from cpdesk.ui.pages.products.words import fixed_text, overlap_texts, plans_text
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import Side
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.domain.product_file import ServicePlan

_WIDTH = 960


class ProductDetailsDialog(WorkDialog):
    """Part number, GUID, scope, what contains it, and its service plans."""

    help_topic = "products"
    scope_changed = Signal(object)
    """The Product with its new scope."""

    def __init__(self, parent: QWidget, context: PageContext, row: ProductRow) -> None:
        super().__init__(parent, context, row.product.name, _identity(row.product), _WIDTH)
        self._row = row
        self._details: ProductDetails | None = None
        self.facts = Label(wrap=True)
        self.overlaps = Label(wrap=True)
        self.fixed = Label(role=TextRole.CAPTION, wrap=True)
        self.heading = Label(role=TextRole.SECTION)
        self.plans: DataTable[ServicePlan] = DataTable(plan_columns(), lambda plan: plan.guid, inline=True)
        self.plans.fold_texts()
        self.plans.setAccessibleName(_("Service plans"))
        self.unknown = Label(role=TextRole.CAPTION, wrap=True)
        self.change_scope = self.add_button(secondary(_("Change scope")), Side.START)
        self.leave = self.add_button(primary(_("Close")))
        self.set_safe(self.leave)
        for part in (self.facts, self.fixed, self.overlaps, self.heading, self.plans, self.unknown):
            self.content.addWidget(part)
        self.change_scope.setVisible(context.by.role is Role.RESELLER)
        self.change_scope.clicked.connect(self._on_change_scope)
        self._show(None)
        self.ask()

    def ask(self) -> None:
        """Read the details, again after the scope was changed."""
        work = partial(self.context.services.products.details, self.context.by, self._row.id)
        self.context.jobs.run(self, work, self._show, self.refused)

    def _show(self, details: ProductDetails | None) -> None:
        self._details = details
        plans = details.plans if details else ()
        product = details.row.product if details else self._row.product
        self.facts.setText(_("Scope: {scope}").format(scope=scope_name(product.scope)))
        self.plans.set_rows(plans)
        self.heading.setText(plans_text(len(plans)))
        self.unknown.setText(
            _("The service plans are not known yet. Import Products reads them from Microsoft's list.")
        )
        self.fixed.setText(fixed_text(details) if details else "")
        self.overlaps.setText("\n".join(overlap_texts(details)) if details else "")
        for part in (self.heading, self.plans):
            part.setVisible(bool(plans))
        self.unknown.setVisible(details is not None and not plans)
        for label in (self.fixed, self.overlaps):
            label.setVisible(bool(label.text()))
        self.change_scope.setEnabled(details is not None and not details.scope_fixed_by)
        self.change_scope.setAccessibleDescription(self.fixed.text())
        if self.isVisible():
            self.fit()

    def _on_change_scope(self) -> None:
        from cpdesk.ui.pages.products.scope_dialog import ChangeScopeDialog

        if self._details is not None:
            dialog = ChangeScopeDialog(self, self.context, self._details.row)
            dialog.succeeded.connect(self._on_scope_changed)
            dialog.open()

    def _on_scope_changed(self, product: Product) -> None:
        self.scope_changed.emit(product)
        self.ask()


def _identity(product: Product) -> str:
    return beside(product.part_number, product.guid)
