"""Joiners, leavers and seat reductions that are planned for a date."""

from peewee import BooleanField, CompositeKey, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)


class PlannedChange(Table):
    account = ForeignKeyField(Account, index=False)
    number = IntegerField()
    kind = TextField()
    state = TextField()
    due_on = TextField()
    time_zone = TextField()
    due_at = TextField()
    planned_at = TextField()
    planned_by = TextField()
    reason = TextField()
    content = TextField()
    outcome = TextField()
    ended_at = TextField(null=True)
    ended_by = TextField(null=True)
    seen = BooleanField()

    class Meta:
        primary_key = CompositeKey("account", "number")
        indexes = ((("state", "due_at"), False),)


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx([PlannedChange]):
        db.create_tables([PlannedChange])
