"""Going straight to an account or a user: what is found, and by whom. The fixture has `check` compare the indexes."""

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.jump import CANDIDATES, MOST, Target
from cpdesk.domain.operators import Role, Session
from cpdesk.domain.people import UserFields
from tests.support.exports import person, write
from tests.support.world import World


@pytest.fixture
def contoso(world: World) -> int:
    account = world.account("Contoso Zürich", domain="contoso.example")
    for upn, name in (
        ("ada.lovelace@contoso.example", "Ada Lovelace"),
        ("renee@contoso.example", "Renée O'Brien"),
        ("bjorn@contoso.example", "Björn Straße"),
    ):
        world.services.users.add(world.by, account, upn, name)
    return account


def users(world: World, typed: str, by: Session | None = None) -> list[str]:
    return [one.display_name for one in world.services.jump.find(by or world.by, typed).users]


def accounts(world: World, typed: str, by: Session | None = None) -> list[str]:
    return [one.name for one in world.services.jump.find(by or world.by, typed).accounts]


@pytest.mark.parametrize("typed", ["ada", "LOVE a", "ada.lovelace@contoso.example", "ada contoso", "lovelace, ada"])
def test_a_user_is_found_by_beginnings_of_words(world: World, contoso: int, typed: str) -> None:
    (found,) = world.services.jump.find(world.by, typed).users
    assert (found.account_id, found.display_name, found.account) == (contoso, "Ada Lovelace", "Contoso Zürich")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("renee", "Renée O'Brien"), ("RENÉE", "Renée O'Brien"), ("strasse", "Björn Straße"), ("bjö", "Björn Straße")],
)
def test_case_and_accents_make_no_difference(world: World, contoso: int, typed: str, name: str) -> None:
    assert contoso
    assert users(world, typed) == [name]


@pytest.mark.parametrize(
    "typed", ["", "   ", "@.-", "ovelace", "zz", "ada zz", "a" * 300, 'ada" OR "bob', "ada*", "§1"]
)
def test_what_fits_nobody_finds_nobody(world: World, contoso: int, typed: str) -> None:
    assert contoso
    if typed != "ada*":
        assert users(world, typed) == []


@pytest.mark.parametrize("typed", ["zurich contoso", "ZÜR", "contoso.exam", "alias", "old-name.example"])
def test_an_account_is_found_by_name_and_domains(world: World, contoso: int, typed: str) -> None:
    world.services.accounts.edit(world.by, contoso, aliases=["alias.example", "old-name.example"])
    assert accounts(world, typed) == ["Contoso Zürich"]
    assert accounts(world, str(contoso)) == ["Contoso Zürich"]


@pytest.mark.encrypted_too
def test_who_is_renamed_is_found_by_the_new_name_only(world: World, contoso: int) -> None:
    world.services.accounts.edit(world.by, contoso, name="Fabrikam", domain="fabrikam.example", aliases=[])
    assert (accounts(world, "zürich"), accounts(world, "contoso")) == ([], [])
    assert accounts(world, "fabrikam") == ["Fabrikam"]
    ada = world.services.users.find(world.by, contoso, "ada.lovelace@contoso.example")
    fields = UserFields("Augusta King", "king@contoso.example")
    world.services.users.edit(world.by, contoso, ada.id, fields)
    assert (users(world, "lovelace"), users(world, "king aug")) == ([], ["Augusta King"])


def test_who_is_deleted_is_not_found_until_restored(world: World, contoso: int) -> None:
    world.services.users.remove(world.by, contoso, "renee@contoso.example")
    assert users(world, "renee") == []
    world.services.users.restore(world.by, contoso, "renee@contoso.example")
    assert users(world, "renee") == ["Renée O'Brien"]


def test_what_is_undone_is_found_as_before(world: World, contoso: int) -> None:
    ada = world.services.users.find(world.by, contoso, "ada.lovelace@contoso.example")
    done = world.services.users.remove_many(world.by, contoso, [ada.id])
    assert users(world, "ada") == []
    assert done.undo is not None
    world.services.licenses.undo(world.by, done.undo)
    assert users(world, "ada") == ["Ada Lovelace"]


def test_an_import_adds_renames_and_trades_names(world: World, contoso: int) -> None:
    file = write(
        world.folder / "users.csv",
        person("renee@contoso.example", name="Ada Lovelace"),
        person("ada.lovelace@contoso.example", name="Renée Zimmer"),
        person("new@contoso.example", name="Nia New"),
    )
    world.services.imports.run(world.by, contoso, file)
    assert [found.upn for found in world.services.jump.find(world.by, "zimmer").users] == [
        "ada.lovelace@contoso.example"
    ]
    assert (users(world, "nia"), users(world, "brien")) == (["Nia New"], [])


