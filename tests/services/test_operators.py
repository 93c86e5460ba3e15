"""Rule 17: operators, signing in, and the way back in."""

import pytest

from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, World, dump

AUDITOR = "auditor@reseller.example"


def test_an_operator_signs_in_with_role_and_account(world: World) -> None:
    account = world.account()
    session = world.operator(Role.CUSTOMER, account, "ada@contoso.example")
    assert (session.email, session.role, session.account_id) == ("ada@contoso.example", Role.CUSTOMER, account)
    assert world.services.operators.sign_in(" ADA@contoso.example", PASSWORD) == session


def test_all_that_is_wrong_at_sign_in_looks_the_same(world: World) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    world.services.operators.remove(world.by, AUDITOR)
    for email, password in (
        (ADMIN, "wrong"),
        (ADMIN, ""),
        (ADMIN, PASSWORD.upper()),
        ("nobody@reseller.example", PASSWORD),
        (AUDITOR, PASSWORD),
        ("", ""),
        ("\udcff", PASSWORD),
        (ADMIN, "\udcff"),
    ):
        with refused("wrong_credentials") as refusal:
            world.services.operators.sign_in(email, password)
        assert refusal.params == {}


@pytest.mark.parametrize(
    ("email", "role", "with_account", "password", "code"),
    [
        ("auditor", Role.AUDITOR, False, PASSWORD, "bad_email"),
        (ADMIN.upper(), Role.AUDITOR, False, PASSWORD, "operator_exists"),
        (AUDITOR, Role.AUDITOR, False, "", "password_empty"),
        (AUDITOR, Role.CUSTOMER, False, PASSWORD, "customer_needs_account"),
        (AUDITOR, Role.AUDITOR, True, PASSWORD, "role_has_no_account"),
        (AUDITOR, Role.RESELLER, True, PASSWORD, "role_has_no_account"),
    ],
)
def test_what_is_no_operator_is_refused(
    world: World, email: str, role: Role, with_account: bool, password: str, code: str
) -> None:
    account = world.account() if with_account else None
    before = dump(world.store.path)
    with refused(code):
        world.services.operators.add(world.by, email, role, account, password)
    assert dump(world.store.path) == before


def test_a_customer_administrator_of_no_account_is_refused(world: World) -> None:
    with refused("unknown_account"):
        world.services.operators.add(world.by, AUDITOR, Role.CUSTOMER, 4711, PASSWORD)


def test_the_last_reseller_administrator_cannot_be_removed(world: World) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    with refused("last_reseller"):
        world.services.operators.remove(world.by, ADMIN)
    second = world.operator(Role.RESELLER, email="second@reseller.example")
    world.services.operators.remove(world.by, ADMIN)
    with refused("last_reseller"):
        world.services.operators.remove(second, second.email)
    assert [row.email for row in world.services.operators.rows(second)] == [AUDITOR, second.email]


def test_a_removed_operator_is_signed_out_at_once(world: World) -> None:
    second = world.operator(Role.RESELLER, email="second@reseller.example")
    account = world.account()
    world.services.operators.remove(world.by, second.email)
    for attempt in (
        lambda: world.services.accounts.rows(second),
        lambda: world.services.users.add(second, account, "ada@contoso.example", "Ada"),
        lambda: world.services.operators.remove(second, ADMIN),
        lambda: world.services.operators.set_password(second, second.email, "again"),
    ):
        with refused("signed_out"):
            attempt()


def test_a_removed_address_can_be_used_again_by_somebody_else(world: World) -> None:
    first = world.operator(Role.RESELLER, email="second@reseller.example")
    world.services.operators.remove(world.by, first.email)
    again = world.operator(Role.AUDITOR, email="second@reseller.example")
    assert again.operator_id != first.operator_id
    with refused("signed_out"):
        world.services.accounts.rows(first)


def test_removing_somebody_unknown_is_refused(world: World) -> None:
    with refused("unknown_operator"):
        world.services.operators.remove(world.by, "nobody@reseller.example")


def test_a_new_password_counts_at_once_and_the_old_one_no_more(world: World) -> None:
    world.services.operators.set_password(world.by, ADMIN, "new one")
    assert world.services.operators.sign_in(ADMIN, "new one") == world.by
    with refused("wrong_credentials"):
        world.services.operators.sign_in(ADMIN, PASSWORD)
    with refused("password_empty"):
        world.services.operators.set_password(world.by, ADMIN, "")


def test_the_recovery_code_lets_a_reseller_back_in_once(world: World) -> None:
    code = _code(world)
    following = world.services.operators.recover(code.lower().replace("-", " "), ADMIN, "new one")
    assert world.services.operators.sign_in(ADMIN, "new one") == world.by
    with refused("wrong_recovery_code"):
        world.services.operators.recover(code, ADMIN, "another")
    assert world.services.operators.recover(following, ADMIN, "another") not in {code, following}


def test_the_recovery_code_lets_nobody_else_in(world: World) -> None:
    code = _code(world)
    world.operator(Role.AUDITOR, email=AUDITOR)
    before = dump(world.store.path)
    for tried, email in (
        (code, AUDITOR),
        (code, "nobody@reseller.example"),
        (code[:-1], ADMIN),
        ("", ADMIN),
        ("\udcff", ADMIN),
    ):
        with refused("wrong_recovery_code"):
            world.services.operators.recover(tried, email, "new one")
    assert dump(world.store.path) == before


def _code(world: World) -> str:
    """A recovery code that is known: the one of the set-up was shown to nobody."""
    from cpdesk.services.operators import new_recovery_code

    with world.store.write():
        return new_recovery_code()


