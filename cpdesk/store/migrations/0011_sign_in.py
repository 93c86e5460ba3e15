"""Failed attempts to sign in, passwords that have to be changed, and second factors."""

from peewee import CompositeKey, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Operator(Table):
    id = IntegerField(primary_key=True)


class SignInFailure(Table):
    slot = IntegerField(primary_key=True)
    count = IntegerField()
    last_at = TextField()


class TemporaryPassword(Table):
    operator = ForeignKeyField(Operator, primary_key=True)
    since = TextField()


class SecondFactor(Table):
    operator = ForeignKeyField(Operator, primary_key=True)
    secret_name = TextField()
    place = TextField()
    since = TextField()
    last_step = IntegerField()


class RecoveryCode(Table):
    operator = ForeignKeyField(Operator, index=False)
    code_hash = TextField()

    class Meta:
        primary_key = CompositeKey("operator", "code_hash")


def up(migrator: object, db: Database) -> None:
    tables = [SignInFailure, TemporaryPassword, SecondFactor, RecoveryCode]
    with db.bind_ctx(tables):
        db.create_tables(tables)
