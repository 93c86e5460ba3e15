"""Users get the key that lists sort and search by, and the number of the audit entry that deleted them."""

import unicodedata

from peewee import AutoField, BooleanField, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)


class User(Table):
    id = AutoField()
    account = ForeignKeyField(Account, index=False)
    object_id = TextField(null=True)
    upn = TextField()
    upn_key = TextField()
    display_name = TextField()
    name_key = TextField()
    first_name = TextField(default="")
    last_name = TextField(default="")
    usage_location = TextField(default="")
    job_title = TextField(default="")
    department = TextField(default="")
    blocked = BooleanField(default=False)
    guest = BooleanField(default=False)
    created_at = TextField()
    deleted_at = TextField(null=True)
    removed_in = IntegerField(null=True)


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

KEPT = (
    "id, account_id, object_id, upn, upn_key, display_name, first_name, last_name, usage_location, job_title,"
    " department, blocked, guest, created_at, deleted_at"
)


def up(migrator: object, db: Database) -> None:
    # SQLite adds no column that has to have a value without also giving it a default for ever: the table is made anew.
    db.execute_sql("CREATE TEMPORARY TABLE user_before AS SELECT * FROM user")
    db.execute_sql("DROP TABLE user")
    with db.bind_ctx([User]):
        db.create_tables([User])
    db.execute_sql(f"INSERT INTO user ({KEPT}, name_key) SELECT {KEPT}, '' FROM user_before")
    db.execute_sql("DROP TABLE user_before")
    names = db.execute_sql("SELECT id, display_name FROM user").fetchall()
    update(db, "name_key", [(key(name), user_id) for user_id, name in names])
    # Of someone who was deleted twice the later entry is written last.
    removals = db.execute_sql("SELECT id, subject FROM audit_entry WHERE action = 'user.removed' ORDER BY id")
    update(db, "removed_in", [(entry, number(subject)) for entry, subject in removals.fetchall()])
    db.execute_sql("UPDATE user SET removed_in = NULL WHERE deleted_at IS NULL")


def update(db: Database, column: str, rows: list[tuple[object, int]]) -> None:
    db.connection().executemany(f"UPDATE user SET {column} = ? WHERE id = ?", rows)


def number(subject: str) -> int:
    return int(subject.removeprefix("user "))


def key(text: str) -> str:
    storable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", storable.strip()).casefold())
