"""Proving the users: what stands in their table against what the audit log says became of each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.checking import UserEntry, error
from cpdesk.domain.people import DETAILS
from cpdesk.domain.rows import Finding

Facts = Mapping[str, Any]

_KEYS = {"upn_key": "upn", "name_key": "display_name"}


def follow(entries: Iterable[UserEntry]) -> dict[int, dict[str, Any]]:
    """What became of each user, as the columns ought to be, by user id."""
    known: dict[int, dict[str, Any]] = {}
    for entry in entries:
        if entry.action == "user.added":
            known[entry.user_id] = {"account_id": entry.account_id, "created_at": entry.recorded_at}
        facts = known.setdefault(entry.user_id, {})
        if entry.action in {"user.added", "user.updated"}:
            facts.update({name: entry.after[name] for name in entry.after.keys() & DETAILS})
        removed = entry.action == "user.removed"
        facts["deleted_at"] = entry.recorded_at if removed else None
        facts["removed_in"] = entry.number if removed else None
    return known


def check_people(stored: Mapping[int, Facts], known: Mapping[int, Facts]) -> Iterator[Finding]:
    """Each user as the audit log has it, and the keys by which lists search as they follow from the names."""
    for user in sorted(stored.keys() | known.keys()):
        where = f"user {user}"
        if user not in stored:
            yield error("user_missing", where)
        elif user not in known:
            yield error("user_altered", where, "not in the audit log")
        else:
            ought = dict(known[user]) | {key: names.key(stored[user][name]) for key, name in _KEYS.items()}
            differing = sorted(name for name, value in ought.items() if stored[user][name] != value)
            if differing:
                yield error("user_altered", where, ", ".join(differing))
