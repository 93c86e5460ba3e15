"""Suspending, closing and reopening an account (rule 19)."""

from datetime import datetime

from cpdesk.base import zones
from cpdesk.base.errors import UserError
from cpdesk.domain import switching
from cpdesk.domain.accounts import Status
from cpdesk.domain.book import Book
from cpdesk.domain.companies import ClosingForecast
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.domain.seats import summed
from cpdesk.domain.settlements import Settlement
from cpdesk.services import account_writing, mode_changes, plan_writing, unit_prices
from cpdesk.services.base import Work, account_row, require_open
from cpdesk.services.settling import Settler
from cpdesk.store import accounts, companies, holdings, journal, planned, switches, users
from cpdesk.store.store import Moment


def set_status(work: Work, account_id: int, action: str, status: Status) -> None:
    """Let an account have more or less liberty, without touching what it holds."""
    before = {"status": str(accounts.standing(account_id)[1])}
    accounts.update(account_id, status=status)
    after = {"status": str(status)}
    journal.append(work.now, account_writing.entry(work, action, account_id, before=before, after=after))


def forecast(account_id: int, now: datetime) -> ClosingForecast:
    """What closing the account at `now` (UTC) does. Raises UserError `account_closed`."""
    account = account_row(account_id, now)
    require_open(account)
    today = switching.local_date(now, zones.zone(account.time_zone))
    return ClosingForecast(
        account=account,
        released=tuple(
            ForecastLine(row.part_number, row.name, row.assignable_to, row.seats, row.assigned, row.seats)
            for row in holdings.listed(account_id)
        ),
        users=account.users,
        ends_switch=account.pending,
        domain_free_on=switching.first_of_next_month(today),
        ends_plans=planned.counts(account_id)[0],
        falls_later=unit_prices.falls_later(account, now),
    )


def close(work: Work, account_id: int, shown: ClosingForecast) -> None:
    """End the pending switch, plans and all assignments, release all seats, and block the domains for this month."""
    now = forecast(account_id, work.now)
    if _facts(shown) != _facts(now):
        raise UserError("closing_changed", account=now.account.name, forecast=now)
    pending = switches.pending_row(account_id)
    if pending:
        mode_changes.end_by_closing(work, pending)
    plan_writing.end_by_closing(work, account_id)
    accounts.update(account_id, status=Status.CLOSED, domain_free_on=now.domain_free_on)
    closed = account_writing.entry(
        work,
        "account.closed",
        account_id,
        before={"status": str(now.account.status), "domain_free_on": None},
        after={
            "status": str(Status.CLOSED),
            "domain_free_on": now.domain_free_on.isoformat(),
            "released": summed((line.part_number, line.released) for line in now.released),
            "unassigned": sum(line.assigned for line in now.released),
            "users": now.users,
        },
        lines=tuple(_emptied(now).lines),
    )
    journal.append(work.now, closed)


def _emptied(forecast: ClosingForecast) -> Book:
    account = forecast.account
    book = Book(account.id, account.mode, holdings.of_account(account.id))
    for user_id, held in sorted(users.products_by_user(account.id).items()):
        for product_id in sorted(held):
            book.unassign(product_id, user_id)
    book.release_idle()
    return book


def _facts(forecast: ClosingForecast) -> tuple[object, ...]:
    """What must not differ from what was shown."""
    account, ending = forecast.account, forecast.ends_switch
    named = (account.id, account.name, account.domain, account.mode)
    ends = (ending and ending.id, forecast.ends_plans)
    days = (forecast.domain_free_on, forecast.falls_later)
    return named, forecast.released, forecast.users, ends, days


def reopen(work: Work, account_id: int, settler: Settler) -> Settlement:
    """Open a closed account again and return the switch that was due meanwhile, now completed."""
    account = account_row(account_id, work.now)
    if account.status is not Status.CLOSED:
        raise UserError("not_closed", account=account.name)
    account_writing.claim(work, (account.domain, *account.aliases), account_id)
    before = {
        "status": str(Status.CLOSED),
        "domain_free_on": str(accounts.domain_free_on(account_id)),
        "given_up": companies.given_up(account_id),
    }
    companies.keep_again(account_id)
    accounts.update(account_id, status=Status.ACTIVE, domain_free_on=None)
    after: dict[str, object] = {"status": str(Status.ACTIVE), "domain_free_on": None, "given_up": []}
    journal.append(work.now, account_writing.entry(work, "account.reopened", account_id, before=before, after=after))
    ended = switches.row_ended_by_closing(account_id)
    if ended is None:
        return Settlement()
    mode_changes.take_up_again(work, ended)
    return settler.settle_within(Moment(work.now, None), account_id, reopened=True)
