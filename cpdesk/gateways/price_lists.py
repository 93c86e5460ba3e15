"""Partner price lists on disk: from bytes to rows."""

from pathlib import Path

from cpdesk.domain.price_file import PriceFile, parse_price_list
from cpdesk.gateways.text_files import read_text


def read_price_list(path: Path, encoding: str | None = None) -> PriceFile:
    """Read a price list; `encoding` overrules what the bytes say about themselves.

    Raises what `read_text` and `parse_price_list` refuse.
    """
    file = read_text(path, encoding)
    return parse_price_list(file.text, file.name, file.encoding)
