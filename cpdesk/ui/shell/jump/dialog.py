"""The field that finds everything, over the window."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.jump import Found, FoundAccount, FoundUser
from cpdesk.ui.context import AccountBadge, PageContext
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.shell.jump.entries import (
    Entry,
    Group,
    count_text,
    field_text,
    found_groups,
    page_entries,
    recent_groups,
)
from cpdesk.ui.shell.jump.recent import Recent
from cpdesk.ui.shell.jump.results import Results
from cpdesk.ui.shell.registry import Registry
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.speech import announce

if TYPE_CHECKING:
    from cpdesk.domain.jump import Target
    from cpdesk.domain.operators import Session
    from cpdesk.services.bundle import Services

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ANY_WIDTH = (1 << 24) - 1


class JumpDialog(ModalDialog):
    """Accounts, users and pages as one types; Enter goes there, Esc stays."""

    help_topic = "keyboard"

    def __init__(
        self, window: QWidget, context: PageContext, registry: Registry, account: AccountBadge | None, recent: Recent
    ) -> None:
        """`account` is the one that is open: its pages can be gone to."""
        super().__init__(window, _("Go to an account, a user or a page"))
        self._context = context
        self._registry = registry
        self._account = account
        self._recent = recent
        self.shown: str | None = None
        """What the answer that is seen was asked with."""
        self._waiting = False
        self.field = _Field(field_text(context.by))
        self.results = Results()
        self._fill()
        self._wire()
        self._ask("")

    def start_over(self) -> None:
        super().start_over()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        for unseen in (self.title, self.subtitle):
            unseen.hide()
        self.results.setAccessibleName(_("Results"))
        self.content.addWidget(self.field)
        self.content.addWidget(self.results)
        hint = Label(_("Up and Down choose, Enter opens, Esc closes."), TextRole.CAPTION, wrap=True)
        self.footer.addWidget(hint)

    def _wire(self) -> None:
        self.field.searched.connect(self._ask)
        self.field.moved.connect(self._on_moved)
        self.field.entered.connect(self._on_entered)
        self.field.left.connect(self.reject)
        self.results.opened.connect(self._go)

    def _ask(self, typed: str) -> None:
        """Every key asks anew; an answer that comes after the next key is dropped."""
        context = self._context
        done, failed = partial(self._on_found, typed), partial(self._on_failed, typed)
        if typed:
            context.jobs.run(self, partial(_find, context.services, context.by, typed), done, failed, key="jump")
        else:
            work = partial(_look_up, context.services, context.by, self._recent.targets())
            context.jobs.run(self, work, done, failed, key="jump")

    def _on_found(self, typed: str, found: "Found | tuple[FoundAccount | FoundUser, ...]") -> None:
        by, pages = self._context.by, page_entries(self._registry, self._context.by, self._account, typed)
        if isinstance(found, Found):
            self._show(typed, found_groups(found, pages, by))
        else:
            self._show(typed, recent_groups(found, pages, by))

    def _show(self, typed: str, groups: list[Group]) -> None:
        self.shown = typed
        if groups:
            self.results.show_groups(groups)
        else:
            self.results.say(_("Nothing matches “{text}”.").format(text=typed))
        announce(self.field, count_text(groups))
        if self._waiting:
            self._on_entered()

    def _on_failed(self, typed: str, error: Exception) -> None:
        self.shown = typed
        self._waiting = False
        self.results.say(sentence_of(error))

    def _on_moved(self, step: int) -> None:
        self.results.step(step)
        entry = self.results.current()
        if entry is not None:
            announce(self.field, entry.spoken)

    def _on_entered(self) -> None:
        """Go to what is chosen; to what was typed last, if that is still looked for."""
        self._waiting = self.shown != self.field.text().strip()
        entry = self.results.current()
        if not self._waiting and entry is not None:
            self._go(entry)

    def _go(self, entry: Entry) -> None:
        # Closed first: the page that is left may have a question.
        self.accept()
        self._context.navigate(entry.key, **entry.params)


class _Field(SearchField):
    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder, at_once=True)
        self.setMaximumWidth(_ANY_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        again = key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in _ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape or again:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _find(services: "Services", by: "Session", typed: str) -> Found:
    return services.jump.find(by, typed)


def _look_up(
    services: "Services", by: "Session", targets: "tuple[Target, ...]"
) -> tuple[FoundAccount | FoundUser, ...]:
    return services.jump.some(by, targets) if targets else ()
