"""The window: puts menu, bar, messages and pages together, and takes people from place to place.

Importing this module is quick, as the window is seen before what goes into it is loaded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent

from cpdesk.base.apart import beside
from cpdesk.ui.shell.frame import Frame

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from cpdesk.base.clock import Clock
    from cpdesk.domain.operators import Session
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.context import AccountBadge, PageContext, Settings
    from cpdesk.ui.shell.navigation import Place
    from cpdesk.ui.shell.page import Page
    from cpdesk.ui.shell.registry import PageSpec, Registry
    from cpdesk.ui.theme import Theme
    from cpdesk.ui.widgets.list_menu import ListExport

Home = Callable[["Session"], tuple[str, Mapping[str, Any]]]
"""Where an operator starts: page key and parameters."""


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What the window is given: everything it hands on to pages, and where people start."""

    registry: "Registry"
    services: "Services"
    jobs: "Jobs"
    clock: "Clock"
    home: Home
    sign_in_key: str = "sign_in"


class Window(Frame):
    """The main window. It can be shown before it is furnished; everything else asks for that first."""

    signed_in = Signal(object)
    signed_out = Signal()
    crashed = Signal(object)
    """An error that nobody expected came back from a job."""

    def __init__(self, settings: "Settings", theme: "Theme") -> None:
        super().__init__(settings, theme)
        self.furnished = False
        """Whether everything is in it."""
        self._session: Session | None = None
        self._account: int | None = None
        self._badge: AccountBadge | None = None

    def furnish(self, parts: WindowParts) -> None:
        """Put everything into it, once."""
        from cpdesk.ui.shell.navigation import Guard, History
        from cpdesk.ui.shell.notices import NoticeStack

        self._parts = parts
        self._guard = Guard(parts.registry, parts.sign_in_key)
        self._history = History()
        self.notices = NoticeStack()
        self._context = _context_of(self, self._parts, self._session)
        self._build()
        self._wire()
        self.furnished = True

    @property
    def session(self) -> "Session | None":
        """Who is signed in."""
        return self._session

    @property
    def page(self) -> "Page | None":
        """The page that is shown."""
        return self._host.page

    @property
    def place(self) -> "Place | None":
        """Where one is."""
        return self._history.current

    def navigate(self, key: str, /, **params: object) -> bool:
        """Open a page. False if there is none, the operator may not see it, or it lacks an account."""
        place = self._guard.place(key, params, self._session, self._account)
        if place is None or not self._may_leave(partial(self.navigate, key, **params)):
            return False
        self._history.visit(place)
        self._show(place)
        return True

    def back(self) -> None:
        """Go to the place before."""
        if self._may_leave(self.back):
            self._show_again(self._history.back())

    def forward(self) -> None:
        """Undo `back`."""
        if self._may_leave(self.forward):
            self._show_again(self._history.forward())

    def sign_in(self, session: "Session") -> None:
        """Somebody is signed in: go where that operator starts."""
        self._leave_everything(session)
        self.signed_in.emit(session)
        self._go_home()

    def sign_out(self) -> None:
        """Nobody is signed in any more: nothing of what was seen is kept."""
        if self._may_leave(self.sign_out):
            self.leave_for_good()

    def leave_for_good(self) -> None:
        """The same without asking what becomes of what was typed: who typed it is not there."""
        self._leave_everything(None)
        self.signed_out.emit()
        self.navigate(self._parts.sign_in_key)

    def report(self, error: Exception) -> None:
        """Tell of an error nobody took: a known one as a notice, any other as a bug."""
        from cpdesk.base.errors import CodedError

        if isinstance(error, CodedError):
            from cpdesk.base.messages import message

            self.notices.error(message(error))
        else:
            self.crashed.emit(error)

    def refresh(self) -> None:
        """Ask for the data of the page again."""
        if self.page is not None:
            self.page.refresh()

    def show_help(self, topic: str = "", over: "QDialog | None" = None) -> None:
        """Open the help on a topic ("": on the page that is open), or show it over a dialog that stays open."""
        from cpdesk.ui.shell.help_dialog import open_help

        open_help(self, self._parts.registry, self._context, topic, over)

    def export_list(self, wanted: "ListExport") -> None:
        """Write a list into a file; asks where."""
        from cpdesk.ui.shell.list_export import ListExporter

        ListExporter(self, self._context, wanted).ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.furnished:
            self._fill_menu()
            self.side_menu.retranslate()
            self.top_bar.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.furnished:
            self._menu_fold.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.furnished or not self._areas.take(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        steps = {Qt.MouseButton.BackButton: self.back, Qt.MouseButton.ForwardButton: self.forward}
        (steps.get(event.button(), event.ignore) if self.furnished else event.ignore)()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.furnished and not self.lock.is_locked and not self._may_leave(self.close):
            event.ignore()
        else:
            super().closeEvent(event)

    def _build(self) -> None:
        from cpdesk.ui.shell.banners import Banners
        from cpdesk.ui.shell.page_host import PageHost
        from cpdesk.ui.shell.side_menu import SideMenu
        from cpdesk.ui.shell.top_bar import TopBar
        from cpdesk.ui.widgets.layout import hbox, vbox

        self.side_menu = SideMenu()
        self.top_bar = TopBar()
        self.banners = Banners()
        self._host = PageHost()
        column = vbox(self.top_bar, self.banners, self.notices, self._host, space=0)
        column.setStretchFactor(self._host, 1)
        self.ground.setLayout(hbox(self.side_menu, column, space=0))

    def _wire(self) -> None:
        from cpdesk.ui.shell import shortcuts
        from cpdesk.ui.shell.areas import Areas
        from cpdesk.ui.shell.jump.jumper import Jumper
        from cpdesk.ui.shell.lock import Lock
        from cpdesk.ui.shell.menu_fold import MenuFold
        from cpdesk.ui.shell.personal import Personal

        self.side_menu.chosen.connect(self.navigate)
        self.side_menu.left_account.connect(self._go_home)
        self.top_bar.signed_out.connect(self.sign_out)
        Personal(self, self.top_bar, lambda: self._context)
        self._host.account_changed.connect(self._on_account_changed)
        self._host.title_changed.connect(self._on_title_changed)
        self.notices.focus_lost.connect(self._host.focus_page)
        self._parts.jobs.changed.connect(self._host.on_changed)
        self.theme.changing.connect(self._host.forget_hidden)
        shortcuts.install(self)
        self._areas = Areas(self)
        self.lock = Lock(self, self._parts.clock, lambda: self._context)
        self._jumper = Jumper(self, self._parts.registry, lambda: self._context)
        self._menu_fold = MenuFold(self, self.side_menu)

    def _may_leave(self, go: Callable[[], object]) -> bool:
        return self.page is None or self.page.may_leave(go)

    def _show(self, place: "Place") -> None:
        spec = self._parts.registry.get(place.key)
        assert spec is not None
        self.notices.clear()
        self._enter(spec, place.account)
        page = self._host.show_page(spec, place, self._context)
        self._frame(spec)
        self._on_title_changed(page.title)
        self._on_account_changed(page.account)
        self._host.focus_page()
        self._jumper.remember(place)

    def _enter(self, spec: "PageSpec", account: int | None) -> None:
        """Open or leave an account; its name is not known before a page has asked for it."""
        entered = account if spec.needs_account or spec.everywhere else None
        if self._session is not None and self._session.account_id is not None:
            entered = self._session.account_id  # there is nowhere else to be
        if entered != self._account:
            self._account = entered
            self._badge = None

    def _frame(self, spec: "PageSpec") -> None:
        alone = spec.public or self._session is None
        for part in (self.side_menu, self.top_bar):
            part.setVisible(not alone)
        if not alone:
            self._fill_menu()
            self.side_menu.set_current(spec.key if spec.in_menu else spec.parent or "")
        self.top_bar.set_account(self._badge)

    def _fill_menu(self) -> None:
        if self._session is None:
            return
        from cpdesk.ui.shell.menu_entries import menu_entries

        in_account = self._account is not None
        name = self._badge.name if self._badge else ""
        entries = menu_entries(self._parts.registry, self._session, in_account=in_account, account_name=name)
        may_leave = in_account and self._session.account_id is None
        self.side_menu.set_entries(entries, in_account=may_leave)

    def _show_again(self, place: "Place | None") -> None:
        if place is not None and self._guard.admit(place, self._session, self._account) is not None:
            self._show(place)

    def _go_home(self) -> None:
        if self._session is not None:
            key, params = self._parts.home(self._session)
            self.navigate(key, **params)

    def _leave_everything(self, session: "Session | None") -> None:
        """Keep nothing of what was seen; `session` is who is signed in from now on."""
        self._parts.jobs.hand_over()
        self._history.clear()
        self._host.clear()
        self.notices.clear()
        self._session, self._account, self._badge = session, None, None
        self._context = _context_of(self, self._parts, session)
        self.top_bar.set_session(session)

    def _on_title_changed(self, title: str) -> None:
        if self.page is not None:
            self.page.setAccessibleName(title)
        self.top_bar.set_title(title)
        self.lock.entitle(beside(title, "cpdesk", between=" – "))  # noqa: RUF001 - a dash

    def _on_account_changed(self, badge: "AccountBadge | None") -> None:
        if badge is None or badge.id != self._account or badge == self._badge:
            return
        renamed = self._badge is None or badge.name != self._badge.name
        self._badge = badge
        self.top_bar.set_account(badge)
        if renamed:
            self._fill_menu()


def _context_of(window: Window, parts: WindowParts, session: "Session | None") -> "PageContext":
    """What pages may ask while somebody, or nobody, is signed in."""
    from cpdesk.ui.context import PageContext

    return PageContext(
        services=parts.services,
        jobs=parts.jobs,
        clock=parts.clock,
        session=session,
        navigate=window.navigate,
        notices=window.notices,
        theme=window.theme,
        settings=window.settings,
        sign_in=window.sign_in,
        sign_out=window.sign_out,
        back=window.back,
    )
