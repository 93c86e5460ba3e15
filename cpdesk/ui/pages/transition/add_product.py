"""Adding a product to the catalogue, for a name that no product has."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product, Scope
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.product_picker import ProductPicker, product_choices
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Label

_FIELDS = {"bad_guid": "guid", "product_exists": "guid"}
"""Which field a refusal is about, where it does not say."""


class AddProductDialog(WorkDialog):
    """Part number, GUID and name, filled in where Microsoft publishes them; `succeeded` with the Product."""

    help_topic = "import-users"

    def __init__(self, parent: QWidget, context: PageContext, name: str, published: Sequence[Product]) -> None:
        """`published` are the products that Microsoft publishes under this name."""
        super().__init__(parent, context, _("Add a product to the catalogue"))
        self._published = published
        self.which = ProductPicker(product_choices(published))
        self.form = Form(_fields())
        self.leave = self.add_button(secondary(_("Keep the catalogue as it is")))
        self.add = self.add_button(primary(_("Add the product")))
        self._fill(name)
        self.which.currentIndexChanged.connect(self._on_which)
        self.form.submitted.connect(self._on_add)
        self.leave.clicked.connect(self.reject)
        self.add.clicked.connect(self._on_add)

    def first_focus(self) -> QWidget:
        return self.which if len(self._published) > 1 else self.form.editor("name")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _FIELDS):
            super().refused(error)
        self.fit()

    def _fill(self, name: str) -> None:
        self.form.set_values({"name": name, "scope": Scope.USER})
        self.content.addWidget(Label(_origin(len(self._published)), TextRole.CAPTION, wrap=True))
        self.which.set_name(_("Products that Microsoft publishes under this name"), _("Choose the right one"))
        self.content.addWidget(self.which)
        self.which.setVisible(len(self._published) > 1)
        self.content.addWidget(self.form)
        self.add.setDefault(True)
        if len(self._published) == 1:
            self._on_which(0)

    def _on_which(self, place: int) -> None:
        """Fill in what Microsoft publishes."""
        if place < 0:
            return
        product = self._published[place]
        self.form.set_values({"name": product.name, "part_number": product.part_number, "guid": product.guid})

    def _on_add(self) -> None:
        if self.form.validate():
            told = self.form.values()
            add = self.context.services.products.add
            work = partial(add, self.context.by, told["name"], told["part_number"], told["guid"], Scope(told["scope"]))
            self.change(work, self.add, self.leave)
        self.fit()


def _origin(published: int) -> str:
    if not published:
        return _(
            "Microsoft's list of product names that comes with cpdesk does not have this name. Part number and GUID "
            "stand in the list that Microsoft publishes under “Product names and service plan identifiers”."
        )
    if published == 1:
        return _("Filled in from the list of product names that Microsoft publishes.")
    return _("Microsoft publishes several products under this name. Choose the part number of the right one.")


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", lambda: _("Product name"), required=True),
        Field("part_number", lambda: _("Part number"), required=True, placeholder="SPB"),
        Field("guid", lambda: _("GUID"), required=True, placeholder="cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"),
        Field(
            "scope",
            lambda: _("Belongs to"),
            FieldKind.CHOICE,
            required=True,
            choices=lambda: (
                Choice(Scope.USER, _("Users: it can be assigned")),
                Choice(Scope.TENANT, _("The tenant as a whole: it is never assigned")),
            ),
        ),
    )
