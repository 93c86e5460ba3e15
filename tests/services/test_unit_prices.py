"""What confirmations say that seats cost: the price of today in the account's mode (rule 3)."""

from dataclasses import asdict
from decimal import Decimal

from cpdesk.domain.operators import Role
from tests.support.world import PREMIUM, STORAGE, World

ADA = "ada@contoso.example"
USAGE, PURCHASE = Decimal("26.40"), Decimal("23.10")


def test_removing_a_license_or_a_user_comes_with_what_the_seat_costs(world: World) -> None:
    account = world.account("Contoso", ADA)
    world.assign(account, ADA)
    ada = world.services.users.find(world.by, account, ADA).id
    for price in (USAGE, PURCHASE):
        removal = world.services.users.removal(world.by, account, [ada])
        assert (removal.currency, [effect.unit_price for effect in removal.effects]) == ("USD", [price])
        sheet = world.services.licenses.sheet(world.by, account, [ada])
        prices = {line.part_number: line.unit_price for line in sheet.lines}
        assert (sheet.currency, prices[PREMIUM]) == ("USD", price)
        if price is USAGE:
            world.to_purchase(account)


def test_a_currency_without_a_schedule_prices_nothing(world: World) -> None:
    made = world.services.accounts.create(world.by, "Tokai", "tokai.example", currency="JPY", activate=True).value
    world.user(made.id, "aya@tokai.example")
    world.assign(made.id, "aya@tokai.example")
    aya = world.services.users.find(world.by, made.id, "aya@tokai.example").id
    removal = world.services.users.removal(world.by, made.id, [aya])
    assert (removal.currency, [effect.unit_price for effect in removal.effects]) == ("JPY", [None])


def test_a_customer_administrator_sees_prices_and_no_cost(world: World) -> None:
    account = world.pool("Contoso", ADA)
    world.assign(account, ADA)
    world.buy(account, 1, STORAGE)
    customer = world.operator(Role.CUSTOMER, account)
    ada = world.services.users.find(customer, account, ADA).id
    sheet = world.services.licenses.sheet(customer, account, [ada])
    assert [line.unit_price for line in sheet.lines] == [PURCHASE]
    assert not [name for line in sheet.lines for name in asdict(line) if "cost" in name or "margin" in name]
