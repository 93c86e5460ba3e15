"""Help: topics at the left, the one that is open at the right."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.base.i18n import _, language
from cpdesk.ui import theme
from cpdesk.ui.context import Action
from cpdesk.ui.pages.help import library
from cpdesk.ui.pages.help.topic_list import TopicList
from cpdesk.ui.shell.help_dialog import ALONE
from cpdesk.ui.shell.navigation import Origin
from cpdesk.ui.shell.page import Page
from cpdesk.ui.texts import badge
from cpdesk.ui.theme import spacing
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.article import Article
from cpdesk.ui.widgets.card import Card
from cpdesk.ui.widgets.layout import hbox, restyle

if TYPE_CHECKING:
    from cpdesk.domain.rows import AccountRow

_BESIDE = 680
"""The width from which topics and text stand side by side."""
_TALL = 360
"""The height of the text where it stands alone in a dialog."""


class HelpPage(Page):
    """Parameters: `topic` (""; the first), `origin` where one came from, `alone` without the topics."""

    def _build(self) -> None:
        self.list_of_topics = TopicList()
        self.article = Article()
        self._card = Card()
        self._all = buttons.secondary()
        self._back = buttons.secondary()
        self._return = buttons.primary()
        for button in (self._all, self._back, self._return):
            self.header.add_action(button)
        self._card.body.setContentsMargins(spacing.L, spacing.L, spacing.S, spacing.L)
        self._card.body.addWidget(self.article, 1)
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = hbox(self.list_of_topics, self._card, None, space=spacing.L)
        row.setStretch(1, 1000)
        self.body.addLayout(row, 1)

    def _wire(self) -> None:
        self.list_of_topics.chosen.connect(self._go)
        self.article.followed.connect(self._on_followed)
        self._all.clicked.connect(self._on_all)
        self._back.clicked.connect(self._on_back)
        self._return.clicked.connect(self._on_return)

    def retranslate(self) -> None:
        self._all.setText(_("All topics"))
        self._back.setText(_("Back"))
        self.list_of_topics.retranslate()
        self._show()

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        if self._alone:
            self._undress()
        self._show()

    def spare(self, scroll_bar: int) -> None:
        """A dialog has its own margins."""
        if not hasattr(self, "_card") or not self._alone:
            super().spare(scroll_bar)

    def first_focus(self) -> QWidget | None:
        return self.article if self._topic else self.list_of_topics.list

    def refresh(self) -> None:
        """Have the account named on top, where help is opened inside of one before any of its pages."""
        if self.context.session is not None and "account" in self.params:
            work = partial(self.context.services.accounts.show, self.context.by, self.account_id)
            self.context.jobs.run(self, work, self._on_account, self._on_no_account)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _topic(self) -> str:
        return str(self.params.get("topic") or "")

    @property
    def _alone(self) -> bool:
        return bool(self.params.get(ALONE))

    @property
    def _origin(self) -> Origin | None:
        found = self.params.get("origin")
        return found if isinstance(found, Origin) else None

    def _show(self) -> None:
        topic = library.topic(self._topic, language())
        self.set_title(topic.title if self._alone else _("Help"))
        self.article.show_text(topic.body if self._alone else topic.text)
        self.article.setAccessibleName(topic.title)
        self.list_of_topics.show_current(topic.key)
        if self._origin is not None:
            self._return.setText(_("Return to {page}").format(page=self._origin.title))
        self._arrange()

    def _undress(self) -> None:
        """In a dialog there is a card and a title already."""
        restyle(self._card, "surface", "clear")
        for layout in (self.layout(), self._card.layout()):
            assert layout is not None
            layout.setContentsMargins(0, 0, 0, 0)

    def _arrange(self) -> None:
        """Side by side, or, where there is little room, one or the other."""
        beside = self.width() >= theme.current().fonts.scaled(_BESIDE)
        listed = not self._alone and (beside or not self._topic)
        self.header.setVisible(not self._alone)
        self.list_of_topics.setVisible(listed)
        self._card.setVisible(beside or self._alone or bool(self._topic))
        self._all.setVisible(not listed)
        self._return.setVisible(self._origin is not None)
        self._card.setMaximumWidth(self.article.measure() + 2 * spacing.L)
        self.article.setMinimumHeight(_TALL if self._alone else 0)

    def _go(self, key: str) -> None:
        """Open another topic; in a dialog the page itself changes, else it is a place to come back from."""
        wanted = {**self.params, "topic": key}
        if self._alone:
            self.open(wanted)
        else:
            self.context.navigate("help", **wanted)

    def _on_followed(self, address: str) -> None:
        if "://" not in address:
            self._go(address)
            return
        text = _("This link leads out of cpdesk, to {address}.").format(address=address)
        self.context.notices.info(text, Action(_("Open in the browser"), partial(_open, address)))

    def _on_all(self) -> None:
        self._go("")

    def _on_back(self) -> None:
        self.context.back()

    def _on_return(self) -> None:
        if self._origin is not None:
            place = self._origin.place
            self.context.navigate(place.key, **place.params)

    def _on_account(self, account: "AccountRow") -> None:
        self.set_account(badge(account))

    def _on_no_account(self, _error: Exception) -> None:
        """The help does without."""


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
