"""All services over one store, as screens and the command line get them."""

from functools import cached_property
from typing import TYPE_CHECKING

from cpdesk.services.settling import Settler

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from cpdesk.domain.catalog import CatalogProduct, Product
    from cpdesk.domain.overlaps import Contained
    from cpdesk.domain.seat_limits import SeatLimit
    from cpdesk.services.account_exports import AccountExports, WriteExport
    from cpdesk.services.account_imports import AccountImports, ReadAccounts
    from cpdesk.services.accounts import Accounts
    from cpdesk.services.advisor import Advisor
    from cpdesk.services.audit import Audit
    from cpdesk.services.backups import Backups
    from cpdesk.services.bulk_changes import BulkChanges, ReadBulk
    from cpdesk.services.checks import Checks
    from cpdesk.services.clock import Clock
    from cpdesk.services.door import PasswordHasher, SecretVault
    from cpdesk.services.encryption import Encryption, KeyMaker, Keyring
    from cpdesk.services.erasing import Erasing
    from cpdesk.services.erasing_former import ErasingFormer
    from cpdesk.services.factors import SecondFactors
    from cpdesk.services.imports import Imports, ReadExport
    from cpdesk.services.issuing import Issuing
    from cpdesk.services.jump import Jump
    from cpdesk.services.licenses import Licenses
    from cpdesk.services.modes import Modes
    from cpdesk.services.month_end import MonthEnd, OpenPack
    from cpdesk.services.moving import Moving
    from cpdesk.services.operators import Operators
    from cpdesk.services.planning import Planning
    from cpdesk.services.preferences import Preferences
    from cpdesk.services.price_imports import ReadPriceList
    from cpdesk.services.prices import Prices
    from cpdesk.services.product_imports import ReadProductFile
    from cpdesk.services.products import Products
    from cpdesk.services.reports import Reports
    from cpdesk.services.salvaging import Salvaging, WriteReport
    from cpdesk.services.scheduling import Scheduler, Scheduling
    from cpdesk.services.setup import Setup
    from cpdesk.services.side_door import SideDoor
    from cpdesk.services.statements import Statements
    from cpdesk.services.subscriptions import Subscriptions
    from cpdesk.services.surroundings import LookAt, Surroundings
    from cpdesk.services.thresholds import Thresholds
    from cpdesk.services.timelines import Timelines
    from cpdesk.services.users import Users
    from cpdesk.store.store import Store


class _Equipped:
    """What services are made of: the store, and the outside world behind what services ask for."""

    def __init__(  # noqa: PLR0913 - what the bundle is made of
        self,
        store: "Store",
        *,
        hasher: "PasswordHasher",
        vault: "SecretVault",
        read_export: "ReadExport",
        read_accounts: "ReadAccounts",
        read_bulk: "ReadBulk",
        read_price_list: "ReadPriceList",
        read_product_file: "ReadProductFile",
        catalogue: "Callable[[], tuple[CatalogProduct, ...]]",
        published: "Callable[[], tuple[Product, ...]]" = tuple,
        contained: "Callable[[], Contained]" = dict,
        seat_limits: "Callable[[], tuple[SeatLimit, ...]]" = tuple,
        scheduler: "Callable[[], Scheduler]",
        look_at: "LookAt",
        open_pack: "OpenPack",
        write_account: "WriteExport",
        key_maker: "KeyMaker",
        keyring: "Callable[[], Keyring]",
        write_salvage: "WriteReport",
    ) -> None:
        """`catalogue` is what a new database starts with, `published` all products that Microsoft names.

        `contained` tells which products others contain, as far as it is proven: use cases ask `_contained`;
        `seat_limits` how many seats a tenant may have of which.
        """
        self.settler = Settler(store)
        self._store = store
        self._hasher, self._vault = hasher, vault
        self._read_export, self._read_accounts = read_export, read_accounts
        self._read_bulk, self._read_price_list = read_bulk, read_price_list
        self._read_product_file = read_product_file
        self._catalogue, self._published = catalogue, published
        self._proven, self._seat_limits = contained, seat_limits
        self._scheduler, self._look_at = scheduler, look_at
        self._open_pack = open_pack
        self._write_account = write_account
        self._key_maker, self._keyring = key_maker, keyring
        self._write_salvage = write_salvage

    def _contained(self, among: "Collection[str] | None" = None) -> "Contained":
        """Which products contain which, the service plans of the catalogue included: a `WhichContain`."""
        from cpdesk.services.overlaps import contained_products

        return contained_products(self._proven, among)


