"""The audit log: of all accounts, and of the one that is open."""

from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(PageSpec("audit_log", _title, _audit_log, icon="audit", position=50, help="audit-log"))
    registry.add(
        PageSpec(
            "account_audit_log",
            _title,
            _account_audit_log,
            icon="audit",
            needs_account=True,
            position=60,
            help="audit-log",
        )
    )


def _title() -> str:
    return _("Audit Log")


def _audit_log(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.records.audit_log import AuditLogPage

    return AuditLogPage(context)


def _account_audit_log(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.records.audit_log import AccountAuditLogPage

    return AccountAuditLogPage(context)
