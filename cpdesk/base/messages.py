"""What a person reads when something is refused or fails: a sentence for each code, in the language in use.

A code without a sentence is a bug; a test reads the source for codes and for the facts that come with them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cpdesk.base import formats
from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _, ngettext

Facts = Mapping[str, Any]

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_LONGEST = 300
"""Letters of a text out of somebody's input that are repeated to them."""


def message(error: CodedError) -> str:
    """The sentence for a refusal or a trouble of the surroundings."""
    return sentence(error.code, **error.params)


def sentence(code: str, **facts: object) -> str:
    """The sentence for a code; a general one where the code has none."""
    template = _template(code, facts)
    if template is None:
        return _("cpdesk refused this and has no words for the reason ({code}).").format(code=code)
    return template.format_map(_Shown({name: _shown(name, value) for name, value in facts.items()}))


def codes() -> frozenset[str]:
    """The codes that have a sentence."""
    return frozenset(_PLAIN.keys() | _DEPENDENT.keys())


class _Shown(dict[str, str]):
    """Facts as they are read. One that is missing leaves a gap: an error about an error helps nobody."""

    def __missing__(self, name: str) -> str:
        return "…"


def _template(code: str, facts: Facts) -> str | None:
    if code in _PLAIN:
        return _PLAIN[code]()
    return _DEPENDENT[code](facts) if code in _DEPENDENT else None


def _shown(name: str, value: Any) -> str:
    if name in _BY_NAME:
        return _BY_NAME[name](value)
    if isinstance(value, Mapping):
        return formats.format_list([f"{_one(key)}: {_one(entry)}" for key, entry in value.items()])
    if isinstance(value, list | tuple):
        return formats.format_list([_one(entry) for entry in value])
    return _one(value)


def _one(value: object) -> str:
    if isinstance(value, datetime):
        return formats.format_instant(value, "UTC")
    if isinstance(value, date):
        return formats.format_date(value)
    if isinstance(value, int):
        return formats.format_number(value)
    return _printable(str(value))


def _printable(text: str) -> str:
    """A text from outside, on one line and of bearable length."""
    safe = _CONTROLS.sub("\ufffd", text)
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}…"


def mode_name(mode: str) -> str:
    """A billing mode ("usage", "purchase") as it is read."""
    return {"usage": _("Usage Mode"), "purchase": _("Purchase Mode")}.get(str(mode), str(mode))


def role_name(role: str) -> str:
    """A role of operators ("reseller", "customer", "auditor") as it is read."""
    names = {
        "reseller": _("reseller administrator"),
        "customer": _("customer administrator"),
        "auditor": _("auditor"),
    }
    return names.get(str(role), str(role))


def _field(name: str) -> str:
    return {"name": _("The name"), "reason": _("The reason")}.get(name, name)


def _differences(differences: Iterable[Any]) -> str:
    """Facts of a forecast that changed; each has `what`, `subject`, and the values `shown` and `now`."""
    return "; ".join(_difference(one) for one in differences)


def _difference(one: Any) -> str:
    whats = {
        "account": _("account"),
        "mode": _("mode"),
        "effective_on": _("effective date"),
        "earliest_return": _("earliest return to Usage Mode"),
        "seats": _("seats"),
        "assigned": _("assigned"),
        "released": _("released"),
        "blocked": _("blocked users with licenses"),
    }
    subject = f"{one.subject}, " if one.subject else ""
    before, after = one.shown or _("none"), one.now or _("none")
    return _("{what} was {before}, is {after}").format(
        what=subject + whats.get(one.what, one.what), before=before, after=after
    )


_BY_NAME: Mapping[str, Callable[[Any], str]] = {
    "differences": _differences,
    "mode": mode_name,
    "role": role_name,
    "field": _field,
    # Spreadsheets number their rows without separators.
    "row": str,
    "other_row": str,
    # A number that names something is typed as it stands.
    "account_id": str,
}


def _with_reason(facts: Facts, plain: str, reasoned: str) -> str:
    return reasoned if facts.get("reason") else plain


def _not_allowed(facts: Facts) -> str:
    if facts.get("role") == "auditor":
        return _("You are signed in as an auditor, who reads everything and changes nothing.")
    if facts.get("to") == "read":
        return _("Only reseller administrators and auditors may see this.")
    return _("Only a reseller administrator may do this.")


def _already_in_mode(facts: Facts) -> str:
    if not facts.get("pending"):
        return _("{account} is in {mode} already.")
    return _(
        "{account} is in {mode} already. A change to Usage Mode is pending for {pending}; "
        "to withdraw it: cpdesk mode keep {account_id}"
    )


def _no_seats(facts: Facts) -> str:
    if not facts.get("seats"):
        return _("The pool has no seats of {product}. Add seats first.")
    return ngettext(
        "No seat of {product} is available: the one in the pool is assigned. Add seats first.",
        "No seat of {product} is available: of {seats} seats {available} are free. Add seats first.",
        facts["seats"],
    )


