"""The billing mode of an account: forecast, change, the queue, and keeping Purchase Mode."""

from cpdesk.base.errors import UserError
from cpdesk.domain import forecasts, topics
from cpdesk.domain.accounts import Status, require_status
from cpdesk.domain.forecasts import AccountFacts, BlockedHolder, Forecast
from cpdesk.domain.modes import CompletedSwitch, Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.prices import AccountPricing
from cpdesk.domain.rows import AccountRow, Done, SubscriptionRow
from cpdesk.domain.settlements import SettlingReport
from cpdesk.services import mode_changes
from cpdesk.services.base import UseCases, Work, account_row, require_service
from cpdesk.store import holdings, prices, switches, users


class Modes(UseCases):
    """Rules 1 to 8: nobody, at any role, completes a change to Usage Mode early; there is no such method."""

    def show(self, by: Session, account_id: int) -> tuple[AccountRow, CompletedSwitch | None]:
        """The account with its mode and pending switch, and the switch that led to the present mode."""
        with self._reading(by, account_id) as work:
            return account_row(account_id, work.now), switches.latest_completed(account_id)

    def forecast(self, by: Session, account_id: int, to: Mode) -> Forecast:
        """What changing the mode now would do, in seats, dates and money.

        Raises UserError `service_not_active`, `already_in_mode`, `switch_pending`, `account_closed`, or
        `account_suspended` for a change to Purchase Mode.
        """
        with self._reading(by, account_id) as work:
            return _forecast(work, account_row(account_id, work.now), to)

    def outlook(self, by: Session, account_id: int) -> Forecast | None:
        """What the pending switch will do as things stand; None where nothing is pending."""
        with self._reading(by, account_id) as work:
            account = account_row(account_id, work.now)
            if account.pending is None:
                return None
            return forecasts.outlook(_facts(account), account.pending, work.now, *_holdings(account.id))

    def change(self, by: Session, account_id: int, to: Mode, shown: Forecast, *, reason: str = "") -> Done[AccountRow]:
        """Change the mode: to Purchase Mode at once, to Usage Mode on the first of the next month.

        `shown` is the forecast that the operator accepted; it is kept with the
        audit entry. Raises UserError `forecast_changed` (with `differences`
        and the new `forecast`) if it no longer holds, and what `forecast` raises.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            account = account_row(account_id, work.now)
            computed = _forecast(work, account, to)
            differing = forecasts.differences(shown, computed)
            if differing:
                raise UserError("forecast_changed", differences=differing, forecast=computed)
            mode_changes.write(work, account, computed, shown)
            return Done(account_row(account_id, work.now), topics.MODES)

    def keep(self, by: Session, account_id: int, *, reason: str = "") -> Done[AccountRow]:
        """Withdraw the pending change to Usage Mode.

        Raises UserError `nothing_pending`, also when it has just become due: it is completed then.
        """
        with self._changing(by, account_id, reason, even=Status.SUSPENDED) as work:
            row = switches.pending_row(account_id)
            if row is None:
                raise UserError("nothing_pending", account=account_row(account_id, work.now).name)
            mode_changes.withdraw(work, row)
            return Done(account_row(account_id, work.now), topics.MODES)

    def apply_due(self) -> SettlingReport:
        """Complete the switches that are due, and carry out the planned changes that are. Needs no operator.

        Their time was fixed when they were asked for.
        """
        return self._settler.apply_due()


def _forecast(work: Work, account: AccountRow, to: Mode) -> Forecast:
    # Back to Usage Mode only reduces: a suspended account may do that much (rule 19).
    even = Status.ACTIVE if to is Mode.PURCHASE else Status.SUSPENDED
    require_status(account.status, even, account=account.name)
    require_service(account)
    if account.mode is to:
        until = account.pending and account.pending.effective_on
        raise UserError("already_in_mode", account=account.name, account_id=account.id, mode=to, pending=until)
    if account.pending is not None:
        raise UserError("switch_pending", account=account.name, effective_on=account.pending.effective_on)
    return _computed(work, account, to)


def _computed(work: Work, account: AccountRow, to: Mode) -> Forecast:
    return forecasts.forecast(_facts(account), to, work.now, *_holdings(account.id))


def _facts(account: AccountRow) -> AccountFacts:
    return AccountFacts(account.id, account.name, account.domain, account.mode, account.time_zone)


def _holdings(account_id: int) -> tuple[list[SubscriptionRow], list[BlockedHolder], AccountPricing]:
    """Seats, blocked holders and prices, as forecasts want them."""
    pricing = prices.pricing_of([account_id])[account_id]
    return holdings.listed(account_id), users.blocked_holders(account_id), pricing
