"""The tables of service plans: what products consist of."""

from peewee import AutoField, CompositeKey, ForeignKeyField, TextField

from cpdesk.store.models import Product, Table


class ServicePlan(Table):
    """A part of products that can be switched on and off by itself. The GUID is its identity."""

    id = AutoField()
    guid = TextField(unique=True)
    name = TextField()
    """As programs call it."""
    title = TextField()
    """As people call it."""


class ProductPlan(Table):
    """That a product includes a service plan."""

    product = ForeignKeyField(Product, index=False)
    plan = ForeignKeyField(ServicePlan, index=False)

    class Meta:
        primary_key = CompositeKey("product", "plan")


PLAN_TABLES: tuple[type[Table], ...] = (ServicePlan, ProductPlan)
