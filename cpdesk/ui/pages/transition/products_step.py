"""The second step of an import: which license each product name of the file stands for."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.operators import Role
from cpdesk.domain.user_import.choices import SKIP
from cpdesk.domain.user_import.name_uses import NameUse
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.pages.transition.name_row import NameRow, prefilled
from cpdesk.ui.pages.transition.words import unanswered_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import clear, hbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField

_MANY = 8
"""More names than these are worth a search field."""
_SHOWN = 40
"""Names with widgets of their own at a time; a tenant has rarely more than a dozen."""


class ProductsStep(QWidget):
    """A line for each name, those first that have to be answered. Holds the answers that were given."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._may_add = context.by.role is Role.RESELLER
        self._uses: Sequence[NameUse] = ()
        self._products: Sequence[Product] = ()
        self._rows: list[NameRow] = []
        self.answers: dict[str, str] = {}
        """What was chosen other than it was prefilled, by name key: GUIDs, or SKIP."""
        self.asked = Notice(Kind.PENDING)
        self.search = SearchField()
        self.empty = EmptyState(icon="users")
        self._hint = Label(role=TextRole.CAPTION, wrap=True)
        self._titles = tuple(Label(role=TextRole.CAPTION) for _place in range(3))
        self._grid = QGridLayout()
        self._card = Card()
        self._build()
        self.search.searched.connect(self._fill)

    @property
    def shown_rows(self) -> Sequence[NameRow]:
        """The names that have widgets now."""
        return tuple(self._rows)

    def show_names(self, uses: Sequence[NameUse], products: Sequence[Product]) -> None:
        """Show the names of a file, and the products that they can stand for."""
        self._uses = sorted(uses, key=_by_need)
        self._products = products
        self.search.clear()
        self.retranslate()

    def answer(self, use: NameUse, answer: str) -> None:
        """Answer for the person."""
        self._on_answered(use, answer)
        self._fill()

    def forget(self) -> None:
        """Start with another file."""
        self.answers.clear()

    def unanswered(self) -> list[NameUse]:
        """The names that have to be answered and are not."""
        return [use for use in self._uses if use.open and use.key not in self.answers]

    def ready(self) -> bool:
        """Whether all is answered; otherwise the first name that is not gets the keyboard."""
        missing = self.unanswered()
        if not missing:
            return True
        if missing[0] not in [row.use for row in self._rows]:
            self.search.clear()
            self._fill()
        row = next(row for row in self._rows if row.use == missing[0])
        row.license.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self.search.set_placeholder(_("Search product names"))
        self.search.setVisible(len(self._uses) > _MANY)
        for label, text in zip(self._titles, (_("Name in the file"), _("Users"), _("Associated license")), strict=True):
            label.setText(text)
        self.empty.set(
            _("No licenses in this file"),
            _("Its users are imported without licenses. Users who have some here lose them: the file counts."),
        )
        self.empty.setVisible(not self._uses)
        self._card.setVisible(bool(self._uses))
        self._fill()

    def _build(self) -> None:
        self._titles[1].stand_at_end()
        for title in self._titles:
            title.setContentsMargins(0, 0, 0, spacing.S)
        self._grid.setHorizontalSpacing(spacing.L)
        self._grid.setVerticalSpacing(spacing.S)
        for place, stretch in enumerate((4, 0, 5)):
            self._grid.setColumnStretch(place, stretch)
        self._card.body.addLayout(hbox(self.search, None))
        self._card.body.addLayout(self._grid)
        self._card.body.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.M)
        for part in (self.asked, self._card, self.empty):
            column.addWidget(part)
        column.addStretch(1)

    def _fill(self) -> None:
        needle = name_key(self.search.text())
        found = [use for use in self._uses if needle in use.key]
        for label in self._titles:
            self._grid.removeWidget(label)
        for row in self._rows:
            # A field that goes away with the keyboard in it would still say what it held.
            row.blockSignals(True)
            row.deleteLater()
        clear(self._grid)
        for place, label in enumerate(self._titles):
            self._grid.addWidget(label, 0, place)
        self._rows = [self._row(use) for use in found[:_SHOWN]]
        for place, row in enumerate(self._rows):
            row.place(self._grid, 2 * place + 1)
        self._say_how_many(len(found))
        self._say_what_is_asked()

    def _row(self, use: NameUse) -> NameRow:
        made = NameRow(use, self._products, self.answers.get(use.key, ""), may_add=self._may_add)
        made.setParent(self)
        made.answered.connect(self._on_answered)
        made.adding.connect(self._on_adding)
        return made

    def _say_how_many(self, found: int) -> None:
        hidden = found > len(self._rows)
        text = _("{shown} of {number} names are shown. Search to find the others.")
        self._hint.setText(
            text.format(shown=format_number(len(self._rows)), number=format_number(found)) if hidden else ""
        )
        self._hint.setVisible(hidden)

    def _say_what_is_asked(self) -> None:
        missing = len(self.unanswered())
        self.asked.setVisible(missing > 0)
        if missing:
            self.asked.set_text(unanswered_text(missing))
            self.asked.set_actions((Action(_("Skip all of them"), self._skip_all),) if missing > 1 else ())

    def _skip_all(self) -> None:
        for use in self.unanswered():
            self.answers[use.key] = SKIP
        self._fill()

    def _on_adding(self, use: NameUse) -> None:
        described = partial(self._context.services.products.described, self._context.by, [use.name])
        self._context.jobs.run(self, described, partial(self._ask_to_add, use))

    def _ask_to_add(self, use: NameUse, described: Mapping[str, Sequence[Product]]) -> None:
        from cpdesk.ui.pages.transition.add_product import AddProductDialog

        dialog = AddProductDialog(self, self._context, use.name, described.get(use.key, ()))
        dialog.succeeded.connect(partial(self._on_added, use))
        dialog.open()

    def _on_added(self, use: NameUse, product: Product) -> None:
        self._products = (*self._products, product)
        self.answer(use, product.guid)

    def _on_answered(self, use: NameUse, answer: str) -> None:
        if answer and answer != prefilled(use):
            self.answers[use.key] = answer
        else:
            self.answers.pop(use.key, None)
        self._say_what_is_asked()


def _by_need(use: NameUse) -> tuple[bool, int, str]:
    """What has to be answered first, then what concerns most users."""
    return not use.open, -use.users, use.key
