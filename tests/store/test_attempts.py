"""The file that remembers failed attempts where there is no database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.domain import delays
from cpdesk.store.attempts import FILE, Attempts

SLOT = 4711
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_of_many_who_count_at_once_each_one_counts(tmp_path: Path) -> None:
    def fail(_number: int) -> None:
        attempts = Attempts(tmp_path / "books")
        with attempts.alone():
            attempts.put(SLOT, delays.after_failure(attempts.failures(SLOT), NOW))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail, range(40)))
    failed = Attempts(tmp_path / "books").failures(SLOT)
    assert failed is not None
    assert failed.count == 40


def test_where_nothing_can_be_written_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("no folder")
    with Attempts(tmp_path / "letter").alone():
        pass


@pytest.mark.parametrize(
    "text",
    ['{"1": [9, "9999-12-31T23:59:59.999+00:00"]}', '{"1": [Infinity, "2026-01-01T00:00:00+00:00"]}', "[" * 100_000],
    ids=["last instant", "no number", "deep"],
)
def test_a_file_that_nobody_wrote_tells_of_no_attempts(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert Attempts(tmp_path).failures(1) is None
