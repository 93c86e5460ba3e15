"""Several steps, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import Text, first_field, hairline, hbox, show_if, text_of
from cpdesk.ui.widgets.speech import announce
from cpdesk.ui.widgets.steps import StepBar


@dataclass(slots=True)
class _Step:
    key: str
    title: Text
    widget: QWidget
    valid: Callable[[], bool] | None
    next_text: Text
    back: bool
    held: str = ""
    skipped: bool = False


class Wizard(QWidget):
    """Steps with names along the top, Back and Next under them. Enter goes on, as Next does.

    Next asks the step's `valid`; a step that is not says itself what is missing. A step whose answer takes a
    while returns False, and goes on with `go` when the answer is there.
    """

    step_changed = Signal(str)
    """The key of the step that was opened."""
    finished = Signal()
    """The last step was left by its Next."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[_Step] = []
        self._open: _Step | None = None
        self.bar = StepBar()
        self.back_button = buttons.secondary()
        self.next_button = buttons.primary()
        self.cancel_button = buttons.quiet()
        self._reason = Label(role=TextRole.CAPTION, wrap=True)
        self._content = QVBoxLayout()
        self._build()
        self._wire()

    def add_step(
        self,
        key: str,
        title: Text,
        widget: QWidget,
        *,
        valid: Callable[[], bool] | None = None,
        next_text: Text = "",
        back: bool = True,
    ) -> None:
        """Add a step at the end.

        next_text: what its button for going on says; "" is Next, or Finish in the last step.
        back: False where nothing can be taken back any more, such as a result.
        """
        show_if(widget, shown=self._open is None)
        self._steps.append(_Step(key, title, widget, valid, next_text, back))
        self._content.addWidget(widget, 1)
        if self._open is None:
            self._show(self._steps[0])
        else:
            self.retranslate()

    @property
    def current(self) -> str:
        """The key of the open step, or "" while there is none."""
        return self._open.key if self._open else ""

    def go(self, key: str) -> None:
        """Open a step, whatever the one before it thinks of itself. KeyError if there is none."""
        step = self._find(key)
        if step is not self._open:
            self._show(step)
            self._enter(step)

    def go_next(self) -> None:
        """What Next does: nothing while the step is held or not valid."""
        step = self._open
        if step is None or step.held or (step.valid is not None and not step.valid()):
            return
        following = self._shown[self._shown.index(step) + 1 :]
        if following:
            self.go(following[0].key)
        else:
            self.finished.emit()

    def go_back(self) -> None:
        """What Back does."""
        before = self._before()
        if before is not None:
            self.go(before.key)

    def hold(self, key: str, reason: str) -> None:
        """Let a step not go on for a reason, which stands beside the buttons; "" lets it go on."""
        self._find(key).held = reason
        self._show_buttons()

    def skip(self, key: str, *, skipped: bool = True) -> None:
        """Leave a step out, or take it in again. The open step stays."""
        self._find(key).skipped = skipped
        self.retranslate()

    def set_next_text(self, key: str, text: Text) -> None:
        """Rename a step's button for going on, for what depends on a choice; "" is Next or Finish."""
        self._find(key).next_text = text
        self._show_buttons()

    def allow_cancel(self) -> None:
        """Offer Cancel; listen to `cancelled`."""
        self.cancel_button.show()

    def first_field(self) -> QWidget:
        """Where the keyboard goes in the open step: its first field, else the button for going on."""
        return (self._open and first_field(self._open.widget)) or self.next_button

    def retranslate(self) -> None:
        """All texts in the language in use."""
        self._show_bar()
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_next()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_content"):
            self.retranslate()

    @property
    def _shown(self) -> list[_Step]:
        return [step for step in self._steps if not step.skipped or step is self._open]

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.L)
        self._content.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addLayout(self._content, 1)
        row = hbox(self.cancel_button, self._reason, self.back_button, self.next_button)
        row.setStretch(1, 1)
        foot = QVBoxLayout()
        foot.setSpacing(spacing.M)
        foot.addWidget(hairline())
        foot.addLayout(row)
        column.addLayout(foot)
        self._reason.stand_at_end()
        # Only a reason that there is has a place among what a screen reader finds; its room it keeps.
        policy = self._reason.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reason.setSizePolicy(policy)
        self.cancel_button.hide()

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_next)
        self.cancel_button.clicked.connect(self.cancelled)

    def _find(self, key: str) -> _Step:
        for step in self._steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def _show(self, step: _Step) -> None:
        if self._open is not None:
            self._open.widget.hide()
        self._open = step
        show_if(step.widget, shown=True)
        self.retranslate()

    def _enter(self, step: _Step) -> None:
        """Take the keyboard along and say where one is."""
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.bar, self.bar.text)
        self.step_changed.emit(step.key)

    def _show_bar(self) -> None:
        steps = self._shown
        if self._open is not None:
            self.bar.set_steps(tuple(text_of(step.title) for step in steps), steps.index(self._open))
            self._open.widget.setAccessibleName(self.bar.text)

    def _show_buttons(self) -> None:
        step = self._open
        if step is None:
            return
        last = step is self._shown[-1]
        self.back_button.setText(_("Back"))
        self.back_button.setVisible(self._before() is not None)
        self.cancel_button.setText(_("Cancel"))
        self.next_button.setText(text_of(step.next_text) or (_("Finish") if last else _("Next")))
        self.next_button.setEnabled(not step.held)
        self.next_button.setAccessibleDescription(step.held)
        self._reason.setText(step.held)
        self._reason.setVisible(bool(step.held))

    def _before(self) -> _Step | None:
        if self._open is None or not self._open.back:
            return None
        place = self._shown.index(self._open)
        return self._shown[place - 1] if place else None
