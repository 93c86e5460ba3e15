"""What reads files, each as a use case that is asked for a preview and then carried out."""

import io
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from peewee import OperationalError

from cpdesk.base.errors import KnownError, UserError
from cpdesk.cli import passphrase
from cpdesk.composition import write_statement
from cpdesk.domain.anchors import Anchor, as_text
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.moving import SUFFIX
from cpdesk.domain.own_company import OwnCompany
from cpdesk.domain.second_factor import Place
from cpdesk.gateways.account_files import read_accounts
from cpdesk.gateways.anchor_files import read_anchor
from cpdesk.gateways.bulk_files import read_bulk
from cpdesk.gateways.price_lists import read_price_list
from cpdesk.gateways.product_files import read_product_file
from cpdesk.gateways.secret_vault import FILE, SystemVault
from cpdesk.gateways.user_files import read_export
from cpdesk.services.backups import UNUSABLE
from tests.support.exports import COLUMNS
from tests.support.price_files import YEARLY, prices_text
from tests.support.product_files import WITH_ENGINE, products_text
from tests.support.world import ADMIN, PASSWORD, PREMIUM, START, World
from tests.torture.fuzzing import window_files
from tests.torture.fuzzing.backups import worse_bytes, worsened_backup
from tests.torture.fuzzing.dirt import Worsen, worsened
from tests.torture.fuzzing.facts import worsened_facts
from tests.torture.fuzzing.moves import packed, worsened_move

_EXPORTS = Path(__file__).parents[2] / "data" / "exports"
_BULK = (
    b"UserPrincipalName,NewUserPrincipalName,DisplayName,FirstName,LastName,UsageLocation,Title,Department,Blocked,"
    b"SkuPartNumber\r\nanna@usage.example,anne@usage.example,Anna,Anna,B,US,CEO,Board,False,SPB\r\n"
    b"new@usage.example,,New,N,New,DE,,,True,ENTERPRISEPACK\r\n"
)
_ACCOUNTS = (
    b"Name,Domain,Mode,Country,Time zone,Currency\r\nFabrikam,fabrikam.example,usage,US,America/New_York,USD\r\n"
    b"Adatum,adatum.example,Purchase Mode,DE,Europe/Berlin,EUR\r\n"
)


_MANY, _LITTLE = 2.0, 0.1
"""Of files that anybody may get from anywhere, and of those that are read in a moment."""
_NOT_OPENED = frozenset(
    {
        "moved_away",
        "database_newer",
        "database_locked",
        "database_damaged",
        "database_read_only",
        "database_in_use",
    }
)
_UNASKED = frozenset({"passphrase_needed"})
_UNKEPT = frozenset({"secret_not_kept"})


class Accounts(NamedTuple):
    """The accounts of the database that files are imported into."""

    usage: int
    purchase: int


class Material(NamedTuple):
    """Files that were made of the very database that the bad ones are for."""

    backup: bytes
    export: bytes
    """Everything of one account: a file that nothing takes, and that somebody may choose all the same."""
    window: bytes
    """What a window remembers; empty where no window is needed."""


class Target(NamedTuple):
    """One reader of files with the use cases behind it."""

    name: str
    seeds: Callable[[Material], Sequence[bytes]]
    """Files that it takes, the first one whole."""
    run: Callable[[World, Accounts, Path], None]
    """Asks for the preview and carries it out; raises what is refused."""
    ending: str = ".csv"
    worsen: Worsen = worsened
    read: Callable[[Path], object] | None = None
    """What reads the file before anything else is asked for: most refusals are its own, and the rest is much slower."""
    fresh: bool = False
    """Whether there is no database yet."""
    weight: float = 1.0
    """Its share of the time, among those of the others."""
    troubles: frozenset[str] = frozenset()
    """Codes of the KnownErrors that are an answer, too: what is wrong is not a file that somebody chose."""


def arranged(folder: Path) -> tuple[World, Accounts]:
    """A database with an account of each mode, a user in both, one deleted, and open."""
    world = World(folder)
    world.set_up()
    usage = world.account("Usage", "anna@usage.example", "gone@usage.example")
    world.assign(usage, "anna@usage.example")
    world.services.users.remove(world.by, usage, "gone@usage.example")
    purchase = world.pool("Purchase", "anna@purchase.example", seats=2)
    world.assign(purchase, "anna@purchase.example")
    return world, Accounts(usage, purchase)


def _exports(_made: Material) -> Sequence[bytes]:
    shown = ",".join(COLUMNS).encode()
    return [*(path.read_bytes() for path in sorted(_EXPORTS.iterdir())), shown]


