"""cpdesk clock correct"""

from datetime import timedelta

import pytest

from tests.cli.conftest import AUDITOR, CONTOSO, CUSTOMER, START, Cli


@pytest.fixture
def ahead(purchase_cli: Cli) -> Cli:
    """Seats were added while the clock was years ahead; it is right again."""
    purchase_cli.clock.set(START + timedelta(days=1500))
    purchase_cli.json("seats", "add", CONTOSO, "SPB", "2")
    purchase_cli.clock.set(START + timedelta(days=3))
    return purchase_cli


def test_without_the_date_it_only_tells(ahead: Cli) -> None:
    before = ahead.content()
    assert ahead.json("clock", "correct")["corrected"] is False
    text = ahead.text("clock", "correct")
    assert "entries were dated by the wrong clock" in text
    assert "Nothing was changed." in text
    assert ahead.content() == before


def test_today_is_the_confirmation(ahead: Cli) -> None:
    wrong = ahead("clock", "correct", "--today", "2026-11-14", "--json")
    assert (wrong.code, wrong.document["error"]["code"]) == (1, "not_today")
    done = ahead.json("clock", "correct", "--today", "2026-11-13", "--reason", "Battery")
    assert done["corrected"] is True
    assert ahead("accounts", "list").err == "", "no clock is behind any more"
    assert ahead.json("audit", "list", "--limit", "1")[0]["recorded_at"] == "2026-11-13T12:00:00Z"
    statement = ahead.json("statement", CONTOSO, "--month", "2026-11")
    assert statement["corrected_on"] == "2026-11-13"
    assert "far ahead" in ahead.text("statement", CONTOSO, "--month", "2026-11")
    assert ahead.json("check")["ok"] is True
    again = ahead("clock", "correct", "--json")
    assert (again.code, again.document["error"]["code"]) == (1, "nothing_ahead")


def test_others_cannot(ahead: Cli) -> None:
    for who in (AUDITOR, CUSTOMER):
        ahead.sign_in(who)
        result = ahead("clock", "correct", "--today", "2026-11-13", "--json")
        assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")
