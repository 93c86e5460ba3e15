"""Where the files that ship with the program are."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def root() -> Path:
    """The folder of the shipped resources: icons, locale, catalogue, help.

    In a checkout and an editable install it lies beside the package; in a wheel and in a frozen program it
    is inside it. Raises FileNotFoundError if neither is there: the installation is broken.
    """
    candidates = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources in {' or '.join(map(str, candidates))}")


def published_products() -> Path:
    """All products that Microsoft lists, in a form of our own."""
    return root() / "catalog" / "published.csv"


def service_plans() -> Path:
    """The service plans that they name by number."""
    return root() / "catalog" / "service_plans.csv"
