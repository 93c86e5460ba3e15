"""The tables of prices and of statements. Amounts are decimal text; nothing is a float."""

from peewee import AutoField, CompositeKey, ForeignKeyField, TextField

from cpdesk.domain.statements import Proration
from cpdesk.store.fields import ChoiceField, DayField, InstantField
from cpdesk.store.models import Account, AuditEntry, Product, Table


class PriceSchedule(Table):
    """A named list of dated prices."""

    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    """The name in the form that is compared: case-folded."""
    currency = TextField()
    """ISO 4217, of all its prices."""
    created_at = InstantField()


class DefaultSchedule(Table):
    """Which schedule counts, from a day on, for accounts without one of their own."""

    effective_on = DayField(primary_key=True)
    schedule = ForeignKeyField(PriceSchedule, index=False)


class AccountSchedule(Table):
    """Which schedule an account has from a day on, account-local."""

    account = ForeignKeyField(Account, index=False)
    effective_on = DayField()
    schedule = ForeignKeyField(PriceSchedule, null=True, index=False)
    """None: the default one."""
    recorded_at = InstantField()

    class Meta:
        primary_key = CompositeKey("account", "effective_on")


class ScheduleProration(Table):
    """How a schedule charges a month in which the number of seats changes, from a day on."""

    schedule = ForeignKeyField(PriceSchedule, index=False)
    effective_on = DayField()
    proration = ChoiceField(Proration)

    class Meta:
        primary_key = CompositeKey("schedule", "effective_on")


class Price(Table):
    """What a seat of a product costs a month from a day on. Amounts are decimal text in the schedule's currency."""

    schedule = ForeignKeyField(PriceSchedule, index=False)
    product = ForeignKeyField(Product, index=False)
    effective_on = DayField()
    usage_price = TextField(null=True)
    """None: no price in this mode from that day on."""
    purchase_price = TextField(null=True)
    usage_cost = TextField(null=True)
    """What the reseller pays, where that is known."""
    purchase_cost = TextField(null=True)
    recorded_at = InstantField()

    class Meta:
        primary_key = CompositeKey("schedule", "product", "effective_on")


class IssuedStatement(Table):
    """The statement of a month as it went to the customer; never changed."""

    id = AutoField()
    account = ForeignKeyField(Account, index=False)
    month = DayField()
    """Its first day."""
    number = TextField(unique=True)
    issued_at = InstantField()
    content = TextField()
    """JSON: everything that was printed on it."""
    audit = ForeignKeyField(AuditEntry, index=False)

    class Meta:
        indexes = ((("account", "month"), True),)


class StatementCorrection(Table):
    """A credit or an adjustment to an issued statement, which itself stays as it is."""

    id = AutoField()
    statement = ForeignKeyField(IssuedStatement)
    number = TextField(unique=True)
    issued_at = InstantField()
    text = TextField()
    amount = TextField()
    """Decimal text, signed, in the statement's currency: negative for a credit."""
    reason = TextField()
    audit = ForeignKeyField(AuditEntry, index=False)


BILLING_TABLES: tuple[type[Table], ...] = (
    PriceSchedule,
    DefaultSchedule,
    AccountSchedule,
    ScheduleProration,
    Price,
    IssuedStatement,
    StatementCorrection,
)
