"""Rule 17, hostile: whatever a customer administrator asks, the answer and the work behind it are the same whether
the account is alone in the database or among others that were there before and are busy all the time."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from cpdesk.base.errors import UserError
from cpdesk.base.messages import message
from cpdesk.domain import sealing, second_factor
from cpdesk.domain.audit_query import AuditQuery
from cpdesk.domain.jump import Target
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.people import UserFields, UserQuery
from cpdesk.domain.undo import Reversal, Undo
from cpdesk.services import factors
from tests.support.neighbours import COPY, OTHER, SPRING, Customer, live, statements, user_id
from tests.support.role_cases import ADA, CASES, NOWHERE, Right
from tests.support.steady import Steady
from tests.support.world import PREMIUM, World

if TYPE_CHECKING:
    from cpdesk.domain.companies import ClosingForecast
    from cpdesk.domain.forecasts import Forecast

Ask = Callable[[World, Session, int], object]
Outcome = tuple[str, list[str]]

ON_ITS_OWN = ("alone", "among")
CHANGING = {Right.CHANGE, Right.SELF}
IN_AN_ACCOUNT = {Right.READ, Right.CHANGE, Right.MANAGE}
UNSHOWN: dict[str, Ask] = {
    "modes.change": lambda world, by, account: world.services.modes.change(
        by, account, Mode.USAGE, cast("Forecast", None)
    ),
    "accounts.close": lambda world, by, account: world.services.accounts.close(
        by, account, cast("ClosingForecast", None)
    ),
}
"""Calls without the forecast, which for an account of others nobody was shown."""
HANDLES = re.compile(r"\b(id|user_id|operator_id|switch_id|entry)=\d+|'(switch|user) \d+'")
"""Numbers by which services and screens speak of people, switches and entries; no screen and no file shows them."""
VALUES = re.compile(r"""'[^']*'|"s[0-9a-f]{32}"|\b\d+\b""")
"""What stands in a statement: texts, random names of savepoints, and numbers."""
NUMBERS = re.compile(r"2026-\d{6}|'digest': '\w+'")
"""Statement numbers run on over all customers of a reseller, as the law of many countries asks for."""


@pytest.fixture(scope="module")
def lived(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Customer]]:
    """Folders of the account alone and among others, made once, and who is in them."""
    made = {}
    for kind in ON_ITS_OWN:
        world = World(Path(shutil.copytree(template, tmp_path_factory.mktemp(kind) / "books")))
        world.open()
        made[kind] = (world.folder, live(world, among_others=kind == "among"))
        world.close()
    return made


Enter = Callable[[str], Customer]


