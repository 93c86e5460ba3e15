"""The bar on top: which account one acts on, and who one is."""

from enum import Enum

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QCursor,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date
from cpdesk.base.i18n import _, available_languages, language
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role, Session
from cpdesk.ui import theme
from cpdesk.ui.context import AccountBadge
from cpdesk.ui.shell.bell import Bell
from cpdesk.ui.shell.shortcuts import JUMP, LOCK
from cpdesk.ui.theme import Appearance, icons, spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.chips import Chip, ChipLook, ModeChip, PendingChip, Tone, status_look
from cpdesk.ui.widgets.labels import ElidedLabel
from cpdesk.ui.widgets.tips import set_tip

_HEIGHT = 56


class _Words(Enum):
    """How much the operator's button says."""

    ALL = 0
    NAME = 1
    NONE = 2


def role_name(role: Role) -> str:
    """What an operator is, in the language in use."""
    names = {
        Role.RESELLER: _("Reseller administrator"),
        Role.CUSTOMER: _("Customer administrator"),
        Role.AUDITOR: _("Auditor"),
    }
    return names[role]


def pending_text(badge: AccountBadge) -> str:
    """What is pending and from when: "Usage Mode on December 1, 2026"."""
    if badge.pending_on is None:
        return ""
    return _("Usage Mode on {date}").format(date=format_date(badge.pending_on))


class TopBar(QFrame):
    """Account, domain, status if not open, mode and pending switch, or the page's title; the operator at the end."""

    jump_asked = Signal()
    signed_out = Signal()
    password_asked = Signal()
    lock_asked = Signal()
    settings_asked = Signal()
    appearance_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._title = ElidedLabel(role=TextRole.STRONG)
        self._name = ElidedLabel(role=TextRole.STRONG)
        self._domain = ElidedLabel(role=TextRole.SOFT)
        self._mode = ModeChip(Mode.USAGE)
        self._status = Chip(ChipLook("", Tone.SOFT))
        self._pending = PendingChip("")
        self.bell = Bell()
        self.jump = _JumpButton()
        self.operator = _OperatorButton()
        self._badge: AccountBadge | None = None
        self._session: Session | None = None
        self._build()
        self.set_account(None)

    def set_title(self, title: str) -> None:
        """What to show while no account is open."""
        self._title.setText(title)
        self._title.updateGeometry()

    def set_account(self, badge: AccountBadge | None) -> None:
        """Show the open account, or the title if there is none."""
        self._badge = badge
        self._title.setVisible(badge is None)
        for part in (self._name, self._domain, self._mode):
            part.setVisible(badge is not None)
        self._pending.setVisible(badge is not None and badge.pending_on is not None)
        status = status_look(badge.status) if badge is not None else None
        self._status.setVisible(status is not None)
        if status is not None:
            self._status.set_look(status)
        if badge is not None:
            self._name.setText(badge.name)
            self._domain.setText(badge.domain)
            self._mode.set_mode(badge.mode)
            self._pending.set_text(pending_text(badge))
        self._arrange()

    def set_session(self, session: Session | None) -> None:
        """Show who is signed in."""
        self._session = session
        self.jump.name_for(session)
        self._arrange()

    def retranslate(self) -> None:
        """All texts again."""
        self.set_account(self._badge)
        self.bell.retranslate()
        self.jump.name_for(self._session)
        self.operator.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.current().fonts.scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(spacing.L, 0, spacing.M, 0)
        row.setSpacing(spacing.S + spacing.XS)
        for chip in (self._status, self._mode, self._pending):
            # Names give way where room is short; the mode is always readable.
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for part in (self._title, self._name, self._domain, self._status, self._mode, self._pending):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.jump)
        row.addWidget(self.bell)
        row.addWidget(self.operator)
        self.jump.clicked.connect(self.jump_asked)
        self.operator.signed_out.connect(self.signed_out)
        self.operator.password_asked.connect(self.password_asked)
        self.operator.lock_asked.connect(self.lock_asked)
        self.operator.settings_asked.connect(self.settings_asked)
        self.operator.appearance_chosen.connect(self.appearance_chosen)
        self.operator.language_chosen.connect(self.language_chosen)

    def _arrange(self) -> None:
        """Leave words out, the less important first, until the rest fits."""
        self._domain.setVisible(self._badge is not None)
        for words, told in _LESS_AND_LESS:
            self.operator.show_session(self._session, words)
            self.jump.tell(told=told)
            if self._fits():
                return
        self._domain.hide()

    def _fits(self) -> bool:
        layout = self.layout()
        if layout is None:
            return True
        layout.invalidate()
        return layout.sizeHint().width() <= self.width()


_LESS_AND_LESS = ((_Words.ALL, True), (_Words.NAME, True), (_Words.NAME, False), (_Words.NONE, False))
"""What the operator's button says, and whether the jump says anything, where there is less and less room."""


