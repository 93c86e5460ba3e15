"""The database: models, connection, migrations, and query modules that return domain rows. The only Peewee."""
