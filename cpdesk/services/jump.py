"""Going straight to an account or a user by a few letters of its name."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from cpdesk.domain import finding, jump
from cpdesk.domain.jump import CANDIDATES, MOST, Found, FoundAccount, FoundUser, Target
from cpdesk.domain.operators import Session, sees_account
from cpdesk.services.base import UseCases
from cpdesk.store import jump_targets, word_index

One = TypeVar("One", FoundAccount, FoundUser)
Search = Callable[[Sequence[str], bool], list[One]]
"""What has words that begin with these or, where that is asked, these words themselves."""


class Jump(UseCases):
    """For a customer administrator only the own account exists: nothing depends on what else there is."""

    def find(self, by: Session, typed: str) -> Found:
        """The accounts and active users that have words which begin with those typed; quick among a million.

        Accounts are found by name, domains and number, users by display name and UPN.
        """
        words = finding.words_of(typed)
        with self._reading(by) as work:
            only = work.only
            accounts = _fitting(words, lambda asked, whole: _accounts(asked, only, whole=whole))
            users = _fitting(words, lambda asked, whole: _users(asked, only, whole=whole))
        return Found(
            jump.best_accounts(typed, accounts),
            jump.best_users(typed, users),
            more_accounts=len(accounts) > MOST,
            more_users=len(users) > MOST,
        )

    def some(self, by: Session, targets: Sequence[Target]) -> tuple[FoundAccount | FoundUser, ...]:
        """These in this order, as they are now; what is gone, or not to be seen, is left out."""
        with self._reading(by) as work:
            seen = [target for target in targets if sees_account(work.by, target.account_id)]
            accounts = jump_targets.accounts([one.account_id for one in seen if one.user_id is None])
            users = jump_targets.users([one.user_id for one in seen if one.user_id is not None])
        there: dict[Target, FoundAccount | FoundUser] = {account.target: account for account in accounts}
        there |= {user.target: user for user in users}
        return tuple(there[target] for target in seen if target in there)


def _fitting(words: Sequence[str], search: Search[One]) -> list[One]:
    """What the words find. Of long ones their beginnings are looked for first, which have their lists ready, as most
    of what has those has the whole words."""
    short = [word[: word_index.LONGEST_LIST] for word in words]
    found = search(short, False)
    fitting: list[One] = [one for one in found if finding.begin(words, one.words)]
    if len(found) < CANDIDATES:
        return fitting
    if len(fitting) <= MOST and short != list(words):
        fitting = search(words, False)
    # Of so many those were looked at that came first; who has just these words must not be missed for that.
    best = search(words, True)
    there = {one.target for one in best}
    return best + [one for one in fitting if one.target not in there]


def _accounts(words: Sequence[str], only: int | None, *, whole: bool) -> list[FoundAccount]:
    if only is None:
        return jump_targets.accounts(word_index.find_accounts(words, CANDIDATES, whole=whole))
    own = word_index.words_of_accounts([only]).get(only, "")
    return jump_targets.accounts([only] if words and finding.begin(words, own) else [])


def _users(words: Sequence[str], only: int | None, *, whole: bool) -> list[FoundUser]:
    return jump_targets.users(word_index.find_users(words, CANDIDATES, only, whole=whole))
