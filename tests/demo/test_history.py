"""What there is to see in the demo."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from cpdesk.base.paths import DATABASE_FILE
from cpdesk.demo import team
from cpdesk.demo.customers import CUSTOMERS
from cpdesk.demo.history import write_history
from cpdesk.demo.moments import END, START
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from cpdesk.domain.switching import is_late
from tests.demo.conftest import Demo


def test_check_finds_nothing_in_it(demo: Demo) -> None:
    assert demo.services.checks.run() == []


def test_there_are_two_dozen_accounts_of_all_sizes_and_places(demo: Demo) -> None:
    rows = demo.services.accounts.rows(demo.by)
    assert [row.name for row in rows] == sorted(customer.name for customer in CUSTOMERS)
    assert len(rows) == 24
    assert min(row.users for row in rows) < 6
    assert max(row.users for row in rows) > 300
    assert len({row.currency for row in rows}) > 8
    assert len({row.time_zone for row in rows}) > 12
    assert Counter(row.mode for row in rows)[Mode.USAGE] > 6
    assert Counter(row.mode for row in rows)[Mode.PURCHASE] > 6
    assert all(row.domain.endswith(".example") for row in rows)


def test_changes_to_usage_mode_wait_and_none_is_due_already(demo: Demo) -> None:
    pending = [row.pending for row in demo.services.accounts.rows(demo.by) if row.pending]
    assert len(pending) >= 3
    assert all(switch.due_at > END for switch in pending)
    assert len({switch.time_zone for switch in pending}) > 1


def test_every_way_of_a_switch_has_been_gone_and_nothing_was_late(made: Path) -> None:
    with closing(sqlite3.connect(made / DATABASE_FILE)) as database:
        rows = database.execute("SELECT to_mode, state, due_at, ended_at FROM mode_switch").fetchall()
    ways = Counter((to, state) for to, state, _due, _ended in rows)
    assert ways["purchase", "done"] > 8
    assert ways["usage", "done"] >= 2
    assert ways["usage", "withdrawn"] >= 2
    ended = [(due, end) for to, state, due, end in rows if (to, state) == ("usage", "done")]
    assert not any(is_late(datetime.fromisoformat(due), datetime.fromisoformat(end)) for due, end in ended)


def test_the_log_tells_thirteen_months_month_by_month_and_why(demo: Demo) -> None:
    log = demo.services.audit.rows(demo.by)
    assert {(row.recorded_at.year, row.recorded_at.month) for row in log} == {
        *((2025, month) for month in (10, 11, 12)),
        *((2026, month) for month in range(1, 12)),
    }
    assert min(row.recorded_at for row in log) == START.astimezone(UTC)
    assert max(row.recorded_at for row in log) <= END
    assert sum(row.reason.startswith("SD-") for row in log) > len(log) / 2
    actions = {row.action for row in log}
    assert {"users.imported", "user.added", "user.removed", "license.assigned", "license.removed"} <= actions
    assert {"seats.added", "seats.removed", "mode.requested", "mode.completed", "mode.withdrawn"} <= actions


def test_there_are_tenant_products_idle_seats_guests_and_blocked_users_with_licenses(demo: Demo) -> None:
    accounts = [row.id for row in demo.services.accounts.rows(demo.by)]
    held = [row for account in accounts for row in demo.services.licenses.rows(demo.by, account)]
    users = [row for account in accounts for row in demo.services.users.rows(demo.by, account)]
    assert any(row.assignable_to == "tenant" and row.seats for row in held)
    assert any(row.available > 1 for row in held)
    assert any(user.guest for user in users)
    assert any(user.blocked and user.licenses for user in users)
    assert any(not user.licenses for user in users)
    assert len({user.display_name for user in users}) > len(users) / 2


def test_each_role_can_be_tried(demo: Demo) -> None:
    sessions = {
        email: demo.services.operators.sign_in(email, team.PASSWORD)
        for email in (team.ADMINISTRATOR, team.COLLEAGUE, team.CUSTOMER, team.AUDITOR)
    }
    assert [session.role for session in sessions.values()] == [
        Role.RESELLER, Role.RESELLER, Role.CUSTOMER, Role.AUDITOR,
    ]  # fmt: skip
    (own,) = demo.services.accounts.rows(sessions[team.CUSTOMER])
    assert own.domain == team.CUSTOMER_DOMAIN


def test_it_is_the_same_story_each_time(made: Path, tmp_path: Path) -> None:
    write_history(tmp_path)
    assert _story(tmp_path) == _story(made)


def _story(folder: Path) -> list[tuple[object, ...]]:
    """The log without the account ids, which are random in every database."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database:
        return database.execute(
            "SELECT recorded_at, effective_at, operator, action, reason, account.domain"
            " FROM audit_entry LEFT JOIN account ON account.id = audit_entry.account_id ORDER BY audit_entry.id"
        ).fetchall()
