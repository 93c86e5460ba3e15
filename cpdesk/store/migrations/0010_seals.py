"""Entries of the audit log get a seal of their own, so that a person can be erased from them."""

from peewee import Database


def up(migrator: object, db: Database) -> None:
    db.execute_sql("""ALTER TABLE "audit_entry" ADD COLUMN "seal" TEXT NOT NULL DEFAULT ''""")
