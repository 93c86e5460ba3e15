"""Microsoft's product names on disk, as published and as they ship: from bytes to products."""

from pathlib import Path

from cpdesk.base import assets
from cpdesk.domain.product_file import ProductFile, parse_product_file
from cpdesk.domain.published_products import read_published
from cpdesk.gateways.text_files import read_text


def read_product_file(path: Path, encoding: str | None = None) -> ProductFile:
    """Read a file of product names; `encoding` overrules what the bytes say about themselves.

    The path of the list that ships with the program gives that, whose form is another one. Raises what `read_text`
    and `parse_product_file` refuse.
    """
    if path == assets.published_products():
        return shipped_products()
    file = read_text(path, encoding)
    return parse_product_file(file.text, file.name, file.encoding)


def shipped_products() -> ProductFile:
    """The list that ships with the program. Raises FileNotFoundError or ValueError if the installation is broken."""
    products, plans = assets.published_products(), assets.service_plans()
    return read_published(products.read_text(encoding="utf-8"), plans.read_text(encoding="utf-8"), products.name)
