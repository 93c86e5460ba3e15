"""Everything of one account in one file: whole, of one moment, and with nothing of anybody else."""

import csv
import hashlib
import io
import itertools
import json
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cpdesk.domain.account_export import CONTENTS, ExportPart
from cpdesk.domain.accounts import Contact
from cpdesk.domain.operators import Role, Session
from cpdesk.gateways.account_archive import write_account
from cpdesk.store import connection
from tests.support.refusals import refused
from tests.support.world import PREMIUM, World

ADA, BOB = "ada@contoso.example", "=bob@contoso.example"


@pytest.fixture
def account(world: World) -> int:
    """Fabrikam came first, so that numbers over all accounts would be other ones."""
    other = world.account("Fabrikam", "secret@fabrikam.example", domain="fabrikam.example")
    world.assign(other, "secret@fabrikam.example")
    account = world.pool("Contoso", ADA, "bob@contoso.example", seats=3)
    world.assign(account, ADA)
    world.services.accounts.edit(world.by, account, contacts=[Contact("Cy", "cy@contoso.example")])
    bob = world.services.users.find(world.by, account, "bob@contoso.example").id
    world.services.planning.leave(world.by, account, date(2026, 12, 24), [bob])
    return account


def export(world: World, account: int, path: Path, by: Session | None = None) -> dict[str, bytes]:
    world.services.account_exports.write(by or world.by, account, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def part(found: dict[str, bytes], name: str) -> Any:
    return json.loads(found[f"{name}.json"])


def test_everything_is_in_it_and_the_manifest_says_what(world: World, account: int, tmp_path: Path) -> None:
    found = export(world, account, tmp_path / "contoso.zip")
    manifest = part(found, "manifest")
    assert (manifest["format"], manifest["version"], manifest["account"]) == ("cpdesk-account", 1, "Contoso")
    assert {Path(name).stem for name in found} == {*CONTENTS, "manifest"}
    for one in manifest["files"]:
        content = found[one["name"]]
        assert (one["size"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert [user["upn"] for user in part(found, "users")] == [ADA, "bob@contoso.example"]
    assert part(found, "users")[0]["licenses"] == [PREMIUM]
    assert [(row["part_number"], row["seats"]) for row in part(found, "subscriptions")] == [(PREMIUM, 3)]
    assert part(found, "account")["contacts"][0]["email"] == "cy@contoso.example"
    assert [row["kind"] for row in part(found, "planned_changes")] == ["leaver"]
    assert part(found, "statements")[0]["total"] == str(
        world.services.statements.show(world.by, account, world.clock.now().date()).total
    )
    assert [row["number"] for row in part(found, "ledger")] == list(range(1, len(part(found, "ledger")) + 1))


def test_nothing_of_others_is_in_it_whoever_makes_it(world: World, account: int, tmp_path: Path) -> None:
    customer = world.operator(Role.CUSTOMER, account)
    mine = export(world, account, tmp_path / "reseller.zip")
    theirs = export(world, account, tmp_path / "customer.zip", customer)
    assert {name: data for name, data in mine.items() if name != "manifest.json"} == {
        name: data for name, data in theirs.items() if name != "manifest.json"
    }
    for name, content in mine.items():
        assert b"fabrikam" not in content.lower(), name
        assert b'"usage_cost"' not in content, name


def test_a_list_is_there_as_csv_that_no_spreadsheet_takes_for_a_formula(
    world: World, account: int, tmp_path: Path
) -> None:
    world.services.users.edit(
        world.by,
        account,
        world.services.users.find(world.by, account, ADA).id,
        world.services.users.find(world.by, account, ADA).fields.__class__("=1+1", ADA),
    )
    text = export(world, account, tmp_path / "contoso.zip")["users.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["upn"]: row["display_name"] for row in rows}[ADA] == "'=1+1"
    assert rows[0]["licenses"] in {PREMIUM, ""}


def test_who_may_not_see_the_account_gets_nothing(world: World, account: int, tmp_path: Path) -> None:
    stranger = world.operator(Role.CUSTOMER, world.account("Tailspin", domain="tailspin.example"))
    with refused("unknown_account"):
        world.services.account_exports.write(stranger, account, tmp_path / "x.zip")
    assert list(tmp_path.glob("*.zip")) == []
    assert export(world, account, tmp_path / "auditor.zip", world.operator(Role.AUDITOR))


def test_a_long_list_is_written_without_being_held_in_memory(tmp_path: Path) -> None:
    row = {"text": "x" * 1000, "list": ["a", "b"]}
    part = ExportPart("ledger", lambda: itertools.repeat(row, 10_000))
    tracemalloc.start()
    try:
        counts = write_account(tmp_path / "long.zip", {}, iter([part]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert counts == {"ledger": 10_000}
    assert most < 4_000_000
    with zipfile.ZipFile(tmp_path / "long.zip") as archive, archive.open("ledger.csv") as lines:
        assert sum(1 for _line in lines) == 10_001


def test_rows_are_written_as_one_list(tmp_path: Path) -> None:
    rows = [{"a": "line\nbreak", "b": {"c": [1, None]}}, {"a": "ü", "b": {}}]
    write_account(tmp_path / "x.zip", {}, iter([ExportPart("users", lambda: rows), ExportPart("audit", lambda: ())]))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert json.loads(archive.read("users.json")) == rows
        assert archive.read("audit.json") == b"[]"
        assert archive.read("audit.csv").decode("utf-8-sig") == "\r\n"


def test_one_that_is_stopped_leaves_what_was_there(world: World, account: int, tmp_path: Path) -> None:
    path = tmp_path / "contoso.zip"
    path.write_bytes(b"before")

    def stop(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.services.account_exports.write(world.by, account, path, stop)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["contoso.zip"]
    assert not connection.database.in_transaction()