def _below_assigned(facts: Facts) -> str:
    return ngettext(
        "{count} seat of {product} cannot be removed: {assigned} of {seats} are assigned, {available} available.",
        "{count} seats of {product} cannot be removed: {assigned} of {seats} are assigned, {available} available.",
        facts["count"],
    )


def _row_too_short(facts: Facts) -> str:
    return ngettext(
        "{file}, row {row}: {count} value instead of {expected}; {column} and what follows is missing.",
        "{file}, row {row}: {count} values instead of {expected}; {column} and what follows is missing.",
        facts["count"],
    )


_DEPENDENT: Mapping[str, Callable[[Facts], str]] = {
    "not_allowed": _not_allowed,
    "already_in_mode": _already_in_mode,
    "no_seats_available": _no_seats,
    "seats_below_assigned": _below_assigned,
    "row_too_short": _row_too_short,
    "database_not_reachable": lambda facts: _with_reason(
        facts,
        _("The database {path} cannot be opened."),
        _("The database {path} cannot be opened: {reason}."),
    ),
    "disk_trouble": lambda facts: _with_reason(
        facts,
        _("The disk cannot be read or written at {path}."),
        _("The disk cannot be read or written at {path}: {reason}."),
    ),
}
"""Sentences whose wording depends on the facts."""


