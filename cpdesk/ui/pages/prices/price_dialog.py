"""Setting what a product costs from a day on."""

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _
from cpdesk.domain.schedules import ScheduleRow
from cpdesk.domain.switching import first_of_next_month
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.prices.price_lines import ProductLine
from cpdesk.ui.pages.prices.words import price_meaning, schedule_line
from cpdesk.ui.parts.amounts import not_a_number, number_in_field, typed_number
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.refusals import told_by_field
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.card import CardRow
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox

_DAY_FIELDS = dict.fromkeys(("date_in_the_past", "price_exists"), "effective_on")
_WIDTH = 640


class SetPriceDialog(WorkDialog):
    """Both prices, what the reseller pays for them, and from when; `succeeded` with the PriceRow."""

    help_topic = "prices"

    def __init__(self, parent: QWidget, context: PageContext, schedule: ScheduleRow, line: ProductLine) -> None:
        super().__init__(parent, context, line.product.name, schedule_line(schedule), _WIDTH)
        self.schedule = schedule
        self.line = line
        self.usage = Form((_price_field("usage_price", _("Usage price")), _cost_field("usage_cost", _("Usage cost"))))
        self.purchase = Form(
            (_price_field("purchase_price", _("Purchase price")), _cost_field("purchase_cost", _("Purchase cost")))
        )
        self.day = Form((Field("effective_on", lambda: _("From"), FieldKind.DATE, required=True),))
        self.meaning = Label(wrap=True)
        self.leave = self.add_button(secondary(_("Keep the prices as they are")))
        self.save = self.add_button(primary(_("Set price")))
        self._fill()
        self._wire()

    def first_focus(self) -> QWidget:
        return self.usage.editor("usage_price")

    def refused(self, error: Exception) -> None:
        fields = _DAY_FIELDS | self._field_of(error)
        if not any(told_by_field(form, error, fields) for form in self._forms):
            super().refused(error)
        self.fit()

    def _field_of(self, error: Exception) -> dict[str, str]:
        """Which amount a refusal is about that names it."""
        refused = error.params.get("price") if isinstance(error, CodedError) else None
        amounts = ((key, amount) for key, amount in self._given().items() if amount is not None)
        found = next((key for key, amount in amounts if f"{amount:f}" == refused), None)
        return {error.code: found} if isinstance(error, CodedError) and found else {}

    def _given(self) -> dict[str, Decimal | None]:
        return {key: typed_number(text) for form in self._forms[:2] for key, text in form.values().items()}

    @property
    def _forms(self) -> tuple[Form, ...]:
        return self.usage, self.purchase, self.day

    def _fill(self) -> None:
        line = self.line
        of_seat = _(
            "Per seat and month in {currency}. An empty field means that there is no price in that mode. The cost is "
            "what you pay; customer administrators never see it."
        )
        self.content.addWidget(Label(of_seat.format(currency=self.schedule.currency), TextRole.CAPTION, wrap=True))
        if line.product.assignable_to == "tenant":
            tenant = _("It belongs to the tenant as a whole, so it is held in Purchase Mode only.")
            self.content.addWidget(Label(tenant, TextRole.CAPTION, wrap=True))
        for part in (CardRow(_at_top(self.usage), _at_top(self.purchase)), self.day, self.meaning):
            self.content.addWidget(part)
        for form in (self.usage, self.purchase):
            form.set_values({key: number_in_field(getattr(line.now, key, None)) for key in form.values()})
        self.day.set_values({"effective_on": _likely_day(line, self.schedule)})
        self._show_meaning()

    def _wire(self) -> None:
        self.save.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        self.day.changed.connect(self._show_meaning)
        for form in self._forms:
            form.submitted.connect(self._on_save)

    def _show_meaning(self) -> None:
        day = self.day.values()["effective_on"]
        self.meaning.setText(price_meaning(self.line.now, self.line.next, day, self.schedule.earliest) if day else "")

    def _on_save(self) -> None:
        # The first form comes last: each wrong one takes the keyboard.
        wrong = [form for form in reversed(self._forms) if not form.validate()]
        if not wrong:
            given = self._given()
            work = partial(
                self.context.services.prices.set_price,
                self.context.by,
                self.schedule.id,
                self.line.product_id,
                self.day.values()["effective_on"],
                given["usage_price"],
                given["purchase_price"],
                usage_cost=given["usage_cost"],
                purchase_cost=given["purchase_cost"],
            )
            self.change(work, self.save, self.leave)
        self.fit()


def _at_top(form: Form) -> QWidget:
    """Beside a form that is higher, because something is wrong in it."""
    place = QWidget()
    place.setLayout(vbox(form, None, space=0))
    return place


def _price_field(key: str, label: str) -> Field:
    return Field(key, label, validate=not_a_number, placeholder=lambda: _("no price"))


def _cost_field(key: str, label: str) -> Field:
    return Field(key, label, validate=not_a_number)


def _likely_day(line: ProductLine, schedule: ScheduleRow) -> date:
    """A first price is for the days that wait for one, a later one for a month to come that has none yet."""
    if line.now is None and line.next is None:
        return schedule.earliest.replace(day=1)
    first = first_of_next_month(schedule.earliest)
    return first if line.next is None else max(first, first_of_next_month(line.next.effective_on))
