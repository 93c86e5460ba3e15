"""Bringing in everything from another computer: over what is here, or where nothing is yet."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base import moving_sentences
from cpdesk.base.errors import CodedError
from cpdesk.base.formats import format_instant, format_number
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.ui.choices import usual_time_zone
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.factor_form import FactorForm
from cpdesk.ui.parts.long_work import LongWorkDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.sizes import size_text
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import path_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary, secondary
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.domain.backups import Restored
    from cpdesk.domain.moving import MovePreview
    from cpdesk.domain.rows import Done
    from cpdesk.services.bundle import Services

_WIDTH = 640


class _Locked(LongWorkDialog):
    """Asks for the passphrase once the database in the file proves to be encrypted."""

    exclusive = True

    def __init__(self, parent: QWidget, context: PageContext, path: Path, title: str) -> None:
        super().__init__(parent, context, title, path_text(path), _WIDTH)
        self.path = path
        label = _("Passphrase or recovery key of the database in the file")
        self.passphrase = Form((Field("passphrase", label, FieldKind.PASSWORD, required=True),))
        self.unlock = secondary(_("Open the file"))
        self.passphrase.submitted.connect(self._on_unlock)
        self.unlock.clicked.connect(self._on_unlock)
        for part in (self.passphrase, self.unlock):
            part.hide()
        self.content.addWidget(self.passphrase)
        self.content.addLayout(hbox(self.unlock, None))

    def unlocked(self) -> None:
        """The file can be read now; a dialog overrides it."""
        raise NotImplementedError

    def refused(self, error: Exception) -> None:
        """Say why it cannot be read or brought in; ask for the passphrase where that is all that is missing."""
        code = error.code if isinstance(error, CodedError) else ""
        locked = code in {"passphrase_needed", "wrong_passphrase"}
        for part in (self.passphrase, self.unlock):
            part.setVisible(locked)
        if not locked:
            super().refused(error)
            return
        if code == "wrong_passphrase":
            self.passphrase.set_error("passphrase", sentence_of(error))
        self.passphrase.focus_first()
        self.fit()

    def progress_text(self, done: int, total: int) -> str:
        return how_far(done, total)

    def _on_unlock(self) -> None:
        if self.passphrase.validate():
            typed = str(self.passphrase.values()["passphrase"])
            work = partial(_unlock, self.context.services, self.path, typed)
            self.context.jobs.run(self, work, self._on_unlocked, self.refused)

    def _on_unlocked(self, _nothing: None) -> None:
        for part in (self.passphrase, self.unlock):
            part.hide()
        self.say("")
        self.unlocked()


class BringInDialog(_Locked):
    """Shows what the file holds and what it takes the place of, and has the operator's e-mail address typed in."""

    help_topic = "move-computer"

    def __init__(self, parent: QWidget, context: PageContext, path: Path) -> None:
        super().__init__(parent, context, path, _("Bring in data from another computer?"))
        self.preview: MovePreview | None = None
        self.reading = Label(_("The file is being read and checked."), TextRole.SOFT, wrap=True)
        self.facts = Facts()
        self.kept = Label(wrap=True)
        self.why = reason_form()
        typed = _("Type {email} to confirm").format(email=context.by.email)
        self.form = Form((Field("email", typed, required=True),))
        self.bring = self.add_button(danger(_("Bring in")))
        self.leave = self.add_button(primary(_("Keep what is here")))
        self._fill()

    def read(self) -> None:
        """Read and prove the file; until that is done, the dialog says so."""
        look = partial(self.context.services.moving.preview, self.context.by, self.path)
        self.context.jobs.run(self, look, self._on_read, self.refused)

    def refused(self, error: Exception) -> None:
        self.reading.hide()
        super().refused(error)

    def unlocked(self) -> None:
        self.reading.show()
        self.read()

    def _fill(self) -> None:
        self.set_safe(self.leave)
        self.bring.setEnabled(False)
        for part in (self.reading, self.facts, self.kept, self.why):
            self.content.addWidget(part)
        self.footer.addLayout(vbox(hbox(self.form, None), self.line))
        for later in (self.why, self.form):
            later.hide()
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self._on_bring)
        self.bring.clicked.connect(self._on_bring)

    def _on_read(self, preview: "MovePreview") -> None:
        self.preview = preview
        self.reading.hide()
        self.facts.clear()
        for text, figure in _facts(preview):
            self.facts.add(text, figure)
        folder = path_text(self.context.services.backups.folder())
        self.kept.setText(
            _(
                "It takes the place of all that is here. What is here is kept in {folder}. You are signed out then; "
                "what has come due since is completed at once, from its date."
            ).format(folder=folder)
        )
        for part in (self.why, self.form):
            part.show()
        self._on_typed()
        self.fit()

    def _is_named(self) -> bool:
        return names.key(self.form.values()["email"]) == names.key(self.context.by.email)

    def _on_typed(self) -> None:
        self.bring.setEnabled(self.preview is not None and self._is_named())

    def _on_bring(self) -> None:
        if self.preview is None or not self._is_named():
            return
        bring = partial(self.context.services.moving.bring_in, self.context.by, self.path)
        self.change(partial(bring, reason=str(self.why.values()["reason"])), self.bring, self.leave)


