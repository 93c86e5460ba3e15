"""Anchors of the audit log: a copy of its latest hash, kept elsewhere, tells what the chain alone cannot."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from cpdesk.domain import anchors, audit
from cpdesk.domain.anchors import Anchor, Likeness
from cpdesk.gateways.anchor_files import read_anchor, write_anchor
from cpdesk.store import journal
from tests.support.refusals import refused
from tests.support.world import World


def rewrite(path: Path, first: int, **changed: str) -> None:
    """Change an entry, then write the whole chain anew from there on, as somebody does who knows how."""
    with closing(connect(path)) as database, database:
        for column, value in changed.items():
            database.execute(f"UPDATE audit_entry SET {column} = ? WHERE id = ?", (value, first))
        previous, last = audit.GENESIS, 0
        for row in database.execute(f"SELECT {journal.AUDIT_COLUMNS} FROM audit_entry ORDER BY id").fetchall():
            previous, last = journal.sealed(row, previous), row[0]
            database.execute("UPDATE audit_entry SET hash = ? WHERE id = ?", (previous, last))
        database.execute("UPDATE setting SET value = ? WHERE key = 'audit_head'", (f"{last} {previous}",))


def cut(path: Path, last: int) -> None:
    """Take entries away from the end, and what notes the end with them."""
    with closing(connect(path)) as database, database:
        database.execute("DELETE FROM audit_entry WHERE id > ?", (last,))
        ((sealed,),) = database.execute("SELECT hash FROM audit_entry WHERE id = ?", (last,)).fetchall()
        database.execute("UPDATE setting SET value = ? WHERE key = 'audit_head'", (f"{last} {sealed}",))


@pytest.fixture
def damaged(world: World, tmp_path: Path) -> Iterator[World]:
    """Another database to be tampered with: those of `world` have to be right when the test is over."""
    other = World(Path(shutil.copytree(world.folder, tmp_path / "damaged")), world.clock.now())
    other.open()
    other.account("Contoso")
    other.account("Fabrikam")
    yield other
    other.close()


def compared(world: World, anchor: Anchor) -> Likeness:
    return world.services.audit.compare(world.by, anchor).likeness


def test_a_log_that_nothing_was_added_to_is_the_same(world: World) -> None:
    world.account("Contoso")
    result = world.services.audit.compare(world.by, world.services.audit.anchor(world.by))
    assert (result.likeness, result.later, result.holds) == (Likeness.SAME, 0, True)


def test_a_log_that_has_gone_on_contains_the_anchor(world: World) -> None:
    anchor = world.services.audit.anchor(world.by)
    world.account("Contoso")
    result = world.services.audit.compare(world.by, anchor)
    assert (result.likeness, result.holds) == (Likeness.GONE_ON, True)
    assert result.later == world.services.audit.anchor(world.by).entry - anchor.entry > 0


def test_a_chain_that_was_written_anew_holds_but_differs_from_the_anchor(damaged: World) -> None:
    anchor = damaged.services.audit.anchor(damaged.by)
    rewrite(damaged.store.path, 3, reason="It was not me")
    assert damaged.services.audit.verify(damaged.by).findings == ()
    result = damaged.services.audit.compare(damaged.by, anchor)
    assert (result.likeness, result.holds) == (Likeness.DIFFERS, False)


def test_a_log_that_was_cut_off_lacks_the_anchor(damaged: World) -> None:
    anchor = damaged.services.audit.anchor(damaged.by)
    cut(damaged.store.path, anchor.entry - 2)
    result = damaged.services.audit.compare(damaged.by, anchor)
    assert (result.likeness, result.later, result.holds) == (Likeness.MISSING, -2, False)


def test_an_older_backup_that_went_on_differs(damaged: World) -> None:
    old = damaged.services.backups.make_unattended().path
    damaged.account("Tailspin")
    anchor = damaged.services.audit.anchor(damaged.by)
    damaged.services.backups.restore(damaged.by, old)
    damaged.account("Wingtip")
    assert compared(damaged, anchor) is Likeness.DIFFERS


def test_another_database_is_none_of_the_anchors(damaged: World) -> None:
    anchor = damaged.services.audit.anchor(damaged.by)
    rewrite(damaged.store.path, 1, reason="Another beginning")
    assert compared(damaged, anchor) is Likeness.OTHER_DATABASE


def test_a_hash_that_was_left_alone_does_not_hide_a_broken_chain(damaged: World) -> None:
    anchor = damaged.services.audit.anchor(damaged.by)
    with closing(connect(damaged.store.path)) as database, database:
        database.execute("UPDATE audit_entry SET reason = 'x' WHERE id = 2")
    result = damaged.services.audit.compare(damaged.by, anchor)
    assert result.likeness is Likeness.SAME
    assert (result.holds, [finding.where for finding in result.findings]) == (False, ["audit entry 2"])


def test_an_entry_whose_time_was_altered_into_none_differs(damaged: World) -> None:
    anchor = damaged.services.audit.anchor(damaged.by)
    damaged.account("Tailspin")
    with closing(connect(damaged.store.path)) as database, database:
        database.execute("UPDATE audit_entry SET recorded_at = 'soon' WHERE id = ?", (anchor.entry,))
    assert compared(damaged, anchor) is Likeness.DIFFERS


def test_an_anchor_comes_back_out_of_its_file(world: World, tmp_path: Path) -> None:
    anchor = world.services.audit.anchor(world.by)
    assert read_anchor(write_anchor(tmp_path / "a.json", anchor)) == anchor


@pytest.mark.parametrize(
    "change",
    [
        {"program": "other"},
        {"kind": "backup"},
        {"entry": 0},
        {"entry": True},
        {"entry": "3"},
        {"entry": 2**80},
        {"hash": "ab"},
        {"database": ""},
        {"recorded_at": "soon"},
        {"recorded_at": "2026-11-10T12:00:00"},
    ],
)
def test_what_is_no_anchor_is_refused(world: World, tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(json.dumps(world.services.audit.anchor(world.by).as_plain() | change), encoding="utf-8")
    with refused("not_an_anchor") as refusal:
        read_anchor(path)
    assert refusal.params == {"file": "anchor.json"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"PK\x03\x04", b"\x00\x01\x02", b"\xff\xfe\xfd", b"[" * 100_000])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anchor.json"
    path.write_bytes(content)
    with refused("not_an_anchor" if content else "file_empty"):
        read_anchor(path)


def test_a_hash_is_grouped_for_reading() -> None:
    assert anchors.grouped("0123456789abcdef") == "01234567 89abcdef"
