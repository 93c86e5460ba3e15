"""The first start: the first administrator, and what new accounts start with."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.base import paths
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _, language, ngettext
from cpdesk.domain.moving import SUFFIX
from cpdesk.ui import choices
from cpdesk.ui.context import Kind
from cpdesk.ui.pages.start import SET_UP
from cpdesk.ui.pages.start.recovery_code import RecoveryCode
from cpdesk.ui.pages.start.sheet import LAST_EMAIL, SheetPage
from cpdesk.ui.parts.new_password import password_fields, password_problems
from cpdesk.ui.parts.region_fields import currency_field, time_zone_field
from cpdesk.ui.refusals import sentence_of, told_by_field
from cpdesk.ui.shell.language import SETTING, apply_language
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import link, primary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.file_window import ask_for_file
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.inputs import Choice, ComboBox
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from cpdesk.domain.backups import Restored
    from cpdesk.domain.operators import Session
    from cpdesk.domain.rows import Done
    from cpdesk.services.setup import SetUp, Setup
    from cpdesk.ui.parts.move_in import BringInFreshDialog

_FIELDS = {
    "bad_email": "email",
    "password_empty": "password",
    "unknown_currency": "currency",
    "unknown_time_zone": "time_zone",
}


class SetupPage(SheetPage):
    """Creates the database and its first administrator, then shows the recovery code."""

    sheet_width = 544

    def _build(self) -> None:
        super()._build()
        self._offering = False
        self._form = Form(self._fields())
        self._refusal, self._missing = Notice(Kind.ERROR), Notice(Kind.PENDING)
        self._submit = primary()
        self.bring = link()
        self._code = RecoveryCode()
        self._continue = primary()
        for part in (self._missing, self._refusal, self._form, self._submit, self.bring, self._code, self._continue):
            self.sheet.body.addWidget(part)
        for later in (self._missing, self._refusal, self._code, self._continue):
            later.hide()
        self._continue.setEnabled(False)

    def _fields(self) -> tuple[Field, ...]:
        """Long lists are offered once the page is painted: their names take time to load."""
        return (
            Field("language", lambda: _("Language"), FieldKind.CHOICE, required=True, choices=self._languages),
            Field("email", lambda: _("Your e-mail address"), required=True, validate=_no_address),
            *password_fields(),
            currency_field(self._currencies),
            time_zone_field(
                self._time_zones, lambda: _("New accounts start with this currency and zone; each can have its own.")
            ),
            Field(
                "samples",
                lambda: _("Start with five sample customers"),
                FieldKind.CHECK,
                help=lambda: _("Entries like all others, dated now: they can be closed, not erased."),
            ),
        )

    def _wire(self) -> None:
        self._form.submitted.connect(self._on_submitted)
        self._submit.clicked.connect(self._on_submitted)
        self.bring.clicked.connect(self._on_bring)
        self._code.stored_changed.connect(self._continue.setEnabled)
        self._continue.clicked.connect(self._on_continue)
        combo = self._form.editor("language")
        assert isinstance(combo, ComboBox)
        combo.activated.connect(self._on_language_chosen)

    def open(self, params: dict[str, object]) -> None:
        """`folder` is where the database will be: a Path."""
        super().open(params)
        self.retranslate()

    def retranslate(self) -> None:
        self._tell_missing()
        if self._code.isHidden():
            lead = _("Create the first administrator. Everything stays on this computer.")
            self.set_heading(_("Set up the control panel"), f"{lead} {self._place()}".strip())
        else:
            self.set_heading(
                _("Store your recovery code"),
                _("It is the only way back in if you forget your password, and it is shown this once."),
            )
        self._submit.setText(_("Create administrator"))
        self.bring.setText(_("Bring in data from another computer"))
        self._continue.setText(_("Continue to Log In"))
        self._code.retranslate()

    def first_focus(self) -> QWidget | None:
        return self._form.editor("email")

    def _place(self) -> str:
        """Where the database will be: who named a folder sees whether it is the one that was meant."""
        folder = self.params.get("folder")
        if not isinstance(folder, Path) or not paths.is_chosen():
            return ""
        return _("The database will be in {folder}.").format(folder=path_text(folder))

    def _tell_missing(self) -> None:
        """A folder with backups once had a database: maybe it is only somewhere else."""
        folder = self.params.get("folder")
        missing = isinstance(folder, Path) and (folder / paths.BACKUP_FOLDER).is_dir()
        text = _(
            "There is no database in this folder, but there are backups of one. Put the database back and start "
            "again, or restore the newest backup: cpdesk restore FILE"
        )
        self._missing.set_text(text if missing else "")
        self._missing.setVisible(missing and self._code.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._offering:
            self._offering = True
            QTimer.singleShot(0, self, self._offer)

    def _offer(self) -> None:
        for key, offered in (
            ("language", self._languages()),
            ("currency", self._currencies()),
            ("time_zone", self._time_zones()),
        ):
            combo = self._form.editor(key)
            assert isinstance(combo, ComboBox)
            combo.set_choices(offered)
        usual = {"currency": choices.usual_currency(), "time_zone": choices.usual_time_zone()}
        self._form.set_values({"language": language(), **usual})

    def _languages(self) -> list[Choice]:
        return choices.languages() if self._offering else []

    def _currencies(self) -> list[Choice]:
        return choices.currencies() if self._offering else []

    def _time_zones(self) -> list[Choice]:
        return choices.time_zones() if self._offering else []

    def _on_language_chosen(self) -> None:
        code = str(self._form.values()["language"])
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.context.settings.setValue(SETTING, code)
        apply_language(app, code)

    def _on_submitted(self) -> None:
        self._refusal.hide()
        if not self._form.validate(password_problems(self._form)):
            return
        values = self._form.values()
        work = partial(
            _set_up,
            self.context.services.setup,
            values["email"],
            values["password"],
            currency=values["currency"],
            time_zone=values["time_zone"],
        )
        self.change(work, self._on_set_up, self._on_refused)

    def _on_set_up(self, done: "Done[SetUp]") -> None:
        email = done.value.session.email
        self.context.settings.setValue(LAST_EMAIL, email)
        self._code.set_code(done.value.recovery_code, email)
        self._form.hide()
        self._submit.hide()
        self.bring.hide()
        self._code.show()
        self._continue.show()
        self.retranslate()
        self._code.stored.setFocus()
        if self._form.values()["samples"]:
            self._add_samples(done.value.session)

    def _add_samples(self, by: "Session") -> None:
        """While the recovery code is stored: it is shown this once, whatever becomes of the samples."""
        from cpdesk.demo.samples import add_samples

        self.change(partial(add_samples, self.context.services, by), self._on_samples, self._on_no_samples)

    def _on_samples(self, done: "Done[int]") -> None:
        text = ngettext("{count} sample customer was added.", "{count} sample customers were added.", done.value)
        self.context.notices.success(text.format(count=done.value))

    def _on_no_samples(self, error: Exception) -> None:
        self.context.notices.error(
            _("Not all of the sample customers could be added. {reason}").format(reason=sentence_of(error))
        )

    def _on_refused(self, error: Exception) -> None:
        if not told_by_field(self._form, error, _FIELDS):
            self._refusal.set_text(sentence_of(error))
            self._refusal.show()

    def _on_bring(self) -> None:
        kinds = _("Files to move with (*{suffix})").format(suffix=SUFFIX), _("All files (*)")
        ask_for_file(self.window(), _("Bring in data from another computer"), self.bring_in, kinds=kinds)

    def bring_in(self, name: str) -> None:
        """Have a file brought in where nothing is yet."""
        from cpdesk.ui.parts.move_in import BringInFreshDialog

        dialog = BringInFreshDialog(self, self.context, Path(name), frozenset({SET_UP}))
        dialog.succeeded.connect(partial(self._on_brought_in, dialog))
        dialog.open()

    def _on_brought_in(self, dialog: "BringInFreshDialog", restored: "Restored") -> None:
        from cpdesk.ui.parts.move_in import arrived_text

        self.context.settings.setValue(LAST_EMAIL, dialog.form.values()["email"])
        self.context.navigate("sign_in")
        self.context.notices.success(arrived_text(restored))

    def _on_continue(self) -> None:
        self.context.navigate("sign_in")


def _no_address(text: str) -> str | None:
    """What the service would refuse is said together with what is wrong elsewhere in the form."""
    from cpdesk.domain import names

    try:
        names.clean_address(text, "bad_email")
    except UserError:
        return _("“{text}” is not an e-mail address. An address looks like dana@contoso.example.").format(text=text)
    return None


def _set_up(setup: "Setup", email: str, password: str, *, currency: str, time_zone: str) -> "Done[SetUp]":
    from cpdesk.domain.rows import Done

    return Done(setup.set_up(email, password, currency=currency, time_zone=time_zone), frozenset({SET_UP}))
