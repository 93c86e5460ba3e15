"""What stays on the screen of a change that went only as far as the seats did: who went without."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.plan_list import PlanList
from cpdesk.ui.parts.plan_texts import went_without_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice


class WentWithoutDialog(ChangeDialog):
    """Lists them, to be copied and exported as any list, and leads on to the seats they lack."""

    help_topic = "assign-licenses"

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        account: AccountRow,
        plan: LicensePlan,
        changed: LicensesChanged,
        again: Callable[[], None],
    ) -> None:
        """`again` asks for the same for those who went without."""
        super().__init__(parent, context, account, _("Who went without"), width=840)
        self._again = again
        self.list = PlanList(context, plan, lacking=True)
        self.get = self.add_button(secondary(_("Get seats for them")))
        self.close_button = self.add_button(primary(_("Close")))
        self.set_safe(self.close_button)
        kept = _("The Audit Log keeps it, too: an entry “no seat for a license” for each of them.")
        for part in (
            Notice(Kind.PENDING, went_without_text(changed)),
            self.list,
            Label(kept, TextRole.CAPTION, wrap=True),
        ):
            self.content.addWidget(part)
        self.get.clicked.connect(self._on_get)

    def _on_get(self) -> None:
        self.accept()
        self._again()
