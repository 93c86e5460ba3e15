"""A process that does plainly what an import comes to: reads a CSV file, and writes the rows that are in a database.

    python -m tests.benchmarks.bare_importing FILE FULL EMPTY

FULL is the database after the import, EMPTY one like it before. Prints the milliseconds of reading and writing;
getting the rows at hand does not count.
"""

import csv
import sqlite3
import sys
import time
from contextlib import closing

_TABLES = ("user", "subscription", "audit_entry", "seat_entry", "assignment")


def main() -> None:
    """Measure."""
    file, full, empty = sys.argv[1:]
    rows = {table: _rows(full, table)[len(_rows(empty, table)) :] for table in _TABLES}
    started = time.perf_counter()
    with open(file, encoding="utf-8-sig", newline="") as lines:
        for _record in csv.reader(lines):
            pass
    with closing(sqlite3.connect(empty, isolation_level=None)) as database:
        # As cpdesk's own connections: what is written survives a power failure.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=1", "cache_size=-8000"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN IMMEDIATE")
        for table, wanted in rows.items():
            marks = ", ".join("?" * len(wanted[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", wanted)
        database.execute("COMMIT")
    sys.stdout.write(str(1000 * (time.perf_counter() - started)))


def _rows(path: str, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()


if __name__ == "__main__":
    main()
