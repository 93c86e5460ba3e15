"""cpdesk operators factor: the second factor of whoever runs the command."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _, ngettext
from cpdesk.cli.output import Answer
from cpdesk.cli.sign_in import credentials, first_code

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import Group
    from cpdesk.domain.second_factor import FactorState


def register(operators: Group) -> None:
    group = operators.group("factor", _("your own second factor: codes of an authenticator app"))
    group.command("show", _show, _("whether there is one, and how many recovery codes are left"))
    more = _("The secret for the app is shown; then a code of the app is asked for, or read from standard input.")
    group.command("on", _on, _("set up a second factor"), more)
    group.command("off", _off, _("sign in by the password alone again"))
    group.command("codes", _codes, _("make new recovery codes; the old ones no longer work"))


def _show(context: Context, _options: Namespace) -> Answer:
    state = context.services.factors.state(context.by)
    document = {
        "on": state.since is not None,
        "since": state.since.isoformat() if state.since else None,
        "kept_in": str(state.place) if state.place else None,
        "recovery_codes": state.codes_left,
    }
    return Answer(document, partial(_state_lines, state))


def _on(context: Context, _options: Namespace) -> Answer:
    email, password = credentials()
    by = context.enter(email, password)
    factors = context.services.factors
    enrolment = factors.begin(by)
    for line in _set_up_lines(enrolment.secret, enrolment.address, str(enrolment.place)):
        context.note(line)
    code = first_code()
    if not code:
        raise UserError("wrong_first_code")
    codes = factors.turn_on(by, password, enrolment, code).value
    head = _("A code is asked for from now on.")
    return Answer({"on": True, "kept_in": str(enrolment.place), "recovery_codes": list(codes)}, _lines(head, codes))


def _off(context: Context, _options: Namespace) -> Answer:
    email, password = credentials()
    context.services.factors.turn_off(context.enter(email, password), password)
    text = _("No code is asked for any more.")
    return Answer({"on": False}, lambda: [text])


def _codes(context: Context, _options: Namespace) -> Answer:
    email, password = credentials()
    codes = context.services.factors.renew_codes(context.enter(email, password), password).value
    head = _("The earlier recovery codes no longer work.")
    return Answer({"recovery_codes": list(codes)}, _lines(head, codes))


def _state_lines(state: FactorState) -> Iterator[str]:
    if state.since is None:
        yield _("There is no second factor. Set one up: cpdesk operators factor on")
        return
    left = ngettext("{number} recovery code is left.", "{number} recovery codes are left.", state.codes_left)
    yield _("A second factor is on since {date}.").format(date=formats.format_date(state.since.date()))
    yield left.format(number=formats.format_number(state.codes_left))


def _set_up_lines(secret: str, address: str, place: str) -> Iterator[str]:
    from cpdesk.domain.second_factor import Place, spaced

    yield _("Secret for the authenticator app: {secret}").format(secret=spaced(secret))
    yield _("The same as an address: {address}").format(address=address)
    if place == Place.FILE:
        yield _(
            "This system has no keyring: cpdesk will keep the secret in a file that only you can read, beside the "
            "database."
        )


def _lines(head: str, codes: Sequence[str]) -> partial[list[str]]:
    told = _("Recovery codes, shown only this once. Each one works one time instead of a code of the app:")
    return partial(list, [head, told, *codes])
