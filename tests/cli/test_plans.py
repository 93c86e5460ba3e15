"""cpdesk plan: joiners, leavers and seat reductions with a date."""

from datetime import UTC, datetime

from tests.cli.conftest import ANNA, AUDITOR, CONTOSO, CUSTOMER, Cli

DAY = "2026-11-20"
THEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


def code(cli: Cli, *words: str) -> str:
    """The code of a refusal."""
    result = cli(*words, "--json")
    assert result.code == 1
    return str(result.document["error"]["code"])


def test_a_joiner_from_planning_to_the_day(cli: Cli) -> None:
    made = cli.json(
        *("plan", "join", CONTOSO, "new@contoso.example", "--name", "New Person", "--on", DAY),
        *("--license", "SPB", "--license", "ENTERPRISEPACK", "--reason", "T-4"),
    )
    assert (made["number"], made["kind"], made["state"], made["due_at"]) == (1, "joiner", "planned", f"{DAY}T05:00:00Z")
    assert (made["plan"]["licenses"], made["reason"]) == (["SPB", "ENTERPRISEPACK"], "T-4")
    assert "due on November 20, 2026, 00:00 America/New_York" in cli.text("apply-due")
    cli.clock.set(THEN)
    (done,) = cli.json("apply-due")["carried_out"]
    assert done["outcome"]["user"] == "new@contoso.example"
    assert cli.json("plan", "list", CONTOSO) == [done]
    assert "new@contoso.example" in [user["upn"] for user in cli.json("users", "list", CONTOSO)]


def test_what_was_left_undone_is_named_until_it_is_dismissed(cli: Cli) -> None:
    cli.json("plan", "leave", CONTOSO, ANNA, "--on", DAY)
    cli.json("users", "remove", CONTOSO, ANNA)
    cli.clock.set(THEN)
    assert "no longer among the users" in cli.text("apply-due")
    assert "skipped" in cli.text("plan", "list")
    assert cli.json("plan", "dismiss", CONTOSO, "1")["dismissed"] is True


def test_what_waits_can_be_withdrawn(cli: Cli) -> None:
    cli.json("plan", "leave", CONTOSO, ANNA, "--on", DAY, "--block")
    assert "withdrawn" in cli.text("plan", "withdraw", CONTOSO, "1", "--reason", "stays")
    assert code(cli, "plan", "withdraw", CONTOSO, "1") == "plan_not_waiting"
    assert code(cli, "plan", "leave", CONTOSO, ANNA, "--on", "2026-11-01") == "plan_not_later"


def test_auditors_read_and_customers_see_their_own(cli: Cli) -> None:
    cli.json("plan", "leave", CONTOSO, ANNA, "--on", DAY)
    cli.sign_in(AUDITOR)
    assert len(cli.json("plan", "list")) == 1
    assert code(cli, "plan", "withdraw", CONTOSO, "1") == "not_allowed"
    cli.sign_in(CUSTOMER)
    assert len(cli.json("plan", "list")) == 1
