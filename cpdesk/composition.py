"""Wires store, gateways and services together: the part of the composition that needs no Qt."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import assets
from cpdesk.base.clock import Clock
from cpdesk.gateways.passwords import Argon2Passwords
from cpdesk.services.bundle import Services
from cpdesk.store.store import Store

if TYPE_CHECKING:
    from cpdesk.domain.catalog import Product
    from cpdesk.domain.user_import.rows import ExportFile


def compose(folder: Path, clock: Clock) -> tuple[Store, Services]:
    """The store of a data folder, not yet opened, and the services over it."""
    store = Store(folder, clock)
    return store, Services(store, hasher=Argon2Passwords(), read_export=_read_export, catalogue=starting_catalogue)


def starting_catalogue() -> "tuple[Product, ...]":
    """The products that a new database starts with; read when it is made, not at every start."""
    from cpdesk.domain.catalog import read_catalog

    text = (assets.root() / "catalog" / "products.csv").read_text(encoding="utf-8")
    return tuple(entry.product for entry in read_catalog(text))


def _read_export(path: Path, encoding: str | None = None) -> "ExportFile":
    from cpdesk.gateways.user_files import read_export

    return read_export(path, encoding)
