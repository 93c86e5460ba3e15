"""The third migration: users who were there before it are found, sorted and restored like those who came later."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cpdesk.domain.book import Book
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import UserQuery
from cpdesk.store import connection, journal, migrate
from cpdesk.store.fields import utc_text
from tests.support.stored import set_up_without_prices, without_seals, without_sign_in, without_words
from tests.support.world import E3, PREMIUM, World

NAMES = ("Zoë", "élan Ünal", "Bob")
FIRST_LATER = "0003_people.py"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A database from before, with three users; the third one was deleted twice, with E3 the last time."""
    steps = Path(shutil.copytree(migrate.DIRECTORY, tmp_path / "steps"))
    for step in steps.glob("[0-9]*.py"):
        if step.name >= FIRST_LATER:
            step.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "DIRECTORY", steps)
        world = World(tmp_path / "books")
        without_words(patched)
        without_seals(patched)
        without_sign_in(patched)
        set_up_without_prices(world)
        _people(world, world.account())
        world.close()
    world.open()
    yield world
    world.close()


def _people(world: World, account: int) -> None:
    now = world.clock.now()
    products = {row[1]: row[0] for row in world.stored("SELECT id, part_number FROM product")}
    with world.store.write():
        blank = dict.fromkeys(("first_name", "last_name", "usage_location", "job_title", "department"), "")
        for number, name in enumerate(NAMES, start=1):
            upn = f"{number}@contoso.example"
            person = {"object_id": None, "upn": upn, "display_name": name, **blank, "blocked": False, "guest": False}
            values = {"id": number, "account_id": account, "upn_key": upn, "created_at": utc_text(now), **person}
            marks = ", ".join("?" * len(values))
            sql = f"INSERT INTO user ({', '.join(values)}) VALUES ({marks})"
            connection.execute_many(sql, [tuple(values.values())])
            _log(world, account, "user.added", number, person)
        book = Book(account, Mode.USAGE, [])
        for product in (PREMIUM, E3):
            book.assign(products[product], 3, product=product)
            _log(world, account, "license.assigned", 3, {}, book)
            book.unassign(products[product], 3)
            _log(world, account, "user.removed", 3, None, book)
            if product == PREMIUM:
                _log(world, account, "user.restored", 3, {})
        connection.execute_many("UPDATE user SET deleted_at = ? WHERE id = 3", [(utc_text(now),)])


def _log(
    world: World, account: int, action: str, user: int, after: Mapping[str, object] | None, book: Book | None = None
) -> None:
    lines = book.take_lines() if book else ()
    entry = journal.Entry(
        action=action, subject=f"user {user}", account_id=account, after=after, lines=lines, by=world.by
    )
    journal.append(world.clock.now(), entry)


def test_what_was_there_is_still_there_and_proven(old: World) -> None:
    assert old.stored("SELECT display_name FROM user ORDER BY id") == [(name,) for name in NAMES]
    assert old.problems() == []


def test_names_are_found_and_sorted_without_case(old: World) -> None:
    ((account,),) = old.stored("SELECT id FROM account")
    users = old.services.users
    assert users.find_ids(old.by, account, UserQuery()) == (1, 2)
    assert users.find_ids(old.by, account, UserQuery(text="ÜNAL")) == (2,)
    assert old.stored("SELECT name_key FROM user ORDER BY id") == [("zoë",), ("élan ünal",), ("bob",)]


def test_who_was_deleted_comes_back_with_what_was_held_last(old: World) -> None:
    ((account,),) = old.stored("SELECT id FROM account")
    assert [user.licenses for user in old.services.users.deleted(old.by, account)] == [(E3,)]
    assert old.services.users.restore(old.by, account, "3@contoso.example").value.assigned == (E3,)
    assert old.problems() == []
