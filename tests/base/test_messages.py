"""Each code that is raised anywhere has a sentence, and the facts that the sentence needs."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cpdesk.base.errors import KnownError, UserError
from cpdesk.base.i18n import set_language
from cpdesk.base.messages import codes, message, mode_name, role_name, sentence
from cpdesk.store import connection

SOURCE = Path(__file__).parents[2] / "cpdesk"
RAISERS = {"UserError", "KnownError", "CodedError", "sentence", "row_refusal"}
ADDRESS = "clean_address"
"""Takes the code as its last word."""
LISTS = {"differences", "problems", "lacking"}
"""Facts that are rows of something."""
FROM_FILES = {"file", "row", "column"}
"""What the reader of exports adds to each refusal about a row."""
NAMED_ELSEWHERE = {
    "not_true_or_false",
    "clock_behind",
    "clock_leapt",
    *connection._CODES.values(),
    *("unbalanced_quotes", "value_too_long"),
}
"""Codes that come out of a table or a variable, where reading the source does not find them."""


@dataclass(frozen=True)
class Raised:
    """A code in the source, with the names of its facts."""

    place: str
    code: str
    facts: frozenset[str]


def raised() -> Iterator[Raised]:
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        # Most files need no parsing.
        if not any(f"{name}(" in text for name in (*RAISERS, ADDRESS)):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                yield from _raised(f"{path.relative_to(SOURCE)}:{node.lineno}", node)


def _raised(place: str, call: ast.Call) -> Iterator[Raised]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    facts = {keyword.arg for keyword in call.keywords if keyword.arg}
    if name in RAISERS and texts:
        extra = FROM_FILES if name == "row_refusal" else set()
        yield Raised(place, texts[0], frozenset(facts | extra))
    if name == ADDRESS and texts:
        yield Raised(place, texts[-1], frozenset({"text"}))


@pytest.fixture(scope="module")
def found() -> list[Raised]:
    """Every code that is raised in the source."""
    return list(raised())


def test_the_source_is_read(found: list[Raised]) -> None:
    assert len(found) > 60
    assert {"unknown_account", "bad_upn", "upn_missing", "database_newer"} <= {one.code for one in found}


def test_each_code_has_a_sentence_whose_gaps_are_filled(found: list[Raised]) -> None:
    assert {f"{one.place} {one.code}": fault for one in found if (fault := _fault(one))} == {}


def _fault(one: Raised) -> str:
    """What is wrong with the sentence of a code; empty if nothing is."""
    if one.code not in codes():
        return "has none"
    text = sentence(one.code, **{fact: () if fact in LISTS else 1 for fact in one.facts})
    if "…" in text:
        return f"a fact is missing: {text}"
    return text if "no words" in text else ""


@pytest.mark.parametrize("code", sorted(NAMED_ELSEWHERE))
def test_codes_out_of_tables_have_a_sentence_too(code: str) -> None:
    assert code in codes()


def test_no_sentence_is_left_over(found: list[Raised]) -> None:
    assert codes() - {one.code for one in found} - NAMED_ELSEWHERE == set()


def test_a_code_without_a_sentence_is_told_all_the_same() -> None:
    assert "not_thought_of" in message(UserError("not_thought_of", what="it"))


def test_a_fact_that_is_missing_leaves_a_gap() -> None:
    assert message(UserError("unknown_user")) == "The account has no user …."


def test_facts_are_written_as_people_read_them() -> None:
    pending = UserError("switch_pending", account="Contoso", effective_on=date(2026, 12, 1))
    assert "on December 1, 2026." in message(pending)
    assert "1,000,000 seats" in message(UserError("too_many_seats", product="P", most=1_000_000))
    assert "a, b, and c" in message(UserError("ambiguous_product", text="x", candidates=["a", "b", "c"]))
    assert "A: 3 and B: 1,200" in message(UserError("import_lacks_seats", file="f", missing={"A": 3, "B": 1200}))
    assert "in Purchase Mode already" in message(UserError("already_in_mode", account="Contoso", mode="purchase"))
    behind = sentence("clock_behind", system=datetime(2026, 1, 1, 9, tzinfo=UTC), last_recorded="then")
    assert "January 1, 2026, 09:00 UTC" in behind


def test_rows_are_numbered_as_spreadsheets_do() -> None:
    missing = UserError("upn_missing", file="users.csv", row=12_345, column="User principal name")
    assert message(missing).startswith("users.csv, row 12345, column User principal name: ")


def test_a_sentence_follows_the_count() -> None:
    facts = {"product": "P", "seats": 5, "assigned": 5, "available": 0}
    assert message(UserError("seats_below_assigned", count=1, **facts)).startswith("1 seat of P")
    assert message(UserError("seats_below_assigned", count=2, **facts)).startswith("2 seats of P")
    assert "has no seats" in message(UserError("no_seats_available", product="P", seats=0, available=0, missing=1))
    assert "of 7 seats 0 are free" in message(UserError("no_seats_available", product="P", seats=7, available=0))


def test_a_reason_is_given_where_there_is_one() -> None:
    assert message(KnownError("database_not_reachable", path="p")).endswith(" p cannot be opened.")
    assert message(KnownError("database_not_reachable", path="p", reason="No room")).endswith("opened: No room.")


def test_each_role_hears_why_it_may_not() -> None:
    assert "changes nothing" in message(UserError("not_allowed", role="auditor"))
    assert "Only a reseller administrator may" in message(UserError("not_allowed", role="customer"))
    assert "and auditors may see" in message(UserError("not_allowed", role="customer", to="read"))


def test_who_asks_for_the_present_mode_hears_what_is_pending() -> None:
    facts = {"account": "Contoso", "account_id": 12_345_678, "mode": "purchase"}
    assert message(UserError("already_in_mode", **facts, pending=None)) == "Contoso is in Purchase Mode already."
    text = message(UserError("already_in_mode", **facts, pending=date(2026, 12, 1)))
    assert "pending for December 1, 2026" in text
    assert text.endswith("cpdesk mode keep 12345678")


def test_a_text_from_outside_stays_on_its_line() -> None:
    text = message(UserError("unknown_account", text="a\nb\x1b[31m" + "x" * 5000))
    assert text.isprintable()
    assert len(text) < 400


def test_a_text_from_outside_with_braces_is_only_text() -> None:
    assert message(UserError("unknown_account", text="{path} {0}")) == 'There is no account "{path} {0}".'


def test_differences_name_what_was_and_what_is() -> None:
    @dataclass(frozen=True)
    class Change:
        what: str
        subject: str
        shown: str
        now: str

    changes = (Change("seats", "Exchange", "3", "5"), Change("blocked", "", "", "a@b.example"))
    text = message(UserError("forecast_changed", differences=changes, forecast=None))
    assert "Exchange, seats was 3, is 5; blocked users with licenses was none, is a@b.example" in text


def test_names_that_are_not_known_stay_as_they_are() -> None:
    assert (mode_name("prepaid"), role_name("owner")) == ("prepaid", "owner")


def test_sentences_follow_the_language() -> None:
    set_language("de")
    assert mode_name("usage") == "Nutzungsmodus"


def test_a_name_turns_no_sentence_round() -> None:
    told = sentence("unknown_user", upn="\u202eexe.txt\u202c")
    assert told == "The account has no user \ufffdexe.txt\ufffd."


def test_a_name_that_reads_from_the_right_stands_apart() -> None:
    assert sentence("unknown_user", upn="\u05d0\u05d1") == "The account has no user \u2068\u05d0\u05d1\u2069."
