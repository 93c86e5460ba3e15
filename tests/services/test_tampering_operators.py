"""Whoever makes themselves an operator, or more than they are, behind the program's back: `check` finds it."""

from pathlib import Path

import pytest

from cpdesk.domain.operators import Role
from cpdesk.store import models
from tests.support import forging
from tests.support.forging import Forger
from tests.support.world import PASSWORD, World

UNPROVEN = {("operator", "password_hash")}
"""Of passwords the log knows only when they were set."""
COLUMNS = forging.columns_of([models.Operator], UNPROVEN)
INSERTED = (
    "INSERT INTO operator SELECT 4711, 'eve@x.example', 'eve@x.example', 'reseller', NULL, password_hash, created_at,"
    " NULL FROM operator LIMIT 1"
)


def live(world: World) -> None:
    """Somebody of each role, somebody who went from one account to another, was removed, or has come back."""
    operators = world.services.operators
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    world.operator(Role.AUDITOR, email="lee@reseller.example")
    world.operator(Role.CUSTOMER, contoso, "kim@contoso.example")
    operators.change_role(world.by, "kim@contoso.example", Role.CUSTOMER, fabrikam)
    world.operator(Role.AUDITOR, email="pat@reseller.example")
    operators.change_role(world.by, "pat@reseller.example", Role.RESELLER, None)
    operators.reset_password(world.by, "pat@reseller.example", "given to them")
    operators.remove(world.by, "lee@reseller.example")
    operators.add(world.by, "lee@reseller.example", Role.RESELLER, None, PASSWORD)
    old = world.services.backups.make_unattended().path
    operators.remove(world.by, "kim@contoso.example")
    world.services.backups.restore(world.by, old)


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with such operators."""
    return forging.lived(template, tmp_path_factory.mktemp("lived") / "books", live)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found(table: str, column: str, forger: Forger) -> None:
    forger.change_values(table, column)


def test_an_operator_who_is_gone_is_found(forger: Forger) -> None:
    forger.delete_rows("operator")


def test_an_operator_who_was_put_in_is_found(forger: Forger) -> None:
    found = forger.found_after(INSERTED)
    assert [(one.code, one.where) for one in found or ()] == [("operator_altered", "operator 4711")]


def test_who_has_made_more_of_themselves_is_found(forger: Forger) -> None:
    found = forger.found_after("UPDATE operator SET role = 'reseller', account_id = NULL WHERE role = 'customer'")
    assert found
    assert found[0].detail == "account_id, role"


def test_who_was_removed_cannot_be_brought_back(forger: Forger) -> None:
    values = "removed_at = NULL, email = 'x@x.example', email_key = 'x@x.example'"
    assert forger.found_after(f"UPDATE operator SET {values} WHERE removed_at > ''")
