"""The import of a partner price list into a schedule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.regions import minor_digits
from cpdesk.domain import price_changes, price_list
from cpdesk.domain.price_file import PriceFile
from cpdesk.domain.price_reports import PriceChange, PriceImportReport, PriceLine
from cpdesk.domain.prices import Price, PriceBook
from cpdesk.domain.schedules import amount_text, plain_price
from cpdesk.services import price_writing
from cpdesk.services.base import Work
from cpdesk.services.price_rows import schedule_row
from cpdesk.store import journal, prices, products


class ReadPriceList(Protocol):
    """Reads and decodes a partner price list."""

    def __call__(self, path: Path, encoding: str | None) -> PriceFile:
        """Raises a UserError that names the file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, and how."""

    schedule_id: int
    margin: Decimal
    """Percent."""
    market: str | None
    effective_on: date | None
    """None: from the first day that touches nothing that is over."""


def report(work: Work, file: PriceFile, wanted: Wanted) -> PriceImportReport:
    """What the import changes. Raises everything that `Prices.preview` does once the file is read."""
    today = schedule_row(wanted.schedule_id, work.now).earliest
    book = price_writing.book_of(wanted.schedule_id)
    day = wanted.effective_on or today
    terms = price_list.Terms(
        margin=wanted.margin,
        market=price_list.market_of(file, wanted.market),
        day=day,
        minor_digits=minor_digits(book.currency),
    )
    lines, skipped = price_list.lines_and_skipped(file, book, products.by_id(), terms)
    for line in lines:
        if line.change is not PriceChange.UNCHANGED:
            _check(book, line.price(day, work.now), line.product, today)
    return PriceImportReport(
        file=file.name,
        encoding=file.encoding,
        schedule=book.name,
        currency=book.currency,
        market=terms.market,
        margin=wanted.margin,
        effective_on=day,
        lines=lines,
        skipped=skipped,
    )


def _check(book: PriceBook, new: Price, product: str, today: date) -> None:
    """A price from the same day on is replaced as long as no day was charged by it: who imports again corrects."""
    replaced = any(row.effective_on == new.effective_on for row in book.prices.get(new.product_id, ()))
    if not replaced or new.effective_on < today:
        price_changes.check_new_price(book, new, product, today)


def write(work: Work, shown: PriceImportReport | None, file: PriceFile, wanted: Wanted) -> PriceImportReport:
    """Take over what is new and what is changed. Raises UserError `prices_changed_since`, and what `report` does."""
    found = report(work, file, wanted)
    if shown is not None and shown != found:
        raise UserError("prices_changed_since", file=found.file)
    book = price_writing.book_of(wanted.schedule_id)
    changed = [line for line in found.lines if line.change is not PriceChange.UNCHANGED]
    journal.append(work.now, price_writing.entry(work, "prices.imported", book, None, _facts(work, found, changed)))
    prices.put_prices(book.schedule_id, [line.price(found.effective_on, work.now) for line in changed])
    return found


def _facts(work: Work, found: PriceImportReport, changed: list[PriceLine]) -> dict[str, object]:
    known = products.by_id()
    return {
        "file": found.file,
        "market": found.market,
        "margin": amount_text(found.margin),
        "effective_on": found.effective_on.isoformat(),
        "prices": [plain_price(line.price(found.effective_on, work.now), known[line.product_id]) for line in changed],
    }