def _import_users(world: World, accounts: Accounts, path: Path) -> None:
    imports = world.services.imports
    imports.inspect(world.by, accounts.usage, path)
    shown = imports.preview(world.by, accounts.usage, path)
    imports.run(world.by, accounts.usage, path, shown=shown)
    imports.run(world.by, accounts.purchase, path, add_seats=True)


def _import_accounts(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.account_imports.preview(world.by, path)
    world.services.account_imports.run(world.by, path)


def _import_prices(world: World, _accounts: Accounts, path: Path) -> None:
    prices, day = world.services.prices, date(2026, 12, 1)
    schedule = prices.find(world.by).id
    shown = prices.preview(world.by, schedule, path, margin="12.5", effective_on=day)
    prices.import_prices(world.by, schedule, path, margin="12.5", effective_on=day, shown=shown)


def _import_products(world: World, _accounts: Accounts, path: Path) -> None:
    shown = world.services.products.preview(world.by, path)
    world.services.products.import_products(world.by, path, shown=shown)


def _bulk(name: str, seeds: Callable[[Material], Sequence[bytes]], change: BulkChange) -> Target:
    def read(path: Path) -> object:
        return read_bulk(path, change)

    def run(world: World, accounts: Accounts, path: Path) -> None:
        _carry_out(world, accounts, path, change)

    return Target(name, seeds, run, read=read, weight=_MANY)


def _carry_out(world: World, accounts: Accounts, path: Path | None, change: BulkChange) -> None:
    bulk = world.services.bulk
    file = bulk.read(path, change)
    shown = bulk.preview(world.by, accounts.usage, file)
    bulk.run(world.by, accounts.usage, file, shown=shown)


def _piped(world: World, accounts: Accounts, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        _carry_out(world, accounts, None, BulkChange.EDIT)


def _compare(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.audit.compare(world.by, read_anchor(path))


def _anchors(_made: Material) -> Sequence[bytes]:
    made = [Anchor("0" * 32, 3, START, "a" * 64), Anchor("f" * 32, 1, START, "0" * 64)]
    return [as_text(anchor).encode() for anchor in made]


def _restore(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.backups.preview(world.by, path)
    world.services.backups.restore(world.by, path)


def _rescue(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.backups.preview_rescue(path, ADMIN, PASSWORD)
    world.services.backups.rescue(path, ADMIN, PASSWORD)


def _bring_in(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.moving.preview(world.by, path)
    world.services.moving.bring_in(world.by, path)


def _bring_in_fresh(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.moving.preview_fresh(path, ADMIN, PASSWORD)
    world.services.moving.bring_in_fresh(path, ADMIN, PASSWORD)


def _open(_world: World, _accounts: Accounts, path: Path) -> None:
    """Somebody has put the file in the place of the database: it opens, or what is in it is saved."""
    world = World(path.with_name("damaged"))
    world.folder.mkdir()
    world.store.path.write_bytes(path.read_bytes())
    try:
        _look_into(world)
    except OperationalError as error:
        # The program takes a schema of its own that is another one for its own fault, not for damage.
        if not str(error).startswith("no such "):
            raise
        raise UserError("not_a_backup", path=str(path)) from error
    except KnownError as error:
        if error.code not in UNUSABLE:
            raise
        _salvage(world)
    finally:
        world.close()
        shutil.rmtree(world.folder)


def _look_into(world: World) -> None:
    world.open()
    world.services.checks.run()
    by = world.services.operators.sign_in(ADMIN, PASSWORD)
    for account in world.services.accounts.rows(by):
        world.services.users.rows(by, account.id)
        world.services.licenses.rows(by, account.id)


def _salvage(world: World) -> None:
    before = world.store.path.read_bytes()
    world.services.salvaging.preview(ADMIN, PASSWORD)
    assert world.store.path.read_bytes() == before, "looking at a damaged file has changed it"
    world.services.salvaging.put_in_place(ADMIN, PASSWORD)
    _look_into(world)


def _open_window(world: World, accounts: Accounts, path: Path) -> None:
    window_files.open_window(world, accounts.usage, path)


def _take_logo(world: World, accounts: Accounts, path: Path) -> None:
    """Choose it, and put it on a statement."""
    logo = window_files.show_logo(path)
    issuing = world.services.issuing
    issuing.save_own_company(world.by, OwnCompany("Northwind", logo=logo))
    document = issuing.document(world.by, accounts.usage, date(2026, 11, 1))
    for suffix in (".pdf", ".xlsx"):
        write_statement(document, path.with_name(f"statement{suffix}"))


def _read_passphrase(_world: World, _accounts: Accounts, path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(passphrase.PASSPHRASE_FILE, str(path))
        patch.setattr(sys, "stdin", io.StringIO())
        passphrase.present(path)


def _read_secret(_world: World, _accounts: Accounts, path: Path) -> None:
    shutil.copyfile(path, path.with_name(FILE))
    vault = SystemVault(path.parent)
    found = vault.read(Place.FILE, "a")
    if found is None:
        raise UserError("nothing_kept")
    vault.keep(Place.FILE, "b", "two")
    assert (vault.read(Place.FILE, "a"), vault.read(Place.FILE, "b")) == (found, "two")


def _moves(made: Material) -> Sequence[bytes]:
    return [packed(made.backup, b"[General]\nlanguage=de\n"), packed(made.backup)]


def _phrase(_made: Material) -> Sequence[bytes]:
    return [b"all the king's horses\n"]


def _secret(_made: Material) -> Sequence[bytes]:
    return [b'{"a": "one"}']


def _prices(_made: Material) -> Sequence[bytes]:
    return [prices_text({}, YEARLY).encode("utf-8-sig"), prices_text({"Market": "DE"}, delimiter="\t").encode()]


def _products(_made: Material) -> Sequence[bytes]:
    return [products_text({}, WITH_ENGINE).encode(), products_text(delimiter=";").encode("utf-8-sig")]


def _new(_made: Material) -> Sequence[bytes]:
    return [_head("UserPrincipalName,DisplayName,UsageLocation,Blocked", "new@usage.example,New,DE,True"), _BULK]


def _known(_made: Material) -> Sequence[bytes]:
    return [_head("UPN;NewUPN;Title;Department", "anna@usage.example;anne@usage.example;CEO;Board"), _BULK]


def _leaving(_made: Material) -> Sequence[bytes]:
    return [_head("UserPrincipalName", "anna@usage.example"), _BULK]


def _gone(_made: Material) -> Sequence[bytes]:
    return [_head("UserPrincipalName", "gone@usage.example"), _BULK]


def _wanted(_made: Material) -> Sequence[bytes]:
    return [_head("UserPrincipalName,SkuPartNumber", "anna@usage.example,ENTERPRISEPACK"), _BULK]


def _held(_made: Material) -> Sequence[bytes]:
    return [_head("UPN\tProduct", f"anna@usage.example\t{PREMIUM}"), _BULK]


def _head(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


TARGETS: tuple[Target, ...] = (
    Target("users", _exports, _import_users, read=read_export, weight=_MANY),
    Target("accounts", lambda _made: [_ACCOUNTS], _import_accounts, read=read_accounts, weight=_MANY),
    Target("prices", _prices, _import_prices, read=read_price_list, weight=_MANY),
    Target("products", _products, _import_products, read=read_product_file, weight=_MANY),
    _bulk("add", _new, BulkChange.ADD),
    _bulk("edit", _known, BulkChange.EDIT),
    _bulk("remove", _leaving, BulkChange.REMOVE),
    _bulk("return", _gone, BulkChange.RESTORE),
    _bulk("assign", _wanted, BulkChange.ASSIGN),
    _bulk("unassign", _held, BulkChange.UNASSIGN),
    Target("piped", _known, _piped, weight=_MANY),
    Target("anchor", _anchors, _compare, ".json", worsened_facts),
    Target("backup", lambda made: [made.backup], _restore, ".db", worsened_backup),
    Target("rescue", lambda made: [made.backup], _rescue, ".db", worsened_backup, fresh=True),
    Target("move", _moves, _bring_in, SUFFIX, worsened_move),
    Target("move in", _moves, _bring_in_fresh, SUFFIX, worsened_move, fresh=True),
    Target("database", lambda made: [made.backup], _open, ".db", worse_bytes, fresh=True, troubles=_NOT_OPENED),
    Target("settings", lambda made: [made.window], _open_window, ".ini", window_files.worsened_settings),
    Target("logo", lambda _made: [window_files.picture()], _take_logo, ".png", window_files.worsened_picture),
    Target("passphrase", _phrase, _read_passphrase, ".txt", troubles=_UNASKED, weight=_LITTLE),
    Target("secrets", _secret, _read_secret, ".json", worsened_facts, troubles=_UNKEPT, weight=_LITTLE),
)
"""Every reader of files."""
TABLES = TARGETS[:4]
"""Those of tables with a header, each row of which is about something of its own."""
BY_NAME = {target.name: target for target in TARGETS}
