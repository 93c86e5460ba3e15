"""Planning a new user for a date."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet, UserFields
from cpdesk.domain.rows import AccountRow, UserRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow
from cpdesk.ui.parts.assignment_columns import assignment_columns
from cpdesk.ui.parts.plan_dialog import PlanDialog
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.check_table import CheckTable
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.search import SearchField


class PlanJoinerDialog(PlanDialog):
    """Who it is was entered before; here the day and the licenses. `ask()` reads what can be ticked."""

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, fields: UserFields) -> None:
        pool = account.mode is Mode.PURCHASE
        super().__init__(parent, context, account, _("Plan a new user"), (_adding_field(),) if pool else (), width=720)
        self._fields = fields
        self.assignment: Assignment | None = None
        self.who = Label(beside(fields.display_name, fields.upn), TextRole.STRONG, wrap=True)
        self.search = SearchField(_("Search name, part number or GUID"))
        self.products: CheckTable[AssignmentRow] = CheckTable(
            assignment_columns(account.mode, 1), _guid_of, empty=EmptyState(_("No products to choose from"), "")
        )
        self.products.setAccessibleName(_("Licenses"))
        self.search.setMaximumWidth(self.products.maximumWidth())
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.search, self.products):
            part.setVisible(account.service_active)
        self.fill(self.who, self.search, self.products)
        self.search.searched.connect(self._on_searched)
        self.products.toggled.connect(self._on_toggled)

    def ask(self) -> None:
        """Read what can be ticked, and open."""
        self.open()
        if self.account.service_active:
            sheet = self.context.services.licenses.sheet
            work = partial(sheet, self.context.by, self.account.id, ())
            self.context.jobs.run(self, work, self._on_sheet, self.refused)

    def submit_plan(self) -> None:
        join = self.context.services.planning.join
        ticked = self.assignment.assign if self.assignment is not None else ()
        adds = bool(self.form.values().get("add_seats", False))
        work = partial(join, self.context.by, self.account.id, self.day, self._fields, licenses=ticked)
        self.change(partial(work, add_seats=adds, reason=self.reason), self.plan, self.leave)

    def _on_sheet(self, sheet: AssignmentSheet) -> None:
        fields = self._fields
        newcomer = UserRow(0, fields.upn, fields.display_name, blocked=False, guest=False, licenses=())
        self._show(Assignment(replace(sheet, users=(newcomer,), held=(frozenset(),))))
        self.fit()

    def _on_toggled(self, row: AssignmentRow) -> None:
        assert self.assignment is not None
        self._show(self.assignment.toggled(row.line.guid))

    def _show(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.products.set_rows(assignment.rows)

    def _on_searched(self, needle: str) -> None:
        self.products.set_predicate(partial(_matches, needle))


def _adding_field() -> Field:
    return Field(
        "add_seats",
        lambda: _("Add seats that the pool lacks on that day"),
        FieldKind.CHECK,
        help=lambda: _("Otherwise a license without a free seat is left out, and named in Pending Changes."),
    )


def _guid_of(row: AssignmentRow) -> str:
    return row.line.guid


def _matches(needle: str, row: AssignmentRow) -> bool:
    return row.matches(needle)
