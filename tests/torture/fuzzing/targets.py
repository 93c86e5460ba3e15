"""What reads files, each as a use case that is asked for a preview and then carried out."""

import io
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from cpdesk.domain.anchors import Anchor, as_text
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.gateways.anchor_files import read_anchor
from tests.support.exports import COLUMNS
from tests.support.price_files import YEARLY, prices_text
from tests.support.product_files import WITH_ENGINE, products_text
from tests.support.world import PREMIUM, START, World

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


class Accounts(NamedTuple):
    """The accounts of the database that files are imported into."""

    usage: int
    purchase: int


class Target(NamedTuple):
    """One reader of files with the use cases behind it."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    """Files that it takes."""
    run: Callable[[World, Accounts, Path], None]
    """Asks for the preview and carries it out; raises what is refused."""
    ending: str = ".csv"


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


def _exports() -> Sequence[bytes]:
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


def _bulk(change: BulkChange) -> Callable[[World, Accounts, Path], None]:
    def run(world: World, accounts: Accounts, path: Path) -> None:
        _carry_out(world, accounts, path, change)

    return run


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


def _anchors() -> Sequence[bytes]:
    made = [Anchor("0" * 32, 3, START, "a" * 64), Anchor("f" * 32, 1, START, "0" * 64)]
    return [as_text(anchor).encode() for anchor in made]


def _restore(world: World, _accounts: Accounts, path: Path) -> None:
    world.services.backups.preview(world.by, path)
    world.services.backups.restore(world.by, path)


def _prices() -> Sequence[bytes]:
    return [prices_text({}, YEARLY).encode("utf-8-sig"), prices_text({"Market": "DE"}, delimiter="\t").encode()]


def _products() -> Sequence[bytes]:
    return [products_text({}, WITH_ENGINE).encode(), products_text(delimiter=";").encode("utf-8-sig")]


def _new() -> Sequence[bytes]:
    return [_head("UserPrincipalName,DisplayName,UsageLocation,Blocked", "new@usage.example,New,DE,True"), _BULK]


def _known() -> Sequence[bytes]:
    return [_head("UPN;NewUPN;Title;Department", "anna@usage.example;anne@usage.example;CEO;Board"), _BULK]


def _leaving() -> Sequence[bytes]:
    return [_head("UserPrincipalName", "anna@usage.example"), _BULK]


def _gone() -> Sequence[bytes]:
    return [_head("UserPrincipalName", "gone@usage.example"), _BULK]


def _wanted() -> Sequence[bytes]:
    return [_head("UserPrincipalName,SkuPartNumber", "anna@usage.example,ENTERPRISEPACK"), _BULK]


def _held() -> Sequence[bytes]:
    return [_head("UPN\tProduct", f"anna@usage.example\t{PREMIUM}"), _BULK]


def _head(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


TABLES: tuple[Target, ...] = (
    Target("users", _exports, _import_users),
    Target("accounts", lambda: [_ACCOUNTS], _import_accounts),
    Target("prices", _prices, _import_prices),
    Target("products", _products, _import_products),
    Target("add", _new, _bulk(BulkChange.ADD)),
    Target("edit", _known, _bulk(BulkChange.EDIT)),
    Target("remove", _leaving, _bulk(BulkChange.REMOVE)),
    Target("return", _gone, _bulk(BulkChange.RESTORE)),
    Target("assign", _wanted, _bulk(BulkChange.ASSIGN)),
    Target("unassign", _held, _bulk(BulkChange.UNASSIGN)),
    Target("piped", _known, _piped),
    Target("anchor", _anchors, _compare, ".json"),
)
"""Those that read a text, nearly always a table."""

BACKUP = Target("backup", list, _restore, ".db")
"""A backup is one of the very database: its seeds are made there."""
