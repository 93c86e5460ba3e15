"""Which accounts of the list are shown, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to. No mode chosen: both."""

    words: tuple[str, ...] = ()
    """Casefolded; each has to occur in the name or the domain."""
    modes: frozenset[Mode] = frozenset()
    pending: bool = False

    @property
    def active(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.words or self.modes or self.pending)

    def admits(self, account: AccountRow) -> bool:
        """Whether the account is shown."""
        if self.modes and account.mode not in self.modes:
            return False
        if self.pending and account.pending is None:
            return False
        text = f"{account.name}\n{account.domain}".casefold()
        return all(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a number of accounts come to."""

    accounts: int
    seats: int


def words_of(text: str) -> tuple[str, ...]:
    """What was typed, as `Narrowing.words`."""
    return tuple(text.casefold().split())


def totals(accounts: Sequence[AccountRow]) -> Totals:
    """The sums over these accounts."""
    return Totals(len(accounts), sum(account.seats for account in accounts))
