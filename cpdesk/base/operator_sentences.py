"""Refusals about operators: who signs in, and as what; see `base.messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from cpdesk.base.i18n import _

Facts = Mapping[str, Any]

PLAIN: Mapping[str, Callable[[], str]] = {
    "too_many_attempts": lambda: _("Too many attempts. Try again in {wait}."),
    "password_change_needed": lambda: _(
        "The password of {email} was set by an administrator and has to be changed first: in the window, or by cpdesk "
        "operators password {email}"
    ),
    "password_unchanged": lambda: _("Choose another password than the one that you were given."),
    "password_own": lambda: _("This is your own password: change it instead."),
    "code_needed": lambda: _("A code of your second factor is needed. The command line takes it from CPDESK_CODE."),
    "code_used": lambda: _("This code was used already. Wait for the next one."),
    "wrong_first_code": lambda: _("This is not the code of the present moment. Is the clock of the telephone right?"),
    "factor_unreadable": lambda: _(
        "Codes cannot be checked here: the secret of your second factor is in the keyring of another computer or "
        "person. Use a recovery code, or have a reseller administrator take the second factor away."
    ),
    "factor_is_on": lambda: _("There is a second factor already."),
    "factor_is_off": lambda: _("There is no second factor."),
    "factor_own": lambda: _("This is your own second factor: turn it off instead."),
    "secret_not_kept": lambda: _(
        "The keyring of the system did not take the secret of the second factor. Unlock it and try again."
    ),
    "signed_out": lambda: _("{email} can no longer sign in."),
    "password_was_reset": lambda: _("An administrator has set another password for {email}. Log in with it."),
    "bad_email": lambda: _('"{text}" is not an e-mail address.'),
    "password_empty": lambda: _("The password is empty."),
    "operator_exists": lambda: _("There is an operator {email} already."),
    "unknown_operator": lambda: _('There is no operator "{email}".'),
    "last_reseller": lambda: _("{email} is the last reseller administrator, who cannot be removed."),
    "last_reseller_demoted": lambda: _(
        "{email} is the last reseller administrator, who cannot get another role. Add another one first."
    ),
    "role_unchanged": lambda: _("{email} has this role already: {role}."),
    "wrong_recovery_code": lambda: _("The recovery code is wrong, or the address is not a reseller administrator's."),
    "customer_needs_account": lambda: _("A customer administrator needs an account."),
    "role_has_no_account": lambda: _("Only a customer administrator has an account, no {role}."),
}


def _then_wait(facts: Facts, plain: str, waiting: str) -> str:
    return waiting if "wait" in facts else plain


DEPENDENT: Mapping[str, Callable[[Facts], str]] = {
    "wrong_credentials": lambda facts: _then_wait(
        facts,
        _("The e-mail address or the password is wrong."),
        _("The e-mail address or the password is wrong. Try again in {wait}."),
    ),
    "wrong_password": lambda facts: _then_wait(
        facts,
        _("This is not your present password."),
        _("This is not your present password. Try again in {wait}."),
    ),
    "wrong_code": lambda facts: _then_wait(
        facts, _("The code is wrong."), _("The code is wrong. Try again in {wait}.")
    ),
}
