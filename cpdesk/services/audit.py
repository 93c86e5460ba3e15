"""Reading the audit log."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, told
from cpdesk.domain import anchors, checking
from cpdesk.domain import operators as roles
from cpdesk.domain.anchors import Anchor, Comparison, Likeness
from cpdesk.domain.audit_query import AuditQuery, Words
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AuditRow, Finding
from cpdesk.services.base import UseCases, Work
from cpdesk.store import audits, evidence, journal, products
from cpdesk.store.fields import UnreadableValueError, from_utc_text


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What came of verifying the hash chain."""

    entries: int
    """How many there are; where nothing was found, the last one that is verified."""
    findings: tuple[Finding, ...]


class Audit(UseCases):
    """The log of every change, newest first.

    A customer administrator gets the entries of the own account, numbered on their own.
    """

    def rows(self, by: Session, account_id: int | None = None, *, limit: int | None = None) -> list[AuditRow]:
        """Entries of one account, or of all. Raises UserError `unknown_account`."""
        with self._reading(by, account_id) as work:
            own = work.only
            return audits.listed(account_id if own is None else own, limit=limit, own_numbers=own is not None)

    def search(self, by: Session, query: AuditQuery) -> tuple[int, ...]:
        """The numbers of the entries that a query asks for, newest first: `some` has the entries themselves.

        Raises UserError `unknown_account`.
        """
        with self._reading(by, query.account_id) as work:
            words = Words(query.text, _product_names() if query.text.strip() else {})
            asked = replace(query, account_id=_within(work, query.account_id))
            return audits.found(asked, words, own_numbers=work.only is not None)

    def some(self, by: Session, numbers: Sequence[int], account_id: int | None = None) -> list[AuditRow]:
        """The entries with these numbers, in this order; of one account, or of all. Unknown numbers are left out.

        Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            return audits.some(numbers, _within(work, account_id), own_numbers=work.only is not None)

    def operators(self, by: Session, account_id: int | None = None) -> list[str]:
        """Who stands in the log of one account, or of all; among them "cpdesk" for the program itself.

        Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            return audits.operators(_within(work, account_id))

    def verify(self, by: Session, progress: Tell | None = None) -> ChainReport:
        """Compute the hash chain of the whole log anew, for whoever sees all accounts.

        Raises UserError `not_allowed`, and whatever `progress` raises.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            return _verified(progress)

    def anchor(self, by: Session) -> Anchor:
        """The latest entry of the whole log, to be kept elsewhere, for whoever sees all accounts.

        Raises UserError `nothing_to_anchor` where a log has lost all entries, or `not_allowed`.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            found = _anchor_at(audits.last_number())
            if found is None:
                raise UserError("nothing_to_anchor")
            return found

    def compare(self, by: Session, anchor: Anchor, progress: Tell | None = None) -> Comparison:
        """How the log stands to an anchor that was made before; of the same database the chain is verified, too.

        Raises UserError `not_allowed`, and whatever `progress` raises.
        """
        with self._reading(by) as work:
            roles.require_overview(work.by)
            last = audits.last_number()
            like = anchors.likeness(anchor, _anchor_at(anchor.entry), anchors.database_of(audits.first_hash()), last)
            known = like is not Likeness.OTHER_DATABASE
            return Comparison(anchor, like, last, _verified(progress).findings if known else ())


def _verified(progress: Tell | None) -> ChainReport:
    total = audits.count()
    misfits = [found for found in evidence.misfits() if found[0].startswith("audit_entry.")]
    if misfits:
        # Nothing can be computed over values that are none.
        return ChainReport(total, tuple(checking.error("misfit", place, str(many)) for place, many in misfits))
    with closing(evidence.audit_rows()) as rows:
        findings, _facts = checking.check_audit(told(rows, total, progress), journal.head(), journal.sealed)
    return ChainReport(total, tuple(findings))


def _anchor_at(number: int) -> Anchor | None:
    """What an anchor would say if the entry with this number were the latest; None where there is none."""
    found = audits.sealed(number)
    if found is None:
        return None
    recorded, sealed = found
    try:
        recorded_at = from_utc_text(recorded)
    except UnreadableValueError:
        # A time that was altered into none is that of no anchor.
        recorded_at = datetime.min.replace(tzinfo=UTC)
    return Anchor(anchors.database_of(audits.first_hash()), number, recorded_at, sealed)


def _product_names() -> dict[str, str]:
    """Display names by all that stands for a product in an entry."""
    known = products.by_id().values()
    return {key: product.name for product in known for key in (product.part_number, product.guid)}


def _within(work: Work, account_id: int | None) -> int | None:
    """The account that is looked at: a customer administrator's own, whatever was asked for."""
    return account_id if work.only is None else work.only
