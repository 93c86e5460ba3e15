"""Products: what can be sold, how it is named, and the starting catalogue that ships with the program."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from cpdesk.base.errors import UserError
from cpdesk.domain.names import clean_text

AssignableTo = Literal["user", "tenant"]

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Scope(StrEnum):
    """Who or what a product is for."""

    USER = "user"
    RESOURCE = "resource"
    """Accounts that are no people: rooms, shared devices, phone resources."""
    DEVICE = "device"
    TENANT = "tenant"
    PREPAID = "prepaid"
    """A balance of the tenant."""

    @property
    def assignable_to(self) -> AssignableTo:
        """Whether a user can hold the product, or only the tenant as a whole."""
        return "user" if self in {Scope.USER, Scope.RESOURCE} else "tenant"


class Term(StrEnum):
    """How long one commits and how one pays; prices of one term say nothing about those of another."""

    ANNUAL_YEARLY = "annual_term_yearly"
    ANNUAL_MONTHLY = "annual_term_monthly"
    MONTHLY = "monthly_term"


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold. The GUID identifies it; part number and name are attributes and may be shared."""

    part_number: str
    guid: str
    """Lower case."""
    name: str
    assignable_to: AssignableTo
    scope: Scope
    offer: str
    """ProductId:SkuId of the partner price list, or nothing."""


@dataclass(frozen=True, slots=True)
class ListPrice:
    """What a seat costs a month from a day on, whatever the term is billed by."""

    effective_on: date
    term: Term
    amount: Decimal
    currency: str
    """ISO 4217."""


@dataclass(frozen=True, slots=True)
class CatalogProduct:
    """A product of the shipped catalogue with its list prices, oldest first; unpriced products have none."""

    product: Product
    prices: tuple[ListPrice, ...]


def name_key(name: str) -> str:
    """What two spellings of a product name have in common.

    Case, non-breaking and repeated blanks, and blanks around a plus sign make no difference.
    """
    return "+".join(" ".join(part.split()) for part in name.casefold().split("+"))


def read_catalog(text: str) -> tuple[CatalogProduct, ...]:
    """The products of the shipped `products.csv`.

    Raises ValueError if it is damaged, or if two of its products could not be told apart.
    """
    products = tuple(_catalog_product(line) for line in csv.DictReader(io.StringIO(text)))
    for attribute in ("guid", "part_number", "name"):
        keys = {name_key(getattr(entry.product, attribute)) for entry in products}
        if len(keys) < len(products):
            raise ValueError(f"two products of the catalogue share their {attribute}")
    return products


def new_product(name: str, part_number: str, guid: str, scope: Scope) -> Product:
    """A product as an administrator describes it.

    Raises UserError `text_empty`, `text_too_long` or `text_not_printable` for name and part number (`field`), and
    `bad_guid`.
    """
    return Product(
        part_number=clean_text(part_number, "part_number"),
        guid=clean_guid(guid),
        name=clean_text(name, "name"),
        assignable_to=scope.assignable_to,
        scope=scope,
        offer="",
    )


def clean_guid(text: str) -> str:
    """A GUID in lower case; braces around it are taken off. Raises UserError `bad_guid`."""
    guid = text.strip().strip("{}").lower()
    if not _GUID.fullmatch(guid):
        raise UserError("bad_guid", text=text)
    return guid


def find_product(products: Iterable[Product], text: str) -> Product:
    """The product meant by a part number, a GUID or a display name, in this order.

    Raises UserError `unknown_product`, or `ambiguous_product` with the candidates.
    """
    wanted = name_key(text)
    known = tuple(products)
    for meaning in ("part_number", "guid", "name"):
        found = [product for product in known if name_key(getattr(product, meaning)) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError("ambiguous_product", text=text, candidates=_distinguished(found))
    raise UserError("unknown_product", text=text)


def _distinguished(products: Iterable[Product]) -> list[str]:
    return [f"{product.name} ({product.part_number}, {product.guid})" for product in products]


def _catalog_product(line: Mapping[str, str]) -> CatalogProduct:
    scope = Scope(line["scope"])
    product = Product(
        part_number=line["part_number"],
        guid=line["guid"],
        name=line["name"],
        assignable_to=scope.assignable_to,
        scope=scope,
        offer=line["offer"],
    )
    priced = [_price(line, "priced_on", term, term.value) for term in Term if line[term]]
    if line["announced_on"]:
        priced.append(_price(line, "announced_on", Term.ANNUAL_YEARLY, "announced_annual_term_yearly"))
    return CatalogProduct(product, tuple(priced))


def _price(line: Mapping[str, str], day: str, term: Term, amount: str) -> ListPrice:
    return ListPrice(date.fromisoformat(line[day]), term, Decimal(line[amount]), line["currency"])
