"""What administrators' files are really like, sentence by sentence, from their bytes to users with licenses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.composition import published_names
from cpdesk.domain.catalog import Product, name_key
from cpdesk.domain.user_import.names import Basis, Preferences, ProductNames, match_licenses, meaning_of
from cpdesk.gateways.user_files import read_export
from tests.support.exports import COLUMNS, E3_NAME, OLD_COLUMNS, PREMIUM_NAME, STORAGE_NAME
from tests.support.refusals import refused
from tests.support.world import World, dump

Write = Callable[..., Path]
EMS_NAME = "Enterprise Mobility + Security E3"
PUBLISHED = ProductNames(published_names())
WITH_PLUS = [product.name for product in published_names() if " + " in product.name]
SHARED = {
    product.name: PUBLISHED.split(product.name)[0][1]
    for product in published_names()
    if len(PUBLISHED.split(product.name)[0][1]) > 1
}


@pytest.fixture
def users_file(tmp_path: Path) -> Write:
    """Writes bytes: `users_file(text)`, `users_file(text, "utf-16")`."""

    def write(text: str, encoding: str = "utf-8", name: str = "users_9_15_2025 9_17_18 PM.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def told(columns: list[str], **said: str) -> str:
    """A file with these columns and one user; what is not said is empty. Blanks of a title are underscores."""
    cells = [said.pop(title.replace(" ", "_"), "") for title in columns]
    assert not said, "no such column"
    return f"{','.join(columns)}\r\n{','.join(cells)}\r\n"


WHOLE = {
    "Display_name": "Ada Löw",
    "User_principal_name": "ada@x.example",
    "Object_Id": "00000001-1111-4222-8333-444455556666",
    "First_name": "Ada",
    "Last_name": "Löw",
    "Soft_deletion_time_stamp": "",
    "Title": "Head",
    "Department": "Sales",
    "Usage_location": "DE",
    "Block_credential": "True",
    "Licenses": f"{PREMIUM_NAME}+{E3_NAME}",
    "When_created": "2022-03-18 19:49:35Z",
}


@pytest.mark.parametrize(("columns", "count"), [(COLUMNS, 28), (OLD_COLUMNS, 32)])
def test_both_generations_say_the_same_of_a_user(users_file: Write, columns: list[str], count: int) -> None:
    assert len(columns) == count
    titles = {title.casefold(): title for title in columns}
    said = {titles[key.replace("_", " ").casefold()].replace(" ", "_"): value for key, value in WHOLE.items()}
    (row,) = read_export(users_file(told(columns, **said))).rows
    assert row.upn == "ada@x.example"
    assert (row.display_name, row.first_name, row.last_name) == ("Ada Löw", "Ada", "Löw")
    assert (row.job_title, row.department, row.usage_location, row.blocked) == ("Head", "Sales", "DE", True)
    assert row.object_id == "00000001-1111-4222-8333-444455556666"
    assert row.licenses_text == f"{PREMIUM_NAME}+{E3_NAME}"


def test_the_older_generation_is_alphabetical() -> None:
    assert sorted(OLD_COLUMNS, key=str.casefold) == OLD_COLUMNS


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("dress", [str.upper, str.lower, lambda title: f"  {title.replace(' ', '')}\xa0"])
def test_columns_are_matched_by_name_never_by_place(users_file: Write, dress: Callable[[str], str], order: int) -> None:
    titles = {"User principal name": "ada@x.example", "Display name": "Ada", "Shoe size": "44", "Licenses": E3_NAME}
    head, cells = list(titles)[::order], list(titles.values())[::order]
    (row,) = read_export(users_file("\ufeff" + ",".join(map(dress, head)) + "\n" + ",".join(cells) + "\n")).rows
    assert (row.upn, row.display_name, row.licenses_text) == ("ada@x.example", "Ada", E3_NAME)


def test_seven_names_have_a_plus_of_their_own() -> None:
    assert len(WITH_PLUS) == 7


@pytest.mark.parametrize("name", WITH_PLUS)
@pytest.mark.parametrize("joint", ["+", " + "])
def test_a_name_with_a_plus_is_not_split(name: str, joint: str) -> None:
    for parts in ([name], [E3_NAME, name], [name, E3_NAME], [E3_NAME, name, "Visio Plan 9", name]):
        found = match_licenses(joint.join(parts), PUBLISHED)
        assert {product.name for product in found.products} == set(parts) - {"Visio Plan 9"}


def test_fifteen_names_belong_to_two_products_each() -> None:
    assert {len(products) for products in SHARED.values()} == {2}
    assert len({name.casefold() for name in SHARED}) == 15


@pytest.mark.parametrize(("name", "twins"), SHARED.items(), ids=list(SHARED))
def test_what_the_account_holds_goes_before_the_schedule_and_then_it_is_asked(
    name: str, twins: tuple[Product, Product]
) -> None:
    first, second = (product.guid for product in twins)
    held = Preferences(held_guids={first}, schedule_guids={second})
    priced = Preferences(schedule_guids={second})
    answered = Preferences(held_guids={first}, remembered={name_key(name): second})
    for preferences, guid, basis in (
        (held, first, Basis.HELD),
        (priced, second, Basis.SCHEDULE),
        (answered, second, Basis.REMEMBERED),
    ):
        meaning = meaning_of(name, twins, PUBLISHED, preferences)
        assert (meaning.product and meaning.product.guid, meaning.basis) == (guid, basis)
    assert meaning_of(name, twins, PUBLISHED).basis is Basis.AMBIGUOUS


@pytest.mark.parametrize("stamp", ["2022-03-18 19:49:35Z", "3/18/2022 7:49:35 PM", "18.03.2022 19:49", "44638.8"])
def test_whoever_has_a_time_of_deletion_is_no_user(world: World, users_file: Write, stamp: str) -> None:
    account = world.account()
    text = told(
        COLUMNS,
        User_principal_name="ada@contoso.example",
        Soft_deletion_time_stamp=stamp,
        Licenses=PREMIUM_NAME,
    )
    report = world.services.imports.run(world.by, account, users_file(text)).value
    assert [row.reason.value for row in report.plan.skipped] == ["deleted_in_file"]
    assert world.licenses(account) == {}


def test_a_guest_is_imported_and_marked_and_a_blocked_one_with_licenses_is_worth_a_warning(
    world: World, users_file: Write
) -> None:
    account = world.account()
    guest = "bob_fabrikam.example#EXT#@contoso.example"
    text = told(COLUMNS, User_principal_name=guest, Block_credential="TRUE", Licenses=E3_NAME)
    report = world.services.imports.run(world.by, account, users_file(text)).value
    assert [(user.upn, user.licenses) for user in report.blocked] == [(guest, (E3_NAME,))]
    assert [(row.guest, row.blocked) for row in world.services.users.rows(world.by, account)] == [(True, True)]


def test_the_same_upn_twice_names_both_rows(world: World, users_file: Write) -> None:
    text = f"User principal name,Licenses\nada@x.example,{E3_NAME}\n\nbob@x.example,\nADA@X.example,\n"
    with refused("duplicate_upn_in_file") as refusal:
        world.services.imports.run(world.by, world.account(), users_file(text))
    assert (refusal.params["row"], refusal.params["other_row"]) == (2, 5)


# Bad input: a message that names file, row and column, and nothing changed

_HEAD = "User principal name,Display name,Usage location,Licenses\n"


@pytest.mark.parametrize(
    ("text", "encoding", "code", "row", "column"),
    [
        (_HEAD + "a@x.example,Löw,DE,\n", "utf-8", "file_not_in_encoding", 2, "Display name"),
        (_HEAD + 'a@x.example,A,DE,\nb@x.example,"B,DE,\n', None, "unbalanced_quotes", 3, "Display name"),
        (_HEAD + "a@x.example,A,DE,\nb@x.example,B\n", None, "row_too_short", 3, "Usage location"),
        (_HEAD + "a@x.example,A,DE,,,x\n", None, "row_too_long", 2, "Licenses"),
        (_HEAD + "a@x.example,A,DE,\nnobody,B,DE,\n", None, "upn_invalid", 3, "User principal name"),
        (_HEAD + "a@x.example,A,Atlantis,\n", None, "usage_location_unknown", 2, "Usage location"),
        (_HEAD + "a@x.example,A\x01,DE,\n", None, "value_not_text", 2, "Display name"),
    ],
)
def test_bad_input_is_refused_whole(
    world: World, users_file: Write, text: str, encoding: str | None, code: str, row: int, column: str
) -> None:
    account = world.account()
    before = dump(world.store.path)
    file = users_file(text, "windows-1252")
    with refused(code) as refusal:
        world.services.imports.run(world.by, account, file, encoding=encoding)
    assert (refusal.params["file"], refusal.params["row"], refusal.params["column"]) == (file.name, row, column)
    assert dump(world.store.path) == before


def test_more_seats_than_the_limit_are_a_warning(world: World, users_file: Write) -> None:
    account = world.account()
    text = "User principal name,Licenses\n" + "".join(f"u{n}@contoso.example,{PREMIUM_NAME}\n" for n in range(301))
    report = world.services.imports.run(world.by, account, users_file(text)).value
    assert [(beyond.most, beyond.before, beyond.after) for beyond in report.beyond] == [(300, 0, 301)]
    assert world.counts(account).seats == 301


# The same file twice

_UPNS = st.sampled_from([f"{name}@contoso.example" for name in ("ada", "Bob", "böb", "cy_x.example#EXT#", "o'neil")])
_LICENSES = st.sampled_from(
    ["", "Unlicensed", PREMIUM_NAME, f"{EMS_NAME}+{E3_NAME}", f"{E3_NAME} + Rocket Fuel", f"{STORAGE_NAME}+{E3_NAME}"]
)
_TEXTS = st.sampled_from(["", "Ada", " Löw\xa0", "'=1+1", "O'Neil", "Zürich, Nord", 'the "boss"', "Ада", "A\u0308da"])
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "User principal name": _UPNS,
            "Object Id": st.sampled_from(["", "ID-1", "id-2", "id-3"]),
            "Display name": _TEXTS,
            "Department": _TEXTS,
            "Block credential": st.sampled_from(["True", "FALSE", ""]),
            "Soft deletion time stamp": st.sampled_from(["", "", "2025-01-01 00:00:00Z"]),
            "Usage location": st.sampled_from(["", "de", "Germany"]),
            "Licenses": _LICENSES,
        }
    ),
    min_size=1,
    max_size=5,
    unique_by=(lambda row: row["User principal name"].casefold(), lambda row: row["Object Id"].casefold() or object()),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    rows=_ROWS,
    columns=st.sampled_from([COLUMNS, OLD_COLUMNS]),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_the_same_file_twice_changes_nothing(
    world: World,
    users_file: Write,
    rows: list[dict[str, str]],
    columns: list[str],
    delimiter: str,
    end: str,
    encoding: str,
) -> None:
    number = len(world.services.accounts.rows(world.by))
    account = world.account(f"Account {number}", domain=f"account{number}.example")
    lines = [[_quoted(row.get(title, "")) for title in columns] for row in rows]
    text = end.join(delimiter.join(line) for line in [columns, *lines]) + end
    file = users_file(text, encoding)
    first = world.services.imports.run(world.by, account, file).value
    before = dump(world.store.path)
    again = world.services.imports.run(world.by, account, file).value
    assert dump(world.store.path) == before
    assert {change.outcome.value for change in again.plan.changes} <= {"unchanged"}
    assert len(again.plan.changes) == len(first.plan.changes)
    assert again.cost(after=True) == again.cost(after=False) == first.cost(after=True)
    assert world.problems() == []


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if text else ""
