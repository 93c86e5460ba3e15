"""What an import of prices shows before it runs. Plain Python."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.operators import Session
from cpdesk.domain.price_reports import PriceImportReport
from cpdesk.ui.pages.prices.file_step import Wanted

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


@dataclass(frozen=True, slots=True)
class Preview:
    """A report, and what it says nothing about."""

    report: PriceImportReport
    missing: tuple[str, ...]
    """Products with a price in the schedule that the file does not have, by name."""


def read_preview(services: "Services", by: Session, schedule_id: int, wanted: Wanted) -> Preview:
    """Ask the services; on the reader's thread."""
    report = services.prices.preview(
        by,
        schedule_id,
        wanted.path,
        margin=wanted.margin,
        market=wanted.market,
        effective_on=wanted.effective_on,
        encoding=wanted.encoding,
    )
    listed = {line.product_id for line in report.lines}
    names = {row.product for row in services.prices.rows(by, schedule_id) if row.product_id not in listed}
    return Preview(report, tuple(sorted(names, key=str.casefold)))
