import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.base.messages import sentence
from cpdesk.domain.account_drafts import Usual, drafts, refused
from cpdesk.domain.account_file import AccountDraft, AccountFile, parse_accounts
from cpdesk.domain.modes import Mode

USUAL = Usual("US", "USD", "America/New_York")


def read(text: str) -> AccountFile:
    return AccountFile("a.csv", "utf-8", *parse_accounts(text, "a.csv"))


def drafted(text: str) -> tuple[AccountDraft, ...]:
    return drafts(read(text), USUAL)


def codes(draft: AccountDraft) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in draft.problems]


@pytest.mark.parametrize(
    "header",
    [
        "name,domain,mode,country,zone,currency",
        " NAME ;Domain;Billing mode;Country;Time zone;Currency",
        "Account name\tDomain\tBilling model\tCountry code\ttime_zone\tCurrency code",
        "\ufeffCustomer,Primary domain,Mode,COUNTRY,timezone,currency",
    ],
)
def test_columns_are_found_by_their_names(header: str) -> None:
    delimiter = next(one for one in "\t;," if one in header)
    row = delimiter.join(["Contoso", "contoso.example", "Purchase Mode", "de", "EUROPE/berlin", "eur"])
    (draft,) = drafted(f"{header}\r\n{row}\r\n")
    assert draft == AccountDraft(2, "Contoso", "contoso.example", Mode.PURCHASE, "DE", "Europe/Berlin", "EUR")


def test_what_the_file_does_not_say_is_as_usual() -> None:
    for text in ("name,domain\nContoso,contoso.example", "domain,mode,zone,name,x\ncontoso.example,,,Contoso,1"):
        (draft,) = drafted(text)
        assert draft == AccountDraft(2, "Contoso", "contoso.example", Mode.USAGE, "US", "America/New_York", "USD")


@pytest.mark.parametrize(
    ("text", "mode"),
    [("usage", Mode.USAGE), ("Subscription Mode", Mode.USAGE), (" PURCHASE ", Mode.PURCHASE), ("", Mode.USAGE)],
)
def test_modes_are_named_as_people_do(text: str, mode: Mode) -> None:
    (draft,) = drafted(f"name,domain,mode\nContoso,contoso.example,{text}")
    assert (draft.mode, draft.problems) == (mode, ())


def test_the_apostrophe_of_our_own_exports_is_taken_off() -> None:
    (draft,) = drafted("'@name,name,domain\nx,'=Contoso,contoso.example")
    assert draft.name == "=Contoso"
    (draft,) = drafted("name,domain\n'Contoso' Ltd,contoso.example")
    assert draft.name == "'Contoso' Ltd"


def test_blank_rows_count_and_are_left_out() -> None:
    assert [draft.row for draft in drafted("name,domain\n\nA,a.example\n , \nB,b.example\n")] == [3, 5]


def test_a_row_says_everything_that_is_wrong_with_it_by_the_files_own_titles() -> None:
    (draft,) = drafted("Name,Domain,Mode,Country,Time Zone,Currency\n\x07,a b,rent,Germany,Mars,DEM")
    assert codes(draft) == [
        ("Name", "text_not_printable"),
        ("Domain", "bad_domain"),
        ("Mode", "unknown_mode"),
        ("Country", "unknown_country"),
        ("Time Zone", "unknown_time_zone"),
        ("Currency", "unknown_currency"),
    ]
    assert (draft.domain, draft.mode, draft.country, draft.currency) == ("a b", Mode.USAGE, "Germany", "DEM")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [("Contoso", "row_too_short", "domain"), ("Contoso, Inc.,contoso.example,x", "row_too_long", "3")],
)
def test_a_row_of_another_length_may_have_its_values_under_wrong_titles(row: str, code: str, column: str) -> None:
    (draft,) = drafted(f"name,domain,\n{row}\n")
    assert (column, code) in codes(draft)


def test_a_domain_twice_names_both_rows() -> None:
    first, other, third = drafted("name,domain\nA,Straße.example\nB,b.example\nC,STRASSE.example\n")
    assert (first.problems, other.problems) == ((), ())
    (problem,) = third.problems
    assert sentence(problem.code, **problem.params) == (
        "a.csv: the domain STRASSE.example stands in row 2 and again in row 4 (column domain)."
    )


def test_rows_without_a_domain_are_no_duplicates_of_each_other() -> None:
    assert [codes(draft) for draft in drafted("name,domain\nA,\nB,\n")] == [[("domain", "text_empty")]] * 2


def test_what_speaks_against_a_domain_is_added_to_its_row() -> None:
    file = read("name,domain\nA,A.example\nB,b.example\n")
    found = refused(file, drafts(file, USUAL), {"a.example": UserError("domain_taken", domain="A.example")})
    assert [codes(draft) for draft in found] == [[("domain", "domain_taken")], []]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("\n\n", "file_empty"),
        ("name,mode\nA,usage\n", "columns_missing"),
        ("domain\na.example\n", "columns_missing"),
        ("name,domain,Primary domain\nA,a.example,b.example\n", "column_twice"),
        ("name,domain\n", "file_without_accounts"),
        ('name,domain\nA,"a.example\n', "unbalanced_quotes"),
    ],
)
def test_what_is_no_file_of_accounts_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserError) as refusal:
        read(text)
    assert refusal.value.code == code
    assert refusal.value.params["file"] == "a.csv"


@given(st.text(st.sampled_from("name,domain;\n\t\"'=x.@ü\x00"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = drafted("name,domain,mode\n" + text)
    except UserError as refusal:
        told = [refusal.code]
    else:
        told = [sentence(problem.code, **problem.params) for draft in found for problem in draft.problems]
    assert all(told)
