"""cpdesk mode, cpdesk apply-due"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cpdesk.base.errors import KnownError
from cpdesk.services.licenses import Licenses
from cpdesk.services.modes import Modes
from cpdesk.services.scheduling import Scheduling
from tests.cli.conftest import ANNA, CONTOSO, PREMIUM, START, Cli

DUE = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
SENTENCE = "Change to Usage Mode is pending and will be completed on December 1, 2026 (00:00 America/New_York)."


@pytest.fixture
def pending_cli(purchase_cli: Cli) -> Cli:
    """Contoso in Purchase Mode with a queued change."""
    purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    return purchase_cli


def test_without_yes_the_forecast_is_shown_and_nothing_changes(cli: Cli) -> None:
    before = cli.content()
    document = cli.json("mode", "change", CONTOSO, "purchase")
    assert (document["mode"], document["pending"]) == ("usage", None)
    assert document["forecast"]["effective_on"] == "2026-11-10"
    assert document["forecast"]["earliest_return"] == "2026-12-01"
    assert document["forecast"]["products"][0]["seats_after"] == 1
    text = cli.text("mode", "change", CONTOSO, "purchase")
    assert "nothing was changed" in text
    assert "December 1, 2026" in text
    assert "--yes" in text
    assert cli.content() == before


def test_the_forecast_of_the_way_back_names_what_is_lost(purchase_cli: Cli) -> None:
    before = purchase_cli.content()
    forecast = purchase_cli.json("mode", "change", CONTOSO, "usage")["forecast"]
    assert (forecast["seats"], forecast["assigned"], forecast["released"]) == (7, 1, 6)
    assert forecast["lost"] == ["SHAREPOINTSTORAGE"]
    assert forecast["due_at"] == "2026-12-01T05:00:00Z"
    text = purchase_cli.text("mode", "change", CONTOSO, "usage")
    assert "Lost, because it belongs to no user: Office 365 Extra File Storage (4)." in text
    assert "its 7 seats billable" in text
    assert purchase_cli.content() == before


def test_the_forecast_to_purchase_mode_says_what_it_costs(cli: Cli) -> None:
    forecast = cli.json("mode", "change", CONTOSO, "purchase")["forecast"]
    assert forecast["money"] == {
        "currency": "USD",
        "monthly_before": "26.40",
        "monthly_after": "23.10",
        "idle_monthly": "0.00",
        "until_effective": None,
        "idle_until": "0.00",
        "least_spend": "16.17",
        "unpriced": 0,
    }
    product = forecast["products"][0]
    assert (product["price_before"], product["price_after"]) == ("26.40", "23.10")
    assert (product["monthly_before"], product["monthly_after"], product["idle_until"]) == ("26.40", "23.10", "0.00")
    text = cli.text("mode", "change", CONTOSO, "purchase")
    assert "Cost per month: $26.40 now, $23.10 from November 10, 2026 on." in text
    assert "At least $16.17 will have been spent by December 1, 2026, the earliest return to Usage Mode." in text


def test_the_forecast_of_the_way_back_says_what_waiting_costs(purchase_cli: Cli) -> None:
    money = purchase_cli.json("mode", "change", CONTOSO, "usage")["forecast"]["money"]
    assert (money["monthly_before"], money["monthly_after"]) == ("70.14", "26.40")
    assert (money["until_effective"], money["idle_until"], money["least_spend"]) == ("49.10", "32.93", None)
    text = purchase_cli.text("mode", "change", CONTOSO, "usage")
    assert "Until then the seats cost $49.10, those that nobody holds $32.93 of it." in text
    assert "Per month after" in text


def test_what_has_no_price_is_named_in_the_forecast(purchase_cli: Cli) -> None:
    purchase_cli.alter("DELETE FROM price WHERE product_id = (SELECT id FROM product WHERE part_number = 'SPB')")
    forecast = purchase_cli.json("mode", "change", CONTOSO, "usage")["forecast"]
    assert forecast["money"]["unpriced"] == 1
    assert next(line["price_after"] for line in forecast["products"] if line["product"] == "SPB") is None
    text = purchase_cli.text("mode", "change", CONTOSO, "usage")
    assert f"Not in these amounts, because it has no price in one of the modes: {PREMIUM}." in text
    assert "no price" in text


def test_where_nothing_has_a_price_no_amount_is_told(purchase_cli: Cli) -> None:
    purchase_cli.alter("DELETE FROM price")
    text = purchase_cli.text("mode", "change", CONTOSO, "usage")
    assert "Cost per month: no price now, no price from December 1, 2026 on." in text
    assert "the seats cost" not in text


def test_a_blocked_user_who_holds_a_license_is_named(purchase_cli: Cli) -> None:
    purchase_cli.alter("UPDATE user SET blocked = 1")
    assert f"keeps licenses: Anna ({ANNA})." in purchase_cli.text("mode", "change", CONTOSO, "usage")


def test_a_forecast_without_seats_says_so(cli: Cli) -> None:
    cli.json("accounts", "activate", "fabrikam")
    assert "holds no seats" in cli.text("mode", "change", "fabrikam", "purchase")


def test_purchase_mode_comes_at_once(cli: Cli) -> None:
    changed = cli.json("mode", "change", CONTOSO, "purchase", "--yes")
    assert (changed["mode"], changed["pending"]) == ("purchase", None)
    assert changed["last_switch"]["effective_on"] == "2026-11-10"
    assert cli.json("mode", "show", CONTOSO) == changed
    assert "Purchase Mode is active since November 10, 2026." in cli.text("mode", "show", CONTOSO)


def test_usage_mode_is_queued(purchase_cli: Cli) -> None:
    changed = purchase_cli.json("mode", "change", CONTOSO, "usage", "--yes")
    assert changed["mode"] == "purchase"
    assert changed["pending"] == {
        "to": "usage",
        "effective_on": "2026-12-01",
        "due_at": "2026-12-01T05:00:00Z",
        "requested_at": "2026-11-10T12:00:00Z",
        "requested_by": "admin@reseller.example",
        "overdue": False,
    }
    assert SENTENCE in purchase_cli.text("mode", "show", CONTOSO)
    assert SENTENCE in purchase_cli.text("accounts", "show", CONTOSO)


def test_people_read_by_which_command_it_is_withdrawn(purchase_cli: Cli) -> None:
    account_id = purchase_cli.json("accounts", "show", CONTOSO)["id"]
    hint = f"Until then it can be withdrawn: cpdesk mode keep {account_id}\n"
    assert hint in purchase_cli.text("mode", "change", CONTOSO, "usage")
    assert hint in purchase_cli.text("mode", "change", CONTOSO, "usage", "--yes")
    assert hint in purchase_cli.text("mode", "show", CONTOSO)
    assert hint in purchase_cli.text("accounts", "show", CONTOSO)
    purchase_cli.json("mode", "keep", CONTOSO)
    assert "mode keep" not in purchase_cli.text("mode", "show", CONTOSO)


def test_asking_for_purchase_mode_while_a_change_is_pending_tells_how_to_keep_it(pending_cli: Cli) -> None:
    account_id = pending_cli.json("accounts", "show", CONTOSO)["id"]
    result = pending_cli("mode", "change", CONTOSO, "purchase", "--yes")
    assert result.code == 1
    assert result.err == (
        "Contoso Ltd is in Purchase Mode already. A change to Usage Mode is pending for December 1, 2026; "
        f"to withdraw it: cpdesk mode keep {account_id}\n"
    )
    pending_cli.json("mode", "keep", CONTOSO)
    result = pending_cli("mode", "change", CONTOSO, "purchase", "--yes")
    assert result.err == "Contoso Ltd is in Purchase Mode already.\n"


def test_what_is_pending_can_be_withdrawn(pending_cli: Cli) -> None:
    kept = pending_cli.json("mode", "keep", CONTOSO)
    assert (kept["mode"], kept["pending"]) == ("purchase", None)
    pending_cli.clock.set(DUE)
    assert pending_cli.json("apply-due")["applied"] == []


def test_apply_due_reports_the_promised_shape(pending_cli: Cli) -> None:
    account_id = pending_cli.json("accounts", "show", CONTOSO)["id"]
    assert pending_cli.json("apply-due") == {
        "applied": [],
        "pending": 1,
        "next_due_at": "2026-12-01T05:00:00Z",
        "carried_out": [],
        "planned": 0,
        "next_planned_at": None,
    }
    pending_cli.clock.set(DUE)
    report = pending_cli.json("apply-due")
    assert report == {
        "applied": [
            {
                "id": account_id,
                "account": "Contoso Ltd",
                "domain": CONTOSO,
                "effective_on": "2026-12-01",
                "due_at": "2026-12-01T05:00:00Z",
                "applied_at": "2026-12-01T05:00:00Z",
                "released": {"SHAREPOINTSTORAGE": 4, "SPB": 2},
                "switch": 2,
            }
        ],
        "pending": 0,
        "next_due_at": None,
        "carried_out": [],
        "planned": 0,
        "next_planned_at": None,
    }
    assert pending_cli.json("mode", "show", CONTOSO)["mode"] == "usage"
    assert pending_cli.json("check")["findings"] == []


def test_apply_due_tells_people_what_waits(pending_cli: Cli) -> None:
    assert "due on December 1, 2026, 00:00 America/New_York" in pending_cli.text("apply-due")
    pending_cli.clock.set(DUE)
    text = pending_cli.text("apply-due")
    assert "change to Usage Mode completed; effective December 1, 2026." in text
    assert f"{PREMIUM} 2" in text
    assert "Nothing was due." in pending_cli.text("apply-due")


def test_apply_due_names_the_zone_of_the_next_account(pending_cli: Cli) -> None:
    create = ("accounts", "create", "Adatum", "--domain", "adatum.example", "--time-zone", "Europe/Berlin")
    pending_cli.json(*create, "--activate")
    for to in ("purchase", "usage"):
        pending_cli.json("mode", "change", "adatum", to, "--yes")
    text = pending_cli.text("apply-due")
    assert "2 changes of mode are pending; the next is due on December 1, 2026, 00:00 Europe/Berlin." in text


def test_not_a_moment_before_it_is_due(pending_cli: Cli) -> None:
    pending_cli.clock.set(DUE - timedelta(microseconds=1))
    assert pending_cli.json("apply-due")["applied"] == []


def test_a_late_completion_says_so(pending_cli: Cli) -> None:
    pending_cli.clock.set(DUE + timedelta(days=3))
    result = pending_cli("mode", "show", CONTOSO)
    sentence = "completed 3 days late because cpdesk was not running; effective December 1, 2026"
    assert f"Contoso Ltd (contoso.example): change to Usage Mode {sentence}." in result.err
    assert f"Change to Usage Mode {sentence}." in result.out
    assert re.search(rf"{PREMIUM} +2\n", result.out)
    assert pending_cli("mode", "show", CONTOSO).err == ""


def test_what_became_due_in_passing_is_settled_even_if_the_command_is_refused(pending_cli: Cli) -> None:
    pending_cli.clock.set(DUE)
    result = pending_cli("mode", "keep", CONTOSO, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "nothing_pending")
    assert "change to Usage Mode completed" in result.err
    assert pending_cli.json("mode", "show", CONTOSO)["mode"] == "usage"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("change", CONTOSO, "purchase"), "already_in_mode"),
        (("change", CONTOSO, "purchase", "--yes"), "already_in_mode"),
        (("change", CONTOSO, "usage"), "switch_pending"),
        (("change", CONTOSO, "usage", "--yes"), "switch_pending"),
        (("change", "fabrikam", "purchase", "--yes"), "service_not_active"),
        (("keep", "fabrikam"), "nothing_pending"),
    ],
)
def test_what_is_refused_changes_nothing(pending_cli: Cli, words: tuple[str, ...], code: str) -> None:
    before = pending_cli.content()
    result = pending_cli("mode", *words, "--json")
    assert (result.code, result.document["error"]["code"]) == (1, code)
    assert pending_cli.content() == before


def test_what_changed_since_the_forecast_is_shown_and_asked_again(
    purchase_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecast = Modes.forecast

    def overtaken(modes: Modes, *args: object) -> object:
        shown = forecast(modes, *args)  # type: ignore[arg-type]
        monkeypatch.setattr(Modes, "forecast", forecast)
        purchase_cli.json("seats", "add", CONTOSO, "SPB", "5")
        modes._store.connect()
        return shown

    monkeypatch.setattr(Modes, "forecast", overtaken)
    result = purchase_cli("mode", "change", CONTOSO, "usage", "--yes", "--json")
    assert (result.code, result.document["error"]["code"]) == (1, "forecast_changed")
    assert f"{PREMIUM}, seats was 3, is 8" in result.err
    assert purchase_cli.json("mode", "show", CONTOSO)["pending"] is None


def test_a_clock_that_is_behind_is_told_with_both_times(cli: Cli) -> None:
    cli.clock.set(START - timedelta(hours=2))
    result = cli("accounts", "list", "--json")
    assert result.code == 0
    assert "November 10, 2026, 10:00 UTC" in result.err
    assert "November 10, 2026, 12:00 UTC" in result.err


def test_a_leap_of_the_clock_is_told_and_audited_and_nothing_waits_for_it(pending_cli: Cli) -> None:
    pending_cli.clock.set(START + timedelta(days=60))
    result = pending_cli("apply-due", "--json")
    assert "long after the latest entry" in result.err
    assert len(result.document["applied"]) == 1
    actions = [entry["action"] for entry in pending_cli.json("audit", "list", "--limit", "2")]
    assert actions == ["mode.completed", "clock.leapt"]
    assert pending_cli("apply-due").err == ""


def fails(*_args: object, **_named: object) -> None:
    """What cannot be read."""
    raise KnownError("disk_trouble", path="cpdesk.db", reason="Input/output error")


def test_a_change_is_acknowledged_even_if_nothing_can_be_read_after_it(
    purchase_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Modes, "show", fails)
    monkeypatch.setattr(Licenses, "products", fails)
    asked = purchase_cli("mode", "change", CONTOSO, "usage", "--yes", "--json")
    assert asked.code == 0
    assert asked.document["pending"]["effective_on"] == "2026-12-01"
    assert "It is done" in asked.err
    kept = purchase_cli("mode", "keep", CONTOSO)
    assert kept.code == 0
    assert "Billing model: Purchase Mode" in kept.out
    assert "It is done" in kept.err


def test_what_is_completed_is_told_even_if_nothing_can_be_read_after_it(
    pending_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending_cli.clock.set(DUE)
    for service, method in ((Licenses, "products"), (Scheduling, "ran")):
        monkeypatch.setattr(service, method, fails)
    told = pending_cli("apply-due", "--json")
    assert told.code == 0
    assert [one["domain"] for one in told.document["applied"]] == [CONTOSO]
    assert "names of the products" in told.err
