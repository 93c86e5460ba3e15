"""Wires store, gateways and services together: the part of the composition that needs no Qt."""

from pathlib import Path

from cpdesk.base import assets
from cpdesk.base.clock import Clock
from cpdesk.domain.catalog import Product, read_catalog
from cpdesk.gateways.passwords import Argon2Passwords
from cpdesk.gateways.user_files import read_export
from cpdesk.services.bundle import Services, build
from cpdesk.store.store import Store


def compose(folder: Path, clock: Clock) -> tuple[Store, Services]:
    """The store of a data folder, not yet opened, and the services over it."""
    store = Store(folder, clock)
    return store, build(store, hasher=Argon2Passwords(), read_export=read_export, catalogue=starting_catalogue)


def starting_catalogue() -> tuple[Product, ...]:
    """The products that a new database starts with; read when it is made, not at every start."""
    text = (assets.root() / "catalog" / "products.csv").read_text(encoding="utf-8")
    return tuple(entry.product for entry in read_catalog(text))
