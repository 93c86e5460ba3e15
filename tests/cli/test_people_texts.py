"""What a person is told of seats that left, where the bill falls only later."""

from datetime import date

import pytest

from cpdesk.cli import many, people_texts
from cpdesk.domain.bulk.file import BulkChange
from cpdesk.domain.bulk.report import BulkReport, ProductMoves
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RemovedUser
from cpdesk.services.seat_tasks import SeatsResult
from cpdesk.ui.gallery.samples import CONTOSO
from cpdesk.ui.gallery.service_samples import PREMIUM
from tests.cli.conftest import ANNA


@pytest.mark.parametrize(
    ("falls_later", "since"), [(None, "from today on"), (date(2026, 12, 1), "from December 1, 2026 on")]
)
def test_it_is_said_from_when_seats_are_no_longer_billed(falls_later: date | None, since: str) -> None:
    names = {"SPB": PREMIUM.name}
    told = []
    for mode in Mode:
        removed = RemovedUser(ANNA, mode, ("SPB",), released=True, falls_later=falls_later)
        told.append(list(people_texts.removed_user(removed, names))[1])
    result = SeatsResult(Mode.USAGE, PREMIUM, 2, 2, falls_later)
    told.append(list(people_texts.unassigned(ANNA, result))[1])
    for mode in Mode:
        moves = (ProductMoves("SPB", PREMIUM.name, 1),)
        report = BulkReport(
            "x.csv", "utf-8", BulkChange.REMOVE, mode, (), moves, released=True, falls_later=falls_later
        )
        told.append("\n".join(many._lines(CONTOSO, report, dry_run=False)))
    assert all(f"no longer billed {since}" in text for text in told)