class Services(_Equipped):
    """One object per area of work, loaded when it is first asked for: a command or a start needs few of them."""

    @cached_property
    def salvaging(self) -> "Salvaging":
        from cpdesk.services.salvaging import Salvaging

        return Salvaging(self._store, self.side_door, self._offered, self._write_salvage)

    def _offered(self) -> "tuple[Product, ...]":
        """All products that are known without the database."""
        return (*self._published(), *(product.product for product in self._catalogue()))

    @cached_property
    def setup(self) -> "Setup":
        from cpdesk.services.setup import Setup

        return Setup(self._store, self._hasher, self._catalogue)

    @cached_property
    def operators(self) -> "Operators":
        from cpdesk.services.operators import Operators

        return Operators(self._store, self.settler, self._hasher, self._vault)

    @cached_property
    def side_door(self) -> "SideDoor":
        from cpdesk.services.side_door import SideDoor

        return SideDoor(self._store, self._hasher, self._vault)

    @cached_property
    def factors(self) -> "SecondFactors":
        from cpdesk.services.factors import SecondFactors

        return SecondFactors(self._store, self.settler, self.operators.door, self._vault)

    @cached_property
    def accounts(self) -> "Accounts":
        from cpdesk.services.accounts import Accounts

        return Accounts(self._store, self.settler)

    @cached_property
    def account_imports(self) -> "AccountImports":
        from cpdesk.services.account_imports import AccountImports

        return AccountImports(self._store, self.settler, self._read_accounts)

    @cached_property
    def users(self) -> "Users":
        from cpdesk.services.users import Users

        return Users(self._store, self.settler, self._contained)

    @cached_property
    def account_exports(self) -> "AccountExports":
        from cpdesk.services.account_exports import AccountExports, Sources

        sources = Sources(self.accounts, self.licenses, self.statements, self.issuing, self.planning)
        return AccountExports(self._store, self.settler, sources, self._write_account)

    @cached_property
    def erasing(self) -> "Erasing":
        from cpdesk.services.erasing import Erasing

        return Erasing(self._store, self.settler)

    @cached_property
    def jump(self) -> "Jump":
        from cpdesk.services.jump import Jump

        return Jump(self._store, self.settler)

    @cached_property
    def licenses(self) -> "Licenses":
        from cpdesk.services.licenses import Licenses

        return Licenses(self._store, self.settler, self._seat_limits)

    @cached_property
    def subscriptions(self) -> "Subscriptions":
        from cpdesk.services.subscriptions import Subscriptions

        return Subscriptions(self._store, self.settler)

    @cached_property
    def thresholds(self) -> "Thresholds":
        from cpdesk.services.thresholds import Thresholds

        return Thresholds(self._store, self.settler)

    @cached_property
    def bulk(self) -> "BulkChanges":
        from cpdesk.services.bulk_changes import BulkChanges

        return BulkChanges(self._store, self.settler, self._read_bulk)

    @cached_property
    def modes(self) -> "Modes":
        from cpdesk.services.modes import Modes

        return Modes(self._store, self.settler)

    @cached_property
    def planning(self) -> "Planning":
        from cpdesk.services.planning import Planning

        return Planning(self._store, self.settler)

    @cached_property
    def products(self) -> "Products":
        from cpdesk.services.products import Products

        return Products(self._store, self.settler, self._published, self._read_product_file, self._contained)

    @cached_property
    def prices(self) -> "Prices":
        from cpdesk.services.prices import Prices

        return Prices(self._store, self.settler, self._read_price_list)

    @cached_property
    def issuing(self) -> "Issuing":
        from cpdesk.services.issuing import Issuing

        return Issuing(self._store, self.settler)

    @cached_property
    def month_end(self) -> "MonthEnd":
        from cpdesk.services.month_end import MonthEnd

        return MonthEnd(self._store, self.settler, self._open_pack)

    @cached_property
    def imports(self) -> "Imports":
        from cpdesk.services.imports import Imports

        return Imports(self._store, self.settler, self._read_export, self._seat_limits)

    @cached_property
    def audit(self) -> "Audit":
        from cpdesk.services.audit import Audit

        return Audit(self._store, self.settler)

    @cached_property
    def preferences(self) -> "Preferences":
        from cpdesk.services.preferences import Preferences

        return Preferences(self._store, self.settler)

    @cached_property
    def scheduling(self) -> "Scheduling":
        from cpdesk.services.scheduling import Scheduling

        return Scheduling(self._store, self.settler, self._scheduler)

    @cached_property
    def surroundings(self) -> "Surroundings":
        from cpdesk.services.surroundings import Surroundings

        return Surroundings(self._store, self._look_at)

    @cached_property
    def checks(self) -> "Checks":
        from cpdesk.services.checks import Checks

        return Checks(self._store)

    @cached_property
    def clock(self) -> "Clock":
        from cpdesk.services.clock import Clock

        return Clock(self._store, self.settler)

    @cached_property
    def backups(self) -> "Backups":
        from cpdesk.services.backups import Backups

        return Backups(self._store, self.settler, self.side_door)

    @cached_property
    def erasing_former(self) -> "ErasingFormer":
        from cpdesk.services.erasing_former import ErasingFormer

        return ErasingFormer(self._store, self.settler)

    @cached_property
    def encryption(self) -> "Encryption":
        from cpdesk.services.encryption import Encryption

        return Encryption(self._store, self.settler, self._key_maker, self._keyring)

    @cached_property
    def moving(self) -> "Moving":
        from cpdesk.services.moving import Moving

        return Moving(self._store, self.settler, self.backups)

    @cached_property
    def advisor(self) -> "Advisor":
        from cpdesk.services.advisor import Advisor

        return Advisor(self._store, self.settler)

    @cached_property
    def reports(self) -> "Reports":
        from cpdesk.services.reports import Reports

        return Reports(self._store, self.settler, self._contained)

    @cached_property
    def statements(self) -> "Statements":
        from cpdesk.services.statements import Statements

        return Statements(self._store, self.settler)

    @cached_property
    def timelines(self) -> "Timelines":
        from cpdesk.services.timelines import Timelines

        return Timelines(self._store, self.settler)
