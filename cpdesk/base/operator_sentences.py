"""Refusals about operators: who signs in, and as what; see `base.messages`."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "wrong_credentials": lambda: _("The e-mail address or the password is wrong."),
    "signed_out": lambda: _("{email} can no longer sign in."),
    "bad_email": lambda: _('"{text}" is not an e-mail address.'),
    "password_empty": lambda: _("The password is empty."),
    "operator_exists": lambda: _("There is an operator {email} already."),
    "unknown_operator": lambda: _('There is no operator "{email}".'),
    "last_reseller": lambda: _("{email} is the last reseller administrator, who cannot be removed."),
    "last_reseller_demoted": lambda: _(
        "{email} is the last reseller administrator, who cannot get another role. Add another one first."
    ),
    "role_unchanged": lambda: _("{email} has this role already: {role}."),
    "wrong_password": lambda: _("This is not your present password."),
    "wrong_recovery_code": lambda: _("The recovery code is wrong, or the address is not a reseller administrator's."),
    "customer_needs_account": lambda: _("A customer administrator needs an account."),
    "role_has_no_account": lambda: _("Only a customer administrator has an account, no {role}."),
}
