"""The number at the menu entry of Pending Changes."""

from typing import Any

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.services.planning import Planning
from cpdesk.services.statements import Statements
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_pending import agenda
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.customers.pending_count import PendingCount
from cpdesk.ui.shell.window import Window


@pytest.fixture
def bundle() -> Any:
    return services(
        statements=StandIn(Statements, costs={}),
        planning=StandIn(Planning, counts=(2, 1), time_line=agenda()),
        accounts=StandIn(Accounts, rows=list(ACCOUNTS), show=CONTOSO),
    )


def counted(stage: Stage, bundle: Any, session: Session = RESELLER) -> Window:
    window = stage.window(all_pages(), "sign_in", services=bundle, session=None)
    PendingCount(window, stage.jobs, bundle)
    window.sign_in(session)
    if session is not CUSTOMER:
        window.navigate("customers")
    return window


def number(window: Window) -> str:
    entry = window.side_menu.button("pending_changes")
    assert entry is not None
    return entry.accessibleDescription()


@pytest.mark.parametrize("session", [RESELLER, AUDITOR])
def test_the_entry_carries_the_number(stage: Stage, bundle: Any, session: Session) -> None:
    assert "3" in number(counted(stage, bundle, session))


def test_it_follows_what_changes(stage: Stage, bundle: Any) -> None:
    window = counted(stage, bundle)
    bundle.planning.answers["counts"] = (1, 0)
    stage.jobs.changed.emit(frozenset({"users"}), None)
    assert "3" in number(window)
    stage.jobs.changed.emit(frozenset({"modes"}), None)
    assert "1" in number(window)


def test_none_is_no_number(stage: Stage, bundle: Any) -> None:
    bundle.planning.answers["counts"] = (0, 0)
    assert number(counted(stage, bundle)) == ""


def test_what_cannot_be_counted_is_not_shown(stage: Stage, bundle: Any) -> None:
    bundle.planning.answers["counts"] = KnownError("database_locked", path="/somewhere/cpdesk.db")
    assert number(counted(stage, bundle)) == ""


def test_a_customer_administrator_has_the_number_of_the_own_account(stage: Stage, bundle: Any) -> None:
    window = counted(stage, bundle, CUSTOMER)
    window.navigate("account_changes", account=CONTOSO.id)
    entry = window.side_menu.button("account_changes")
    assert entry is not None
    assert "3" in entry.accessibleDescription()
