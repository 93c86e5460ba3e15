"""Where one is, where one was, and where one may go. No widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cpdesk.domain.operators import Session, sees_account
from cpdesk.ui.shell.registry import PageSpec, Registry

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it was asked to show."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def account(self) -> int | None:
        """The account the page is about."""
        found = self.params.get("account")
        return found if isinstance(found, int) else None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one came from to look something up, and what that page is called."""

    place: Place
    title: str


class History:
    """Back and forward, as in a browser."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self.current: Place | None = None

    def visit(self, place: Place) -> None:
        """Go somewhere new; what lay ahead is forgotten. Going where one is changes nothing."""
        if place == self.current:
            return
        if self.current is not None:
            self._back = [*self._back, self.current][-_LONGEST:]
        self.current = place
        self._forward = []

    def back(self) -> Place | None:
        """Go back one place, or None."""
        return self._step(self._back, self._forward)

    def forward(self) -> Place | None:
        """Go forward one place, or None."""
        return self._step(self._forward, self._back)

    def clear(self) -> None:
        """Forget everything: somebody else may sign in next."""
        self._back, self._forward, self.current = [], [], None

    def _step(self, source: list[Place], target: list[Place]) -> Place | None:
        if not source:
            return None
        if self.current is not None:
            target.append(self.current)
        self.current = source.pop()
        return self.current


class Guard:
    """Decides where a wish to go somewhere leads."""

    def __init__(self, registry: Registry, sign_in_key: str) -> None:
        self._registry = registry
        self._sign_in_key = sign_in_key

    def place(
        self, key: str, params: Mapping[str, Any], session: Session | None, open_account: int | None
    ) -> Place | None:
        """The place to show for a key and parameters; see `admit`."""
        return self.admit(Place(key, params), session, open_account)

    def admit(self, wish: Place, session: Session | None, open_account: int | None) -> Place | None:
        """The place to show: the wish itself, with its account filled in; the sign-in page; or None.

        None: there is no such page, the operator may not see it, or it needs an account and none is open.
        """
        spec = self._registry.get(wish.key)
        if spec is None or spec.public:
            return wish if spec else None
        return self._admit(wish, spec, session, open_account)

    def _admit(self, wish: Place, spec: PageSpec, session: Session | None, open_account: int | None) -> Place | None:
        if spec.everywhere:
            return _beside(wish, session, open_account)
        if session is None:
            return Place(self._sign_in_key)
        if not spec.admits(session.role):
            return None
        if not spec.needs_account:
            return wish
        account = wish.account if wish.account is not None else (open_account or session.account_id)
        if account is None or not sees_account(session, account):
            return None
        return Place(wish.key, {**wish.params, "account": account})


def _beside(wish: Place, session: Session | None, open_account: int | None) -> Place:
    """A page that is at home everywhere: the account that is open stays open."""
    if session is None:
        return Place(wish.key, wish.params)
    account = wish.account or open_account or session.account_id
    if account is None or not sees_account(session, account):
        return Place(wish.key, {name: value for name, value in wish.params.items() if name != "account"})
    return Place(wish.key, {**wish.params, "account": account})
