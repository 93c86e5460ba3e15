"""What operators said that product names in files mean."""

from peewee import AutoField, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)


class Product(Table):
    id = AutoField()


class NameAnswer(Table):
    id = AutoField()
    account = ForeignKeyField(Account, null=True, index=False)
    name_key = TextField()
    product = ForeignKeyField(Product, null=True, index=False)
    answered_by = TextField()
    answered_at = TextField()


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


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx([NameAnswer]):
        db.create_tables([NameAnswer])