def test_operators_are_audited_without_their_passwords(world: World) -> None:
    account = world.account()
    world.operator(Role.CUSTOMER, account, "ada@contoso.example")
    world.services.operators.set_password(world.by, "ada@contoso.example", "new one")
    world.services.operators.remove(world.by, "ada@contoso.example")
    entries = world.services.audit.rows(world.by, account)[:3]
    facts = {"email": "ada@contoso.example", "role": "customer", "account_id": account}
    assert [(entry.action, entry.before, entry.after) for entry in entries] == [
        ("operator.removed", facts, None),
        ("operator.password_set", None, {"email": "ada@contoso.example"}),
        ("operator.added", None, facts),
    ]
    assert "new one" not in repr(dump(world.store.path)["audit_entry"])


def test_a_role_changes_at_once(world: World) -> None:
    auditor = world.operator(Role.AUDITOR, email=AUDITOR)
    row = world.services.operators.change_role(world.by, AUDITOR.upper(), Role.RESELLER, None).value
    assert (row.id, row.role) == (auditor.operator_id, Role.RESELLER)
    world.services.accounts.create(auditor, "Contoso", "contoso.example")
    world.services.operators.change_role(world.by, AUDITOR, Role.AUDITOR, None)
    with refused("not_allowed"):
        world.services.accounts.create(auditor, "Fabrikam", "fabrikam.example")


def test_a_customer_administrator_can_be_given_another_account(world: World) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    customer = world.operator(Role.CUSTOMER, contoso, "ada@contoso.example")
    row = world.services.operators.change_role(world.by, customer.email, Role.CUSTOMER, fabrikam).value
    assert (row.account_id, row.account_name) == (fabrikam, "Fabrikam")
    assert [account.id for account in world.services.accounts.rows(customer)] == [fabrikam]


def test_the_last_reseller_administrator_cannot_be_demoted(world: World) -> None:
    before = dump(world.store.path)
    with refused("last_reseller_demoted"):
        world.services.operators.change_role(world.by, ADMIN, Role.AUDITOR, None)
    assert dump(world.store.path) == before
    world.operator(Role.RESELLER, email="second@reseller.example")
    world.services.operators.change_role(world.by, ADMIN, Role.AUDITOR, None)
    with refused("not_allowed"):
        world.services.operators.change_role(world.by, ADMIN, Role.RESELLER, None)


@pytest.mark.parametrize(
    ("email", "role", "with_account", "code"),
    [
        ("nobody@reseller.example", Role.AUDITOR, False, "unknown_operator"),
        (AUDITOR, Role.AUDITOR, False, "role_unchanged"),
        (AUDITOR, Role.CUSTOMER, False, "customer_needs_account"),
        (AUDITOR, Role.RESELLER, True, "role_has_no_account"),
    ],
)
def test_a_role_that_does_not_fit_is_refused(
    world: World, email: str, role: Role, with_account: bool, code: str
) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    account = world.account() if with_account else None
    before = dump(world.store.path)
    with refused(code):
        world.services.operators.change_role(world.by, email, role, account)
    assert dump(world.store.path) == before


def test_an_account_that_does_not_exist_has_no_administrator(world: World) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    with refused("unknown_account"):
        world.services.operators.change_role(world.by, AUDITOR, Role.CUSTOMER, 4711)


def test_a_change_of_role_is_audited_where_it_matters(world: World) -> None:
    contoso = world.account("Contoso")
    customer = world.operator(Role.CUSTOMER, contoso, "ada@contoso.example")
    world.services.operators.change_role(world.by, customer.email, Role.AUDITOR, None)
    entry = world.services.audit.rows(world.by, contoso)[0]
    assert entry.action == "operator.role_changed"
    assert entry.before == {"email": customer.email, "role": "customer", "account_id": contoso}
    assert entry.after == {"email": customer.email, "role": "auditor", "account_id": None}
    world.services.operators.change_role(world.by, customer.email, Role.CUSTOMER, contoso)
    assert world.services.audit.rows(world.by, contoso)[0].before == entry.after


def test_neither_of_two_accounts_learns_of_the_other_by_a_change_of_role(world: World) -> None:
    contoso, fabrikam = world.account("Contoso"), world.account("Fabrikam")
    customer = world.operator(Role.CUSTOMER, contoso, "ada@contoso.example")
    world.services.operators.change_role(world.by, customer.email, Role.CUSTOMER, fabrikam)
    left, joined = (world.services.audit.rows(world.by, account)[0] for account in (contoso, fabrikam))
    assert (left.action, joined.action) == ("operator.removed", "operator.added")
    assert str(fabrikam) not in repr(left)
    assert str(contoso) not in repr(joined)
    assert world.problems() == []


def test_the_own_password_needs_the_present_one(world: World) -> None:
    auditor = world.operator(Role.AUDITOR, email=AUDITOR)
    with refused("wrong_password"):
        world.services.operators.change_own_password(auditor, "wrong", "new one")
    with refused("password_empty"):
        world.services.operators.change_own_password(auditor, PASSWORD, "")
    world.services.operators.change_own_password(auditor, PASSWORD, "new one")
    assert world.services.operators.sign_in(AUDITOR, "new one") == auditor
    assert world.services.audit.rows(world.by)[0].action == "operator.password_set"


def test_generated_passwords_are_long_and_differ() -> None:
    from cpdesk.services.operators import new_password

    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(password) == 19 and password.count("-") == 3 for password in made)
