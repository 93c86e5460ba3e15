"""A choice from a long list, such as the time zones."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain import finding
from cpdesk.ui.widgets.inputs import Choice, ComboBox

_PASSING = frozenset(
    {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason}
)
"""The focus comes back from these: nobody has left."""


class SearchCombo(ComboBox):
    """Found by typing words of it, any case and order, "new york" for America/New_York; or one of its codes.

    Enter takes the first that fits.
    """

    left = Signal()
    """The keyboard is elsewhere; what was typed is replaced by the choice it stands for, if there is one."""

    def __init__(self, choices: Sequence[Choice] = (), parent: QWidget | None = None) -> None:
        super().__init__(choices, parent)
        self._line = _Line()
        self._found: _Found | None = None
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setCurrentIndex(-1)
        self.setCompleter(None)  # type: ignore[arg-type] # takes away the one that completes in the line
        self._line.textEdited.connect(self._on_edited)

    def matches(self, typed: str) -> list[int]:
        """The places of the choices that fit, those that fit best first."""
        return [place for _fit, place in self._fitting(typed)]

    def value(self) -> Hashable | None:
        """The value that was chosen, whose text or code was typed, or the only one that fits the words."""
        chosen = self.chosen()
        return chosen.value if chosen else None

    def chosen(self) -> Choice | None:
        """What `value` is the value of."""
        place = self._place()
        return None if place is None else self.choices[place]

    def set_value(self, value: Hashable | None) -> None:
        """Choose; an unknown value chooses nothing."""
        super().set_value(value)
        if self.isEditable() and self.currentIndex() < 0:
            self.clearEditText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_first():
            event.accept()  # it has chosen: what the field stands in must not go on
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.completer() is None:
            self._offer_matches()
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._line.select_on_release()
        elif event.reason() not in _PASSING:
            self._line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _PASSING:
            return
        self._settle()
        self.left.emit()

    def _settle(self) -> None:
        """Show the choice that the words stand for."""
        place = self._place()
        if place is not None:
            self.setCurrentIndex(place)
            self.setEditText(self.itemText(place))

    def _take_first(self) -> bool:
        """Choose what fits best; False where nothing does, or the choice stands there already."""
        typed, chosen = self.currentText().strip(), self.currentIndex()
        if not typed or (chosen >= 0 and typed == self.itemText(chosen)):
            return False
        place = self._place()
        if place is None:
            place = next(iter(self.matches(typed)), None)
        if place is None:
            return False
        self.setCurrentIndex(place)
        self.setEditText(self.itemText(place))
        if (completer := self.completer()) and (popup := completer.popup()):
            popup.hide()
        self.activated.emit(place)
        return True

    def _place(self) -> int | None:
        typed = self.currentText().strip()
        if not typed:
            return None
        shown = self.currentIndex()
        if shown >= 0 and typed == self.itemText(shown):
            return shown
        for place in range(self.count()):
            if typed.casefold() in (self.itemText(place).casefold(), str(self.itemData(place)).casefold()):
                return place
        found = self._fitting(typed) if finding.words_of(typed) else []
        exact = [place for fit, place in found if fit == finding.EXACT]
        only = exact or [place for _fit, place in found]
        return only[0] if len(only) == 1 else None

    def _fitting(self, typed: str) -> list[tuple[int, int]]:
        sought = finding.Sought(typed)
        fits = ((sought.fit(choice.text, choice.codes), place) for place, choice in enumerate(self.choices))
        return sorted((fit, place) for fit, place in fits if fit is not None)

    def _offer_matches(self) -> None:
        """Made when first needed: its list is a window of its own, which start-up need not wait for."""
        self._found = _Found(self)
        completer = QCompleter(self._found, self)
        # Qt would compare beginnings or parts; what is found here by words is shown as it is.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(self.maxVisibleItems())
        if popup := completer.popup():
            popup.setProperty("popup", "true")
        self.setCompleter(completer)

    def _on_edited(self, typed: str) -> None:
        if self._found is not None:
            self._found.show_texts([self.itemText(place) for place in self.matches(typed)])


class _Found(QStringListModel):
    """What fits, or that nothing does: a line that cannot be chosen."""

    def show_texts(self, texts: list[str]) -> None:
        self._choosable = bool(texts)
        self.setStringList(texts or [_("Nothing matches")])

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) if self._choosable else Qt.ItemFlag.NoItemFlags

    _choosable = True


class _Line(QLineEdit):
    """The click that brings the keyboard selects all, so that typing replaces it; the next one sets the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._selects = False

    def select_on_release(self) -> None:
        """The button is down."""
        self._selects = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._selects and not self.hasSelectedText():
            self.selectAll()
        self._selects = False
