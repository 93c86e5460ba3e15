"""Asking for the passphrase of an encrypted database."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import sentence
from cpdesk.domain.encryption import pause_after
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.start.sheet import SheetPage
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import primary
from cpdesk.ui.widgets.checks import CheckBox
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECOND = 1000


class UnlockPage(SheetPage):
    """Opened with `path`, `answer` (called with what was typed) and `failures`, so many wrong answers in a row.

    `failures` None: the keyring is being asked, and nobody else yet. `attempt` makes each time another one.
    """

    def _build(self) -> None:
        super()._build()
        field = Field("passphrase", lambda: _("Passphrase or recovery key"), FieldKind.PASSWORD, required=True)
        self.form = Form((field,))
        self._show_it = CheckBox()
        self.refusal = Notice(Kind.ERROR)
        self.unlock = primary()
        self._forgotten = Label(wrap=True, selectable=True)
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._left = 0
        self._clock = QTimer(self, interval=_SECOND)
        for part in (self.refusal, self.form, self._show_it, self.unlock, self._bar, self._forgotten):
            self.sheet.body.addWidget(part)
        self.refusal.hide()

    def _wire(self) -> None:
        self.form.submitted.connect(self._on_submitted)
        self.unlock.clicked.connect(self._on_submitted)
        self._show_it.toggled.connect(self._on_show)
        self._clock.timeout.connect(self._on_second)

    def open(self, params: dict[str, object]) -> None:
        super().open(params)
        failures = cast("int | None", params["failures"])
        self._set_busy(failures is None)
        self._left = pause_after(failures or 0)
        self.refusal.setVisible(bool(failures))
        if failures:
            self._editor().setFocus(Qt.FocusReason.OtherFocusReason)
            self._editor().selectAll()
        if self._left:
            self.unlock.setEnabled(False)
            self._clock.start()
        self.retranslate()

    def retranslate(self) -> None:
        path = cast("Path | None", self.params.get("path"))
        self.set_heading(_("The database is encrypted"), path_text(path) if path else "")
        self._show_it.setText(_("Show passphrase"))
        self.unlock.setText(_("Unlock"))
        self._bar.setAccessibleName(_("The database is being opened"))
        self._forgotten.setText(
            _(
                "Forgotten? The recovery key that was shown when the database was encrypted opens it as well. Without "
                "both nobody can."
            )
        )
        self._show_refusal()

    def first_focus(self) -> QWidget | None:
        return self._editor()

    def leaving(self) -> None:
        self._clock.stop()
        self.form.set_values({"passphrase": ""})

    def _editor(self) -> QLineEdit:
        editor = self.form.editor("passphrase")
        assert isinstance(editor, QLineEdit)
        return editor

    def _show_refusal(self) -> None:
        text = sentence("wrong_passphrase")
        if self._left:
            wait = ngettext("Try again in {number} second.", "Try again in {number} seconds.", self._left)
            text = f"{text} {wait.format(number=self._left)}"
        self.refusal.set_text(text)

    def _set_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        for part in (self.form, self._show_it, self.unlock):
            part.setEnabled(not busy)

    def _on_submitted(self) -> None:
        if self._left == 0 and self.form.validate():
            self.refusal.hide()
            self._set_busy(True)
            cast("Callable[[str], object]", self.params["answer"])(self.form.values()["passphrase"])

    def _on_show(self, shown: bool) -> None:
        self._editor().setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_second(self) -> None:
        self._left = max(0, self._left - 1)
        if not self._left:
            self._clock.stop()
            self.unlock.setEnabled(True)
        self._show_refusal()
