"""Proving the operators: who may sign in, and as what, against what the audit log says became of each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cpdesk.domain import names
from cpdesk.domain.checking import OperatorEntry, error
from cpdesk.domain.operators import Role
from cpdesk.domain.rows import Finding

Facts = dict[str, Any]

_KEPT = frozenset({"email", "role", "account_id"})
_FIRST, _GONE = "database.set_up", "operator.removed"
_COMING_OR_GOING = frozenset({_FIRST, _GONE, "operator.added"})


def follow(entries: Iterable[OperatorEntry]) -> dict[int, Facts]:
    """What became of each operator, by number."""
    known: dict[int, Facts] = {}
    for entry in entries:
        told = known.setdefault(entry.operator_id, {"created_at": entry.recorded_at})
        if entry.action == _FIRST:
            told |= {"role": str(Role.RESELLER), "account_id": None}
        told |= {name: entry.after[name] for name in _KEPT & entry.after.keys()}
        if told.get("role") == "":
            # Erased with the address: nothing tells any more what somebody was who left.
            del told["role"]
        if entry.action in _COMING_OR_GOING:
            told["removed_at"] = entry.recorded_at if entry.action == _GONE else None
    return known


def check_operators(stored: Mapping[int, Facts], known: Mapping[int, Facts]) -> Iterator[Finding]:
    """Each operator as the audit log has it. `stored`: their columns but for the password's, by number."""
    for number in sorted(stored.keys() | known.keys()):
        where = f"operator {number}"
        if number not in stored:
            yield error("operator_missing", where)
        elif number not in known:
            yield error("operator_altered", where, "not in the audit log")
        else:
            ought = _expected(known[number])
            differing = sorted(name for name in ought if stored[number][name] != ought[name])
            if differing:
                yield error("operator_altered", where, ", ".join(differing))


def _expected(known: Facts) -> Facts:
    """What has to be stored, by the names that a finding gives."""
    return known | {"email_key": names.key(str(known.get("email")))}