@pytest.fixture
def enter(lived: dict[str, tuple[Path, Customer]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Opens a copy of one of them; a former one is closed. What is drawn by chance is the same in each."""
    monkeypatch.setattr(factors, "random_name", lambda: "name")
    opened: list[World] = []

    def open_copy(kind: str) -> Customer:
        folder, customer = lived[kind]
        if opened:
            opened.pop().close()
        for module in (sealing, second_factor):
            monkeypatch.setattr(module, "secrets", Steady())
        shutil.rmtree(tmp_path / "books", ignore_errors=True)
        world = World(Path(shutil.copytree(folder, tmp_path / "books")), customer.world.clock.now())
        world.open()
        opened.append(world)
        return replace(customer, world=world)

    yield open_copy
    for world in opened:
        world.close()


def outcome(customer: Customer, call: Ask, account: int | None = None) -> Outcome:
    """What a customer administrator gets, words of a refusal included, and what SQLite did for it."""
    account = customer.own if account is None else account
    with statements() as asked:
        try:
            answer = repr(call(customer.world, customer.by, account))
        except UserError as refusal:
            answer = f"{refusal.code} {refusal.params!r} {message(refusal)}"
    answer = re.sub(rf"\b{account}\b", "ACCOUNT", answer)
    return plain(answer), [shape(sql) for sql in asked if not sql.startswith("--")]


def plain(answer: str) -> str:
    """Without what the program itself needs to speak of things."""
    return NUMBERS.sub("NUMBER", HANDLES.sub(r"\1\2=HANDLE", answer))


def shape(sql: str) -> str:
    """A statement without its values."""
    return VALUES.sub("?", sql)


def differing(first: dict[str, Outcome], second: dict[str, Outcome]) -> dict[str, list[str]]:
    """What makes the difference, by the name of the call."""
    return {
        name: list(unified_diff([answer, *asked], [second[name][0], *second[name][1]], n=0, lineterm=""))
        for name, (answer, asked) in first.items()
        if second[name] != (answer, asked)
    }


def test_nothing_that_can_be_read_depends_on_others(enter: Enter) -> None:
    cases = {name: case.call for name, case in CASES.items() if case.right not in CHANGING}
    # Handles, but for how many there are.
    cases["users.find_ids"] = lambda world, by, own: len(world.services.users.find_ids(by, own, UserQuery()))
    found = []
    for kind in ON_ITS_OWN:
        customer = enter(kind)
        modes = customer.world.services.modes
        shown = modes.forecast(customer.by, customer.own, Mode.USAGE)
        modes.change(customer.by, customer.own, Mode.USAGE, shown)
        found.append({name: outcome(customer, call) for name, call in cases.items()})
    assert differing(*found) == {}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.right in CHANGING])
def test_nothing_that_can_be_changed_depends_on_others(enter: Enter, name: str) -> None:
    found = []
    for kind in ON_ITS_OWN:
        customer = enter(kind)
        with suppress(UserError):
            CASES[name].arrange(customer.world, customer.own)
        found.append({name: outcome(customer, CASES[name].call)})
    assert differing(*found) == {}


def test_an_account_of_others_is_refused_like_none_with_the_same_work(enter: Enter) -> None:
    customer = enter("among")
    calls = {name: case.call for name, case in CASES.items() if case.right in IN_AN_ACCOUNT} | UNSHOWN
    found = [
        {name: outcome(customer, call, account) for name, call in calls.items()}
        for account in (customer.foreign or 0, NOWHERE)
    ]
    assert {answer.partition(" ")[0] for answer, _asked in found[0].values()} == {"unknown_account"}
    assert differing(*found) == {}


def test_nothing_that_others_wait_for_is_completed_on_the_way(enter: Enter) -> None:
    customer = enter("among")
    services, by = customer.world.services, customer.by
    told: list[object] = []
    services.settler.listen(told.append)
    services.accounts.rows(by)
    services.thresholds.low(by)
    for change in (services.modes.keep, services.modes.show):
        with suppress(UserError):
            change(by, customer.foreign or 0)
    assert told == []
    assert customer.world.stored("SELECT count(*) FROM mode_switch WHERE state = 'pending'") == [(1,)]
    services.accounts.rows(customer.world.by)
    assert told


def _by_numbers(own: int, user: int, entry: int, switch: int) -> dict[str, Ask]:
    """Everything that takes the number of something, asked within the own account."""
    undo = Undo(own, switch, (Reversal(entry, user, restores=False),))
    restore = replace(undo, reversals=(Reversal(entry, user, restores=True),))
    return {
        "users.some": lambda world, by, own: world.services.users.some(by, own, [user]),
        "users.show": lambda world, by, own: world.services.users.show(by, own, user),
        "users.edit": lambda world, by, own: world.services.users.edit(
            by, own, user, UserFields("X", "x@contoso.example")
        ),
        "users.removal": lambda world, by, own: world.services.users.removal(by, own, [user]),
        "users.remove_many": lambda world, by, own: world.services.users.remove_many(by, own, [user]),
        "users.leave": lambda world, by, own: world.services.users.leave(by, own, [user]),
        "licenses.sheet": lambda world, by, own: world.services.licenses.sheet(by, own, [user]),
        "licenses.plan": lambda world, by, own: world.services.licenses.plan(by, own, [user], LicenseWish()),
        "licenses.change": lambda world, by, own: world.services.licenses.change(by, own, [user], remove=[PREMIUM]),
        "licenses.undo": lambda world, by, _own: world.services.licenses.undo(by, undo),
        "licenses.undo deletion": lambda world, by, _own: world.services.licenses.undo(by, restore),
        "planning.leave": lambda world, by, own: world.services.planning.leave(by, own, SPRING, [user]),
        "planning.withdraw": lambda world, by, own: world.services.planning.withdraw(by, own, entry),
        "jump.some": lambda world, by, own: world.services.jump.some(by, [Target(own, user)]),
        "audit.some": lambda world, by, _own: world.services.audit.some(by, [entry]),
        "subscriptions.some": lambda world, by, own: world.services.subscriptions.some(by, own, 1, [entry]),
        "accounts.find": lambda world, by, _own: world.services.accounts.find(by, str(user)),
    }


def test_numbers_of_others_are_refused_like_numbers_of_nothing(enter: Enter) -> None:
    customer = enter("among")
    world, foreign = customer.world, customer.foreign
    assert foreign
    entry = int(world.stored("SELECT max(id) FROM audit_entry WHERE account_id = ?", foreign)[0][0])
    switch = int(world.stored("SELECT max(id) FROM mode_switch WHERE account_id = ?", foreign)[0][0])
    found = []
    for user, number, latest in ((user_id(world, foreign, OTHER), entry, switch), (987_654, 987_655, 987_656)):
        asked = _by_numbers(customer.own, user, number, latest)
        told = {name: outcome(customer, call) for name, call in asked.items()}
        found.append({name: (re.sub(rf"\b({user}|{number})\b", "N", one[0]), one[1]) for name, one in told.items()})
    assert differing(*found) == {}


def test_words_of_others_find_nothing_and_refuse_nothing(enter: Enter) -> None:
    customer = enter("among")
    services, by, own = customer.world.services, customer.by, customer.own
    assert services.jump.find(by, "fabrikam").accounts == ()
    assert services.jump.find(by, "eve").users == ()
    assert services.audit.search(by, AuditQuery(text="fabrikam")) == ()
    assert services.audit.search(by, AuditQuery(text=OTHER)) == ()
    assert OTHER not in services.audit.operators(by)
    services.users.add(by, own, COPY, "Copy")
    assert services.users.find(by, own, COPY).fields.upn == COPY
    assert services.users.find(by, own, ADA)
