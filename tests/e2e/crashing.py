"""cpdesk with a fault: each time, as soon as its window is painted, something fails that nobody expects."""

import sys

from cpdesk.__main__ import main
from cpdesk.ui import qt

CUSTOMER = "Contoso Freight"


def _fail(_desktop: object) -> None:
    customers: dict[str, int] = {}
    customers[CUSTOMER]  # what fails


if __name__ == "__main__":
    qt.load()

    from cpdesk.app import Desktop

    Desktop.warm_up = _fail  # type: ignore[method-assign, assignment]
    sys.exit(main([]))
