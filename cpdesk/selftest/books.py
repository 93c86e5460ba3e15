"""A database of the demo for the checks that need data, and what they do with it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cpdesk.base.clock import DemoClock
from cpdesk.composition import compose
from cpdesk.demo import team
from cpdesk.demo.history import write_history
from cpdesk.demo.moments import END
from cpdesk.domain.operators import Session
from cpdesk.selftest.results import Broken
from cpdesk.services.bundle import Services
from cpdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Books:
    """An open database of the demo, its clock standing still, and the reseller's administrator signed in."""

    folder: Path
    clock: DemoClock
    store: Store
    services: Services
    by: Session

    def account(self, domain: str) -> int:
        """The id of the account with a domain."""
        return next(row.id for row in self.services.accounts.rows(self.by) if row.domain == domain)

    def sound(self) -> None:
        """Raise Broken where `cpdesk check` would find something."""
        findings = self.services.checks.run()
        if findings:
            raise Broken(f"the books are wrong: {findings[:3]}")


class Shelf:
    """Where the demo's database lies once it is made; each check works on a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = folder / "made"

    def make(self) -> str:
        """Make it: thirteen months of work, through the services."""
        begun = self.folder / "begun"
        begun.mkdir()
        write_history(begun)
        begun.rename(self._made)
        with self.copy("history") as books:
            books.sound()
            rows = books.services.accounts.rows(books.by)
        return f"{len(rows)} accounts, {sum(row.users for row in rows)} users"

    @contextmanager
    def copy(self, name: str) -> Iterator[Books]:
        """Open a copy of one's own in a folder of that name; it is closed in the end."""
        folder = self.place(name)
        clock = DemoClock(END, elapsed=_standing_still)
        store, services = compose(folder, clock)
        store.open()
        try:
            yield Books(folder, clock, store, services, services.operators.sign_in(team.ADMINISTRATOR, team.PASSWORD))
        finally:
            store.disconnect()

    def place(self, name: str) -> Path:
        """Put a copy into a folder of that name, without opening it."""
        if not self._made.exists():
            raise Broken("the demo's database was not made")
        return Path(shutil.copytree(self._made, self.folder / name))


def _standing_still() -> float:
    return 0.0
