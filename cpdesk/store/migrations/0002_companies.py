"""Accounts as companies: suspended and closed ones, alias domains, contacts, and the time zones they had."""

from peewee import BooleanField, CompositeKey, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField(index=True)
    domain = TextField()
    country = TextField()
    currency = TextField()
    time_zone = TextField()
    mode = TextField()
    service_since = TextField(null=True)
    created_at = TextField()
    status = TextField()
    domain_free_on = TextField(null=True)


class AccountDomain(Table):
    account = ForeignKeyField(Account, index=False)
    position = IntegerField()
    domain = TextField()
    domain_key = TextField()
    kept = BooleanField()

    class Meta:
        primary_key = CompositeKey("account", "position")


AccountDomain.add_index(
    AccountDomain.index(AccountDomain.domain_key, unique=True, name="account_domain_kept", where=AccountDomain.kept)
)


class AccountContact(Table):
    account = ForeignKeyField(Account, index=False)
    position = IntegerField()
    name = TextField()
    email = TextField()
    phone = TextField()
    role = TextField()

    class Meta:
        primary_key = CompositeKey("account", "position")


class AccountZone(Table):
    account = ForeignKeyField(Account, index=False)
    effective_on = TextField()
    time_zone = TextField()

    class Meta:
        primary_key = CompositeKey("account", "effective_on")


TABLES = (Account, AccountDomain, AccountContact, AccountZone)

STAYING = "id, name, name_key, domain, country, currency, time_zone, mode, service_since, created_at"


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx(TABLES):
        # A domain was unique for ever, which no ALTER TABLE takes back: the table is made anew. The old one is
        # dropped and never renamed, or the tables that point at it would follow it under its other name.
        db.execute_sql("CREATE TEMP TABLE account_before AS SELECT * FROM main.account")
        db.execute_sql("DROP TABLE main.account")
        db.create_tables(TABLES)
        db.execute_sql(f"INSERT INTO account ({STAYING}, status) SELECT {STAYING}, 'active' FROM account_before")
        db.execute_sql(
            "INSERT INTO account_domain (account_id, position, domain, domain_key, kept)"
            " SELECT id, 0, domain, domain_key, 1 FROM account_before"
        )
        db.execute_sql("DROP TABLE temp.account_before")
