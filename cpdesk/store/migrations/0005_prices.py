"""Price schedules, which of them accounts have, and statements as they were issued.

A database that was set up before gets the schedule `Default` with the list prices of November 2025, as a new one does.
"""

from peewee import AutoField, CompositeKey, Database, ForeignKeyField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Account(Table):
    id = IntegerField(primary_key=True)


class Product(Table):
    id = AutoField()


class AuditEntry(Table):
    id = AutoField()


class PriceSchedule(Table):
    id = AutoField()
    name = TextField()
    name_key = TextField(unique=True)
    currency = TextField()
    created_at = TextField()


class DefaultSchedule(Table):
    effective_on = TextField(primary_key=True)
    schedule = ForeignKeyField(PriceSchedule, index=False)


class AccountSchedule(Table):
    account = ForeignKeyField(Account, index=False)
    effective_on = TextField()
    schedule = ForeignKeyField(PriceSchedule, null=True, index=False)
    recorded_at = TextField()

    class Meta:
        primary_key = CompositeKey("account", "effective_on")


class ScheduleProration(Table):
    schedule = ForeignKeyField(PriceSchedule, index=False)
    effective_on = TextField()
    proration = TextField()

    class Meta:
        primary_key = CompositeKey("schedule", "effective_on")


class Price(Table):
    schedule = ForeignKeyField(PriceSchedule, index=False)
    product = ForeignKeyField(Product, index=False)
    effective_on = TextField()
    usage_price = TextField(null=True)
    purchase_price = TextField(null=True)
    usage_cost = TextField(null=True)
    purchase_cost = TextField(null=True)
    recorded_at = TextField()

    class Meta:
        primary_key = CompositeKey("schedule", "product", "effective_on")


class IssuedStatement(Table):
    id = AutoField()
    account = ForeignKeyField(Account, index=False)
    month = TextField()
    number = TextField(unique=True)
    issued_at = TextField()
    content = TextField()
    audit = ForeignKeyField(AuditEntry, index=False)

    class Meta:
        indexes = ((("account", "month"), True),)


class StatementCorrection(Table):
    id = AutoField()
    statement = ForeignKeyField(IssuedStatement)
    number = TextField(unique=True)
    issued_at = TextField()
    text = TextField()
    amount = TextField()
    reason = TextField()
    audit = ForeignKeyField(AuditEntry, index=False)


TABLES = (
    PriceSchedule,
    DefaultSchedule,
    AccountSchedule,
    ScheduleProration,
    Price,
    IssuedStatement,
    StatementCorrection,
)

BEGINNING = "2000-01-01"
"""From when a schedule counts that was always there."""
PRICED_ON = "2025-11-01"


def up(migrator: object, db: Database) -> None:
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    # Statements sum up what an account held at any time.
    db.execute_sql(
        'CREATE INDEX "seat_entry_history" ON "seat_entry"'
        ' ("account_id", "product_id", "effective_at", "seats", "assigned")'
    )
    last = db.execute_sql("SELECT max(recorded_at) FROM audit_entry").fetchone()[0]
    if last is not None:
        add_default(db, last)


def add_default(db: Database, recorded_at: str) -> None:
    db.execute_sql(
        "INSERT INTO price_schedule (id, name, name_key, currency, created_at)"
        " VALUES (1, 'Default', 'default', 'USD', ?)",
        (recorded_at,),
    )
    db.execute_sql("INSERT INTO default_schedule (effective_on, schedule_id) VALUES (?, 1)", (BEGINNING,))
    db.execute_sql(
        "INSERT INTO schedule_proration (schedule_id, effective_on, proration) VALUES (1, ?, 'daily')", (BEGINNING,)
    )
    for guid, usage, purchase in LIST_PRICES:
        db.execute_sql(
            "INSERT INTO price (schedule_id, product_id, effective_on, usage_price, purchase_price, recorded_at)"
            " SELECT 1, id, ?, ?, ?, ? FROM product WHERE guid = ?",
            (PRICED_ON, usage, purchase, recorded_at, guid),
        )


