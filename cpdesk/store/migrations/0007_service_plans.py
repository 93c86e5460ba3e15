"""Which service plans products consist of, as Microsoft publishes it."""

from peewee import AutoField, CompositeKey, Database, ForeignKeyField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Product(Table):
    id = AutoField()


class ServicePlan(Table):
    id = AutoField()
    guid = TextField(unique=True)
    name = TextField()
    title = TextField()


class ProductPlan(Table):
    product = ForeignKeyField(Product, index=False)
    plan = ForeignKeyField(ServicePlan, index=False)

    class Meta:
        primary_key = CompositeKey("product", "plan")


def up(migrator: object, db: Database) -> None:
    tables = [ServicePlan, ProductPlan]
    with db.bind_ctx(tables):
        db.create_tables(tables)
