"""What `check` reads of schedules and prices: as it is stored, without the help of the code that wrote it."""

import runpy
from functools import cache
from pathlib import Path
from typing import Any

from cpdesk.domain.price_checking import StoredPrices
from cpdesk.domain.price_following import PriceKey
from cpdesk.store import connection, migrate

_UPGRADE = "0005_prices.py"
"""The migration that gives older databases their first prices; its list stays as it is for ever."""


def stored_prices() -> StoredPrices:
    """Every row of the tables of schedules and prices."""
    schedules = connection.rows_of("SELECT id, name, name_key, currency, created_at FROM price_schedule")
    accounts = connection.rows_of("SELECT account_id, effective_on, schedule_id, recorded_at FROM account_schedule")
    prorations = connection.rows_of("SELECT schedule_id, effective_on, proration FROM schedule_proration")
    prices = connection.rows_of(
        "SELECT schedule_id, guid, effective_on, usage_price, purchase_price, usage_cost, purchase_cost, recorded_at"
        " FROM price LEFT JOIN product ON product.id = product_id"
    )
    return StoredPrices(
        schedules={row[0]: row[1:] for row in schedules},
        defaults=dict(connection.rows_of("SELECT effective_on, schedule_id FROM default_schedule")),
        accounts={row[:2]: row[2:] for row in accounts},
        prorations={(schedule, day): proration for schedule, day, proration in prorations},
        prices={PriceKey(*row[:3]): row[3:] for row in prices},
        upgraded=_upgraded(migrate.DIRECTORY / _UPGRADE),
    )


@cache
def _upgraded(path: Path) -> dict[str, tuple[Any, ...]]:
    # Running it defines models, too, which takes as long as half of checking a small database.
    migration = runpy.run_path(str(path))
    day = migration["PRICED_ON"]
    return {guid: (day, usage, purchase, None, None) for guid, usage, purchase in migration["LIST_PRICES"]}
