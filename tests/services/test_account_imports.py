"""Creating accounts from a file: previewed, all or none, and quick."""

from datetime import date
from pathlib import Path

import pytest

from cpdesk.domain.account_file import AccountImportReport
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Role
from tests.support.refusals import refused
from tests.support.world import DUE, NEW_YORK, World, dump

GOOD = """\
Name;Domain;Mode;Country;Zone;Currency
Contoso;contoso.example;purchase;DE;europe/berlin;eur
Fabrikam;fabrikam.example;usage;;;
'=Tailspin;tailspin.example;;;;
"""


def write(world: World, text: str) -> Path:
    path = world.folder / "accounts.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def preview(world: World, text: str) -> AccountImportReport:
    return world.services.account_imports.preview(world.by, write(world, text))


def told(report: AccountImportReport) -> list[tuple[int, str, str]]:
    return [(draft.row, problem.column, problem.code) for draft in report.drafts for problem in draft.problems]


def test_a_file_becomes_accounts_in_their_modes(world: World) -> None:
    before = dump(world.store.path)
    shown = preview(world, GOOD)
    assert dump(world.store.path) == before
    done = world.services.account_imports.run(world.by, write(world, GOOD), reason="Move")
    assert done.value == shown
    assert (shown.file, shown.problems) == ("accounts.csv", 0)
    rows = {row.name: row for row in world.services.accounts.rows(world.by)}
    facts = {
        name: (row.domain, row.mode, row.country, row.time_zone, row.currency, row.service_active, row.seats)
        for name, row in rows.items()
    }
    assert facts == {
        "=Tailspin": ("tailspin.example", Mode.USAGE, "US", NEW_YORK, "USD", True, 0),
        "Contoso": ("contoso.example", Mode.PURCHASE, "DE", "Europe/Berlin", "EUR", True, 0),
        "Fabrikam": ("fabrikam.example", Mode.USAGE, "US", NEW_YORK, "USD", True, 0),
    }
    completed = world.services.modes.show(world.by, rows["Contoso"].id)[1]
    assert completed
    assert (completed.to, completed.effective_on) == (Mode.PURCHASE, date(2026, 11, 10))


def test_every_account_has_its_entries_and_the_import_one_of_its_own(world: World) -> None:
    world.services.account_imports.run(world.by, write(world, GOOD), reason="Move")
    summary, *entries = world.services.audit.rows(world.by)
    assert (summary.action, summary.after) == ("accounts.imported", {"file": "accounts.csv", "accounts": 3})
    made = [(row.account, row.action, row.reason) for row in reversed(entries) if row.reason]
    assert made == [
        ("Contoso", "account.created", "Move"),
        ("Contoso", "service.activated", "Move"),
        ("Contoso", "mode.completed", "Move"),
        ("Fabrikam", "account.created", "Move"),
        ("Fabrikam", "service.activated", "Move"),
        ("=Tailspin", "account.created", "Move"),
        ("=Tailspin", "service.activated", "Move"),
    ]


def test_what_was_created_can_do_what_every_account_can(world: World) -> None:
    world.services.account_imports.run(world.by, write(world, GOOD))
    account = world.services.accounts.find(world.by, "contoso.example").id
    world.buy(account, 3)
    pending = world.request_usage(account).pending
    assert pending
    assert pending.time_zone == "Europe/Berlin"


def test_every_problem_of_every_row_is_told_and_nothing_is_created(world: World) -> None:
    world.account("Existing")
    closed = world.account("Gone")
    world.shut(closed)
    text = (
        "name,domain,mode,country,zone,currency\n"
        ",a.example,rent,Germany,Mars,DEM\n"
        "B,EXISTING.example,,,,\n"
        "C,c.example,,,,\n"
        "D,gone.example,,,,\n"
        "E,C.EXAMPLE,,,,\n"
        "F,no domain,,,,\n"
        "G,,,,,\n"
        "H, h.example\n"
        "I,i.example,,,,,extra\n"
    )
    report = preview(world, text)
    assert told(report) == [
        (2, "name", "text_empty"),
        (2, "mode", "unknown_mode"),
        (2, "country", "unknown_country"),
        (2, "zone", "unknown_time_zone"),
        (2, "currency", "unknown_currency"),
        (3, "domain", "domain_taken"),
        (5, "domain", "domain_not_yet_free"),
        (6, "domain", "duplicate_domain_in_file"),
        (7, "domain", "bad_domain"),
        (8, "domain", "text_empty"),
        (9, "mode", "row_too_short"),
        (10, "currency", "row_too_long"),
    ]
    twice = report.drafts[4].problems[0].params
    assert (twice["row"], twice["other_row"]) == (4, 6)
    before = dump(world.store.path)
    with refused("accounts_file_has_problems") as refusal:
        world.services.account_imports.run(world.by, world.folder / "accounts.csv")
    assert refusal.params == {"file": "accounts.csv", "count": 12}
    assert dump(world.store.path) == before


def test_a_domain_of_a_closed_account_can_be_used_again_when_its_month_is_over(world: World) -> None:
    world.shut(world.account("Contoso"))
    world.clock.set(DUE)
    world.services.account_imports.run(world.by, write(world, GOOD))
    assert world.services.accounts.find(world.by, "contoso.example").mode is Mode.PURCHASE


def test_it_can_be_cancelled_and_leaves_nothing(world: World) -> None:
    class CancelledError(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        assert total == 3
        raise CancelledError(done)

    before = dump(world.store.path)
    with pytest.raises(CancelledError):
        world.services.account_imports.run(world.by, write(world, GOOD), progress=cancel)
    assert dump(world.store.path) == before


def test_progress_is_told(world: World) -> None:
    steps: list[tuple[int, int]] = []
    world.services.account_imports.run(
        world.by, write(world, GOOD), progress=lambda done, total: steps.append((done, total))
    )
    assert steps[-1] == (3, 3)


def test_an_auditor_may_look_and_not_run(world: World) -> None:
    auditor = world.operator(Role.AUDITOR)
    assert world.services.account_imports.preview(auditor, write(world, GOOD)).problems == 0
    with refused("not_allowed"):
        world.services.account_imports.run(auditor, world.folder / "accounts.csv")
