"""Microsoft's file of product names on disk: from bytes to products."""

from pathlib import Path

from cpdesk.domain.product_file import ProductFile, parse_product_file
from cpdesk.gateways.text_files import read_text


def read_product_file(path: Path, encoding: str | None = None) -> ProductFile:
    """Read a file of product names; `encoding` overrules what the bytes say about themselves.

    Raises what `read_text` and `parse_product_file` refuse.
    """
    file = read_text(path, encoding)
    return parse_product_file(file.text, file.name, file.encoding)
