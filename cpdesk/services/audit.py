"""Reading the audit log."""

from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AuditRow
from cpdesk.services.base import UseCases
from cpdesk.store import audits


class Audit(UseCases):
    """The log of every change, newest first."""

    def rows(self, by: Session, account_id: int | None = None, *, limit: int | None = None) -> list[AuditRow]:
        """Entries of one account, or of all; a customer administrator gets those of the own account, numbered
        on their own. Raises UserError `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            own = work.only
            return audits.listed(account_id if own is None else own, limit=limit, own_numbers=own is not None)
