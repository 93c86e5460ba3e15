"""Saying what was done, with the way to take it back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import Done
from cpdesk.domain.undo import Undo, Undone
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.counted import counted_products
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import seats_text, users_text

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from cpdesk.services.bundle import Services


def tell_done(context: PageContext, owner: "QObject", text: str, done: Done[Any]) -> None:
    """Say in the place of earlier messages what was done; offer Undo if that can be taken back.

    `owner` is who asks for the undo: a widget that lives as long as the page.
    """
    action = Action(_("Undo"), partial(_undo, context, owner, done.undo)) if done.undo else None
    context.notices.clear()
    context.notices.success(text, action)


def undone_text(undone: Undone, names: Mapping[str, str]) -> str:
    """What an undo did, by the names of products: "Undone: assigned again: Visio Plan 2 (3)."."""
    parts = [
        _("{users} restored").format(users=users_text(len(undone.restored))) if undone.restored else "",
        _licenses(_("assigned again: {products}"), undone.assigned, names),
        _licenses(_("taken away again: {products}"), undone.removed, names),
        *(_seats(names.get(part_number, part_number), count) for part_number, count in undone.seats),
    ]
    told = "; ".join(part for part in parts if part)
    return _("Undone: {what}.").format(what=told) if told else _("Undone.")


def _licenses(text: str, counts: Sequence[tuple[str, int]], names: Mapping[str, str]) -> str:
    return text.format(products=counted_products(counts, names)) if counts else ""


def _seats(product: str, count: int) -> str:
    text = _("{product}: {seats} added again") if count > 0 else _("{product}: {seats} removed again")
    return text.format(product=product, seats=seats_text(abs(count)))


def _undo(context: PageContext, owner: "QObject", undo: Undo) -> None:
    work = partial(_taken_back, context.services, context.by, undo)
    context.jobs.change(owner, work, partial(_on_undone, context), partial(_on_not_undone, context))


def _taken_back(services: "Services", by: Session, undo: Undo) -> Done[str]:
    """Take it back, and say so. Runs off the GUI thread."""
    done = services.licenses.undo(by, undo)
    names = {product.part_number: product.name for product in services.licenses.products()}
    return Done(undone_text(done.value, names), done.topics)


def _on_undone(context: PageContext, done: Done[str]) -> None:
    context.notices.success(done.value)


def _on_not_undone(context: PageContext, error: Exception) -> None:
    context.notices.error(sentence_of(error))
