"""What every page is: a passive widget that asks services and shows rows."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cpdesk.base.i18n import _
from cpdesk.ui.context import AccountBadge, Action, PageContext
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.page_header import PageHeader

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)

Failed = Callable[[Exception], None]

_PATIENCE_MS = 300
"""What takes less is not worth a word."""


class Page(QWidget):
    """Base of all pages. Override `_build`, `_wire`, `retranslate`, `refresh`; name your `topics`.

    Put widgets into `body`; `header` stands over it. `params` is what `navigate` passed.
    """

    account_changed = Signal(object)
    title_changed = Signal(str)

    help_topic: str = ""
    """What F1 explains right now, on a page of several parts; "": its `PageSpec.help`."""

    topics: ClassVar[frozenset[str]] = frozenset()
    """After a change of one of these the page is refreshed: at once if it is seen, else when it is."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.params: dict[str, object] = {}
        self.account: AccountBadge | None = None
        self.header = PageHeader()
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self._loading: _Loading | None = None
        self._trouble: EmptyState | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._loaded = False
        self._changing = False
        self._frame()
        self._build()
        self._wire()
        self.retranslate()

    @property
    def title(self) -> str:
        """What the page is called in the header and the top bar."""
        return self.header.title

    @property
    def holds_input(self) -> bool:
        """Whether something that was typed or chosen, or is under way, is lost with the page."""
        return False

    @property
    def account_id(self) -> int:
        """The account the page is about. A page that belongs to none must not ask."""
        found = self.params["account"]
        assert isinstance(found, int)
        return found

    def open(self, params: dict[str, object]) -> None:
        """Show what `navigate` asked for. Called by the shell before the first refresh, and on new params."""
        self.params = dict(params)

    def may_leave(self, go: Callable[[], object]) -> bool:  # noqa: ARG002 - for pages that ask first
        """Whether the page can be left just so. One that asks first says False, and calls `go` once it may."""
        return True

    def leaving(self) -> None:
        """Another page is about to take its place: what only this one waits for had better end."""

    def first_focus(self) -> QWidget | None:
        """What gets the keyboard when the page is opened; None: the page, so that Tab goes on to its parts."""
        return None

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page."""
        renamed = title != self.header.title
        self.header.set_texts(title, subtitle)
        if renamed:
            self.title_changed.emit(title)

    def set_account(self, account: AccountBadge | None) -> None:
        """Tell the top bar which account the page acts on."""
        self.account = account
        self.account_changed.emit(account)

    def load(self, work: Callable[[], T], show: Callable[[T], None], failed: Failed | None = None) -> None:
        """Read on another thread, then show. The first time nothing is seen until then but, after 300 ms,
        that it is loading; a known failure takes its place, with a way to try again."""
        self._hide_trouble()
        if not self._loaded:
            self.content.hide()
            self._patience.start()
        done = partial(self._on_loaded, show)
        self.context.jobs.run(self, work, done, failed or self._on_load_failed, key=_place(show))

    def change(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None) -> bool:
        """Write on another thread. A second change is not begun while one is under way: False.

        Without `failed`, a refusal is shown as a notice.
        """
        if self._changing:
            return False
        self._changing = True
        self._patience.start()
        finish = partial(self._on_changed, done)
        self.context.jobs.change(self, work, finish, partial(self._on_change_failed, failed))
        return True

    def spare(self, scroll_bar: int) -> None:
        """Let a scroll bar of this width (0: none) stand in the margin at the end, so that nothing moves for it."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        end = spacing.XL - scroll_bar
        left, right = (end, spacing.XL) if rtl else (spacing.XL, end)
        column = self.layout()
        assert column is not None
        column.setContentsMargins(left, spacing.L, right, spacing.XL)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_loaded"):
            if self._loading is not None:
                self._loading.retranslate()
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts, in the language in use."""

    def refresh(self) -> None:
        """Ask for the data again."""

    def _build(self) -> None:
        """Make the widgets."""

    def _wire(self) -> None:
        """Connect them."""

    def _frame(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(spacing.M)
        self.spare(0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing.M)
        column.addWidget(self.header)
        column.addWidget(self.content, 1)
        self._patience.timeout.connect(self._on_patience_ended)

    def _settle(self) -> None:
        self._patience.stop()
        if self._loading is not None:
            self._loading.hide()
        self.unsetCursor()

    def _on_loaded(self, show: Callable[[T], None], result: T) -> None:
        first, self._loaded = not self._loaded, True
        self._settle()
        self._hide_trouble()
        show(result)
        self.content.show()
        # Until there was something on the page, the keyboard could be sent nowhere else.
        if first and self.hasFocus():
            (self.first_focus() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_load_failed(self, error: Exception) -> None:
        self._settle()
        text = sentence_of(error)
        if self._loaded:
            self.context.notices.error(text, Action(_("Try again"), self.refresh))
            return
        if self._trouble is None:
            self._trouble = self._in_place_of_content(EmptyState(icon="error"))
        self._trouble.set(_("This page could not be loaded"), text, Action(_("Try again"), self.refresh))
        self._trouble.show()
        self.header.offer_actions(offered=False)

    def _hide_trouble(self) -> None:
        if self._trouble is not None:
            self._trouble.hide()
            self.header.offer_actions(offered=True)

    def _in_place_of_content(self, part: W) -> W:
        """Add what is seldom needed, and made only then."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.content), part, 1)
        return part

    def _on_changed(self, done: Callable[[T], None], result: T) -> None:
        self._changing = False
        self._settle()
        done(result)

    def _on_change_failed(self, failed: Failed | None, error: Exception) -> None:
        self._changing = False
        self._settle()
        if failed is not None:
            failed(error)
        else:
            self.context.notices.error(sentence_of(error))

    def _on_patience_ended(self) -> None:
        if self._changing:
            self.setCursor(Qt.CursorShape.BusyCursor)
        elif not self._loaded:
            if self._loading is None:
                self._loading = self._in_place_of_content(_Loading())
            self._loading.show()


class _Loading(QWidget):
    """Says that something is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Label(role=TextRole.CAPTION)
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._bar.setMaximumWidth(240)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, spacing.S, 0, 0)
        column.setSpacing(spacing.S)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self._text.setText(_("Loading"))
        self._bar.setAccessibleName(_("Loading"))


def _place(show: Callable[[T], None]) -> Hashable:
    """Two reads that end in the same place: only the newer one counts."""
    return getattr(show, "__func__", show)
