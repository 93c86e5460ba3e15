"""`check`: is the database whole, and do ledger, counts, audit chain and mode rules agree?"""

from datetime import datetime

from cpdesk.domain import (
    checking,
    company_checking,
    low_seats,
    operator_checking,
    people_checking,
    plan_checking,
    price_checking,
    price_following,
    statement_checking,
)
from cpdesk.domain.rows import Finding
from cpdesk.store import clock_corrections, evidence, journal, planned, price_evidence, switches, word_index
from cpdesk.store.store import Store


class Checks:
    """Needs no operator and changes nothing: an overdue switch or planned change is information, not an error."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self) -> list[Finding]:
        """Everything that is off, errors first; empty where the books are right."""
        with self._store.read() as moment:
            damage = [checking.error("database", "file", text) for text in evidence.integrity()]
            misfits = [checking.error("misfit", place, str(count)) for place, count in evidence.misfits()]
            damage += [checking.error("foreign_code", f"{kind} {name}") for name, kind in evidence.foreign_code()]
            # Nothing can be summed up over values that are none.
            found = damage + (misfits or _books() + _overdue(moment.now))
        return sorted(found, key=lambda finding: finding.severity != "error")


def _books() -> list[Finding]:
    in_audit, facts = checking.check_audit(evidence.audit_rows(), journal.head(), journal.sealed)
    in_ledger, summed = checking.check_ledger(evidence.ledger_rows(), facts)
    in_switches, modes = checking.check_switches(evidence.switch_rows(), switches.COLUMNS, facts)
    stored = evidence.subscriptions()
    known = company_checking.follow(facts.accounts)
    deleted = [checking.error("deleted_holder", f"user {user}") for user in evidence.deleted_holders()]
    misled = [
        checking.error("index_damaged", kind) if number is None else checking.error("misled", f"{kind} {number}")
        for kind, number in word_index.misled()
    ]
    return [
        *in_audit,
        *in_ledger,
        *in_switches,
        *checking.check_corrections(clock_corrections.stored(), facts),
        *checking.check_counts(stored, evidence.assignments(), summed),
        *checking.check_modes(evidence.account_modes(), modes, stored, evidence.tenant_products()),
        *company_checking.check_companies(evidence.companies(), known, evidence.pending_accounts()),
        *company_checking.check_closed(known, stored),
        *plan_checking.check_plans(evidence.plan_rows(), planned.stored, facts.plans, evidence.closed_accounts()),
        *operator_checking.check_operators(evidence.operators(), operator_checking.follow(facts.operators)),
        *people_checking.check_people(evidence.people(), people_checking.follow(facts.users)),
        *deleted,
        *low_seats.check_thresholds(evidence.thresholds(), facts.thresholds),
        *misled,
        *price_checking.check_prices(price_evidence.stored_prices(), price_following.follow(facts.prices)),
        *statement_checking.check_statements(evidence.issued(), statement_checking.follow(facts.statements)),
    ]


def _overdue(now: datetime) -> list[Finding]:
    return [
        Finding("switch_overdue", "information", f"switch {switch['id']}", switch["due_at"])
        for switch in map(switches.plain, switches.due_rows(now, None, -1))
    ] + [
        Finding("plan_overdue", "information", plan_checking.where((account_id, number)), due_at)
        for account_id, number, due_at in evidence.due_plans(now)
    ]
