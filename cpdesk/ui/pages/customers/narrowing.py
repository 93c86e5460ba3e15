"""Which accounts of the list are shown, and what they come to. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow

_OPEN = frozenset({Status.ACTIVE, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to. No mode chosen: both."""

    words: tuple[str, ...] = ()
    """Casefolded; each has to occur in the name, the domain or an alias domain."""
    modes: frozenset[Mode] = frozenset()
    pending: bool = False
    statuses: frozenset[Status] = frozenset()
    """None chosen: all but the closed ones."""

    @property
    def active(self) -> bool:
        """Whether anything is left out but the closed accounts."""
        return bool(self.words or self.chips)

    @property
    def chips(self) -> bool:
        """Whether any filter is chosen."""
        return bool(self.modes or self.pending or self.statuses)

    def admits(self, account: AccountRow) -> bool:
        """Whether the account is shown, as far as its state goes."""
        if account.status not in (self.statuses or _OPEN):
            return False
        if self.modes and account.mode not in self.modes:
            return False
        return not self.pending or account.pending is not None

    def narrows(self, wider: "Narrowing") -> bool:
        """Whether the words leave out at least what those of `wider` do, as when one types on."""
        return all(any(word in longer for longer in self.words) for word in wider.words)

    def has_chips_of(self, other: "Narrowing") -> bool:
        """Whether the same filters are chosen."""
        return (self.modes, self.pending, self.statuses) == (other.modes, other.pending, other.statuses)


class Finder:
    """Finds accounts as fast as somebody types: what is compared is prepared, and typing on looks only through
    what was found so far."""

    def __init__(self, accounts: Sequence[AccountRow] = ()) -> None:
        self.accounts = tuple(accounts)
        self._all = [(_text_of(account), account) for account in accounts]
        self._admitted = self._found = self._all
        self._open = sum(account.status is not Status.CLOSED for account in accounts)
        self._narrowing: Narrowing | None = None

    @property
    def among(self) -> int:
        """How many accounts the list was narrowed from; closed ones are among them only when they are asked for."""
        asked = self._narrowing is not None and Status.CLOSED in self._narrowing.statuses
        return len(self._all) if asked else self._open

    def find(self, narrowing: Narrowing) -> tuple[AccountRow, ...]:
        """The accounts that are shown, in the order they were given."""
        before, self._narrowing = self._narrowing, narrowing
        if before is None or not narrowing.has_chips_of(before):
            self._admitted = [entry for entry in self._all if narrowing.admits(entry[1])]
            before = None
        among = self._found if before is not None and narrowing.narrows(before) else self._admitted
        self._found = _with_words(among, narrowing.words)
        return tuple([account for _text, account in self._found])


@dataclass(frozen=True, slots=True)
class Totals:
    """What a number of accounts come to."""

    accounts: int
    users: int
    seats: int


def words_of(text: str) -> tuple[str, ...]:
    """What was typed, as `Narrowing.words`."""
    return tuple(text.casefold().split())


def totals(accounts: Sequence[AccountRow]) -> Totals:
    """The sums over these accounts."""
    users, seats = sum(account.users for account in accounts), sum(account.seats for account in accounts)
    return Totals(len(accounts), users, seats)


def _text_of(account: AccountRow) -> str:
    return "\n".join((account.name, account.domain, *account.aliases)).casefold()


def _with_words(among: list[tuple[str, AccountRow]], words: tuple[str, ...]) -> list[tuple[str, AccountRow]]:
    for word in words:
        among = [entry for entry in among if word in entry[0]]
    return among
