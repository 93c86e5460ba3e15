"""What was said to be done is on the disk, and a recorder that overlooks something would be noticed."""

from pathlib import Path

import pytest

from tests.torture import disk
from tests.torture.aftermath import Disk, Everything, Loss
from tests.torture.disk import Op, Record
from tests.torture.recording import record
from tests.torture.replaying import faults_of
from tests.torture.trial import SkippedError


@pytest.fixture(autouse=True)
def _recorder() -> None:
    try:
        disk.library()
    except SkippedError as error:
        pytest.skip(str(error))


def done(op: Op, name: str = "", **more: object) -> Record:
    return Record(op, 3, 0, 0, b"", name, "")._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["buy", "set_up", "backups", "files", "scheduler", "pack", "restore", "rescue", "salvage", "upgrade 5"]
)
def test_what_was_said_to_be_done_survives_a_power_failure(name: str, tmp_path: Path) -> None:
    """Of all that was not synchronised nothing is left."""
    recording = record(name, tmp_path)
    present, faults = Disk(recording.start), []
    for place, one in enumerate(recording.records, start=1):
        present.apply(one)
        if one.op is Op.MARK or place == len(recording.records):
            faults += faults_of(recording, present.image(Everything()), place, tmp_path / "image")
    assert faults == []


SYNCED = [done(Op.OPEN, "new", other=0o100), done(Op.WRITE, data=b"text"), done(Op.SYNC)]
NAMED = [*SYNCED, done(Op.OPEN, ".", file=4), done(Op.SYNC, file=4)]


@pytest.mark.parametrize(
    ("records", "left"),
    [
        (SYNCED, {"old": b"old"}),
        (NAMED, {"old": b"old", "new": b"text"}),
        ([*NAMED[:2], *NAMED[3:]], {"old": b"old", "new": b""}),
        ([*NAMED, done(Op.WRITE, offset=4, data=b"more")], {"old": b"old", "new": b"text"}),
        ([*NAMED, done(Op.RENAME, "new", target="old")], {"old": b"old", "new": b"text"}),
        ([*NAMED, done(Op.RENAME, "new", target="old"), done(Op.SYNC, file=4)], {"old": b"text"}),
        ([*NAMED, done(Op.TRUNCATE, offset=2), done(Op.SYNC)], {"old": b"old", "new": b"te"}),
    ],
)
def test_only_what_was_synchronised_is_left(records: list[Record], left: dict[str, bytes]) -> None:
    present = Disk({"old": b"old"})
    for one in records:
        present.apply(one)
    assert present.image(Everything()) == left


def test_a_program_that_does_not_synchronise_is_found_out(tmp_path: Path) -> None:
    recording = record("buy", tmp_path)
    present = Disk(recording.start)
    for one in recording.records:
        if one.op is not Op.SYNC:
            present.apply(one)
    place, room = len(recording.records), tmp_path / "image"
    assert faults_of(recording, present.image(Loss()), place, room) == []
    (fault,) = faults_of(recording, present.image(Everything()), place, room)
    assert fault.startswith("neither as before nor as after")
