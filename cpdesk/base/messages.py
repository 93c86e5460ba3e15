"""What a person reads when something is refused or fails: a sentence for each code, in the language in use.

A code without a sentence is a bug; a test reads the source for codes and for the facts that come with them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from cpdesk.base import (
    backup_sentences,
    bulk_sentences,
    encryption_sentences,
    erasing_sentences,
    file_sentences,
    formats,
    issuing_sentences,
    operator_sentences,
    planning_sentences,
    price_sentences,
    product_sentences,
    seat_sentences,
    statement_sentences,
)
from cpdesk.base.apart import beside
from cpdesk.base.errors import CodedError
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.repeating import printable

Facts = Mapping[str, Any]


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
    if isinstance(value, timedelta):
        return formats.format_duration(value)
    if isinstance(value, int):
        return formats.format_number(value)
    return printable(str(value))


def mode_name(mode: str) -> str:
    """A billing mode ("usage", "purchase") as it is read."""
    return {"usage": _("Usage Mode"), "purchase": _("Purchase Mode")}.get(str(mode), str(mode))


def status_name(status: str) -> str:
    """Whether an account is open ("active", "suspended", "closed") as it is read."""
    return {"active": _("Active"), "suspended": _("Suspended"), "closed": _("Closed")}.get(str(status), str(status))


def role_name(role: str) -> str:
    """A role of operators ("reseller", "customer", "auditor") as it is read."""
    names = {
        "reseller": _("reseller administrator"),
        "customer": _("customer administrator"),
        "auditor": _("auditor"),
    }
    return names.get(str(role), str(role))


def _field(name: str) -> str:
    titles = {
        "name": _("The name"),
        "domain": _("The domain"),
        "first_name": _("The first name"),
        "last_name": _("The last name"),
        "job_title": _("The job title"),
        "department": _("The department"),
        "part_number": _("The part number"),
        "reason": _("The reason"),
        "text": _("The text"),
        "company_name": _("The company's name"),
        "address": _("The address"),
        "tax_id": _("The tax ID"),
        "contact": _("The contact's name"),
        "contact_phone": _("The contact's phone number"),
        "contact_role": _("The contact's role"),
    }
    return titles.get(name, name)


def _trouble(error: object) -> str:
    """What stood in the way of something else, in its own sentence."""
    return message(error) if isinstance(error, CodedError) else str(error)


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
        "missing": _("missing seats"),
        "gained": _("users who get it"),
        "lost": _("users who lose it"),
        "without": _("users who go without"),
        "price": _("price of a seat"),
        "people": _("users for whom it is not as shown"),
        "users_added": _("users added"),
        "users_updated": _("users updated"),
        "users_unchanged": _("users unchanged"),
        "rows_skipped": _("rows skipped"),
        "licenses_assigned": _("licenses assigned"),
        "licenses_unassigned": _("licenses taken away"),
        "names_unmatched": _("product names without a product"),
    }
    before, after = one.shown or _("none"), one.now or _("none")
    return _("{what} was {before}, is {after}").format(
        what=beside(one.subject, whats.get(one.what, one.what), between=", "), before=before, after=after
    )


_BY_NAME: Mapping[str, Callable[[Any], str]] = {
    "differences": _differences,
    "problems": bulk_sentences.problems_text,
    "lacking": bulk_sentences.lacking_text,
    "trouble": _trouble,
    "mode": mode_name,
    "role": role_name,
    "field": _field,
    # Spreadsheets number their rows without separators.
    "row": str,
    "other_row": str,
    # A number that names something is typed as it stands.
    "account_id": str,
    "number": str,
    # A first day that stands for its month.
    "month": formats.format_month,
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
    if facts.get("missing", 1) > 1 or facts.get("available"):
        return ngettext(
            "{missing} seat of {product} is missing: of {seats} in the pool {available} are free. Add seats first.",
            "{missing} seats of {product} are missing: of {seats} in the pool {available} are free. Add seats first.",
            facts["missing"],
        )
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


_DEPENDENT: Mapping[str, Callable[[Facts], str]] = {
    "not_allowed": _not_allowed,
    "already_in_mode": _already_in_mode,
    "no_seats_available": _no_seats,
    "seats_below_assigned": _below_assigned,
    **operator_sentences.DEPENDENT,
    **file_sentences.DEPENDENT,
    **bulk_sentences.DEPENDENT,
    **planning_sentences.DEPENDENT,
    **price_sentences.DEPENDENT,
    **product_sentences.DEPENDENT,
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
    "nothing_to_anchor": lambda: _("The audit log has no entries: there is nothing to make an anchor of."),
    "unknown_account": lambda: _('There is no account "{text}".'),
    "ambiguous_account": lambda: _('"{text}" may mean several accounts: {candidates}. Give the number of one.'),
    "domain_taken": lambda: _("Another account has the domain {domain} already."),
    "domain_not_yet_free": lambda: _(
        "The domain {domain} belongs to an account that was closed. Others can have it from {free_on} on."
    ),
    "domain_twice": lambda: _("The domain {domain} is given twice."),
    "too_many_aliases": lambda: _("An account can have at most {most} alias domains."),
    "too_many_contacts": lambda: _("An account can have at most {most} contacts."),
    "currency_fixed": lambda: _(
        "The currency of {account} stays {currency}: it is fixed as soon as there are entries to be billed."
    ),
    "zone_fixed_while_pending": lambda: _(
        "The time zone of {account} cannot change while a change to Usage Mode is pending for {effective_on}."
    ),
    "account_suspended": lambda: _(
        "{account} is suspended: licenses, seats and users can only be taken away until it is resumed."
    ),
    "account_closed": lambda: _("{account} is closed: it can only be read."),
    "not_suspended": lambda: _("{account} is not suspended."),
    "not_closed": lambda: _("{account} is not closed."),
    "closing_changed": lambda: _("What closing {account} does has changed since it was shown. Nothing was changed."),
    "opening_balance_too_late": lambda: _(
        "An opening balance is for a new account: {account} has had seats or a change of mode already."
    ),
    "product_twice": lambda: _("{product} is given twice."),
    "since_in_future": lambda: _("The customer cannot have {product} since {since}: that day is still to come."),
    "bad_domain": lambda: _('"{text}" is not a domain name. A domain name looks like contoso.example.'),
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
    "assign_and_remove": lambda: _("{product} is to be given and taken away at once. Choose one."),
    "licenses_changed": lambda: _("What was shown no longer holds: {differences}. Nothing was changed."),
    "taker_leaves": lambda: _("{upn} is deleted as well and cannot take a license over."),
    "takers_exceed_freed": lambda: _(
        "More licenses of {product} are to be handed on ({takers}) than become free ({freed}). Choose fewer users."
    ),
    "undo_ended": lambda: _("This can no longer be undone: the billing mode of the account has changed since."),
    "undone_already": lambda: _("This has been undone already."),
    "changed_since": lambda: _("This can no longer be undone: {product} of {upn} has been changed since."),
    "no_deleted_user": lambda: _("The account has no deleted user {upn}."),
    "restore_too_late": lambda: _("{upn} was deleted on {deleted_at}. Users can be restored within 30 days."),
    "restore_lacks_seats": lambda: _(
        "The pool has no seat for what {upn} had: {missing}. Add seats first, or restore without them."
    ),
    "bad_upn": lambda: _('"{text}" is not a user principal name. Such a name looks like name@contoso.example.'),
    "unknown_product": lambda: _('There is no product "{text}".'),
    "ambiguous_product": lambda: _('"{text}" may mean: {candidates}. Give the GUID.'),
    # Billing mode
    "switch_pending": lambda: _(
        "For {account} a change to Usage Mode is pending already. It will be completed on {effective_on}."
    ),
    "nothing_pending": lambda: _("No change of mode is pending for {account}."),
    "forecast_changed": lambda: _("The forecast that was shown no longer holds: {differences}. Nothing was changed."),
    # Database and surroundings
    "not_set_up": lambda: _("There is no database at {path} yet. Create it with: cpdesk setup --admin EMAIL"),
    "already_set_up": lambda: _("The database {path} is set up already."),
    "database_locked": lambda: _("Another program is writing to the database {path}. Try again in a moment."),
    "database_gone": lambda: _(
        "The database {path} is not there any more: its folder was moved, deleted or disconnected. "
        "Put it back in its place, or close cpdesk and start it by cpdesk --data FOLDER with the new place."
    ),
    "database_read_only": lambda: _("The database {path} cannot be written: it, its folder or its disk is read-only."),
    "database_damaged": lambda: _("The database {path} is damaged: parts of it cannot be read."),
    "not_a_database": lambda: _("{path} is not a database of cpdesk."),
    "demo_database": lambda: _(
        "{path} is a database of the demo, which lives by a clock that can be moved. Start the demo with: cpdesk demo"
    ),
    "not_a_demo_database": lambda: _("{path} was not made by the demo: its clock cannot be moved."),
    "database_newer": lambda: _("The database {path} was written by a newer version of cpdesk. Update this one."),
    "disk_full": lambda: _("The disk is full: {path} cannot be written. Make room and try again."),
    "clock_behind": lambda: _(
        "The clock of this computer says {system}, but the latest entry is from {last_recorded}. "
        "New entries get that time until the clock has caught up."
    ),
    "nothing_ahead": lambda: _("No entry is dated later than now, {system}: there is nothing to correct."),
    "clock_not_leapt": lambda: _(
        "Now, {system}, is before entries that were made by a clock that did not leap: up to 35 days pass by "
        "themselves, and what a right clock has dated cannot be moved. Is the clock of this computer right?"
    ),
    "not_today": lambda: _("Today is {today} by the clock of this computer, not {given}. Set the clock right first."),
    "correction_changed": lambda: _("Meanwhile it would do something else than was shown. Look again."),
    "clock_leapt": lambda: _(
        "The clock of this computer says {system}, long after the latest entry of {last_recorded}. "
        "If that is wrong, set the clock right before anything is changed."
    ),
    **file_sentences.PLAIN,
    **bulk_sentences.PLAIN,
    **seat_sentences.PLAIN,
    **price_sentences.PLAIN,
    **product_sentences.PLAIN,
    **backup_sentences.PLAIN,
    **encryption_sentences.PLAIN,
    **erasing_sentences.PLAIN,
    **statement_sentences.PLAIN,
    **issuing_sentences.PLAIN,
    **operator_sentences.PLAIN,
    **planning_sentences.PLAIN,
    "bad_months": lambda: _("It can look back on 1 to {most} months, not on {months}."),
    # The system's scheduler
    "scheduler_refused": lambda: _("The scheduler of this system refused it ({command}): {reason}."),
    "scheduler_missing": lambda: _("cpdesk does not know the scheduler of this system."),
    # Command line
    "nothing_to_edit": lambda: _("Say what is to be changed, for example: --title TEXT"),
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