_PLAIN: Mapping[str, Callable[[], str]] = {
    # Accounts
    "unknown_account": lambda: _('There is no account "{text}".'),
    "ambiguous_account": lambda: _('"{text}" may mean several accounts: {candidates}. Give the number of one.'),
    "domain_taken": lambda: _("Another account has the domain {domain} already."),
    "bad_domain": lambda: _('"{text}" is not a domain name. It looks like contoso.example.'),
    "unknown_country": lambda: _('There is no country "{text}". Give its ISO 3166 code, for example US.'),
    "unknown_currency": lambda: _('There is no currency "{text}" today. Give its ISO 4217 code, for example USD.'),
    "unknown_time_zone": lambda: _('There is no time zone "{text}". Give its IANA name: America/New_York.'),
    "service_not_active": lambda: _("Microsoft 365 is not active for {account}. Activate it first."),
    "service_already_active": lambda: _("Microsoft 365 is active for {account} already."),
    "text_empty": lambda: _("{field} is empty."),
    "text_too_long": lambda: _("{field} is longer than {longest} characters."),
    "text_not_printable": lambda: _("{field} contains control characters."),
    # Users and licenses
    "unknown_user": lambda: _("The account has no user {upn}."),
    "upn_taken": lambda: _("The account has a user {upn} already."),
    "no_deleted_user": lambda: _("The account has no deleted user {upn}."),
    "restore_too_late": lambda: _("{upn} was deleted on {deleted_at}. Users can be restored within 30 days."),
    "restore_lacks_seats": lambda: _(
        "The pool has no seat for what {upn} had: {missing}. Add seats first, or restore without them."
    ),
    "bad_upn": lambda: _('"{text}" is not a user principal name. It looks like name@contoso.example.'),
    "unknown_product": lambda: _('There is no product "{text}".'),
    "ambiguous_product": lambda: _('"{text}" may mean: {candidates}. Give the GUID.'),
    "not_assignable": lambda: _("{product} belongs to the tenant as a whole: it is never assigned to a user."),
    "already_assigned": lambda: _("{upn} has {product} already."),
    "not_assigned": lambda: _("{upn} does not have {product}."),
    "tenant_needs_purchase_mode": lambda: _(
        "{product} belongs to the tenant as a whole and needs Purchase Mode: "
        "in Usage Mode an account holds only what is assigned to users."
    ),
    "seats_follow_assignments": lambda: _(
        "In Usage Mode the seats of {product} follow its assignments. Assign or remove licenses instead."
    ),
    "bad_count": lambda: _("The number of seats has to be 1 or more."),
    "count_too_large": lambda: _("That are more seats than make sense. At most {most} are accepted."),
    "too_many_seats": lambda: _("An account can have at most {most} seats of {product}."),
    # Billing mode
    "switch_pending": lambda: _(
        "For {account} a change to Usage Mode is pending already. It will be completed on {effective_on}."
    ),
    "nothing_pending": lambda: _("No change of mode is pending for {account}."),
    "forecast_changed": lambda: _("The forecast that was shown no longer holds: {differences}. Nothing was changed."),
    # Operators
    "wrong_credentials": lambda: _("The e-mail address or the password is wrong."),
    "signed_out": lambda: _("{email} can no longer sign in."),
    "bad_email": lambda: _('"{text}" is not an e-mail address.'),
    "password_empty": lambda: _("The password is empty."),
    "operator_exists": lambda: _("There is an operator {email} already."),
    "unknown_operator": lambda: _('There is no operator "{email}".'),
    "last_reseller": lambda: _("{email} is the last reseller administrator, who cannot be removed."),
    "wrong_recovery_code": lambda: _("The recovery code is wrong, or the address is not a reseller administrator's."),
    "customer_needs_account": lambda: _("A customer administrator needs an account."),
    "role_has_no_account": lambda: _("Only a customer administrator has an account, no {role}."),
    # Database and surroundings
    "not_set_up": lambda: _("There is no database at {path} yet. Create it with: cpdesk setup --admin EMAIL"),
    "already_set_up": lambda: _("The database {path} is set up already."),
    "database_locked": lambda: _("Another program is writing to the database {path}. Try again in a moment."),
    "database_read_only": lambda: _("The database {path} cannot be written: it, its folder or its disk is read-only."),
    "database_damaged": lambda: _("The database {path} is damaged. Bring back a copy of it from before."),
    "not_a_database": lambda: _("{path} is not a database of cpdesk."),
    "database_newer": lambda: _("The database {path} was written by a newer version of cpdesk. Update this one."),
    "disk_full": lambda: _("The disk is full: {path} cannot be written. Make room and try again."),
    "clock_behind": lambda: _(
        "The clock of this computer says {system}, but the latest entry is from {last_recorded}. "
        "New entries get that time until the clock has caught up."
    ),
    "clock_leapt": lambda: _(
        "The clock of this computer says {system}, long after the latest entry of {last_recorded}. "
        "If that is wrong, set the clock right before anything is changed."
    ),
    # Files of users
    "file_missing": lambda: _("There is no file {file}."),
    "file_is_folder": lambda: _("{file} is a folder, not a file."),
    "file_not_permitted": lambda: _("You have no permission to read {file}."),
    "file_unreadable": lambda: _("{file} cannot be read: {reason}."),
    "file_too_large": lambda: _("{file} is larger than {most_megabytes} MB: that is no export of users."),
    "file_empty": lambda: _("{file} is empty."),
    "file_is_workbook": lambda: _("{file} is a workbook. Save it as CSV (UTF-8) and import that."),
    "file_binary": lambda: _("{file} is not a text file. Export the users from the admin center as CSV."),
    "file_encoding_unknown": lambda: _(
        "{file} is neither UTF-8 nor UTF-16. Say how it is encoded with --encoding, "
        "for example --encoding {suggestion}."
    ),
    "file_not_in_encoding": lambda: _("{file} cannot be read as {encoding}."),
    "encoding_not_known": lambda: _("There is no encoding named {encoding}."),
    "columns_missing": lambda: _("{file}, row 1 (header): columns are missing: {columns}."),
    "column_twice": lambda: _("{file}, row 1 (header): the column {column} stands there twice."),
    "file_without_users": lambda: _("{file} has a header but no users."),
    "unbalanced_quotes": lambda: _(
        "{file}, row {row}, column {column}: a quotation mark is not closed, or stands in the wrong place."
    ),
    "value_too_long": lambda: _("{file}, row {row}, column {column}: the value is too long."),
    "value_not_text": lambda: _("{file}, row {row}, column {column}: the value contains control characters."),
    "row_too_long": lambda: _(
        "{file}, row {row}: {count} values instead of {expected}; there are more after {column}."
    ),
    "upn_missing": lambda: _("{file}, row {row}, column {column}: the user has no user principal name."),
    "upn_invalid": lambda: _(
        '{file}, row {row}, column {column}: "{value}" is not a user principal name (name@domain).'
    ),
    "not_true_or_false": lambda: _('{file}, row {row}, column {column}: "{value}" is neither True nor False.'),
    "not_a_time": lambda: _('{file}, row {row}, column {column}: "{value}" is not a time.'),
    "duplicate_upn_in_file": lambda: _(
        "{file}: {upn} stands in row {row} and again in row {other_row} (column {column})."
    ),
    "duplicate_object_id_in_file": lambda: _(
        "{file}: the object id {object_id} stands in row {row} and again in row {other_row} (column {column})."
    ),
    "import_lacks_seats": lambda: _(
        "The pool has too few seats for {file}. Missing: {missing}. Add them first, or choose to add seats."
    ),
    # Command line
    "sign_in_needed": lambda: _("Sign in by setting CPDESK_OPERATOR and CPDESK_PASSWORD, or run this in a terminal."),
    "secret_needed": lambda: _("There is no terminal to type in. Set {variable}."),
    "secrets_differ": lambda: _("The two passwords that were typed differ."),
    "secret_not_text": lambda: _("{variable} is not text in the encoding of this system."),
    "qt_not_loaded": lambda: _("The window cannot be opened, because Qt cannot be loaded: {reason}."),
    "output_failed": lambda: _("The result cannot be written: {reason}."),
    "internal_error": lambda: _("Something went wrong inside cpdesk. Details are in {file}."),
    "internal_error_unlogged": lambda: _("Something went wrong inside cpdesk, and no log could be written."),
}
"""Sentences that only have gaps to fill."""
