"""License Assignment: which products one or several users have."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.license_plan import LicensesChanged
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import AssignmentSheet
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.ui import theme
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow
from cpdesk.ui.parts.assignment_columns import assignment_columns
from cpdesk.ui.parts.assignment_texts import (
    add_seats_text,
    apply_text,
    changed_text,
    lacking_text,
    people_text,
    summary_text,
)
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.product_picker import search_hint
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.texts import seats_text, users_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.check_table import CheckTable
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField

_TALL = 700
"""A window of this height has room for more than a few rows."""
_MANY_ROWS = 8


class LicenseAssignmentDialog(LongChangeDialog):
    """Shows what ticking comes to before it is applied; seats that lack can be added on the way.

    `ask()` opens it once the sheet is read, or without it if that takes long. What was done is told by a notice
    with Undo.
    """

    help_topic = "assign-licenses"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, user_ids: Sequence[int]) -> None:
        super().__init__(parent, context, account, _("License Assignment"), width=760)
        self._asker = parent
        self._user_ids = tuple(user_ids)
        self.assignment: Assignment | None = None
        self.people = Label(role=TextRole.STRONG, wrap=True)
        self.search = SearchField(search_hint())
        self.products: CheckTable[AssignmentRow] = CheckTable(
            assignment_columns(account.mode, len(self._user_ids)), _guid_of, empty=EmptyState(*self._when_empty())
        )
        self.lacking = QVBoxLayout()
        self.summary = Label(role=TextRole.STRONG, wrap=True)
        self.form = reason_form(note=False)
        self.leave = self.add_button(secondary(_("Keep the licenses as they are")))
        self.apply = self.add_button(primary())
        self._fill()
        self._wire()

    def ask(self) -> None:
        """Read the sheet, again if need be."""
        sheet = self.context.services.licenses.sheet
        self.read(partial(sheet, self.context.by, self.account.id, self._user_ids), self._on_sheet)

    def refused(self, error: Exception) -> None:
        """Somebody else may have taken the seats meanwhile: the counts are shown as they are now."""
        super().refused(error)
        self.ask()

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {users} changed. All are changed, or none.").format(
            done=format_number(done), users=users_text(total or len(self._user_ids))
        )

    def first_focus(self) -> QWidget:
        return self.search

    def _fill(self) -> None:
        self.people.setText(_("Reading who has what…"))
        self.apply.setText(_("Apply"))
        self.apply.setEnabled(False)
        if self._asker.window().height() >= theme.current().fonts.scaled(_TALL):
            self.products.least_rows = _MANY_ROWS
        self.products.setAccessibleName(_("Products"))
        self.search.setMaximumWidth(self.products.maximumWidth())
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lacking.setSpacing(spacing.S)
        for part in (self.people, self.search, self.products):
            self.content.addWidget(part)
        self.content.addLayout(self.lacking)
        self.content.addWidget(self.form)
        self.footer.addLayout(vbox(self.summary, self.line))
        self.apply.setDefault(True)

    def _wire(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.went_down.connect(self._on_went_down)
        self.products.toggled.connect(self._on_toggled)
        self.form.submitted.connect(self._on_apply)
        self.leave.clicked.connect(self.reject)
        self.apply.clicked.connect(self._on_apply)
        self.changed.connect(self._on_changed_licenses)

    def _when_empty(self) -> tuple[str, str]:
        if self.account.mode is Mode.USAGE:
            return _("No products yet"), _("The catalogue has no product that can be assigned to users.")
        return _("No seats in the pool yet"), _("Add seats on the Subscriptions tab of the Microsoft 365 services.")

    def _on_sheet(self, sheet: AssignmentSheet) -> None:
        self.assignment = self.assignment.on(sheet) if self.assignment else Assignment(sheet)
        self.people.setText(people_text(sheet.users))
        self._show()

    def _show(self) -> None:
        assert self.assignment is not None
        self.products.set_rows(self.assignment.rows)
        self.summary.setText(summary_text(self.assignment))
        self.apply.setText(apply_text(self.assignment))
        changes = bool(self.assignment.assign or self.assignment.remove)
        self.apply.setEnabled(changes and not self.assignment.lacking)
        self._show_lacking(self.assignment)

    def _show_lacking(self, assignment: Assignment) -> None:
        clear(self.lacking)
        for row in assignment.lacking:
            offer = Action(add_seats_text(row, assignment.sheet.currency), partial(self._add_seats, row))
            notice = Notice(Kind.PENDING, lacking_text(row), actions=(offer,))
            self.lacking.addWidget(notice)
            notice.show()  # otherwise it takes no room before the next round of events

    def _on_searched(self, needle: str) -> None:
        self.products.set_predicate(partial(_matches, needle))

    def _on_went_down(self) -> None:
        if self.products.rows.rowCount():
            self.products.selectRow(max(self.products.currentIndex().row(), 0))
            self.products.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_toggled(self, row: AssignmentRow) -> None:
        assert self.assignment is not None
        self.assignment = self.assignment.toggled(row.line.guid)
        self.say("")
        self._show()
        self.fit()

    def _add_seats(self, row: AssignmentRow) -> None:
        """Buying is a step of its own, with an entry of its own in the audit log."""
        add = self.context.services.licenses.add_seats
        work = partial(add, self.context.by, self.account.id, row.line.guid, row.lacking, reason=self._reason())
        self.context.jobs.change(self, work, self._on_added, self.refused)

    def _on_added(self, done: Done[SeatsResult]) -> None:
        result = done.value
        text = _("{product}: now {seats} in the pool.").format(
            product=result.product.name, seats=seats_text(result.seats)
        )
        tell_done(self.context, self._asker, text, done)
        self.ask()

    def _on_apply(self) -> None:
        if self.assignment is None or not self.apply.isEnabled():
            return
        change = self.context.services.licenses.change
        work = partial(
            change,
            self.context.by,
            self.account.id,
            self._user_ids,
            assign=self.assignment.assign,
            remove=self.assignment.remove,
            reason=self._reason(),
        )
        self.summary.setText(_("Working on it…"))
        self.change(work, self.apply, self.leave)

    def _reason(self) -> str:
        return str(self.form.values()["reason"])

    def _on_changed_licenses(self, done: Done[LicensesChanged]) -> None:
        assert self.assignment is not None
        sheet = self.assignment.sheet
        names = {line.part_number: line.name for line in sheet.lines}
        tell_done(self.context, self._asker, changed_text(done.value, sheet.users, names), done)


def _guid_of(row: AssignmentRow) -> str:
    return row.line.guid


def _matches(needle: str, row: AssignmentRow) -> bool:
    return row.matches(needle)
