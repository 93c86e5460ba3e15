"""A file to begin with, for those who create many accounts at once."""

from pathlib import Path

from cpdesk.gateways.exports import Sheet, write_csv

_CAPTIONS = ("name", "domain", "mode", "country", "zone", "currency")
_EXAMPLES = (
    ("Contoso Freight", "contoso-freight.example", "usage", "US", "America/New_York", "USD"),
    ("Tailspin Toys", "tailspin.example", "purchase", "DE", "Europe/Berlin", "EUR"),
)


def write_template(path: Path) -> Path:
    """Write the columns with two examples, and return the path. Raises KnownError as `write_csv` does."""
    write_csv(path, Sheet("accounts", _CAPTIONS, _EXAMPLES))
    return path
