"""The tables. Counts are integers, instants UTC text, dates ISO text; nothing is a float."""

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from cpdesk.domain.accounts import Status
from cpdesk.domain.modes import Mode, SwitchState
from cpdesk.domain.operators import Role
from cpdesk.domain.planned import PlanKind, PlanState
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
    """The own domain as lists show it; all of them, and who may have them, are in AccountDomain."""
    country = TextField()
    currency = TextField()
    time_zone = TextField()
    """The zone that counted first; later ones are in AccountZone."""
    mode = ChoiceField(Mode)
    """Follows the completed mode switches; kept here for lists, verified by `check`."""
    service_since = InstantField(null=True)
    """When Microsoft 365 was enabled; None before."""
    created_at = InstantField()
    status = ChoiceField(Status)
    domain_free_on = DayField(null=True)
    """Account-local: from when others may have the domains of this closed account; None while it is open."""


class AccountDomain(Table):
    """A domain of an account. Only one account keeps it; closed ones that lost it to others still list it."""

    account = ForeignKeyField(Account, index=False)
    position = IntegerField()
    """0 for the own domain; aliases count from 1."""
    domain = TextField()
    domain_key = TextField()
    """The domain in the form that is compared: case-folded."""
    kept = BooleanField()
    """False once another account took the domain after this one was closed."""

    class Meta:
        primary_key = CompositeKey("account", "position")


AccountDomain.add_index(
    AccountDomain.index(AccountDomain.domain_key, unique=True, name="account_domain_kept", where=AccountDomain.kept)
)


class AccountContact(Table):
    """A person to talk to at a customer's."""

    account = ForeignKeyField(Account, index=False)
    position = IntegerField()
    """Counts from 1."""
    name = TextField()
    email = TextField()
    phone = TextField()
    role = TextField()

    class Meta:
        primary_key = CompositeKey("account", "position")


class AccountZone(Table):
    """A time zone that an account got later, and the one that waits. Past ones stay for past statements."""

    account = ForeignKeyField(Account, index=False)
    effective_on = DayField()
    """A first of a month, in the calendar of `time_zone`."""
    time_zone = TextField()

    class Meta:
        primary_key = CompositeKey("account", "effective_on")


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
    name_key = TextField()
    """The display name in the form that lists sort and search by: case-folded."""
    first_name = TextField(default="")
    last_name = TextField(default="")
    usage_location = TextField(default="")
    job_title = TextField(default="")
    department = TextField(default="")
    blocked = BooleanField(default=False)
    guest = BooleanField(default=False)
    created_at = InstantField()
    deleted_at = InstantField(null=True)
    removed_in = IntegerField(null=True)
    """Number of the audit entry that deleted the user; None for active ones."""


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
# A list of 50,000 is found, counted and sorted in this index alone. SQLite looks for `deleted_at` in it, too.
User.add_index(
    User.index(
        User.account,
        User.name_key,
        User.id,
        User.upn_key,
        User.deleted_at,
        User.blocked,
        User.guest,
        name="user_list",
        where=User.deleted_at.is_null(),
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


class SeatThreshold(Table):
    """At how many available seats of a product an account wants to be warned."""

    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product, index=False)
    threshold = IntegerField()

    class Meta:
        primary_key = CompositeKey("account", "product")


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
    seal = TextField(constraints=[SQL("DEFAULT ''")])
    """By what the hash is made, and what was erased; see `domain.sealing`. Empty in entries of earlier versions."""


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


# What an account held at any time is summed up in this index alone.
SeatEntry.add_index(
    SeatEntry.index(
        SeatEntry.account,
        SeatEntry.product,
        SeatEntry.effective_at,
        SeatEntry.seats,
        SeatEntry.assigned,
        name="seat_entry_history",
    )
)


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


class PlannedChange(Table):
    """A joiner, a leaver or a seat reduction with a date; it stays when it was carried out, skipped or withdrawn."""

    account = ForeignKeyField(Account, index=False)
    number = IntegerField()
    """Counts from 1 within the account, so that it says nothing about other accounts."""
    kind = ChoiceField(PlanKind)
    state = ChoiceField(PlanState)
    due_on = DayField()
    """Account-local date in `time_zone`."""
    time_zone = TextField()
    due_at = InstantField()
    planned_at = InstantField()
    planned_by = TextField()
    """E-mail address at that time."""
    reason = TextField()
    content = TextField()
    """JSON: what is to be done."""
    outcome = TextField()
    """JSON: what came of it; of nothing, while it is planned."""
    ended_at = InstantField(null=True)
    ended_by = TextField(null=True)
    seen = BooleanField()
    """Whether somebody has dismissed what came of it."""

    class Meta:
        primary_key = CompositeKey("account", "number")
        indexes = ((("state", "due_at"), False),)


class NameAnswer(Table):
    """What an operator said that a product name in files of users means."""

    id = AutoField()
    account = ForeignKeyField(Account, null=True, index=False)
    """None: the answer counts for all accounts."""
    name_key = TextField()
    product = ForeignKeyField(Product, null=True, index=False)
    """None: users are imported without it."""
    answered_by = TextField()
    """E-mail address at that time."""
    answered_at = InstantField()


NameAnswer.add_index(
    NameAnswer.index(
        NameAnswer.account,
        NameAnswer.name_key,
        unique=True,
        name="name_answer_own",
        where=NameAnswer.account.is_null(False),
    )
)
NameAnswer.add_index(
    NameAnswer.index(NameAnswer.name_key, unique=True, name="name_answer_general", where=NameAnswer.account.is_null())
)

TABLES: tuple[type[Table], ...] = (
    Setting,
    Account,
    AccountDomain,
    AccountContact,
    AccountZone,
    Operator,
    Product,
    User,
    Subscription,
    SeatThreshold,
    Assignment,
    AuditEntry,
    SeatEntry,
    ModeSwitch,
    PlannedChange,
    NameAnswer,
)
