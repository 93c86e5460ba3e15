"""The tables. Counts are integers, instants UTC text, dates ISO text; nothing is a float."""

from peewee import (
    AutoField,
    BooleanField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.operators import Role
from cpdesk.domain.seats import LedgerKind
from cpdesk.store.connection import database
from cpdesk.store.fields import ChoiceField, DayField, InstantField


class Table(Model):
    """Base of all tables."""

    class Meta:
        database = database
        legacy_table_names = False


class Setting(Table):
    """One fact about this database as a whole."""

    key = TextField(primary_key=True)
    value = TextField()


class Account(Table):
    """A customer. Ids are random, so that one account's id says nothing about how many others there are."""

    id = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField(index=True)
    domain = TextField()
    domain_key = TextField(unique=True)
    """The domain in the form that is compared: case-folded."""
    country = TextField()
    currency = TextField()
    time_zone = TextField()
    mode = ChoiceField(Mode)
    """Follows the completed mode switches; kept here for lists, verified by `check`."""
    service_since = InstantField(null=True)
    """When Microsoft 365 was enabled; None before."""
    created_at = InstantField()


class Operator(Table):
    """A person who signs in. Removed ones stay, so that the audit log keeps its meaning."""

    id = AutoField()
    email = TextField()
    email_key = TextField()
    role = ChoiceField(Role)
    account = ForeignKeyField(Account, null=True)
    password_hash = TextField()
    created_at = InstantField()
    removed_at = InstantField(null=True)


Operator.add_index(
    Operator.index(Operator.email_key, unique=True, name="operator_active_email", where=Operator.removed_at.is_null())
)


class Product(Table):
    """Something sold. The GUID is its identity; part number and name are attributes."""

    id = AutoField()
    part_number = TextField(index=True)
    guid = TextField(unique=True)
    name = TextField()
    scope = TextField()
    assignable_to = TextField()
    offer = TextField()


class User(Table):
    """A person, room or device account in an account's tenant."""

    id = AutoField()
    account = ForeignKeyField(Account, index=False)
    object_id = TextField(null=True)
    upn = TextField()
    upn_key = TextField()
    display_name = TextField()
    first_name = TextField(default="")
    last_name = TextField(default="")
    usage_location = TextField(default="")
    job_title = TextField(default="")
    department = TextField(default="")
    blocked = BooleanField(default=False)
    guest = BooleanField(default=False)
    created_at = InstantField()
    deleted_at = InstantField(null=True)


User.add_index(
    User.index(User.account, User.upn_key, unique=True, name="user_active_upn", where=User.deleted_at.is_null())
)
User.add_index(
    User.index(
        User.account,
        User.object_id,
        unique=True,
        name="user_active_object",
        where=(User.deleted_at.is_null() & User.object_id.is_null(False)),
    )
)


class Subscription(Table):
    """An account's seats of one product: the ledger summed up."""

    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product)
    seats = IntegerField()
    assigned = IntegerField()

    class Meta:
        primary_key = CompositeKey("account", "product")
        constraints = [Check("assigned >= 0 AND assigned <= seats")]  # noqa: RUF012 - Peewee's own idiom


class Assignment(Table):
    """A seat that a user holds now. Past ones are in the ledger."""

    account = ForeignKeyField(Account)
    user = ForeignKeyField(User, index=False)
    product = ForeignKeyField(Product, index=False)
    since = InstantField()

    class Meta:
        primary_key = CompositeKey("user", "product")


class AuditEntry(Table):
    """Who changed what: append-only, each entry sealed with the hash of the one before."""

    id = AutoField()
    recorded_at = InstantField()
    effective_at = InstantField()
    operator = TextField()
    """E-mail address at that time, or "cpdesk"."""
    role = TextField()
    account = ForeignKeyField(Account, null=True)
    action = TextField()
    subject = TextField()
    before = TextField()
    """JSON, or empty."""
    after = TextField()
    """JSON, or empty."""
    reason = TextField()
    ledger_digest = TextField()
    """Seals the ledger entries that belong to this one; empty where there are none."""
    hash = TextField()


class SeatEntry(Table):
    """The ledger: one change of seats or assignments of one product, append-only."""

    id = AutoField()
    audit = ForeignKeyField(AuditEntry)
    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product, index=False)
    user = ForeignKeyField(User, null=True)
    kind = ChoiceField(LedgerKind)
    seats = IntegerField()
    assigned = IntegerField()
    seats_after = IntegerField()
    assigned_after = IntegerField()
    recorded_at = InstantField()
    effective_at = InstantField()

    class Meta:
        indexes = ((("account", "product", "id"), False),)


class ModeSwitch(Table):
    """A change of billing mode: requested, then completed or withdrawn."""

    id = AutoField()
    account = ForeignKeyField(Account)
    from_mode = ChoiceField(Mode)
    to_mode = ChoiceField(Mode)
    state = ChoiceField(SwitchState)
    requested_at = InstantField()
    requested_by = TextField()
    effective_on = DayField()
    """Account-local date in `time_zone`."""
    time_zone = TextField()
    due_at = InstantField()
    """When it takes effect: for a change to Purchase Mode, the request itself."""
    ended_at = InstantField(null=True)
    """When the completion or the withdrawal was recorded."""
    ended_by = TextField(null=True)
    audit = ForeignKeyField(AuditEntry)
    """The audit entry that describes the row as it is."""

    class Meta:
        indexes = ((("state", "due_at"), False),)


ModeSwitch.add_index(
    ModeSwitch.index(
        ModeSwitch.account,
        unique=True,
        name="mode_switch_one_pending",
        where=(ModeSwitch.state == SwitchState.PENDING),
    )
)

TABLES: tuple[type[Table], ...] = (
    Setting,
    Account,
    Operator,
    Product,
    User,
    Subscription,
    Assignment,
    AuditEntry,
    SeatEntry,
    ModeSwitch,
)
