"""License Assignment: which products one or several users have."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.license_plan import LicensePlan, LicensesChanged
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.people import AssignmentSheet
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.jobs.progress import Cancelled
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.ui import theme
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow
from cpdesk.ui.parts.assignment_choice import AssignmentChoice
from cpdesk.ui.parts.assignment_preview import AssignmentPreview
from cpdesk.ui.parts.assignment_texts import apply_text, changed_text, effect_text, people_text, summary_text
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.plan_texts import plan_difference_text
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.parts.went_without import WentWithoutDialog
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import seats_text, users_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.dialog import Side
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_TALL = 700
"""A window of this height has room for more than a few rows."""
_MANY_ROWS = 8
_NOTHING = LicenseWish()


class LicenseAssignmentDialog(LongChangeDialog):
    """What is ticked, for several users then exactly what that changes, and who went without if somebody did.

    `ask()` opens it once the sheet is read, or without it if that takes long. What was done is told by a notice
    with Undo.
    """

    help_topic = "assign-licenses"

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        account: AccountRow,
        user_ids: Sequence[int],
        *,
        wish: LicenseWish = _NOTHING,
        reason: str = "",
    ) -> None:
        """`wish` is what is ticked at first."""
        super().__init__(parent, context, account, _("License Assignment"), width=840)
        self._asker = parent
        self._user_ids = tuple(user_ids)
        self._wish = wish
        self._limits: tuple[SeatLimit, ...] = ()
        self.assignment: Assignment | None = None
        self.people = Label(role=TextRole.STRONG, wrap=True)
        self.choice = AssignmentChoice(account.mode, len(self._user_ids))
        self.preview: AssignmentPreview | None = None
        self.summary = Label(role=TextRole.STRONG, wrap=True)
        self.form = reason_form(note=False)
        self.form.set_values({"reason": reason})
        self.back = self.add_button(secondary(_("Back")), Side.START)
        self.leave = self.add_button(secondary(_("Keep the licenses as they are")))
        self.apply: QPushButton = self.add_button(primary())
        self._fill()
        self._wire()

    def ask(self) -> None:
        """Read the sheet, again if need be."""
        work = partial(_read, self.context.services, self.context.by, self.account.id, self._user_ids)
        self.read(work, self._on_sheet)

    def refused(self, error: Exception) -> None:
        """What was shown may no longer hold: then it is shown as it is now, and asked again."""
        if isinstance(error, UserError) and error.code == "licenses_changed":
            plan, found = error.params["plan"], error.params["differences"]
            assert isinstance(plan, LicensePlan)
            assert isinstance(found, tuple)
            self._show_plan(plan, tuple(map(plan_difference_text, found)))
        elif isinstance(error, Cancelled) and self.preview is not None:
            super().refused(error)
            self._show_buttons()
        else:
            super().refused(error)
            self._show_choice()
            self.ask()

    def done_with(self, value: Any) -> None:
        """Who went without stays on the screen until it was read, longer than any notice."""
        super().done_with(value)
        assert self.assignment is not None
        if isinstance(value, LicensesChanged) and value.lacking and self.preview is not None:
            plan = self.preview.plan
            ids = [one.user.id for one in plan.lacking]
            about = (self._asker, self.context, self.account)
            left = plan.left_over(self.assignment.wish)
            again = partial(_ask_again, *about, ids, wish=left, reason=self._reason())
            WentWithoutDialog(*about, plan, value, again).open()

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {users} changed. All are changed, or none.").format(
            done=format_number(done), users=users_text(total or len(self._user_ids))
        )

    def first_focus(self) -> QWidget:
        return self.choice.search

    @property
    def _several(self) -> bool:
        return len(self._user_ids) > 1

    def _fill(self) -> None:
        self.people.setText(_("Reading who has what…"))
        self.apply.setText(_("Apply"))
        self.apply.setEnabled(False)
        self.back.hide()
        if self._asker.window().height() >= theme.current().fonts.scaled(_TALL):
            self.choice.products.least_rows = _MANY_ROWS
        for part in (self.people, self.choice, self.form):
            self.content.addWidget(part)
        self.footer.addLayout(vbox(self.summary, self.line))
        self.apply.setDefault(True)

    def _wire(self) -> None:
        self.choice.changed.connect(self._on_ticked)
        self.choice.seats_asked.connect(self._add_seats)
        self.choice.resized.connect(self.fit)
        self.form.submitted.connect(self._on_apply)
        self.back.clicked.connect(self._on_back)
        self.leave.clicked.connect(self.reject)
        self.apply.clicked.connect(self._on_apply)
        self.changed.connect(self._on_changed_licenses)

    def _on_sheet(self, read: tuple[AssignmentSheet, tuple[SeatLimit, ...]]) -> None:
        sheet, self._limits = read
        self.assignment = self.assignment.on(sheet) if self.assignment else Assignment.of(sheet, self._wish).on(sheet)
        self.people.setText(people_text(sheet.users))
        self._show()

    def _show(self) -> None:
        assert self.assignment is not None
        self.choice.show_assignment(self.assignment, self._limits)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """What can be done from here, and what it comes to."""
        plan = self.preview.plan if self.preview is not None else None
        self.back.setVisible(plan is not None)
        if plan is not None:
            self.summary.setText(effect_text(plan, plan.products))
            gained, lost = (sum(getattr(line, what) for line in plan.products) for what in ("gained", "lost"))
            self.apply.setText(apply_text(gained, lost))
            self.apply.setEnabled(bool(plan.changed))
        elif self.assignment is not None:
            ticked = self.assignment
            self.summary.setText(summary_text(ticked))
            self.apply.setText(_("Review the change") if self._several else apply_text(ticked.assigned, ticked.removed))
            self.apply.setEnabled(ticked.changes and not ticked.lacking)

    def _show_choice(self) -> None:
        if self.preview is not None:
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
        for part in (self.choice, self.form):
            part.show()
        self._show_buttons()

    def _on_back(self) -> None:
        self.say("")
        self._show_choice()
        self.start_over()
        self.choice.search.setFocus()
        self.fit()

    def _on_ticked(self, assignment: Assignment) -> None:
        self.assignment = assignment
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
        if self._several and self.preview is None:
            self._ask_plan(self.assignment.wish)
        else:
            self._change(self.assignment.wish)

    def _ask_plan(self, wish: LicenseWish) -> None:
        self.say("")
        self.summary.setText(_("Working out what changes…"))
        self.apply.setEnabled(False)
        plan = self.context.services.licenses.plan
        work = partial(plan, self.context.by, self.account.id, self._user_ids, wish)
        self.context.jobs.run(self, work, self._show_plan, self._on_not_planned, key="plan")

    def _on_not_planned(self, error: Exception) -> None:
        self.say(sentence_of(error))
        self._show_choice()

    def _show_plan(self, plan: LicensePlan, differences: Sequence[str] = ()) -> None:
        """Show what changes; where the pool has too few seats by now, what is ticked is shown with them instead."""
        self._show_choice()
        if plan.missing:
            self.say("; ".join(differences))
            self.ask()
            return
        self.preview = AssignmentPreview(self.context, plan, differences)
        self.content.insertWidget(self.content.indexOf(self.choice), self.preview)
        for part in (self.choice, self.form):
            part.hide()
        self.preview.show()
        self._show_buttons()
        self.start_over()
        self.apply.setFocus()
        self.fit()

    def _change(self, wish: LicenseWish) -> None:
        work = partial(
            self.context.services.licenses.change,
            self.context.by,
            self.account.id,
            self._user_ids,
            assign=wish.assign,
            remove=wish.remove,
            replace=wish.replace,
            as_far_as_seats_go=wish.as_far_as_seats_go,
            shown=self.preview.plan if self.preview is not None else None,
            reason=self._reason(),
        )
        self.summary.setText(_("Working on it…"))
        self.change(work, self.apply, self.leave, self.back)

    def _reason(self) -> str:
        return str(self.form.values()["reason"])

    def _on_changed_licenses(self, done: Done[LicensesChanged]) -> None:
        assert self.assignment is not None
        sheet = self.assignment.sheet
        names = {line.part_number: line.name for line in sheet.lines}
        tell_done(self.context, self._asker, changed_text(done.value, sheet.users, names), done)


def _ask_again(*about: Any, **known: Any) -> None:
    LicenseAssignmentDialog(*about, **known).ask()


def _read(
    services: "Services", by: Any, account_id: int, user_ids: Sequence[int]
) -> tuple[AssignmentSheet, tuple[SeatLimit, ...]]:
    """What can be ticked, and the limits to be warned of. Runs off the GUI thread."""
    return services.licenses.sheet(by, account_id, user_ids), services.licenses.limits()
