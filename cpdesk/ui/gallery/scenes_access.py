"""The second factor, the locked window, and what is asked at the door."""

from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain import second_factor
from cpdesk.domain.second_factor import Enrolment, FactorState, Place
from cpdesk.services.operators import Operators
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import NOW, Picture, Stage, scene
from cpdesk.ui.gallery.scenes_settings import CODES, ENROLMENT, FACTOR, SECRET, settings_services, settings_window
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.settings.factor_dialogs import RenewCodesDialog, SetUpFactorDialog, TurnOffFactorDialog
from cpdesk.ui.pages.start.sheet import LAST_EMAIL
from cpdesk.ui.pages.start.sign_in import SignInPage
from cpdesk.ui.shell.lock_sheet import LockSheet
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


@scene("settings_access", variants=_ALL)
def settings_access(stage: Stage) -> QWidget:
    """No second factor yet."""
    return settings_window(stage, settings_services(), section="access")


@scene("settings_access_on", variants=_ALL)
def settings_access_on(stage: Stage) -> QWidget:
    """With a second factor, and most of its codes."""
    return settings_window(stage, settings_services(factor=FACTOR), section="access")


@scene("settings_access_few_codes", variants=("german",))
def settings_access_few_codes(stage: Stage) -> QWidget:
    """It is time for new codes."""
    few = FactorState(NOW, Place.KEYRING, 1)
    return settings_window(stage, settings_services(factor=few), section="access")


def _set_up(stage: Stage, enrolment: Enrolment = ENROLMENT) -> tuple[Window, SetUpFactorDialog]:
    window = settings_window(stage, settings_services())
    assert window.page is not None
    return window, SetUpFactorDialog(window, window.page.context, enrolment)


@scene("factor_set_up", variants=_ALL)
def factor_set_up(stage: Stage) -> Picture:
    """The picture for the app, and the key as text."""
    return _set_up(stage)


@scene("factor_set_up_no_keyring", variants=("german",))
def factor_set_up_no_keyring(stage: Stage) -> Picture:
    """A computer without a keyring, and a code that is not the present one."""
    address = second_factor.address_of(SECRET, RESELLER.email)
    window, dialog = _set_up(stage, Enrolment(SECRET, address, Place.FILE))
    dialog.form.set_values({"code": "123456", "present": "correct horse"})
    dialog.refused(UserError("wrong_first_code"))
    return window, dialog


@scene("factor_codes", variants=_ALL)
def factor_codes(stage: Stage) -> Picture:
    """The recovery codes, shown once."""
    window, dialog = _set_up(stage)
    dialog.show_codes(CODES)
    return window, dialog


@scene("factor_turn_off", variants=("german",))
def factor_turn_off(stage: Stage) -> Picture:
    """Back to the password alone."""
    window = settings_window(stage, settings_services(factor=FACTOR))
    assert window.page is not None
    return window, TurnOffFactorDialog(window, window.page.context)


@scene("factor_renew", variants=("german",))
def factor_renew(stage: Stage) -> Picture:
    """New codes instead of the old ones."""
    window = settings_window(stage, settings_services(factor=FACTOR))
    assert window.page is not None
    return window, RenewCodesDialog(window, window.page.context)


def _at_the_door(stage: Stage, *refusals: UserError) -> QWidget:
    """The sign-in page after these answers, one after the other."""
    answers = list(refusals)

    def answer(*_args: Any, **_named: Any) -> None:
        raise answers.pop(0)

    stage.settings.setValue(LAST_EMAIL, RESELLER.email)
    bundle = services(operators=StandIn(Operators, sign_in=answer))
    window = stage.window(all_pages(), "sign_in", services=bundle, session=None)
    assert isinstance(window.page, SignInPage)
    entry = window.page.entry
    entry.form.set_values({"password": "correct horse"})
    entry.form.submitted.emit()
    for _refusal in refusals[1:]:
        entry.answer({"code": "123456"})
    return window


@scene("sign_in_code", variants=_ALL)
def sign_in_code(stage: Stage) -> QWidget:
    """The second factor is asked for."""
    return _at_the_door(stage, UserError("code_needed"))


@scene("sign_in_code_wrong", variants=("german",))
def sign_in_code_wrong(stage: Stage) -> QWidget:
    """Not this one."""
    return _at_the_door(stage, UserError("code_needed"), UserError("wrong_code"))


@scene("sign_in_new_password", variants=_ALL)
def sign_in_new_password(stage: Stage) -> QWidget:
    """An administrator has set the password."""
    return _at_the_door(stage, UserError("password_change_needed", email=RESELLER.email))


@scene("sign_in_delayed", variants=_ALL)
def sign_in_delayed(stage: Stage) -> QWidget:
    """Too many attempts."""
    from datetime import timedelta

    return _at_the_door(stage, UserError("too_many_attempts", wait=timedelta(minutes=2)))


def _locked(stage: Stage, refusal: UserError | None = None) -> Window:
    window = settings_window(stage, settings_services())
    window.lock.lock()
    sheet = window.centralWidget()
    assert isinstance(sheet, LockSheet)
    if refusal is not None:
        sheet.entry.refuse(refusal)
    return window


@scene("locked", variants=_ALL)
def locked(stage: Stage) -> QWidget:
    """Nobody was there for a while."""
    return _locked(stage)


@scene("locked_refused", variants=("german",))
def locked_refused(stage: Stage) -> QWidget:
    """Not the right password."""
    return _locked(stage, UserError("wrong_credentials"))


@scene("locked_code")
def locked_code(stage: Stage) -> QWidget:
    """The second factor opens it."""
    return _locked(stage, UserError("code_needed"))
