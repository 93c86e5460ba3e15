"""The audit log: of all accounts, of one, and what is told of an entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.anchors import Anchor, Comparison, Likeness
from cpdesk.domain.audit_query import AuditQuery, ChangeGroup
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AuditRow, Finding
from cpdesk.services.accounts import Accounts
from cpdesk.services.audit import Audit, ChainReport
from cpdesk.services.defaults import Defaults
from cpdesk.services.licenses import Licenses
from cpdesk.services.preferences import Preferences
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, NOW, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.service_samples import CATALOGUE
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.records.narrowing import AuditNarrowing
from cpdesk.ui.pages.records.verifying import Verifying
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets.paged_table import PagedTable

_ALL = ("german", "large_text", "rtl")
_UPN = "morgan.ellis@contoso-freight.example"
_SWITCH = {
    "id": 4,
    "audit_id": 8,
    "account_id": CONTOSO.id,
    "from_mode": "purchase",
    "to_mode": "usage",
    "state": "pending",
    "requested_at": "2026-11-18T15:04:00.000000Z",
    "requested_by": RESELLER.email,
    "effective_on": "2026-12-01",
    "time_zone": "America/New_York",
    "due_at": "2026-12-01T05:00:00.000000Z",
    "ended_at": None,
    "ended_by": None,
}
_SHOWN = {
    "lines": [
        {"name": "Microsoft 365 Business Premium", "seats": 60, "assigned": 54, "released": 6},
        {"name": "Office 365 Extra File Storage", "seats": 2, "assigned": 0, "released": 2},
    ]
}


def entry(number: int, action: str, subject: str, before: Any, after: Any, **facts: Any) -> AuditRow:
    """An entry of Contoso Freight by the reseller administrator, an hour after the one before."""
    moment = NOW - timedelta(hours=40 - number)
    made = AuditRow(
        number=number,
        recorded_at=moment,
        effective_at=moment,
        operator=RESELLER.email,
        role=RESELLER.role,
        account=CONTOSO.name,
        action=action,
        subject=subject,
        before=before,
        after=after,
        reason="",
        account_id=CONTOSO.id,
    )
    return replace(made, **facts)


_SEATS = {"product": "SPB", "upn": _UPN, "seats": 60}
_PERSON = {"upn": _UPN, "display_name": "Morgan Ellis", "job_title": "", "department": "Dispatch", "blocked": False}
ENTRIES = (
    entry(11, "license.assigned", "user 12", _SEATS | {"assigned": 53}, _SEATS | {"assigned": 54}, reason="INC-20418"),
    entry(
        10,
        "user.updated",
        "user 12",
        _PERSON,
        _PERSON | {"job_title": "Dispatcher", "department": "Night dispatch", "blocked": True},
        operator=CUSTOMER.email,
        role=CUSTOMER.role,
    ),
    entry(9, "seats.added", "product 3", {"product": "SPB", "seats": 50}, {"product": "SPB", "seats": 60}),
    entry(8, "mode.requested", "switch 4", {"mode": "purchase"}, {"switch": _SWITCH, "shown": _SHOWN}),
    entry(
        7,
        "mode.completed",
        "switch 3",
        {"switch": _SWITCH | {"effective_on": "2026-11-01"}},
        {
            "switch": _SWITCH | {"effective_on": "2026-11-01", "state": "done", "ended_by": "cpdesk"},
            "released": {"SPB": 3},
        },
        operator="cpdesk",
        role="cpdesk",
        effective_at=NOW - timedelta(days=3),
        account="Lamna Healthcare",
    ),
    entry(
        6,
        "operator.role_changed",
        "operator 4",
        {"email": "kim.osei@reseller.example", "role": "auditor", "account_id": None},
        {"email": "kim.osei@reseller.example", "role": "reseller", "account_id": None},
        account=None,
        account_id=None,
    ),
    entry(5, "service.activated", "account 7", None, {"service": "microsoft_365"}),
    entry(
        4,
        "account.created",
        "account 7",
        None,
        {"name": CONTOSO.name, "domain": CONTOSO.domain, "country": "US", "currency": "USD"},
    ),
)


ANCHOR = Anchor("3f9a1c07d2be4a58c6107e9b54d8f2a1", 11, NOW, "9c4e1f7ab03d52e8" * 4)


def audit_services(entries: Sequence[AuditRow] | Exception = ENTRIES, **answers: Any) -> Any:
    """Services whose log has these entries; `answers` replace methods of `Audit`."""
    rows = () if isinstance(entries, Exception) else entries
    by_number = {row.number: row for row in rows}

    def search(_by: Session, query: AuditQuery) -> tuple[int, ...]:
        return tuple(row.number for row in rows if query.text in repr(row))

    def some(_by: Session, numbers: Sequence[int], _account_id: int | None = None) -> list[AuditRow]:
        return [by_number[number] for number in numbers]

    known: dict[str, Any] = {
        "search": entries if isinstance(entries, Exception) else search,
        "some": some,
        "operators": ["cpdesk", RESELLER.email, CUSTOMER.email],
        "verify": ChainReport(len(rows), ()),
        "anchor": ANCHOR,
        "compare": Comparison(ANCHOR, Likeness.SAME, ANCHOR.entry),
        **answers,
    }
    return services(
        audit=StandIn(Audit, **known),
        accounts=StandIn(Accounts, rows=list(ACCOUNTS), show=CONTOSO),
        licenses=StandIn(Licenses, products=list(CATALOGUE)),
        preferences=StandIn(Preferences, defaults=Defaults("USD", "America/New_York", "US")),
    )


def many_entries(number: int) -> tuple[AuditRow, ...]:
    """A log of some years, newest first."""
    kinds = [replace(row, reason="") for row in ENTRIES]
    made = (replace(kinds[place % len(kinds)], number=place) for place in range(number, 0, -1))
    times = (NOW - timedelta(minutes=7 * place) for place in range(number))
    return tuple(replace(row, recorded_at=at, effective_at=at) for row, at in zip(made, times, strict=True))


def log_window(stage: Stage, bundle: Any, session: Session = RESELLER, chosen: int = 0) -> Window:
    """The log of all accounts, an entry selected if one is named."""
    window = stage.window(all_pages(), "audit_log", services=bundle, session=session)
    return _selected(window, chosen)


def _of_account(stage: Stage, bundle: Any, session: Session = RESELLER, chosen: int = 0) -> Window:
    window = stage.window(all_pages(), "account_audit_log", services=bundle, session=session, account=CONTOSO.id)
    return _selected(window, chosen)


def _selected(window: Window, chosen: int) -> Window:
    table = window.findChild(PagedTable)
    assert isinstance(table, PagedTable)
    if chosen:
        table.select(chosen)
    return window


@scene("audit_log", variants=_ALL)
def audit_log(stage: Stage) -> QWidget:
    """Newest first."""
    return log_window(stage, audit_services())


@scene("audit_log_detail", variants=_ALL)
def audit_log_detail(stage: Stage) -> QWidget:
    """What changed in a user."""
    return log_window(stage, audit_services(), chosen=10)


@scene("audit_log_late", variants=("german",))
def audit_log_late(stage: Stage) -> QWidget:
    """A settlement with two times."""
    return log_window(stage, audit_services(), chosen=7)


@scene("audit_log_mode")
def audit_log_mode(stage: Stage) -> QWidget:
    """A request, with what was shown before it was confirmed."""
    return log_window(stage, audit_services(), chosen=8)


@scene("audit_log_between", variants=("german", "large_text"))
def audit_log_between(stage: Stage) -> QWidget:
    """All filters in use, with days that are the wrong way round."""
    window = log_window(stage, audit_services())
    bar = window.findChild(AuditNarrowing)
    assert isinstance(bar, AuditNarrowing)
    bar.kind.set_value(str(ChangeGroup.LICENSES))
    bar.first.set_value(NOW.date())
    bar.last.set_value(NOW.date() - timedelta(days=7))
    bar.period.set_value("between")
    return window


@scene("audit_log_not_found", variants=("german",))
def audit_log_not_found(stage: Stage) -> QWidget:
    """A search that finds nothing."""
    window = log_window(stage, audit_services())
    bar = window.findChild(AuditNarrowing)
    assert isinstance(bar, AuditNarrowing)
    bar.search.setText("tailwind")
    bar.search.returnPressed.emit()
    return window


@scene("audit_log_thousands")
def audit_log_thousands(stage: Stage) -> QWidget:
    """A hundred thousand entries; those that are seen are fetched."""
    return log_window(stage, audit_services(many_entries(100_000)))


@scene("audit_log_verified")
def audit_log_verified(stage: Stage) -> QWidget:
    """The chain holds."""
    return _verified(log_window(stage, audit_services()))


@scene("audit_log_altered", variants=("german",))
def audit_log_altered(stage: Stage) -> QWidget:
    """Somebody has changed an entry."""
    report = ChainReport(11, (Finding("audit_hash", "error", "audit entry 6", ""),))
    return _verified(log_window(stage, audit_services(verify=report)))


def _verified(window: Window) -> Window:
    verifying = window.findChild(Verifying)
    assert isinstance(verifying, Verifying)
    verifying.start()
    return window


@scene("audit_log_broken_before", variants=("german",))
def audit_log_broken_before(stage: Stage) -> QWidget:
    """Opened again after a verification that found an altered entry."""
    window = log_window(stage, audit_services())
    verifying = window.findChild(Verifying)
    assert isinstance(verifying, Verifying)
    verifying.keep(11, NOW - timedelta(days=1), "audit entry 6")
    verifying.show_latest("America/New_York")
    return window


@scene("audit_log_error")
def audit_log_error(stage: Stage) -> QWidget:
    """The log cannot be read."""
    return log_window(stage, audit_services(KnownError("database_locked", path="/home/dana/.local/share/cpdesk")))


@scene("audit_log_auditor")
def audit_log_auditor(stage: Stage) -> QWidget:
    """Reads everything."""
    return log_window(stage, audit_services(), AUDITOR)


@scene("account_audit_log", variants=_ALL)
def account_audit_log(stage: Stage) -> QWidget:
    """Inside an account."""
    return _of_account(stage, audit_services(), chosen=11)


@scene("account_audit_log_customer")
def account_audit_log_customer(stage: Stage) -> QWidget:
    """A customer administrator, numbered on their own."""
    return _of_account(stage, audit_services(), CUSTOMER)


@scene("account_audit_log_one")
def account_audit_log_one(stage: Stage) -> QWidget:
    """Right after the account was created."""
    return _of_account(stage, audit_services(ENTRIES[-1:]))


@scene("audit_log_empty")
def audit_log_empty(stage: Stage) -> QWidget:
    """A log that lost everything."""
    return log_window(stage, audit_services(()))
