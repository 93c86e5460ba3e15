"""What is ticked on an assignment sheet, and what that comes to."""

import pytest

from cpdesk.domain.license_plan import LicensesChanged
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, VISIO
from cpdesk.ui.gallery.user_samples import ALEX, LEE, MEGAN, People
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow, Ticked
from cpdesk.ui.parts.assignment_texts import (
    apply_text,
    available_column_text,
    changed_text,
    lacking_text,
    people_text,
    seats_column_text,
    summary_text,
)

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


def sheet(people: People, *ids: int) -> Assignment:
    return Assignment(people.sheet(ids))


def row(assignment: Assignment, guid: str) -> AssignmentRow:
    return next(row for row in assignment.rows if row.line.guid == guid)


def test_a_box_says_whether_all_some_or_none_have_it() -> None:
    assignment = sheet(PURCHASE, MEGAN.id, ALEX.id, LEE.id)
    states = {row.line.part_number: row.ticked for row in assignment.rows}
    assert states == {
        PREMIUM.part_number: Ticked.SOME,
        E3.part_number: Ticked.NONE,
        VISIO.part_number: Ticked.SOME,
        PLANNER.part_number: Ticked.NONE,
    }
    assert row(sheet(PURCHASE, MEGAN.id, ALEX.id), PREMIUM.guid).ticked is Ticked.ALL


def test_a_box_goes_round_its_states() -> None:
    some = sheet(PURCHASE, MEGAN.id, LEE.id)
    changes = []
    for _round in range(3):
        some = some.toggled(VISIO.guid)
        changes.append((row(some, VISIO.guid).ticked, some.assigned, some.removed))
    assert changes == [(Ticked.ALL, 1, 0), (Ticked.NONE, 0, 1), (Ticked.SOME, 0, 0)]
    none = sheet(PURCHASE, LEE.id).toggled(E3.guid)
    assert none.assign == (E3.guid,)
    assert none.toggled(E3.guid).assign == ()


def test_purchase_mode_takes_from_the_pool_and_names_what_lacks() -> None:
    assignment = sheet(PURCHASE, MEGAN.id, ALEX.id, LEE.id).toggled(VISIO.guid).toggled(PREMIUM.guid)
    visio = row(assignment, VISIO.guid)
    assert (visio.change, visio.available_after, visio.lacking, visio.seats_after) == (2, 0, 1, 3)
    assert available_column_text(row(assignment, PREMIUM.guid)) == "6 → 5"
    assert assignment.lacking == (visio,)
    assert lacking_text(visio) == "Visio Plan 2: the pool lacks 1 seat. An added seat is billable from today."
    assert summary_text(assignment) == "Add the seats that the pool lacks, or assign fewer licenses."


def test_usage_mode_lacks_nothing_and_seats_follow() -> None:
    assignment = sheet(USAGE, MEGAN.id, ALEX.id, LEE.id).toggled(E3.guid)
    e3 = row(assignment, E3.guid)
    assert (e3.lacking, e3.seats_after - e3.line.seats) == (0, 3)
    assert seats_column_text(e3) == "20 → 23"
    assert summary_text(assignment) == "The account gains 3 seats ($82.80 a month), billable from today."


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (
            USAGE,
            "The account gains 1 seat ($12.00 a month), billable from today. "
            "1 seat ($18.00 a month) is given up, no longer billable from today on.",
        ),
        (PURCHASE, "1 seat taken from the pool. 1 seat ($15.00 a month) given back to the pool; it stays billable."),
    ],
)
def test_gains_and_losses_are_both_told(people: People, told: str) -> None:
    assignment = sheet(people, MEGAN.id).toggled(VISIO.guid).toggled(PLANNER.guid)
    assert summary_text(assignment) == told
    assert apply_text(assignment) == "Assign 1, Remove 1"


def test_the_button_says_how_many() -> None:
    assignment = sheet(PURCHASE, ALEX.id, LEE.id)
    assert apply_text(assignment) == "Apply"
    assert summary_text(assignment) == "Nothing is changed yet."
    assert apply_text(assignment.toggled(E3.guid)) == "Assign 2 licenses"
    assert apply_text(sheet(PURCHASE, ALEX.id).toggled(PREMIUM.guid)) == "Remove 1 license"


def test_ticks_stay_on_a_sheet_that_was_read_anew() -> None:
    assignment = sheet(PURCHASE, LEE.id).toggled(E3.guid)
    assert assignment.on(USAGE.sheet((LEE.id,))).assign == (E3.guid,)


def test_a_product_is_found_by_name_part_number_and_guid() -> None:
    visio = row(sheet(PURCHASE, LEE.id), VISIO.guid)
    assert visio.matches("plan VISIO")
    assert visio.matches(VISIO.part_number.lower())
    assert visio.matches(VISIO.guid)
    assert not visio.matches("planner")


def test_whom_it_is_about() -> None:
    assert people_text((MEGAN,)) == "Megan Bowen · megan.bowen@contoso-freight.example"
    assert people_text((MEGAN, ALEX)) == "2 users: Megan Bowen and Alex Wilber"
    assert people_text((MEGAN, ALEX, LEE, LEE)) == "4 users: Megan Bowen, Alex Wilber, Lee Gu, and 1 more"


def test_what_was_done() -> None:
    names = {"SPB": "Business Premium", "V": "Visio"}
    done = LicensesChanged(Mode.USAGE, 1, (("SPB", 1),), (("V", 1),))
    assert changed_text(done, (MEGAN,), names) == "Megan Bowen: assigned Business Premium; removed Visio."
    many = LicensesChanged(Mode.USAGE, 2, (("SPB", 2),), ())
    assert changed_text(many, (MEGAN, ALEX), names) == "2 users: assigned Business Premium (2)."
