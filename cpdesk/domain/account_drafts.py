"""From the rows of a file of accounts to drafts, with everything that is wrong with each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cpdesk.base.errors import UserError
from cpdesk.domain import names
from cpdesk.domain.account_file import (
    COUNTRY,
    CURRENCY,
    DOMAIN,
    MODE,
    NAME,
    ZONE,
    AccountDraft,
    AccountFile,
    AccountLine,
    Problem,
)
from cpdesk.domain.csv_records import header_key
from cpdesk.domain.modes import Mode
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone

_MODES: Final = {
    **dict.fromkeys(("usage", "usagemode", "subscription", "subscriptionmode"), Mode.USAGE),
    **dict.fromkeys(("purchase", "purchasemode"), Mode.PURCHASE),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """What an account has where its row says nothing."""

    country: str
    currency: str
    time_zone: str

    def values(self) -> dict[str, str]:
        """By the columns of a file."""
        return {MODE: str(Mode.USAGE), COUNTRY: self.country, CURRENCY: self.currency, ZONE: self.time_zone}


def drafts(file: AccountFile, usual: Usual) -> tuple[AccountDraft, ...]:
    """The accounts that the rows would become, each with what is wrong with it by itself and beside the others."""
    return tuple(_without_repetition(file, [_draft(file, line, usual.values()) for line in file.lines]))


def refused(
    file: AccountFile, found: Sequence[AccountDraft], refusals: Mapping[str, UserError]
) -> tuple[AccountDraft, ...]:
    """The drafts with what speaks against their domains besides, by `names.key` of the domain."""
    return tuple(
        _with(draft, Problem.of(file.titles[DOMAIN], refusals[key]))
        if (key := names.key(draft.domain)) in refusals
        else draft
        for draft in found
    )


def _draft(file: AccountFile, line: AccountLine, usual: Mapping[str, str]) -> AccountDraft:
    problems = list(line.problems)
    values: dict[str, Any] = {}
    for column, check in _CHECKS.items():
        text = line.cells.get(column) or usual.get(column, "")
        try:
            values[column] = check(text)
        except UserError as refusal:
            values[column] = text
            problems.append(Problem.of(file.titles.get(column, column), refusal))
    mode = values[MODE] if isinstance(values[MODE], Mode) else Mode.USAGE
    return AccountDraft(
        row=line.row,
        name=values[NAME],
        domain=values[DOMAIN],
        mode=mode,
        country=values[COUNTRY],
        time_zone=values[ZONE],
        currency=values[CURRENCY],
        problems=tuple(problems),
    )


def _without_repetition(file: AccountFile, found: Sequence[AccountDraft]) -> list[AccountDraft]:
    """The drafts, where the domain of an earlier row comes again with that as a problem."""
    first: dict[str, int] = {}
    column = file.titles[DOMAIN]
    told = []
    for draft in found:
        row = first.setdefault(names.key(draft.domain), draft.row) if draft.domain else draft.row
        if row == draft.row:
            told.append(draft)
            continue
        twice = UserError(
            "duplicate_domain_in_file",
            file=file.name,
            column=column,
            domain=draft.domain,
            row=row,
            other_row=draft.row,
        )
        told.append(_with(draft, Problem.of(column, twice)))
    return told


def _with(draft: AccountDraft, problem: Problem) -> AccountDraft:
    return replace(draft, problems=(*draft.problems, problem))


def _checked_domain(text: str) -> str:
    if not text:
        raise UserError("text_empty", field="domain")
    return names.clean_domain(text)


def _checked_mode(text: str) -> Mode:
    mode = _MODES.get(header_key(text))
    if mode is None:
        raise UserError("unknown_mode", text=text)
    return mode


_CHECKS: Final[Mapping[str, Callable[[str], object]]] = {
    NAME: lambda text: names.clean_text(text, "name"),
    DOMAIN: _checked_domain,
    MODE: _checked_mode,
    COUNTRY: checked_country,
    ZONE: checked_time_zone,
    CURRENCY: checked_currency,
}
"""What each column has to be: a function that returns the value, or raises UserError."""
