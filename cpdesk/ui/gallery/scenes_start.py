"""What is there before anybody is signed in."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain.rows import Done
from cpdesk.services.operators import Operators
from cpdesk.services.setup import SetUp, Setup
from cpdesk.ui.gallery.moving_samples import moving_area
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.start.recover import RecoverAccessDialog
from cpdesk.ui.pages.start.setup import SetupPage
from cpdesk.ui.pages.start.sheet import LAST_EMAIL
from cpdesk.ui.pages.start.sign_in import SignInPage
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.forms import Form

_ALL = ("german", "large_text", "rtl")
_CODE = "K7QF-2M9X-RT4B-WHCN-8ZPD"
_PATH = "/home/dana/.local/share/cpdesk/cpdesk.db"


def setup_window(stage: Stage) -> tuple[Window, SetupPage]:
    """The window at the first start."""
    made = SetUp(RESELLER, _CODE)
    bundle = services(setup=StandIn(Setup, set_up=made), moving=moving_area())
    window = stage.window(all_pages(), "setup", services=bundle, session=None, folder=Path(_PATH).parent)
    page = window.page
    assert isinstance(page, SetupPage)
    return window, page


@scene("setup", variants=_ALL)
def setup(stage: Stage) -> QWidget:
    """The first start."""
    return setup_window(stage)[0]


@scene("setup_errors", variants=("german",))
def setup_errors(stage: Stage) -> QWidget:
    """What is wrong is said beside each field."""
    window, page = setup_window(stage)
    form = page.findChild(Form)
    assert isinstance(form, Form)
    form.set_values({"email": "dana.reyes", "password": "short", "again": ""})
    form.validate()
    form.editor("email").setFocus()
    return window


@scene("setup_code", variants=_ALL)
def setup_code(stage: Stage) -> QWidget:
    """The recovery code, shown once."""
    window, page = setup_window(stage)
    page._on_set_up(Done(SetUp(RESELLER, _CODE), frozenset()))  # noqa: SLF001 - the state after a set-up
    return window


def _sign_in_window(stage: Stage, **answers: object) -> tuple[Window, SignInPage]:
    stage.settings.setValue(LAST_EMAIL, RESELLER.email)
    bundle = services(operators=StandIn(Operators, **answers))
    window = stage.window(all_pages(), "sign_in", services=bundle, session=None)
    page = window.page
    assert isinstance(page, SignInPage)
    return window, page


@scene("sign_in", variants=_ALL)
def sign_in(stage: Stage) -> QWidget:
    """As it is every morning."""
    return _sign_in_window(stage)[0]


@scene("sign_in_refused", variants=_ALL)
def sign_in_refused(stage: Stage) -> QWidget:
    """Something was wrong; not which."""
    window, page = _sign_in_window(stage, sign_in=UserError("wrong_credentials"))
    form = page.findChild(Form)
    assert isinstance(form, Form)
    form.set_values({"password": "not this one"})
    form.submitted.emit()
    return window


@scene("recover", variants=_ALL)
def recover(stage: Stage) -> tuple[QWidget, QDialog]:
    """Getting back in."""
    window, page = _sign_in_window(stage)
    return window, RecoverAccessDialog(page, page.context, RESELLER.email)


@scene("recover_code", variants=("german",))
def recover_code(stage: Stage) -> tuple[QWidget, QDialog]:
    """The next code after getting back in."""
    window, page = _sign_in_window(stage, recover=_CODE)
    dialog = RecoverAccessDialog(page, page.context, RESELLER.email)
    form = dialog.findChild(Form)
    assert isinstance(form, Form)
    form.set_values({"code": "ABCD-EFGH-JKLM-NPQR-STUV", "password": "correct horse", "again": "correct horse"})
    form.submitted.emit()
    return window, dialog


def _trouble(stage: Stage, code: str, **facts: object) -> QWidget:
    error = KnownError(code, path=_PATH, **facts)
    return stage.window(all_pages(), "trouble", session=None, error=error, retry=stage.jobs.close)


@scene("trouble_locked", variants=_ALL)
def trouble_locked(stage: Stage) -> QWidget:
    """Another program holds the database."""
    return _trouble(stage, "database_locked")


@scene("trouble_newer")
def trouble_newer(stage: Stage) -> QWidget:
    """The database is from the future."""
    return _trouble(stage, "database_newer", steps=["0007_prices"])


@scene("trouble_not_reachable")
def trouble_not_reachable(stage: Stage) -> QWidget:
    """The folder is not there."""
    return _trouble(stage, "database_not_reachable", reason="Permission denied")
