"""Keeps the pages that were visited, and keeps them fresh."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from cpdesk.ui.shell.navigation import Place
from cpdesk.ui.shell.page import Page

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.registry import PageSpec

_KEPT = 8
"""Pages that are kept at most: each of them is looked at again when colours, text size or language change."""
_ALL = "*"
"""The topic of a change of which nothing is known."""


class PageHost(QStackedWidget):
    """Shows one page at a time, each with a scroll bar of its own; the ones not visited for longest are let go.

    A page of an account is thrown away when the same page is opened for another one: nothing of the former
    can be left on it.
    """

    account_changed = Signal(object)
    title_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, Page] = {}
        # Kept, not asked of the page: making Python objects of Qt's own parents is slow the first time.
        self._areas: dict[str, _Area] = {}
        self._stale: set[str] = set()
        self._shown: str | None = None

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._shown) if self._shown else None

    def show_page(self, spec: "PageSpec", place: Place, context: "PageContext") -> Page:
        """Show a place, making its page if need be; it is refreshed only if something has changed."""
        params = dict(place.params)
        if self.page is not None and self._shown != spec.key:
            self.page.leaving()
        page = self._pages.get(spec.key)
        if page is not None and spec.needs_account and page.params.get("account") != place.account:
            self._drop(spec.key)
            page = None
        self._shown = spec.key
        if page is None:
            page = self._make(spec, params, context)
        elif page.params != params:
            page.open(params)
            self._stale.add(spec.key)
        self.setCurrentWidget(self._areas[spec.key])
        self._freshen(spec.key, page)
        self._pages[spec.key] = self._pages.pop(spec.key)
        for oldest in list(self._pages)[:-_KEPT]:
            self._drop(oldest)
        return page

    def focus_page(self) -> None:
        """Give the keyboard to the part of the page that wants it first."""
        if self.page is not None:
            (self.page.first_focus() or self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Throw all pages away."""
        for key in list(self._pages):
            self._drop(key)
        self._shown = None

    def forget_hidden(self) -> None:
        """Let go of the pages that are not seen and hold nothing that was typed: all that is kept gets new looks."""
        for key in [key for key, page in self._pages.items() if key != self._shown and not page.holds_input]:
            area = self._areas[key]
            self._drop(key)
            # Now: what waits for the event loop would be given its new looks, too.
            QCoreApplication.sendPostedEvents(area, QEvent.Type.DeferredDelete)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.forget_hidden()
        return super().event(event)

    def on_changed(self, topics: frozenset[str]) -> None:
        """Data of these topics changed: refresh what is seen, remember it of what is not."""
        touched = {key for key, page in self._pages.items() if _ALL in topics or page.topics & topics}
        self._stale |= touched
        if self._shown in touched and self.page is not None:
            self._freshen(self._shown, self.page)

    def _make(self, spec: "PageSpec", params: dict[str, object], context: "PageContext") -> Page:
        page = spec.factory(context)
        area = _Area()
        self._pages[spec.key] = page
        self._areas[spec.key] = area
        page.account_changed.connect(self._on_account_changed)
        page.title_changed.connect(self._on_title_changed)
        self.addWidget(area)
        page.open(params)
        # What it shows is read while it is put into its place.
        page.refresh()
        area.hold(page)
        return page

    def _drop(self, key: str) -> None:
        del self._pages[key]
        self._stale.discard(key)
        area = self._areas.pop(key)
        self.removeWidget(area)
        area.deleteLater()

    def _freshen(self, key: str, page: Page) -> None:
        if key in self._stale:
            self._stale.discard(key)
            page.refresh()

    def _on_account_changed(self, account: object) -> None:
        if self.sender() is self.page:
            self.account_changed.emit(account)

    def _on_title_changed(self, title: str) -> None:
        if self.sender() is self.page:
            self.title_changed.emit(title)


class _Area(QScrollArea):
    """Scrolls a page up and down, never sideways."""

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def hold(self, page: Page) -> None:
        """Scroll this page. Call it when the area has its place: what moves is looked up in the style sheet anew."""
        page.setProperty("surface", "window")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page = page
        self.setWidget(page)

    def _on_range_changed(self, _least: int, most: int) -> None:
        """The scroll bar must not make the page narrower than the notices above it."""
        if self._page is not None:
            self._page.spare(self.verticalScrollBar().sizeHint().width() if most > 0 else 0)
