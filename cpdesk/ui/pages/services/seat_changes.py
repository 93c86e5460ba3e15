"""Adding seats and removing them, with what is said afterwards: for the list of subscriptions and for one of them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.rows import Done
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.services.facts import PricedSeats, ServiceFacts
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.texts import seats_text


class SeatChanges(QObject):
    """Opens the dialogs over a page; `facts` are those that the page shows."""

    def __init__(self, page: QWidget, context: PageContext) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self.facts: ServiceFacts | None = None

    def add(self, held: PricedSeats | None) -> None:
        """Buy seats, of a product or of one that is chosen then."""
        from cpdesk.ui.pages.services.add_seats import AddSeatsDialog

        assert self.facts is not None
        dialog = AddSeatsDialog(self._page, self._context, self.facts, held.row.guid if held else "")
        dialog.changed.connect(self._on_added)
        dialog.open()

    def add_to(self, product_id: int) -> None:
        """Buy seats of a product that the account holds."""
        assert self.facts is not None
        self.add(next((held for held in self.facts.seats if held.row.product_id == product_id), None))

    def remove(self, held: PricedSeats) -> None:
        """Give seats of a product back."""
        from cpdesk.ui.pages.services.remove_seats import RemoveSeatsDialog

        assert self.facts is not None
        dialog = RemoveSeatsDialog(self._page, self._context, self.facts.account, held)
        dialog.changed.connect(self._on_removed)
        dialog.open()

    def _on_added(self, done: Done[SeatsResult]) -> None:
        text = _("{product}: {change} added, now {seats}, {available} available.")
        self._tell(done, _("{product}: {change} added, now {seats}.") if _of_tenant(done) else text)

    def _on_removed(self, done: Done[SeatsResult]) -> None:
        text = _("{product}: {change} removed, now {seats}, {available} available.")
        self._tell(done, _("{product}: {change} removed, now {seats}.") if _of_tenant(done) else text)

    def _tell(self, done: Done[SeatsResult], text: str) -> None:
        """Say what was done, and offer to undo it."""
        result = done.value
        told = text.format(
            product=result.product.name,
            change=seats_text(abs(result.seats - self._seats_of(result))),
            seats=seats_text(result.seats),
            available=format_number(result.available),
        )
        tell_done(self._context, self, told, done)

    def _seats_of(self, result: SeatsResult) -> int:
        rows = self.facts.subscriptions if self.facts else ()
        return next((row.seats for row in rows if row.guid == result.product.guid), 0)


def _of_tenant(done: Done[SeatsResult]) -> bool:
    """Whether no user can hold the product."""
    return done.value.product.assignable_to == "tenant"
