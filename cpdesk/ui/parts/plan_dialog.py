"""Planning something for a date: what the dialogs for joiners, leavers and seat reductions have in common."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _
from cpdesk.base.planning_words import farewell_name
from cpdesk.domain.planned import Farewell, PlannedChange, first_day
from cpdesk.domain.rows import AccountRow, SubscriptionRow
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.change_dialog import ChangeDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.texts import planned_text, users_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.labels import Bold, Label

_REFUSALS = {
    "plan_not_later": "on",
    "plan_too_far": "on",
    "bad_count": "count",
    "plan_more_than_seats": "count",
}


class PlanDialog(ChangeDialog):
    """Asks for a day later than today, and for a reason; says by which rules it will be carried out.

    What was planned is told by a notice with the way to Pending Changes.
    """

    help_topic = "plan-changes"

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        account: AccountRow,
        title: str,
        fields: Sequence[Field] = (),
        width: int = 560,
    ) -> None:
        super().__init__(parent, context, account, title, width)
        self.form = Form((*fields, self._date_field()))
        self.why = reason_form()
        rules = _(
            "It is checked again on that day: what no longer fits is left out, and named in Pending Changes. "
            "If cpdesk is not running then, it is carried out at the next start and counts from then."
        )
        self.rules = Label(rules, role=TextRole.CAPTION, wrap=True)
        self.leave = self.add_button(secondary(_("Plan nothing")))
        self.plan = self.add_button(primary(_("Plan")))
        self.plan.setDefault(True)
        self.form.submitted.connect(self._on_plan)
        self.leave.clicked.connect(self.reject)
        self.plan.clicked.connect(self._on_plan)
        self.changed.connect(self._on_planned)

    def first_focus(self) -> QWidget:
        return self.form.editor("on")

    def refused(self, error: Exception) -> None:
        if not told_by_field(self.form, error, _REFUSALS):
            super().refused(error)
        self.fit()

    def fill(self, *parts: QWidget) -> None:
        """Put these above the date and the reason."""
        for part in (*parts, self.form, self.why, self.rules):
            self.content.addWidget(part)

    @property
    def day(self) -> date:
        """The day that was entered; only after the form was found to be right."""
        found = self.form.values()["on"]
        assert isinstance(found, date)
        return found

    @property
    def reason(self) -> str:
        return str(self.why.values()["reason"])

    def submit_plan(self) -> None:
        """Hand over what was entered."""
        raise NotImplementedError

    def _date_field(self) -> Field:
        first = first_day(self.context.clock.now(), self.account.time_zone)
        zone = _("From the beginning of that day in {zone}.").format(zone=self.account.time_zone)
        return Field("on", lambda: _("Date"), FieldKind.DATE, required=True, default=first, help=zone)

    def _on_plan(self) -> None:
        if self.form.validate():
            self.submit_plan()
        self.fit()

    def _on_planned(self, done: object) -> None:
        tell_planned(self.context, self.account, getattr(done, "value", None))


class PlanLeaversDialog(PlanDialog):
    """Users who are to lose their licenses, and what becomes of them."""

    def __init__(
        self, parent: QWidget, context: PageContext, account: AccountRow, user_ids: Sequence[int], people: str = ""
    ) -> None:
        """`people` names the users; their number is told without."""
        super().__init__(parent, context, account, _("Plan that users leave"), (_farewell_field(),))
        self._user_ids = tuple(user_ids)
        self.people = Label(people or users_text(len(self._user_ids)), TextRole.STRONG, wrap=True)
        self.fill(self.people)

    def submit_plan(self) -> None:
        leave = self.context.services.planning.leave
        farewell = Farewell(self.form.values()["farewell"])
        work = partial(leave, self.context.by, self.account.id, self.day, self._user_ids)
        self.change(partial(work, farewell=farewell, reason=self.reason), self.plan, self.leave)


class PlanReductionDialog(PlanDialog):
    """Seats of a product that are to be removed."""

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, row: SubscriptionRow) -> None:
        count = Field("count", lambda: _("Seats to remove"), FieldKind.NUMBER, required=True)
        super().__init__(parent, context, account, _("Plan to remove seats"), (count,))
        self._row = row
        product = Label(wrap=True)
        product.set_runs(Bold(row.name))
        only = _("Only seats that nobody holds on that day are removed. The change never takes a license from a user.")
        pending = Label(self._pending_text(), wrap=True)
        pending.setVisible(account.pending is not None)
        self.fill(product, Label(only, wrap=True), pending)

    def first_focus(self) -> QWidget:
        return self.form.editor("count")

    def submit_plan(self) -> None:
        reduce = self.context.services.planning.reduce
        count = self.form.values()["count"]
        work = partial(reduce, self.context.by, self.account.id, self.day, self._row.guid, count, reason=self.reason)
        self.change(work, self.plan, self.leave)

    def _pending_text(self) -> str:
        if self.account.pending is None:
            return ""
        return _(
            "The change to Usage Mode on {date} releases every free seat anyway: from that day on there is nothing "
            "left to remove."
        ).format(date=format_date(self.account.pending.effective_on))


def tell_planned(context: PageContext, account: AccountRow, planned: object) -> None:
    """Say what was planned, and lead to where it stands."""
    made = planned if isinstance(planned, tuple) else (planned,)
    first = made[0]
    assert isinstance(first, PlannedChange)
    text = _("{changes} for {date}.").format(changes=planned_text(len(made)), date=format_date(first.due_on))
    context.notices.clear()
    show = partial(context.navigate, "account_changes", account=account.id)
    context.notices.success(text, Action(_("Open Pending Changes"), show))


def _farewell_field() -> Field:
    return Field(
        "farewell",
        lambda: _("On that day"),
        FieldKind.CHOICE,
        required=True,
        choices=_farewells,
        default=str(Farewell.DELETE),
    )


def _farewells() -> tuple[Choice, ...]:
    return tuple(Choice(str(one), _capital(farewell_name(one))) for one in Farewell)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
