"""What was before and what is after, fact by fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from cpdesk.base.audit_words import known_facts
from cpdesk.domain.rows import AuditRow
from cpdesk.ui.pages.records.fact_words import HIDDEN, Reader, label, order_of

_WITHIN = ("switch", "shown")
"""Facts made of facts that are shown among the others."""
_SHOWN = frozenset({"lines", "blocked", "earliest_return", "money"})
"""Of the forecast that was shown before a change of mode, what the switch does not say too."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact before and after, in words; "" where there was or is none."""

    label: str
    before: str
    after: str
    changed: bool
    """Whether both sides tell of it, and not the same."""


def differences(row: AuditRow, reader: Reader) -> tuple[Difference, ...]:
    """The facts of an entry: what changed, then the rest; facts that are empty on both sides are left out."""
    before, after = dict(_leaves(known_facts(row.before))), dict(_leaves(known_facts(row.after)))
    both = before.keys() & after.keys()
    if "from_mode" in after:
        before.pop("mode", None)
    told = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (order_of(key), key)):
        was, now = reader.value(key, before.get(key)), reader.value(key, after.get(key))
        if was or now:
            told.append(Difference(label(key), was, now, key in both and was != now))
    return tuple(sorted(told, key=lambda difference: not difference.changed))


def _leaves(facts: dict[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in facts.items():
        if key in _WITHIN and isinstance(value, dict):
            yield from _leaves({part: value[part] for part in value if _is_told(key, part)})
        elif key not in HIDDEN:
            yield key, value


def _is_told(whole: str, part: str) -> bool:
    """The account of a switch is the one of the entry."""
    return part in _SHOWN if whole == "shown" else part != "account_id"
