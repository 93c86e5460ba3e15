"""The first schema. Frozen: this file never follows the models, a later migration does."""

from peewee import (
    AutoField,
    BooleanField,
    Check,
    CompositeKey,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Table(Model):
    class Meta:
        legacy_table_names = False


class Setting(Table):
    key = TextField(primary_key=True)
    value = TextField()


class Account(Table):
    id = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField(index=True)
    domain = TextField()
    domain_key = TextField(unique=True)
    country = TextField()
    currency = TextField()
    time_zone = TextField()
    mode = TextField()
    service_since = TextField(null=True)
    created_at = TextField()


class Operator(Table):
    id = AutoField()
    email = TextField()
    email_key = TextField()
    role = TextField()
    account = ForeignKeyField(Account, null=True)
    password_hash = TextField()
    created_at = TextField()
    removed_at = TextField(null=True)


Operator.add_index(
    Operator.index(Operator.email_key, unique=True, name="operator_active_email", where=Operator.removed_at.is_null())
)


class Product(Table):
    id = AutoField()
    part_number = TextField(index=True)
    guid = TextField(unique=True)
    name = TextField()
    scope = TextField()
    assignable_to = TextField()
    offer = TextField()


class User(Table):
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
    created_at = TextField()
    deleted_at = TextField(null=True)


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
    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product)
    seats = IntegerField()
    assigned = IntegerField()

    class Meta:
        primary_key = CompositeKey("account", "product")
        constraints = [Check("assigned >= 0 AND assigned <= seats")]


class Assignment(Table):
    account = ForeignKeyField(Account)
    user = ForeignKeyField(User, index=False)
    product = ForeignKeyField(Product, index=False)
    since = TextField()

    class Meta:
        primary_key = CompositeKey("user", "product")


class AuditEntry(Table):
    id = AutoField()
    recorded_at = TextField()
    effective_at = TextField()
    operator = TextField()
    role = TextField()
    account = ForeignKeyField(Account, null=True)
    action = TextField()
    subject = TextField()
    before = TextField()
    after = TextField()
    reason = TextField()
    ledger_digest = TextField()
    hash = TextField()


class SeatEntry(Table):
    id = AutoField()
    audit = ForeignKeyField(AuditEntry)
    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product, index=False)
    user = ForeignKeyField(User, null=True)
    kind = TextField()
    seats = IntegerField()
    assigned = IntegerField()
    seats_after = IntegerField()
    assigned_after = IntegerField()
    recorded_at = TextField()
    effective_at = TextField()

    class Meta:
        indexes = ((("account", "product", "id"), False),)


class ModeSwitch(Table):
    id = AutoField()
    account = ForeignKeyField(Account)
    from_mode = TextField()
    to_mode = TextField()
    state = TextField()
    requested_at = TextField()
    requested_by = TextField()
    effective_on = TextField()
    time_zone = TextField()
    due_at = TextField()
    ended_at = TextField(null=True)
    ended_by = TextField(null=True)
    audit = ForeignKeyField(AuditEntry)

    class Meta:
        indexes = ((("state", "due_at"), False),)


ModeSwitch.add_index(
    ModeSwitch.index(
        ModeSwitch.account,
        unique=True,
        name="mode_switch_one_pending",
        where=(ModeSwitch.state == "pending"),
    )
)


TABLES = (
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


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
