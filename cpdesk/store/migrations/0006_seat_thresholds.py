"""At how many available seats of a product an account wants to be warned."""

from peewee import AutoField, CompositeKey, Database, ForeignKeyField, IntegerField, Model


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)


class Product(Table):
    id = AutoField()


class SeatThreshold(Table):
    account = ForeignKeyField(Account, index=False)
    product = ForeignKeyField(Product, index=False)
    threshold = IntegerField()

    class Meta:
        primary_key = CompositeKey("account", "product")


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx([SeatThreshold]):
        db.create_tables([SeatThreshold])
