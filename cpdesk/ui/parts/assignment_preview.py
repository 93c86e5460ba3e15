"""The second step of a License Assignment: exactly what changes, per product and per user."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.base.limit_words import beyond_text
from cpdesk.domain.license_plan import LicensePlan, ProductPlan
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.plan_columns import plan_columns
from cpdesk.ui.parts.plan_list import PlanList
from cpdesk.ui.parts.plan_texts import changing_text, without_plan_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable


class AssignmentPreview(QWidget):
    """Shows one plan."""

    def __init__(self, context: PageContext, plan: LicensePlan, differences: Iterable[str] = ()) -> None:
        """`differences` tell how it is another one than was accepted."""
        super().__init__()
        self.plan = plan
        self.notices = [Notice(Kind.PENDING, text, title) for text, title in _notices(plan, tuple(differences))]
        self.products: DataTable[ProductPlan] = DataTable(plan_columns(plan), _guid_of, inline=True)
        self.products.setAccessibleName(_("Products"))
        self.products.set_rows(plan.products)
        self.users = PlanList(context, plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (*self.notices, Label(changing_text(plan), TextRole.STRONG, wrap=True), self.products, self.users):
            column.addWidget(part)


def _notices(plan: LicensePlan, differences: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Texts with their titles."""
    if differences:
        yield "; ".join(differences), _("Changed since this was shown, so nothing is done yet.")
    if plan.lacking:
        yield without_plan_text(plan), ""
    for beyond in plan.beyond:
        yield beyond_text(beyond), ""


def _guid_of(line: ProductPlan) -> str:
    return line.line.guid