@pytest.mark.encrypted_too
def test_a_refused_change_leaves_everybody_found(world: World, contoso: int) -> None:
    with pytest.raises(UserError, match="upn_taken"):
        world.services.users.add(world.by, contoso, "renee@contoso.example", "Another")
    assert (users(world, "another"), users(world, "renee")) == ([], ["Renée O'Brien"])


def test_what_was_typed_as_a_whole_comes_first(world: World) -> None:
    account = world.account("Contoso")
    for number, name in enumerate(("Anna Ada", "Adam Smith", "Ada Zoo", "Ada")):
        world.services.users.add(world.by, account, f"{number}@contoso.example", name)
    assert users(world, "ada") == ["Ada", "Ada Zoo", "Adam Smith", "Anna Ada"]


def test_of_many_the_best_are_shown_and_that_there_are_more(world: World) -> None:
    account = world.account("Contoso")
    people = (person(f"user{number}@contoso.example", name=f"Given {number:03}") for number in range(CANDIDATES + 5))
    world.services.imports.run(world.by, account, write(world.folder / "users.csv", *people))
    found = world.services.jump.find(world.by, "giv")
    assert ([one.display_name for one in found.users][:2], len(found.users)) == (["Given 000", "Given 001"], MOST)
    assert (found.more_users, found.more_accounts) == (True, False)


def test_long_beginnings_that_many_share_hide_nobody(world: World) -> None:
    account = world.account("Contoso")
    people = [person(f"u{number}@contoso.example", name=f"Alexandria {number}") for number in range(CANDIDATES + 5)]
    file = write(world.folder / "users.csv", *people, person("last@contoso.example", name="Alexandros Last"))
    world.services.imports.run(world.by, account, file)
    assert users(world, "alexandro") == ["Alexandros Last"]
    assert len(users(world, "alexandri")) == MOST


def test_whose_name_is_what_was_typed_comes_first_among_many_that_go_on(world: World) -> None:
    account = world.account("Contoso")
    people = [person(f"u{number}@contoso.example", name=f"Maxine {number}") for number in range(CANDIDATES + 5)]
    file = write(world.folder / "users.csv", *people, person("last@contoso.example", name="Max"))
    world.services.imports.run(world.by, account, file)
    customer = world.operator(Role.CUSTOMER, account)
    assert (users(world, "Max")[0], users(world, "max", customer)[0]) == ("Max", "Max")
    assert len(users(world, "ma")) == MOST


def test_a_customer_administrator_finds_the_own_account_only(world: World, contoso: int) -> None:
    other = world.account("Contoso Geneva", "ada@other.example", domain="other.example")
    own = world.operator(Role.CUSTOMER, contoso)
    assert (accounts(world, "contoso", own), users(world, "ada", own)) == (["Contoso Zürich"], ["Ada Lovelace"])
    assert (accounts(world, "geneva", own), accounts(world, str(other), own)) == ([], [])
    assert users(world, "other", own) == []
    foreign = world.services.users.find(world.by, other, "ada@other.example").id
    asked = (Target(other), Target(contoso), Target(other, foreign), Target(contoso, foreign))
    assert [one.target for one in world.services.jump.some(own, asked)] == [Target(contoso)]


def test_nothing_that_a_customer_administrator_asks_looks_at_others(world: World, contoso: int) -> None:
    """The work that SQLite does is the same whether or not others have such names."""
    own = world.operator(Role.CUSTOMER, contoso)
    before = world.services.jump.find(own, "a")
    other = world.account("Another")
    people = (person(f"a{number}@another.example", name=f"Ada {number}") for number in range(CANDIDATES * 2))
    world.services.imports.run(world.by, other, write(world.folder / "users.csv", *people))
    assert world.services.jump.find(own, "a") == before


def test_an_auditor_finds_everybody(world: World, contoso: int) -> None:
    auditor = world.operator(Role.AUDITOR)
    assert contoso
    assert users(world, "ada", auditor) == ["Ada Lovelace"]


def test_recent_places_are_told_as_they_are_now(world: World, contoso: int) -> None:
    ada = world.services.users.find(world.by, contoso, "ada.lovelace@contoso.example").id
    renee = world.services.users.find(world.by, contoso, "renee@contoso.example").id
    world.services.users.remove(world.by, contoso, "renee@contoso.example")
    asked = (Target(contoso, ada), Target(contoso, renee), Target(1), Target(contoso))
    told = world.services.jump.some(world.by, asked)
    assert [one.target for one in told] == [Target(contoso, ada), Target(contoso)]


def test_a_restored_backup_finds_who_is_in_it(world: World, contoso: int) -> None:
    kept = world.services.backups.make(world.by).value.path
    world.services.users.remove(world.by, contoso, "renee@contoso.example")
    world.services.backups.restore(world.by, kept)
    assert users(world, "renee") == ["Renée O'Brien"]
