"""Where somebody was last."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cpdesk.domain.jump import Target

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.ui.context import Settings

USER_PAGE = "user"
_MOST = 8
_ID = re.compile("[0-9]{1,18}")
"""More digits no number in the database has."""


class Recent:
    """Remembers the accounts and users whom one operator went to, by number alone; the latest first."""

    def __init__(self, settings: "Settings", email: str) -> None:
        self._settings = settings
        self._key = f"jump/{email}"

    def targets(self) -> tuple[Target, ...]:
        """Where the operator was."""
        kept = self._settings.value(self._key)
        # Some systems give a list of one back as its only text.
        read = map(_read, kept if isinstance(kept, list | tuple) else [kept])
        return tuple(target for target in read if target is not None)

    def visit(self, target: Target) -> None:
        """Remember that the operator went there."""
        known = [target, *(one for one in self.targets() if one != target)][:_MOST]
        self._settings.setValue(self._key, [_text(one) for one in known])


def target_of(key: str, params: Mapping[str, Any], session: "Session") -> Target | None:
    """What a place is about, if it is worth remembering; for a customer administrator only users are."""
    account, user = params.get("account"), params.get("user")
    if not isinstance(account, int):
        return None
    if key == USER_PAGE and isinstance(user, int):
        return Target(account, user)
    return None if session.account_id is not None else Target(account)


def _text(target: Target) -> str:
    return f"{target.account_id}" if target.user_id is None else f"{target.account_id}/{target.user_id}"


def _read(text: object) -> Target | None:
    account, slash, user = str(text).partition("/")
    if not all(_ID.fullmatch(part) for part in ((account, user) if slash else (account,))):
        return None
    return Target(int(account), int(user) if slash else None)
