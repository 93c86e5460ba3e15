"""The advice for many accounts as lines of a list, and which of them are shown. Plain Python."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cpdesk.base.advice_words import headline, reason
from cpdesk.base.formats import format_list, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.advice import Advice, Recommendation
from cpdesk.domain.modes import Mode


class Outcome(StrEnum):
    """What is to be done about an account."""

    TO_PURCHASE = "to_purchase"
    TO_USAGE = "to_usage"
    KEEP = "keep"
    OPEN = "open"
    """It cannot be said, for want of months or prices."""


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """An account's advice with its words, which take too long to be found while a list is painted."""

    advice: Advice
    headline: str
    reason: str

    @property
    def outcome(self) -> Outcome:
        advice = self.advice
        if advice.recommended in (Recommendation.TOO_SHORT, Recommendation.UNPRICED):
            return Outcome.OPEN
        wanted = {Recommendation.USAGE: Mode.USAGE, Recommendation.PURCHASE: Mode.PURCHASE}.get(advice.recommended)
        if wanted is None or wanted is advice.mode:
            return Outcome.KEEP
        return Outcome.TO_USAGE if wanted is Mode.USAGE else Outcome.TO_PURCHASE

    @property
    def saving(self) -> Decimal | None:
        """A month; None where no change is recommended."""
        return self.advice.saving_per_month if self.outcome in (Outcome.TO_USAGE, Outcome.TO_PURCHASE) else None


def lines_of(ask: Callable[[], Iterable[Advice]]) -> tuple[AdviceLine, ...]:
    """The lines of an answer, in the language in use; another thread."""
    return tuple(AdviceLine(advice, headline(advice), reason(advice)) for advice in ask())


def counts(lines: Iterable[AdviceLine]) -> Counter[Outcome]:
    """How many there are of each outcome."""
    return Counter(line.outcome for line in lines)


def outcome_name(outcome: Outcome) -> str:
    """An outcome in the language in use."""
    return {
        Outcome.TO_PURCHASE: _("Change to Purchase Mode"),
        Outcome.TO_USAGE: _("Change to Usage Mode"),
        Outcome.KEEP: _("Keep the present mode"),
        Outcome.OPEN: _("Cannot be said yet"),
    }[outcome]


def savings_text(lines: Sequence[AdviceLine]) -> str:
    """ "5 of 24 accounts would save $412.30 a month in the other mode." """
    sums: dict[str, Decimal] = {}
    saving = [line for line in lines if line.saving]
    for line in saving:
        currency = line.advice.currency
        sums[currency] = sums.get(currency, Decimal()) + line.advice.saving_per_month
    if not saving:
        return _("No account would save anything in the other mode.")
    text = ngettext(
        "{number} of {total} accounts would save {money} a month in the other mode.",
        "{number} of {total} accounts would save {money} a month in the other mode.",
        len(saving),
    )
    money = format_list([format_money(amount, currency) for currency, amount in sorted(sums.items())])
    return text.format(number=format_number(len(saving)), total=format_number(len(lines)), money=money)
