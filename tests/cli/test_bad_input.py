"""Wrong input gets its code, a sentence on standard error, exit code 1, and changes nothing."""

import pytest

from tests.cli.conftest import ANNA, BOB, CONTOSO, Cli

BLOCKS = "Microsoft Copilot Studio"
HUGE = "9" * 60
CREATE = ("accounts", "create", "Adatum", "--domain")
NEW = (*CREATE, "adatum.example")
NOBODY = "nobody@contoso.example"

Refused = list[tuple[tuple[str, ...], str]]

IN_EITHER_MODE: Refused = [
    (("accounts", "show", "nowhere.example"), "unknown_account"),
    (("accounts", "show", HUGE), "unknown_account"),
    (("accounts", "show", ""), "unknown_account"),
    (("mode", "show", "nowhere.example"), "unknown_account"),
    (("audit", "list", "nowhere.example"), "unknown_account"),
    (("licenses", "assign", CONTOSO, BOB, "Frobnicator"), "unknown_product"),
    (("licenses", "assign", CONTOSO, BOB, ""), "unknown_product"),
    (("licenses", "assign", CONTOSO, NOBODY, "SPB"), "unknown_user"),
    (("licenses", "remove", CONTOSO, NOBODY, "SPB"), "unknown_user"),
    (("licenses", "remove", CONTOSO, BOB, "SPB"), "not_assigned"),
    (("licenses", "assign", CONTOSO, ANNA, "SPB"), "already_assigned"),
    (("licenses", "assign", "fabrikam", BOB, "SPB"), "service_not_active"),
    (("users", "remove", CONTOSO, NOBODY), "unknown_user"),
    (("users", "add", CONTOSO, ANNA.upper(), "--name", "A"), "upn_taken"),
    (("users", "add", CONTOSO, "nobody", "--name", "A"), "bad_upn"),
    (("users", "add", CONTOSO, NOBODY, "--name", " "), "text_empty"),
    (("users", "add", CONTOSO, NOBODY, "--name", "a" * 300), "text_too_long"),
    (("users", "add", CONTOSO, NOBODY, "--name", "a\x1b[31m"), "text_not_printable"),
    ((*NEW, "--time-zone", "Mars/Olympus"), "unknown_time_zone"),
    ((*NEW, "--time-zone", "../etc/passwd"), "unknown_time_zone"),
    ((*NEW, "--currency", "XXX"), "unknown_currency"),
    ((*NEW, "--country", "ZZ"), "unknown_country"),
    ((*CREATE, CONTOSO.upper()), "domain_taken"),
    ((*CREATE, "no domain"), "bad_domain"),
    (("accounts", "create", "", "--domain", "adatum.example"), "text_empty"),
    (("accounts", "activate", CONTOSO), "service_already_active"),
    (("mode", "keep", CONTOSO), "nothing_pending"),
    (("users", "import", "fabrikam", __file__), "columns_missing"),
]
IN_USAGE_MODE: Refused = [
    (("seats", "add", CONTOSO, "SPB", "1"), "seats_follow_assignments"),
    (("seats", "remove", CONTOSO, "SPB", "1"), "seats_follow_assignments"),
    (("seats", "add", CONTOSO, BLOCKS, "1"), "tenant_needs_purchase_mode"),
    (("licenses", "assign", CONTOSO, BOB, BLOCKS), "tenant_needs_purchase_mode"),
    (("mode", "change", CONTOSO, "usage"), "already_in_mode"),
    (("mode", "change", CONTOSO, "usage", "--yes"), "already_in_mode"),
    (("mode", "change", "fabrikam", "purchase", "--yes"), "service_not_active"),
]
IN_PURCHASE_MODE: Refused = [
    (("licenses", "assign", CONTOSO, BOB, "EXCHANGESTANDARD"), "no_seats_available"),
    (("seats", "remove", CONTOSO, "SPB", "3"), "seats_below_assigned"),
    (("seats", "add", CONTOSO, "SPB", "0"), "bad_count"),
    (("seats", "add", CONTOSO, "SPB", "-1"), "bad_count"),
    (("seats", "add", CONTOSO, "SPB", f"-{HUGE}"), "bad_count"),
    (("seats", "remove", CONTOSO, "SPB", "0"), "bad_count"),
    (("seats", "remove", CONTOSO, "SPB", "-3"), "bad_count"),
    (("seats", "add", CONTOSO, "SPB", "1000001"), "count_too_large"),
    (("seats", "add", CONTOSO, "SPB", HUGE), "count_too_large"),
    (("seats", "add", CONTOSO, "SPB", "1000000"), "too_many_seats"),
    (("seats", "remove", CONTOSO, "SPB", HUGE), "count_too_large"),
    (("seats", "add", CONTOSO, "Frobnicator", "1"), "unknown_product"),
    (("mode", "change", CONTOSO, "purchase", "--yes"), "already_in_mode"),
]


def assert_refused(cli: Cli, words: tuple[str, ...], code: str) -> None:
    before = cli.content()
    result = cli(*words, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, code)
    assert result.err == result.document["error"]["message"] + "\n"
    assert "…" not in result.err.replace("9…", "")
    assert cli.content() == before
    plain = cli(*words)
    assert (plain.code, plain.out, plain.err) == (1, "", result.err)
    assert cli.json("check")["findings"] == []


@pytest.mark.parametrize(("words", "code"), IN_EITHER_MODE + IN_USAGE_MODE)
def test_in_usage_mode(cli: Cli, words: tuple[str, ...], code: str) -> None:
    assert_refused(cli, words, code)


@pytest.mark.parametrize(("words", "code"), IN_EITHER_MODE + IN_PURCHASE_MODE)
def test_in_purchase_mode(purchase_cli: Cli, words: tuple[str, ...], code: str) -> None:
    assert_refused(purchase_cli, words, code)


def test_an_ambiguous_product_is_refused_with_the_candidates(cli: Cli) -> None:
    cli.alter("UPDATE product SET part_number = 'SPB' WHERE part_number = 'EXCHANGESTANDARD'")
    result = cli("licenses", "assign", CONTOSO, BOB, "SPB", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "ambiguous_product")
    assert "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46" in result.err


def test_a_refused_pool_offers_to_add_seats(purchase_cli: Cli) -> None:
    for upn in ("c@contoso.example", "d@contoso.example"):
        purchase_cli.json("users", "add", CONTOSO, upn, "--name", "C")
        purchase_cli.json("licenses", "assign", CONTOSO, upn, "SPB")
    result = purchase_cli("licenses", "assign", CONTOSO, BOB, "SPB")
    assert result.code == 1
    assert "of 3 seats 0 are free. Add seats first." in result.err
