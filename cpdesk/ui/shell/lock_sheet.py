"""What a locked window shows: whose it is, and what brings it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Session
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.parts.sign_in_form import SignInForm
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import link
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.surfaces import surface

_WIDTH = 440
"""Of the card, in device-independent pixels at normal text size."""


class LockSheet(QScrollArea):
    """One card in the middle of an empty window."""

    unlocked = Signal(object)
    """The session of who has come back."""
    left = Signal()
    """Somebody else wants to sign in."""

    def __init__(self, context: PageContext, email: str, hint: Callable[[], str] = str) -> None:
        """`hint`: what is said besides, in the language in use; "" for nothing."""
        super().__init__()
        self._email = email
        self._hint_text = hint
        self._hint = Notice(Kind.INFO)
        self.entry = SignInForm(context, email)
        self._brand = Label("cpdesk", TextRole.BRAND)
        self._heading = Label(role=TextRole.TITLE, wrap=True)
        self._lead = Label(role=TextRole.SOFT, wrap=True)
        self._other = link()
        self._warning = Label(role=TextRole.CAPTION, wrap=True)
        self._lay_out(context)
        self.entry.signed_in.connect(self._on_signed_in)
        self._other.clicked.connect(self.left)
        self.retranslate()

    def first_focus(self) -> QWidget:
        """Where somebody types first."""
        return self.entry.first_focus()

    def retranslate(self) -> None:
        """All texts, in the language in use."""
        self.setAccessibleName(_("Locked"))
        self._heading.setText(_("Locked"))
        lead = _("{email} is signed in. Everything is as you left it; changes that are due are completed meanwhile.")
        self._lead.setText(lead.format(email=self._email))
        self._other.setText(_("Sign out, so that somebody else can log in"))
        self._warning.setText(_("What was typed and not saved is lost then."))
        self._hint.set_text(self._hint_text())
        self._hint.setVisible(bool(self._hint_text()))
        self.entry.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_warning"):
            self.retranslate()

    def _lay_out(self, context: PageContext) -> None:
        card = Card()
        card.setMaximumWidth(context.theme.fonts.scaled(_WIDTH))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        card.body.setContentsMargins(spacing.XL, spacing.XL, spacing.XL, spacing.XL)
        card.body.setSpacing(spacing.M)
        card.body.addLayout(vbox(self._brand, self._heading, self._lead, space=spacing.S))
        card.body.addWidget(self._hint)
        card.body.addWidget(self.entry)
        card.body.addLayout(hbox(None, self._other, None))
        self._warning.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(self._warning)
        row = hbox(None, card, None)
        row.setStretchFactor(card, 1000)
        ground = surface("window")
        column = vbox(None, row, None)
        column.setContentsMargins(spacing.XL, spacing.L, spacing.XL, spacing.XL)
        ground.setLayout(column)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(ground)

    def _on_signed_in(self, session: Session) -> None:
        self.unlocked.emit(session)
