"""Proving issued statements: what is kept of them against what the audit log says was issued."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from cpdesk.domain import audit
from cpdesk.domain.checking import error
from cpdesk.domain.own_company import logo_digest
from cpdesk.domain.rows import Finding

Facts = dict[str, Any]
Entry = tuple[int, int | None, str, Facts]
"""Audit id, account id, action, and the facts after it."""


@dataclass(frozen=True)
class StoredStatements:
    """What is kept, raw values throughout."""

    statements: list[Facts]
    corrections: list[Facts]
    company: str
    """The reseller's own company as JSON; empty where none was entered."""
    logos: Mapping[str, str]
    """Pictures in base64, by the digest under which they are kept."""


@dataclass
class StatementFacts:
    """What the audit log says was issued, in the columns of the tables; by their id."""

    statements: dict[int, Facts] = field(default_factory=dict)
    corrections: dict[int, Facts] = field(default_factory=dict)
    company: str = ""


def follow(entries: Iterable[Entry]) -> StatementFacts:
    """What was issued and corrected, and which company was entered last."""
    known = StatementFacts()
    for entry in entries:
        # An entry that was altered is told of already.
        with suppress(KeyError, TypeError):
            _take(entry, known)
    return known


def _take(entry: Entry, known: StatementFacts) -> None:
    number, account, action, facts = entry
    if action == "own_company.changed":
        known.company = audit.canonical(facts)
    elif action == "statement.issued":
        known.statements[facts["statement"]] = {
            "id": facts["statement"],
            "account_id": account,
            "month": facts["month"],
            "number": facts["number"],
            "issued_at": facts["issued_at"],
            "content": facts["digest"],
            "audit_id": number,
        }
    elif action == "statement.corrected":
        known.corrections[facts["correction"]] = {
            "id": facts["correction"],
            "statement_id": facts["statement"],
            "number": facts["number"],
            "issued_at": facts["issued_at"],
            "text": facts["text"],
            "amount": facts["amount"],
            "reason": facts["reason"],
            "audit_id": number,
        }


def check_statements(stored: StoredStatements, known: StatementFacts) -> Iterator[Finding]:
    """Statements, corrections, numbers without gaps, the company and its pictures."""
    sealed = [{**row, "content": audit.digest(str(row["content"]))} for row in stored.statements]
    yield from _compare(sealed, known.statements, "statement")
    yield from _compare(stored.corrections, known.corrections, "correction")
    yield from _gaps(str(facts["number"]) for facts in known.statements.values())
    if stored.company != known.company:
        yield error("own_company_altered", "own company")
    yield from _check_logos(stored)


def _compare(rows: Iterable[Facts], known: Mapping[int, Facts], what: str) -> Iterator[Finding]:
    seen = set()
    for row in rows:
        seen.add(row["id"])
        if known.get(row["id"]) != row:
            yield error(f"{what}_altered", f"{what} {row['id']}", str(row["number"]))
    for number in sorted(known.keys() - seen):
        yield error(f"{what}_missing", f"{what} {number}", str(known[number]["number"]))


def _gaps(numbers: Iterable[str]) -> Iterator[Finding]:
    latest: dict[str, int] = {}
    for number in sorted(numbers):
        year, _, place = number.partition("-")
        here = int(place) if place.isdecimal() else 0
        if here != latest.get(year, 0) + 1:
            yield error("statement_gap", f"statement {number}")
        latest[year] = here


def _check_logos(stored: StoredStatements) -> Iterator[Finding]:
    for digest, picture in stored.logos.items():
        if _digest(picture) != digest:
            yield error("logo_altered", "logo", digest)
    for digest in sorted(_named(stored) - stored.logos.keys()):
        yield error("logo_missing", "logo", digest)


def _digest(picture: str) -> str:
    try:
        return logo_digest(base64.b64decode(picture, validate=True))
    except (ValueError, TypeError, binascii.Error):
        return ""


def _named(stored: StoredStatements) -> set[str]:
    """The digests of the pictures that statements and the company have."""
    companies = [stored.company, *(str(row["content"]) for row in stored.statements)]
    return {digest for text in companies if (digest := _logo_of(text))}


def _logo_of(text: str) -> str:
    try:
        facts = json.loads(text)
        return str(facts.get("company", facts)["logo"])
    except (ValueError, KeyError, TypeError, AttributeError):
        # Altered, which is told already.
        return ""
