"""What accounts pay: for any month since they began, for the one that runs, and for the next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.base.regions import minor_digits
from cpdesk.domain import monthly, switching
from cpdesk.domain import statements as rules
from cpdesk.domain.billed import BilledAccount, nothing
from cpdesk.domain.billing import Cost, Explanation, LedgerLine, MonthRow, ProductPrice, Statement, StatementRow
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.seats import Holding
from cpdesk.domain.statements import last_of_month
from cpdesk.services import billed, unit_prices
from cpdesk.services.base import UseCases, Work, account_row
from cpdesk.services.documents import read
from cpdesk.store import accounts, histories, holdings, issued, prices
from cpdesk.store.rows import in_parts

_BEFORE_ALL = date(1970, 1, 1)
"""No account is as old as this."""


class Statements(UseCases):
    """Rules 10 to 13: statements, forecasts, and what seats cost at today's prices."""

    def show(self, by: Session, account_id: int, month: date) -> Statement:
        """The statement of the month of a day; of one that is not over through today, as things stand.

        Raises UserError `month_in_future`, `month_before_account` or `unknown_account`.
        """
        with self._reading(by, account_id) as work:
            return billed.of_month(account_id, month, work.now).statement(month, work.now)

    def forecast(self, by: Session, account_id: int) -> Statement:
        """The present month to its end, seats as they are now and a pending switch included."""
        with self._reading(by, account_id) as work:
            month = _today(work, account_id)
            return _foreseen(work, account_id, month).forecast(month)

    def next_month(self, by: Session, account_id: int) -> Statement:
        """The next month, seats as they are now and a pending switch included."""
        with self._reading(by, account_id) as work:
            month = switching.first_of_next_month(_today(work, account_id))
            return _foreseen(work, account_id, month).forecast(month)

    def explain(self, by: Session, account_id: int, month: date, line: int, *, forecast: bool = False) -> Explanation:
        """How a line (its place in the statement, from 0) comes to its amount; with `forecast` that of a forecast.

        Raises what `show` raises, and UserError `no_such_line` where the statement has fewer lines meanwhile.
        """
        with self._reading(by, account_id) as work:
            if forecast:
                account = _foreseen(work, account_id, month)
                shown = account.forecast(month)
            else:
                account = billed.of_month(account_id, month, work.now)
                shown = account.statement(month, work.now)
            if not 0 <= line < len(shown.lines):
                raise UserError("no_such_line", line=line + 1, account=account.name, month=shown.month)
            return _explained(work, account, shown.lines[line])

    def months(self, by: Session, account_id: int) -> list[MonthRow]:
        """All months of the account, newest first, with what was issued."""
        with self._reading(by, account_id) as work:
            account = billed.account(account_id, _BEFORE_ALL, _today(work, account_id), work.now)
            sent = {one.month: one for one in read(issued.of_account(account_id))}
            months = account.months(work.now)
            return [account.month_row(month, work.now, sent.get(month)) for month in months]

    def costs(self, by: Session) -> dict[int, Cost]:
        """What the seats of each account that the operator sees cost a whole month at today's prices, by account id."""
        with self._reading(by) as work:
            return _costs(work, accounts.listed(work.now, work.only))

    def cost_of(self, by: Session, account_id: int) -> Cost:
        """What the account's seats cost a whole month at today's prices, in its present mode."""
        with self._reading(by, account_id) as work:
            return _costs(work, [account_row(account_id, work.now)])[account_id]

    def prices_of(self, by: Session, account_id: int) -> dict[int, ProductPrice]:
        """What a seat costs the account a month today, by product id; products without any price are left out."""
        with self._reading(by, account_id) as work:
            return _prices(prices.pricing_of([account_id])[account_id], _today(work, account_id))

    def falls_later(self, by: Session, account_id: int) -> date | None:
        """From when (account-local) a seat that leaves today is no longer billed (rule 11); None: from today on."""
        with self._reading(by, account_id) as work:
            return unit_prices.falls_later(account_row(account_id, work.now), work.now)


def _foreseen(work: Work, account_id: int, month: date) -> BilledAccount:
    """The account over this month or the next one, with its pending switch completed when it is due."""
    account = billed.account(account_id, month.replace(day=1), last_of_month(month), due_by=None)
    account.require_month(month, until=switching.first_of_next_month(account.history.today(work.now)))
    return account


def _today(work: Work, account_id: int) -> date:
    return _local_date(work, account_row(account_id, work.now))


def _local_date(work: Work, account: AccountRow) -> date:
    return switching.local_date(work.now, zones.zone(account.time_zone))


def _explained(work: Work, account: BilledAccount, row: StatementRow) -> Explanation:
    pricing, day = account.pricing, monthly.deciding_day(account.history, account.pricing, row)
    book, price = pricing.book_on(day), pricing.unit_price(row.product_id, row.mode, day)
    begin, end = (account.history.day_end(day) for day in (row.first - timedelta(days=1), row.last))
    opening, _assigned = account.history.products[row.product_id].before(begin)
    return Explanation(
        line=row,
        proration=pricing.proration(row.first),
        schedule=book.name if book else "",
        price_effective_on=price.effective_on if price else None,
        opening=opening,
        entries=tuple(_entries(work, account.history.account_id, row, (begin, end), carried=opening == row.seats)),
    )


def _entries(
    work: Work, account_id: int, row: StatementRow, days: tuple[datetime, datetime], *, carried: bool
) -> list[LedgerLine]:
    """The entries behind a line; where it begins with as many seats as the day before ended, the one that led there."""
    found = histories.latest_entry(account_id, row.product_id, days[0]) if carried else []
    found += histories.entries(account_id, row.product_id, *days)
    if work.only is None:
        return found
    own = histories.own_numbers(account_id)
    return [replace(entry, number=own[entry.number]) for entry in found]


def _costs(work: Work, rows: Sequence[AccountRow]) -> dict[int, Cost]:
    ids = [row.id for row in rows]
    pricing, held = prices.pricing_of(ids), _holdings(ids)
    return {row.id: _cost(row.mode, _local_date(work, row), pricing[row.id], held.get(row.id, ())) for row in rows}


def _holdings(account_ids: Sequence[int]) -> dict[int, list[Holding]]:
    found: dict[int, list[Holding]] = {}
    for part in in_parts(account_ids):
        found |= holdings.of_accounts(part)
    return found


def _cost(mode: Mode, today: date, pricing: AccountPricing, held: Iterable[Holding]) -> Cost:
    digits = minor_digits(pricing.currency)
    priced = [(one.seats, pricing.unit_price(one.product_id, mode, today)) for one in held if one.seats]
    amounts = [rules.prorated(seats, price.amount, 1, 1, digits) for seats, price in priced if price]
    return Cost(sum(amounts, nothing(pricing.currency)), pricing.currency, len(priced) - len(amounts))


def _prices(pricing: AccountPricing, today: date) -> dict[int, ProductPrice]:
    book = pricing.book_on(today)
    rows = {number: book.price_on(number, today) for number in book.prices} if book else {}
    found = {number: ProductPrice(row.usage, row.purchase, pricing.currency) for number, row in rows.items() if row}
    return {number: price for number, price in found.items() if (price.usage, price.purchase) != (None, None)}