class BringInFreshDialog(_Locked):
    """Where nothing is yet: a reseller administrator of the file signs in, and everything is put here."""

    help_topic = "move-computer"

    def __init__(self, parent: QWidget, context: PageContext, path: Path, topics: frozenset[str]) -> None:
        """`topics` are announced besides once it is done."""
        super().__init__(parent, context, path, _("Bring in data from another computer"))
        self._topics = topics
        self.form = Form(
            (
                Field("email", _("Your e-mail address"), required=True),
                Field("password", _("Your password on the other computer"), FieldKind.PASSWORD, required=True),
            )
        )
        self.content.addWidget(
            Label(
                _("Sign in as a reseller administrator of the other computer: the file knows who that is."), wrap=True
            )
        )
        self.factor = FactorForm()
        for part in (self.form, self.factor, self.line):
            self.content.addWidget(part)
        self.leave = self.add_button(secondary(_("Set up anew instead")))
        self.bring = self.add_button(primary(_("Bring in")))
        self.set_safe(self.leave)
        self.form.submitted.connect(self._on_bring)
        self.factor.submitted.connect(self._on_bring)
        self.bring.clicked.connect(self._on_bring)

    def first_focus(self) -> QWidget | None:
        return self.form.editor("email")

    def unlocked(self) -> None:
        self._on_bring()

    def refused(self, error: Exception) -> None:
        if self.factor.asks(error):
            self.fit()
        else:
            super().refused(error)

    def _on_bring(self) -> None:
        if not (self.form.validate() and self.factor.validate()):
            return
        values = self.form.values()
        bring = partial(self.context.services.moving.bring_in_fresh, code=self.factor.code)
        work = partial(_bring_fresh, bring, self.path, values["email"], values["password"])
        self.change(partial(work, self._topics), self.bring, self.leave)


def _unlock(services: "Services", path: Path, passphrase: str) -> None:
    services.moving.unlock(path, partial(services.encryption.unlock, passphrase))


def how_far(done: int, total: int) -> str:
    """How much of a file is read, or written and checked."""
    return _("{done} of {total} done. All of it arrives, or nothing changes.").format(
        done=size_text(done), total=size_text(total)
    )


def arrived_text(restored: "Restored") -> str:
    """What was brought in, and where what was here is kept."""
    arrived = moving_sentences.arrived()
    if restored.kept is None:
        return arrived
    kept = _("What was there before is kept: {path}").format(path=path_text(restored.kept))
    return f"{arrived} {kept}"


def _facts(preview: "MovePreview") -> tuple[tuple[str, str], ...]:
    manifest, restore = preview.manifest, preview.restore
    here = sum(one.now is not None for one in restore.accounts)
    return (
        (_("From the computer"), manifest.computer or _("unknown")),
        (_("Made"), format_instant(manifest.made_at, usual_time_zone())),
        (_("Accounts in the file"), format_number(manifest.accounts)),
        (_("Accounts here"), format_number(here)),
        (_("Entries of the audit log that are set aside"), format_number(restore.set_aside)),
    )


def _bring_fresh(
    bring: "Callable[..., Done[Restored]]",
    path: Path,
    email: str,
    password: str,
    topics: frozenset[str],
    *,
    progress: object = None,
) -> "Done[Restored]":
    from cpdesk.domain.rows import Done

    done = bring(path, email, password, progress)
    return Done(done.value, done.topics | topics)
