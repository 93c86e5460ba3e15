"""Proving the books: pure checks over the stored rows of the audit log, the ledger, the counts and the switches.

Everything is recomputed from what stands in the tables, so that any single
column changed behind the program's back disagrees with another.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cpdesk.domain import audit, sealing
from cpdesk.domain.clock_correction import Correction, from_plain, is_ordered
from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.price_following import PriceEntry
from cpdesk.domain.rows import Finding
from cpdesk.domain.seats import LedgerKind

ERASED = "user.erased"
ERASED_CONTACT = "account.contact_erased"
ERASED_OPERATOR = "operator.erased"
ERASURES = frozenset({ERASED, ERASED_CONTACT, ERASED_OPERATOR})
"""The actions of the entries that vouch for others that were erased."""

Row = Sequence[Any]
CORRECTED = "clock.corrected"
Place = tuple[int, int]
"""Account id and product id; of a planned change its number instead."""


def error(code: str, where: str, detail: str = "") -> Finding:
    """A finding that says that the books are wrong."""
    return Finding(code, "error", where, detail)


@dataclass(frozen=True, slots=True)
class UserEntry:
    """An audit entry about one user."""

    number: int
    recorded_at: str
    """UTC, as it is stored."""
    account_id: int
    action: str
    user_id: int
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OperatorEntry:
    """An audit entry about one operator."""

    recorded_at: str
    """UTC, as it is stored."""
    action: str
    operator_id: int
    after: dict[str, Any]


@dataclass
class AuditFacts:
    """What the audit log says about the other tables."""

    ledger_digests: dict[int, str] = field(default_factory=dict)
    """By audit id; entries without ledger lines are left out."""
    times: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Recorded and effective time by audit id."""
    switches: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The latest state of each mode switch, by switch id."""
    plans: dict[Place, dict[str, Any]] = field(default_factory=dict)
    """The latest state of each planned change, by account id and number."""
    accounts: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """What happened to accounts as such: account id, action, and the facts after it."""
    operators: list[OperatorEntry] = field(default_factory=list)
    """What happened to operators, the set-up by the first one before all."""
    users: list[UserEntry] = field(default_factory=list)
    """What happened to users as such."""
    prices: list[PriceEntry] = field(default_factory=list)
    """What happened to schedules and prices, the set-up first."""
    thresholds: dict[tuple[int, str], int | None] = field(default_factory=dict)
    """The latest low-seat threshold by account id and product GUID."""
    corrections: list[Correction] = field(default_factory=list)
    """Of the time of the database, the first one first."""
    statements: list[tuple[int, int | None, str, dict[str, Any]]] = field(default_factory=list)
    """What was issued: audit id, account id, action, and the facts after it."""
    erased: dict[int, str] = field(default_factory=dict)
    """The digest, as they are now, of the entries of which something was erased, by audit id."""
    vouched: dict[int, str] = field(default_factory=dict)
    """The same, as the latest erasure has it of each."""


def check_audit(rows: Iterable[Row], head: str, seal: Callable[[Row, str], str]) -> tuple[list[Finding], AuditFacts]:
    """The hash chain without a gap, and what it vouches for. Rows in the order of `journal.AUDIT_COLUMNS`.

    `head` is the number and the hash of the entry that has to be the last.
    """
    found: list[Finding] = []
    facts = AuditFacts()
    previous, last_id, last_time = audit.GENESIS, 0, ""
    for row in rows:
        where = f"audit entry {row[0]}"
        if row[0] != last_id + 1:
            found.append(error("audit_gap", where, f"after {last_id}"))
        if seal(row, previous) != row[-1]:
            found.append(error("audit_hash", where))
        if row[6] == CORRECTED:
            # Here, and nowhere else, time begins anew.
            found += _gather_correction(row, facts)
        elif str(row[1]) < last_time:
            found.append(error("time_backwards", where, str(row[1])))
        previous, last_id, last_time = str(row[-1]), row[0], str(row[1])
        if sealing.is_erased(str(row[12])):
            facts.erased[row[0]] = sealing.row_digest(row)
            texts = map(str, row[8:11])
            if not sealing.reads_as_erased(*texts, seal=str(row[12]), operator=str(row[3])):
                found.append(error("audit_erased", where, "not a pseudonym"))
        found += _gather(row, facts)
        found += _gather_operator(row, facts)
        if row[6] in ERASURES:
            found += _gather_erasure(row, facts)
    if head != (f"{last_id} {previous}" if last_id else "") and not found:
        found.append(error("audit_gap", f"audit entry {last_id}", "not the last one that was written"))
    found += _check_erased(facts)
    return found, facts


def _check_erased(facts: AuditFacts) -> Iterator[Finding]:
    """An entry of which something is gone is vouched for, as it is now, by an erasure later in the chain."""
    for number in sorted(facts.erased.keys() | facts.vouched.keys()):
        if facts.erased.get(number) != facts.vouched.get(number):
            yield error("audit_erased", f"audit entry {number}")


def _gather(row: Row, facts: AuditFacts) -> Iterator[Finding]:
    facts.times[row[0]] = (row[1], row[2])
    if row[11]:
        facts.ledger_digests[row[0]] = row[11]
    area = str(row[6]).partition(".")[0]
    try:
        if area == "mode":
            switch = json.loads(row[9])["switch"]
            facts.switches[switch["id"]] = switch
        elif area == "plan":
            plan = dict(json.loads(row[9])["plan"])
            facts.plans[int(plan["account_id"]), int(plan["number"])] = plan
        elif area == "account":
            facts.accounts.append((int(row[5]), row[6], dict(json.loads(row[9]))))
        elif str(row[6]).startswith("seats.threshold_"):
            after = json.loads(row[9])
            facts.thresholds[int(row[5]), str(after["guid"])] = after["threshold"]
        elif area in {"statement", "own_company"}:
            facts.statements.append((row[0], row[5], row[6], dict(json.loads(row[9]))))
        elif area == "prices" or row[6] == "database.set_up":
            facts.prices.append(PriceEntry(row[6], row[7], row[5], row[1], dict(json.loads(row[9]))))
        elif area == "user":
            _gather_user(row, facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield error("audit_unreadable", f"audit entry {row[0]}")


def _gather_user(row: Row, facts: AuditFacts) -> None:
    if row[6] == ERASED:
        return
    after = dict(json.loads(row[9])) if row[9] else {}
    facts.users.append(UserEntry(row[0], row[1], row[5], row[6], int(row[7].removeprefix("user ")), after))


def _gather_operator(row: Row, facts: AuditFacts) -> Iterator[Finding]:
    if row[6] == ERASED_OPERATOR or not (row[6] == "database.set_up" or str(row[6]).startswith("operator.")):
        return
    try:
        after = dict(json.loads(row[9])) if row[9] else {}
        facts.operators.append(OperatorEntry(row[1], row[6], int(row[7].removeprefix("operator ")), after))
    except (ValueError, TypeError, AttributeError):
        yield error("audit_unreadable", f"audit entry {row[0]}")


def _gather_erasure(row: Row, facts: AuditFacts) -> Iterator[Finding]:
    try:
        entries = json.loads(row[9])["entries"]
        facts.vouched.update({int(number): str(is_now) for number, is_now in entries.items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        yield error("audit_unreadable", f"audit entry {row[0]}")


def _gather_correction(row: Row, facts: AuditFacts) -> Iterator[Finding]:
    try:
        facts.corrections.append(from_plain(row[0], json.loads(row[9])["correction"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        yield error("audit_unreadable", f"audit entry {row[0]}")


@dataclass
class LedgerFacts:
    """The ledger summed up."""

    counts: dict[Place, tuple[int, int]] = field(default_factory=dict)
    """Seats and assigned seats by account and product."""
    holders: set[tuple[int, int, int]] = field(default_factory=set)
    """Account, user and product of every seat that is held."""


def check_ledger(rows: Iterable[Row], facts: AuditFacts) -> tuple[list[Finding], LedgerFacts]:
    """Running totals, order and seals. Rows in the order of `journal.LEDGER_COLUMNS`."""
    found: list[Finding] = []
    summed = LedgerFacts()
    by_audit: defaultdict[int, list[Row]] = defaultdict(list)
    effective: dict[int, str] = {}
    last_id = 0
    corrections = list(facts.corrections)
    for row in rows:
        where = f"ledger entry {row[0]}"
        while corrections and row[1] > corrections[0].entry:
            begun = corrections.pop(0).as_plain()["at"]
            effective = {account: min(time, begun) for account, time in effective.items()}
        if row[0] != last_id + 1:
            found.append(error("ledger_gap", where, f"after {last_id}"))
        last_id = row[0]
        by_audit[row[1]].append(row)
        if facts.times.get(row[1]) != (row[10], row[11]):
            found.append(error("ledger_time", where))
        if str(row[11]) < effective.get(row[2], ""):
            found.append(error("time_backwards", where, str(row[11])))
        effective[row[2]] = str(row[11])
        found += _add(row, summed, where)
    found += _check_seals(by_audit, facts)
    return found, summed


def _add(row: Row, summed: LedgerFacts, where: str) -> Iterator[Finding]:
    _id, _audit, account, product, user, kind, seats, assigned, seats_after, assigned_after, *_ = row
    before = summed.counts.get((account, product), (0, 0))
    after = (before[0] + seats, before[1] + assigned)
    summed.counts[account, product] = after
    if after != (seats_after, assigned_after):
        yield error("ledger_total", where, f"{after} is stored as {(seats_after, assigned_after)}")
    if not 0 <= after[1] <= after[0]:
        yield error("ledger_negative", where, str(after))
    if user is None:
        return
    holder = (account, user, product)
    if (kind == LedgerKind.ASSIGN) == (holder in summed.holders):
        yield error("ledger_holder", where)
    if kind == LedgerKind.ASSIGN:
        summed.holders.add(holder)
    else:
        summed.holders.discard(holder)


def _check_seals(by_audit: Mapping[int, list[Row]], facts: AuditFacts) -> Iterator[Finding]:
    for audit_id in sorted(by_audit.keys() | facts.ledger_digests.keys()):
        sealed = facts.ledger_digests.get(audit_id, "")
        if audit.ledger_digest(by_audit.get(audit_id, ())) != sealed:
            yield error("ledger_seal", f"audit entry {audit_id}")


def check_corrections(stored: str, facts: AuditFacts) -> Iterator[Finding]:
    """The note of the corrections of the time against the audit entries that describe them."""
    told = [[one.entry, one.as_plain()] for one in facts.corrections]
    if stored != (json.dumps(told) if told else "") or not is_ordered(facts.corrections):
        yield error("clock_correction_altered", "clock")


def check_counts(
    stored: Mapping[Place, tuple[int, int]], held: set[tuple[int, int, int]], summed: LedgerFacts
) -> Iterator[Finding]:
    """Subscriptions and assignments against the ledger."""
    for place in sorted(stored.keys() | summed.counts.keys()):
        # A product that was given up keeps its row of zeros, so a missing row differs from one of zeros.
        is_now, ought = stored.get(place), summed.counts.get(place)
        if is_now != ought:
            yield error("seat_count", f"account {place[0]}, product {place[1]}", f"{is_now}, ledger says {ought}")
    for account, user, product in sorted(held ^ summed.holders):
        yield error("assignment", f"account {account}, user {user}, product {product}")


def check_switches(rows: Iterable[Row], columns: str, facts: AuditFacts) -> tuple[list[Finding], dict[int, str]]:
    """Switches against the audit entries that describe them, and the mode of each account that follows."""
    found: list[Finding] = []
    modes: dict[int, str] = {}
    seen: set[int] = set()
    for row in rows:
        switch = dict(zip(columns.split(", "), row, strict=True))
        where = f"switch {switch['id']}"
        seen.add(switch["id"])
        if facts.switches.get(switch["id"]) != switch:
            found.append(error("switch_altered", where))
        if switch["state"] == SwitchState.DONE:
            modes[switch["account_id"]] = switch["to_mode"]
    found += [error("switch_missing", f"switch {number}") for number in sorted(facts.switches.keys() - seen)]
    return found, modes


def check_modes(
    stored: Mapping[int, str],
    switched: Mapping[int, str],
    counts: Mapping[Place, tuple[int, int]],
    tenant_products: set[int],
) -> Iterator[Finding]:
    """The accounts' modes against their switches, and rules 2 and 3."""
    for account, mode in sorted(stored.items()):
        if mode != switched.get(account, Mode.USAGE):
            yield error("account_mode", f"account {account}", mode)
    for (account, product), (seats, assigned) in sorted(counts.items()):
        where = f"account {account}, product {product}"
        if stored.get(account) == Mode.USAGE and seats != assigned:
            yield error("usage_idle_seats", where, f"{seats} seats, {assigned} assigned")
        if product in tenant_products and assigned:
            yield error("tenant_assigned", where)
