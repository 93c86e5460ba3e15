"""Wires store, gateways and services together: the part of the composition that needs no Qt."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import assets, private
from cpdesk.base.clock import Clock
from cpdesk.gateways.keys import Argon2Keys
from cpdesk.gateways.passwords import Argon2Passwords
from cpdesk.gateways.secret_vault import SystemVault
from cpdesk.services.bundle import Services
from cpdesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from cpdesk.base.progress import Tell
    from cpdesk.domain.account_export import ExportPart
    from cpdesk.domain.account_file import AccountFile
    from cpdesk.domain.bulk.file import BulkChange, BulkFile
    from cpdesk.domain.catalog import CatalogProduct, Product
    from cpdesk.domain.documents import StatementDocument
    from cpdesk.domain.overlaps import Contained
    from cpdesk.domain.price_file import PriceFile
    from cpdesk.domain.product_file import ProductFile
    from cpdesk.domain.salvage import Salvage
    from cpdesk.domain.seat_limits import SeatLimit
    from cpdesk.domain.user_import.rows import ExportFile
    from cpdesk.services.door import PasswordHasher
    from cpdesk.services.encryption import Keyring
    from cpdesk.services.month_end import Pack
    from cpdesk.services.scheduling import Scheduler
    from cpdesk.services.surroundings import FolderKind


def compose(folder: Path, clock: Clock, hasher: "PasswordHasher | None" = None) -> tuple[Store, Services]:
    """The store of a data folder, not yet opened, and the services over it; passwords are hashed by argon2id."""
    store = Store(folder, clock)
    return store, Services(
        store,
        hasher=hasher or Argon2Passwords(),
        vault=SystemVault(folder),
        read_export=_read_export,
        read_accounts=_read_accounts,
        read_bulk=_read_bulk,
        read_price_list=_read_price_list,
        read_product_file=_read_product_file,
        catalogue=starting_catalogue,
        published=published_names,
        contained=contained_products,
        seat_limits=seat_limits,
        scheduler=partial(_scheduler, folder),
        look_at=_look_at,
        open_pack=open_pack,
        write_account=_write_account,
        key_maker=Argon2Keys(),
        keyring=_keyring,
        write_salvage=keep_salvage,
    )


def starting_catalogue() -> "tuple[CatalogProduct, ...]":
    """The products and list prices that a new database starts with; read when it is made, not at every start."""
    from cpdesk.domain.catalog import read_catalog

    return read_catalog((assets.root() / "catalog" / "products.csv").read_text(encoding="utf-8"))


def published_names() -> "tuple[Product, ...]":
    """All products that Microsoft names; read when names are looked up, not at every start."""
    from cpdesk.gateways.product_files import shipped_products

    return tuple(published.product(None) for published in shipped_products().products)


def contained_products() -> "Contained":
    """Which products others contain; read when a report wants it."""
    from cpdesk.domain.overlaps import read_contained

    return read_contained((assets.root() / "catalog" / "contained.csv").read_text(encoding="utf-8"))


def seat_limits() -> "tuple[SeatLimit, ...]":
    """How many seats of a family of products a tenant may have; read when licenses are changed."""
    from cpdesk.domain.seat_limits import read_limits

    return read_limits((assets.root() / "catalog" / "seat_limits.csv").read_text(encoding="utf-8"))


def open_pack(folder: Path, month: "date", made_at: "datetime") -> "AbstractContextManager[Pack]":
    """Begin a month-end pack; what draws and writes it is loaded when one is wanted."""
    from cpdesk.gateways.documents.pack import PackFolder

    return PackFolder(folder, month, made_at)


def write_salvage(salvage: "Salvage", path: Path, *, rights: int | None = None) -> None:
    """Write the list of what is missing as CSV, or JSON where the file's name ends so; loaded when one is wanted."""
    from cpdesk.gateways.salvage_files import write_salvage as write

    write(salvage, path, rights)


def keep_salvage(salvage: "Salvage", path: Path) -> None:
    """The same for the list that the program keeps itself, beside the damaged file."""
    write_salvage(salvage, path, rights=private.FILE)


def _write_account(path: Path, facts: "Mapping[str, object]", parts: "Iterator[ExportPart]") -> dict[str, int]:
    from cpdesk.gateways.account_archive import write_account

    return write_account(path, facts, parts)


def _read_export(path: Path, encoding: str | None = None, progress: "Tell | None" = None) -> "ExportFile":
    from cpdesk.gateways.user_files import read_export

    return read_export(path, encoding, progress)


def _read_accounts(path: Path, encoding: str | None = None) -> "AccountFile":
    from cpdesk.gateways.account_files import read_accounts

    return read_accounts(path, encoding)


def _read_bulk(
    path: Path | None, change: "BulkChange", encoding: str | None = None, progress: "Tell | None" = None
) -> "BulkFile":
    from cpdesk.gateways.bulk_files import read_bulk

    return read_bulk(path, change, encoding, progress)


def write_statement(document: "StatementDocument", path: Path) -> None:
    """Write a statement in the format that the file's name asks for; what draws it is loaded then.

    Raises what `gateways.documents.write_statement` raises.
    """
    from cpdesk.gateways import documents

    documents.write_statement(document, path)


def _read_price_list(path: Path, encoding: str | None = None) -> "PriceFile":
    from cpdesk.gateways.price_lists import read_price_list

    return read_price_list(path, encoding)


def _read_product_file(path: Path, encoding: str | None = None) -> "ProductFile":
    from cpdesk.gateways.product_files import read_product_file

    return read_product_file(path, encoding)


def _scheduler(folder: Path) -> "Scheduler":
    from cpdesk.gateways.scheduling import scheduler_for

    return scheduler_for(folder)


def _keyring() -> "Keyring":
    from cpdesk.gateways.system_keyring import SystemKeyring

    return SystemKeyring("cpdesk database key")


def _look_at(folder: Path) -> "FolderKind":
    from cpdesk.gateways.folder_kind import kind_of

    return kind_of(folder)
