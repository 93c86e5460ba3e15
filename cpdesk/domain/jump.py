"""Going straight to an account or a user by a few letters: what is found, and what comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from cpdesk.domain import finding
from cpdesk.domain.accounts import Status

MOST = 8
"""So many accounts and so many users are shown."""
CANDIDATES = 200
"""Of a text that fits more than these, the best of these are shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """An account, or one of its users, by number."""

    account_id: int
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """An account that one can go to."""

    id: int
    name: str
    domain: str
    status: Status
    service_active: bool
    aliases: tuple[str, ...] = ()
    """Its other domains."""

    @property
    def target(self) -> Target:
        """Where it leads."""
        return Target(self.id)

    @property
    def words(self) -> str:
        """The words by which it is found."""
        return finding.different_words((self.name, self.domain, *self.aliases, str(self.id)))


@dataclass(frozen=True, slots=True)
class FoundUser:
    """An active user whom one can go to."""

    id: int
    account_id: int
    display_name: str
    upn: str
    account: str
    """The name of the account."""
    status: Status
    """Of the account."""
    blocked: bool
    guest: bool

    @property
    def target(self) -> Target:
        """Where it leads."""
        return Target(self.account_id, self.id)

    @property
    def words(self) -> str:
        """The words by which the user is found."""
        return finding.different_words((self.display_name, self.upn))


@dataclass(frozen=True, slots=True)
class Found:
    """What fits, the best first."""

    accounts: tuple[FoundAccount, ...] = ()
    users: tuple[FoundUser, ...] = ()
    more_accounts: bool = False
    """Whether there are others that are not shown."""
    more_users: bool = False


Ranked = TypeVar("Ranked", FoundAccount, FoundUser)


def best_accounts(typed: str, found: Iterable[FoundAccount]) -> tuple[FoundAccount, ...]:
    """The first of those that were found: what was typed as a whole, then beginnings of the name, then by name."""
    return tuple(sorted(found, key=lambda one: (_rank(typed, one.name, one.domain, str(one.id)), _order(one.name))))[
        :MOST
    ]


def best_users(typed: str, found: Iterable[FoundUser]) -> tuple[FoundUser, ...]:
    """The same for users."""
    return tuple(
        sorted(found, key=lambda one: (_rank(typed, one.display_name, one.upn), _order(one.display_name), one.upn))
    )[:MOST]


def _rank(typed: str, *texts: str) -> int:
    wanted = " ".join(finding.words_of(typed))
    plain = [" ".join(finding.words_of(text)) for text in texts]
    if wanted in plain:
        return 0
    return 1 if any(text.startswith(wanted) for text in plain) else 2


def _order(name: str) -> str:
    return " ".join(finding.words_of(name))
