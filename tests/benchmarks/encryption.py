"""What it costs that the database is encrypted: the same work on the same books, without and with it, in turn."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from cpdesk.base.clock import MovableClock
from cpdesk.base.paths import DATABASE_FILE
from cpdesk.composition import compose
from cpdesk.domain.encryption import MARK, SALT_BYTES, Lock
from cpdesk.domain.operators import Session
from cpdesk.gateways.keys import Argon2Keys
from cpdesk.services.bundle import Services
from cpdesk.store import cipher, recoding
from tests.benchmarks import children
from tests.benchmarks.billed_accounts import LATER, MONTH, prepare
from tests.benchmarks.credentials import ADMIN, PASSWORD
from tests.benchmarks.results import Result, compared, measured, tell

ACCOUNTS, USERS = 200, 40_000
ROUNDS, STARTS = 15, 7
TYPED = ("a", "account 1", "person 12", "zz")
_PASSPHRASE = "all the king's horses"

Work = Callable[[Services, Session], object]


def encryption(folder: Path) -> Iterator[Result]:
    """Opening, a statement, a search, a change; and a command from a cold start, with the passphrase."""
    tell(f"a year of {ACCOUNTS} accounts with {USERS} users, plain and encrypted")
    plain, locked = folder / "plain", folder / "locked"
    prepare(plain, ACCOUNTS, USERS)
    shutil.copytree(plain, locked)
    salt = MARK + bytes(SALT_BYTES - len(MARK))
    lock = Lock(salt, Argon2Keys().derive(_PASSPHRASE, salt))
    started = time.perf_counter()
    recoding.rewrite(locked / DATABASE_FILE, lock)
    note = f"{ACCOUNTS} accounts, {USERS} users, {(plain / DATABASE_FILE).stat().st_size / 1e6:.0f} MB"
    yield measured("encrypting, proof included", "ms", [1000 * (time.perf_counter() - started)], note)
    yield measured("making a key of a passphrase", "ms", [_took(_derived) for _ in range(ROUNDS)], "argon2id")
    for name, work in _WORKS.items():
        tell(f"encryption, {name}")
        rounds = [(_measured(locked, work), _measured(plain, work)) for _ in range(ROUNDS + 1)][1:]
        ours, bare = zip(*rounds, strict=True)
        yield compared(f"encrypted, {name}", "ms", ours, bare, note=note)
    cipher.forget()
    tell("encryption, a command")
    rounds = [(_command(folder, locked), _command(folder, plain)) for _ in range(STARTS)]
    ours, bare = zip(*rounds, strict=True)
    yield compared("encrypted, accounts list from a cold start", "ms", ours, bare, note=note)


def _statement(services: Services, by: Session) -> object:
    return services.statements.show(by, 1, MONTH)


def _search(services: Services, by: Session) -> object:
    return [services.jump.find(by, typed) for typed in TYPED]


def _change(services: Services, by: Session) -> object:
    return services.accounts.suspend(by, 2), services.accounts.resume(by, 2)


def _nothing(_services: Services, _by: Session) -> object:
    return None


_WORKS: dict[str, Work] = {
    "opening": _nothing,
    "statement of a month": _statement,
    "four searches": _search,
    "two changes": _change,
}


def _measured(folder: Path, work: Work) -> float:
    """Milliseconds: of opening where there is nothing else to do, else of the work on an open database."""
    store, services = compose(folder, MovableClock(LATER))
    opening = _took(store.open)
    try:
        by = services.operators.sign_in(ADMIN, PASSWORD)
        if work is _nothing:
            return opening
        work(services, by)
        return median(_took(lambda: work(services, by)) for _ in range(3))
    finally:
        store.disconnect()


def _derived() -> None:
    Argon2Keys().derive(_PASSPHRASE, bytes(SALT_BYTES))


def _command(folder: Path, data: Path) -> float:
    told = {"CPDESK_OPERATOR": ADMIN, "CPDESK_PASSWORD": PASSWORD, "CPDESK_PASSPHRASE": _PASSPHRASE}
    surroundings = children.environment(folder, data) | told
    return _took(lambda: children.run(["-m", "cpdesk", "accounts", "list", "--json"], surroundings))


def _took(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)