class _JumpButton(QToolButton):
    """Opens the field that finds everything, and says by which keys it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "jump")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name_for(None)

    def name_for(self, session: Session | None) -> None:
        """Name it in the language in use; a customer administrator knows of one account only."""
        text = _("Search accounts, users and pages")
        if session is not None and session.role is Role.CUSTOMER:
            text = _("Search users and pages")
        keys = QKeySequence(JUMP).toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(text)
        self.setAccessibleDescription(keys)
        set_tip(self, f"{text} ({keys})")
        search = _("Search")
        self.setText(f"{search}   {keys}")

    def tell(self, *, told: bool) -> None:
        """Show text, or the glass alone."""
        style = Qt.ToolButtonStyle
        side = theme.current().fonts.scaled(16)
        self.setIconSize(QSize(side, side))
        self.setIcon(theme.current().icon("search"))
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if told else style.ToolButtonIconOnly)


class _OperatorButton(QToolButton):
    """Name and role, and what belongs to the person rather than to the data."""

    signed_out = Signal()
    password_asked = Signal()
    lock_asked = Signal()
    settings_asked = Signal()
    appearance_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._menu = _EndMenu(self)
        self._appearances = _ChoiceMenu(self._menu)
        self._languages = _ChoiceMenu(self._menu)
        self._password = QAction(self)
        self._settings = QAction(self)
        self._lock = QAction(self)
        self._sign_out = QAction(self)
        self.setProperty("kind", "menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu.addMenu(self._appearances)
        self._menu.addMenu(self._languages)
        self._menu.addAction(self._settings)
        self._menu.addSeparator()
        self._menu.addAction(self._password)
        self._menu.addAction(self._lock)
        self._menu.addAction(self._sign_out)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self.retranslate)
        self._menu.aboutToHide.connect(self._on_about_to_hide, Qt.ConnectionType.QueuedConnection)
        self._sign_out.triggered.connect(self.signed_out)
        self._password.triggered.connect(self.password_asked)
        self._lock.triggered.connect(self.lock_asked)
        self._settings.triggered.connect(self.settings_asked)
        self._appearances.chosen.connect(self.appearance_chosen)
        self._languages.chosen.connect(self.language_chosen)
        self.retranslate()

    def show_session(self, session: Session | None, words: _Words) -> None:
        """Show who is signed in."""
        self._session = session
        name = session.email if session else ""
        full = beside(name, role_name(session.role)) if session else ""
        shown = {_Words.ALL: full, _Words.NAME: name, _Words.NONE: ""}[words]
        self.setAccessibleName(full)
        self.setText(shown)
        set_tip(self, full if shown != full else "")
        side = theme.current().fonts.scaled(18)
        self.setIconSize(QSize(side, side))
        style = Qt.ToolButtonStyle
        self.setIcon(QIcon() if shown else theme.current().icon("user"))
        self.setToolButtonStyle(style.ToolButtonTextOnly if shown else style.ToolButtonIconOnly)

    def retranslate(self) -> None:
        """The texts of the menu, and which choices hold."""
        self._sign_out.setText(_("Sign out"))
        self._password.setText(_("Change password"))
        keys = QKeySequence(LOCK).toString(QKeySequence.SequenceFormat.NativeText)
        lock = _("Lock")
        # As menus show the keys of an entry: the keys themselves are heard elsewhere, over dialogs too.
        self._lock.setText(f"{lock}\t{keys}")
        self._settings.setText(_("Settings"))
        self._appearances.setTitle(_("Appearance"))
        self._appearances.offer(
            [
                (Appearance.SYSTEM, _("Follow the system")),
                (Appearance.LIGHT, _("Light")),
                (Appearance.DARK, _("Dark")),
            ],
            theme.current().appearance,
        )
        self._languages.setTitle(_("Language"))
        self._languages.offer_later()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        looks = theme.current()
        side = looks.fonts.scaled(14)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = spacing.S if rtl else self.width() - side - spacing.S
        arrow = icons.pixmap("chevron_down", looks.tokens.soft, QSize(side, side), self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(left, (self.height() - side) // 2), arrow)

    def _on_about_to_hide(self) -> None:
        """Qt does not tell a button that the pointer has gone while its menu was open: it would stay lit."""
        inside = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
        self.update()


class _EndMenu(QMenu):
    """Ends where its button ends, as the button stands at the end of the bar."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        button = self.parentWidget()
        if button is not None:
            rtl = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
            start = 0 if rtl else button.width() - self.width()
            self.move(button.mapToGlobal(QPoint(start, 0)).x(), self.y())


class _ChoiceMenu(QMenu):
    """A menu of which one entry holds."""

    chosen = Signal(str)

    def __init__(self, parent: QMenu) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)

    def offer(self, choices: list[tuple[str, str]], current: str) -> None:
        """Offer these: value and text."""
        self.clear()
        for value, text in choices:
            action = QAction(text, self._group, checkable=True, checked=value == current)
            action.setData(value)
            self.addAction(action)

    def offer_later(self) -> None:
        """Offer the languages once the menu is opened: their names take Babel to find out."""
        self.aboutToShow.connect(self._on_about_to_show, Qt.ConnectionType.UniqueConnection)

    def _on_about_to_show(self) -> None:
        self.offer(available_languages(), language())

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