LIST_PRICES = (
    # GUID of the product; the monthly term; a month of the annual term that is billed monthly. In USD.
    ("3b555118-da6a-4418-894f-7df1e2096870", "7.20", "6.30"),
    ("f245ecc8-75af-4f8e-b61f-27d8114de5f3", "15.00", "13.13"),
    ("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "26.40", "23.10"),
    ("cdd28e44-67e3-425e-be4c-737fab2899d3", "9.96", "8.72"),
    ("c2273bd0-dff7-4215-9ef5-2c7bcfb06425", "14.40", "12.60"),
    ("21502a13-c8dc-4744-be9c-177fd9d2eafc", "5.28", "4.62"),
    ("5a1c7b8d-0739-4ca8-bf69-ec87e69133ac", "11.15", "9.75"),
    ("00e1ec7b-e4a3-40d1-9441-b69b597ab222", "22.55", "19.73"),
    ("05e9a617-0261-4cee-bb44-138d3ef5d965", "43.20", "37.80"),
    ("dcf0408c-aaec-446c-afd4-43e3683943ea", "32.94", "28.82"),
    ("06ebc4ee-1bb5-47dd-8120-11324bc54e06", "68.40", "59.85"),
    ("18a4bd3f-0b5b-4887-b04f-61dd0ee15f5e", "58.14", "50.87"),
    ("44575883-256e-4a79-9da4-ebe9acabe2b2", "2.76", "2.42"),
    ("66b55226-6b4f-492c-910c-a3b7a3c9d993", "9.60", "8.40"),
    ("18181a46-0d4e-45cd-891e-60aabd171b4e", "12.00", "10.50"),
    ("6fd2c87f-b296-42f0-b197-1e91e994b900", "27.60", "24.15"),
    ("c7df2760-2c81-4ef7-b578-5b5392b571df", "45.60", "39.90"),
    ("4b585984-651b-448a-9e53-3b10f069cf7f", "4.80", "4.20"),
    ("4b9405b0-7788-4568-add1-99614e613b69", "4.80", "4.20"),
    ("19ec0d23-8335-4cbd-94ac-6050e30712fa", "9.60", "8.40"),
    ("80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82", "2.40", "2.10"),
    ("ee02fd1b-340e-4a4b-b355-4a514e4c8943", "3.60", "3.15"),
    ("1fc08a02-8b3d-43b9-831e-f76859e04e1a", "6.00", "5.25"),
    ("a9732ec9-17d9-494c-a51c-d6b45b384dcb", "12.00", "10.50"),
    ("e6778190-713e-4e4f-9119-8b8238de25df", "6.00", "5.25"),
    ("ed01faf2-1d88-4947-ae91-45ca18703a96", "12.00", "10.50"),
    ("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "12.72", "11.13"),
    ("b05e124f-c7cc-45a0-a6aa-8cf78c946968", "19.68", "17.22"),
    ("078d2b04-f1bd-4111-bbd4-b4b1b354cef4", "7.20", "6.30"),
    ("84a661c4-e949-4bd2-a560-ed7766fcaf2b", "10.80", "9.45"),
    ("061f9ace-7d42-4136-88ac-31dc755f143f", "9.60", "8.40"),
    ("2b317a4a-77a6-4188-9437-b68a77b4e2c6", "3.24", "2.84"),
    ("a929cd4d-8672-47c9-8664-159c1f322ba8", "12.00", "10.50"),
    ("4ef96642-f096-40de-a3e9-d83fb2f90211", "2.40", "2.10"),
    ("3dd6cf57-d688-4eed-ba52-9e40b5468c3e", "6.00", "5.25"),
    ("16a55f2f-ff35-4cd5-9146-fb784e3761a5", "3.60", "3.15"),
    ("b126b073-72db-4a9d-87a4-b17afe41d4ab", "6.24", "5.46"),
    ("5e1e7702-a2b7-4360-8d07-2f515792896f", "3.60", "3.15"),
    ("98defdf7-f6c1-44f5-a1f6-943b6764e7a5", "6.60", "5.78"),
    ("26124093-3d78-432b-b5dc-48bf992543d5", "14.40", "12.60"),
    ("184efa21-98c3-4e5d-95ab-d07053a96e67", "14.40", "12.60"),
    ("32b47245-eb31-44fc-b945-a8b1576c439f", "15.60", "13.65"),
    ("639dec6b-bb19-468b-871c-c5c441c4b0cb", None, "31.50"),
    ("f8a1db68-be16-40ed-86d5-cb42ce701560", "16.80", "14.70"),
    ("c1d032e0-5619-4761-9b5c-75b6831e1711", "28.80", "25.20"),
    ("b30411f5-fea1-4a59-9ad9-3db7c7ead579", "24.00", "21.00"),
    ("eda1941c-3c4f-4995-b5eb-e85a42175ab9", "18.00", "15.75"),
    ("4a51bf65-409c-4a91-b845-1121b571cc9d", "18.00", "15.75"),
    ("beb6439c-caad-48d3-bf46-0c82871e12be", "12.00", "10.50"),
    ("53818b1b-4a27-454b-8896-0dba576410e6", "36.00", "31.50"),
    ("09015f9f-377f-4538-bbb5-f75ceb09358a", "66.00", "57.75"),
    ("4b244418-9658-4451-a2b8-b5e2b364e9bd", "6.00", "5.25"),
    ("c5928f49-12ba-48f7-ada3-0d743a3601d5", "18.00", "15.75"),
    ("e43b5b99-8dfb-405f-9987-dc307f34bcbd", "12.00", "10.50"),
    ("0dab259f-bf13-4952-b7f8-7db8f131b28d", "9.60", "8.40"),
    ("d3b4fe1f-9992-4930-8acb-ca6ec609365e", "28.80", "25.20"),
    ("ae2343d1-0999-43f6-ae18-d816516f6e78", "20.40", "17.85"),
    ("36a0f3b3-adb5-49ea-bf66-762134cf063a", "12.00", "10.50"),
    ("3ab6abff-666f-4424-bfb7-f0bc274ec7bc", "4.80", "4.20"),
    ("4cde982a-ede4-4409-9ae6-b003453c8ea6", "48.00", "42.00"),
    ("295a8eb0-f78d-45c7-8b5b-1eed5ed02dff", "9.60", "8.40"),
    ("440eaaa8-b3e0-484b-a8be-62870b9ba70a", "0.00", "0.00"),
    ("61902246-d7cb-453e-85cd-53ee28eec138", "14.40", "12.60"),
    ("6a0f6da5-0b87-4190-a6ae-9bb5a2b9546a", "8.40", "7.35"),
    ("71f21848-f89b-4aaa-a2dc-780c8e8aac5b", "45.00", "42.53"),
    ("e2aebe6c-897d-480f-9d62-fff1381581f7", "41.00", "38.75"),
    ("2880026b-2b0c-4251-8656-5d41ff11e3aa", "96.00", "84.00"),
    ("f991cecc-3f91-4cd0-a9a8-bf1c8167e029", "132.00", "115.50"),
    ("2e3c4023-80f6-4711-aa5d-29e0ecb46835", "9.60", "8.40"),
    ("99049c9c-6011-4908-bf17-15f496e6519d", "0.24", "0.21"),
    ("e612d426-6bc3-4181-9658-91aa906b0ac0", "48.00", "42.00"),
    ("631d5fb1-a668-4c2a-9427-8830665a742e", "2.40", "2.10"),
    ("448b063f-9cc6-42fc-a0e6-40e08724a395", "12.00", "10.50"),
    ("75564b9c-51e8-431c-b8fe-d472d5a545c8", "240.00", "210.00"),
    ("4b74a65c-8b4a-4fc8-9f6b-5177ed11ddfa", "0.00", "0.00"),
    ("b3a42176-0a8c-4c3f-ba4e-f2b37fe5be6b", "120.00", "105.00"),
    ("253ce8d3-6122-4240-8b04-f434a8fa831f", "180.00", "157.50"),
    ("b4d7b828-e8dc-4518-91f9-e123ae48440d", "6.00", "5.25"),
)
