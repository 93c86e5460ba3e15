"""Writing again what a damaged database has lost and the audit log or the ledger still tell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cpdesk.domain import audit, checking, company_checking, people_checking, salvage
from cpdesk.domain.catalog import Product
from cpdesk.domain.checking import AuditFacts
from cpdesk.domain.modes import Mode
from cpdesk.domain.salvage import Fate
from cpdesk.store import clock_corrections, evidence, journal, planned, salvaging, settings, switches
from cpdesk.store.wreck import Lost

_COUNTING = frozenset({"ledger_gap", "ledger_total", "ledger_negative", "ledger_holder"})
"""Findings that say that the ledger cannot be summed up."""
_OF_ACCOUNTS = ("account", "account_domain", "account_contact", "account_zone")


@dataclass
class Rebuilding:
    """What was written again."""

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    """By table."""
    doubtful: set[str] = field(default_factory=set)
    """Tables whose rows may be out of date: what tells of them has gaps itself."""
    whole: set[str] = field(default_factory=set)
    """Tables that are proven to lack nothing any more."""

    def fate(self, table: str) -> Fate:
        """What is said of the rows of a table."""
        return Fate.DOUBTFUL if table in self.doubtful else Fate.REBUILT

    def write(self, table: str, rows: Iterable[Mapping[str, object]], *, sure: bool) -> None:
        """Write rows that are not there; `sure`: nothing is missing of what tells of them."""
        written = salvaging.insert(table, rows)
        if written:
            self.rows.setdefault(table, []).extend(written)
        if sure:
            self.whole.add(table)
        elif written:
            self.doubtful.add(table)


def rebuild(lost: Mapping[str, Lost], offered: Callable[[], Iterable[Product]]) -> Rebuilding:
    """Write what is missing in the opened database and can be told from what is there.

    `lost` by table; `offered` are the products that are known without it. Needs a write transaction without foreign
    keys.
    """
    done = Rebuilding()
    log_is_whole = _is_whole(lost, "audit_entry")
    _mend_head(lost)
    found, facts = checking.check_audit(evidence.audit_rows(), journal.head(), journal.sealed)
    sure = log_is_whole and not found
    _rebuild_corrections(done, facts, sure=sure)
    if lost["product"].rows:
        done.write("product", _products(lost["product"], offered()), sure=False)
    if sure:
        _rebuild_switches_and_plans(done, lost, facts)
    _rebuild_accounts(done, lost, facts, sure=sure)
    if not _is_whole(lost, "user"):
        rows = (salvage.user_row(user, known) for user, known in people_checking.follow(facts.users).items())
        done.write("user", _missing(rows, evidence.people().keys()), sure=sure)
    if _is_whole(lost, "seat_entry"):
        _rebuild_counts(done, lost, facts)
    return done


def _is_whole(lost: Mapping[str, Lost], table: str) -> bool:
    # A table that came with a later version cannot have lost anything.
    return table not in lost or (not lost[table].rows and lost[table].is_exact)


def _missing(rows: Iterable[dict[str, Any] | None], there: Iterable[int]) -> list[dict[str, Any]]:
    known = set(there)
    return [row for row in rows if row is not None and row["id"] not in known]


def _mend_head(lost: Mapping[str, Lost]) -> None:
    """Where the note of the latest entry is lost, no number that was given is given again."""
    if journal.head():
        return
    last, sealed = 0, audit.GENESIS
    for row in evidence.audit_rows():
        last, sealed = row[0], row[-1]
    highest = max([last, *lost["audit_entry"].rows])
    if highest:
        settings.put(journal.HEAD_KEY, f"{highest} {sealed}")


def _rebuild_corrections(done: Rebuilding, facts: AuditFacts, *, sure: bool) -> None:
    """The note of what was dated by a wrong clock. Without it the same entries would be billed by other dates."""
    stored, ought = clock_corrections.stored(), clock_corrections.as_stored(facts.corrections)
    if stored == ought or not (sure or not stored):
        return
    settings.put(clock_corrections.KEY, ought)
    # Other settings may be lost all the same: nothing tells of them.
    done.rows.setdefault("setting", []).append({"key": clock_corrections.KEY, "value": ought})
    if not sure:
        done.doubtful.add("setting")


def _products(lost: Lost, offered: Iterable[Product]) -> list[dict[str, object]]:
    """The products whose GUID an index still has."""
    known = {product.guid: product for product in offered}
    rows: list[dict[str, object]] = []
    for number, kept in lost.rows.items():
        product = known.get(str(kept.get("guid")))
        if product is not None:
            rows.append(
                {
                    "id": number,
                    "part_number": kept.get("part_number", product.part_number),
                    "guid": product.guid,
                    "name": product.name,
                    "scope": str(product.scope),
                    "assignable_to": product.assignable_to,
                    "offer": product.offer,
                }
            )
    return rows


def _rebuild_switches_and_plans(done: Rebuilding, lost: Mapping[str, Lost], facts: AuditFacts) -> None:
    if not _is_whole(lost, "mode_switch"):
        names = switches.COLUMNS.split(", ")
        rows = ({name: switch[name] for name in names} for switch in facts.switches.values())
        done.write("mode_switch", rows, sure=True)
    if not _is_whole(lost, "planned_change"):
        names = planned.COLUMNS.split(", ")
        plans = (dict(zip(names, planned.stored(plan), strict=True)) for plan in facts.plans.values())
        done.write("planned_change", plans, sure=True)


def _rebuild_accounts(done: Rebuilding, lost: Mapping[str, Lost], facts: AuditFacts, *, sure: bool) -> None:
    lacking = [table for table in _OF_ACCOUNTS if not _is_whole(lost, table)]
    if not lacking:
        return
    _found, modes = checking.check_switches(evidence.switch_rows(), switches.COLUMNS, facts)
    there, times = evidence.account_modes(), salvaging.account_times()
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _OF_ACCOUNTS}
    for account, known in company_checking.follow(facts.accounts).items():
        if account in times and (sure or account not in there):
            mode = modes.get(account, str(Mode.USAGE))
            for table, made in salvage.account_rows(account, known, mode, times[account]).rows.items():
                rows[table] += made
    # An account that is there has its other rows too, unless their own tables have lost some.
    for table in _OF_ACCOUNTS:
        owner = "id" if table == "account" else "account_id"
        wanted = rows[table] if table in lacking else [row for row in rows[table] if row[owner] not in there]
        done.write(table, wanted, sure=sure)


def _rebuild_counts(done: Rebuilding, lost: Mapping[str, Lost], facts: AuditFacts) -> None:
    """Seats and assignments are the ledger summed up."""
    if _is_whole(lost, "subscription") and _is_whole(lost, "assignment"):
        return
    found, summed = checking.check_ledger(evidence.ledger_rows(), facts)
    if any(finding.code in _COUNTING for finding in found):
        return
    counts = [
        {"account_id": account, "product_id": product, "seats": seats, "assigned": assigned}
        for (account, product), (seats, assigned) in summed.counts.items()
    ]
    since = salvaging.holding_since()
    held = [
        {"account_id": account, "user_id": user, "product_id": product, "since": since[user, product]}
        for account, user, product in sorted(summed.holders)
    ]
    done.write("subscription", counts, sure=True)
    done.write("assignment", held, sure=True)
