"""What is ticked on an assignment sheet, and what that comes to."""

from dataclasses import replace
from datetime import date

import pytest

from cpdesk.domain.license_plan import LicensesChanged, plan_licenses
from cpdesk.domain.license_wish import LicenseWish
from cpdesk.domain.modes import Mode
from cpdesk.ui.gallery.service_samples import E3, PLANNER, PREMIUM, VISIO, held
from cpdesk.ui.gallery.user_samples import ALEX, LEE, MEGAN, People
from cpdesk.ui.parts.assignment import Assignment, AssignmentRow, Ticked
from cpdesk.ui.parts.assignment_texts import (
    apply_text,
    available_column_text,
    available_look,
    changed_text,
    effect_text,
    held_column_text,
    lacking_text,
    people_text,
    replaced_text,
    seats_column_text,
    summary_text,
    without_text,
)
from cpdesk.ui.parts.plan_columns import plan_columns, user_plan_columns
from cpdesk.ui.parts.plan_rows import PlanRows, product_names
from cpdesk.ui.parts.plan_texts import changing_text

PURCHASE = People()
USAGE = People(mode=Mode.USAGE)


def sheet(people: People, *ids: int) -> Assignment:
    return Assignment(people.sheet(ids))


def button(assignment: Assignment) -> str:
    return apply_text(assignment.assigned, assignment.removed)


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
    assert button(assignment) == "Assign 1, Remove 1"


def test_where_whole_months_are_charged_the_bill_falls_later() -> None:
    later = replace(USAGE.sheet([MEGAN.id]), falls_later=date(2026, 12, 1))
    assert summary_text(Assignment(later).toggled(VISIO.guid)) == (
        "1 seat ($18.00 a month) is given up, no longer billable from December 1, 2026 on."
    )
    plan = plan_licenses(later, LicenseWish(remove=(VISIO.guid,)))
    assert effect_text(plan, plan.products).endswith("no longer billable from December 1, 2026 on.")


def test_the_button_says_how_many() -> None:
    assignment = sheet(PURCHASE, ALEX.id, LEE.id)
    assert button(assignment) == "Apply"
    assert summary_text(assignment) == "Nothing is changed yet."
    assert button(assignment.toggled(E3.guid)) == "Assign 2 licenses"
    assert button(sheet(PURCHASE, ALEX.id).toggled(PREMIUM.guid)) == "Remove 1 license"


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


def test_the_boxes_show_what_replacing_comes_to() -> None:
    """Megan holds Premium and Visio, Alex Premium; one of the two boxes takes it back."""
    replaced = sheet(PURCHASE, MEGAN.id, ALEX.id, LEE.id).toggled(PREMIUM.guid).replacing(PREMIUM.guid, VISIO.guid)
    premium, visio = row(replaced, PREMIUM.guid), row(replaced, VISIO.guid)
    assert (premium.ticked, visio.ticked) == (Ticked.NONE, Ticked.SOME)
    assert (replaced_text(premium), replaced_text(visio)) == (
        "replaced by Visio Plan 2",
        "in place of Microsoft 365 Business Premium",
    )
    assert (held_column_text(premium), held_column_text(visio)) == ("2 → 0 of 3", "1 → 2 of 3")
    for guid in (PREMIUM.guid, VISIO.guid):
        assert not replaced.toggled(guid).changes
    swapped = replaced.replacing(VISIO.guid, E3.guid)
    assert swapped.replaced == {VISIO.guid: E3.guid}


def test_as_far_as_seats_go_lacks_nothing_but_leaves_some_without() -> None:
    ticked = sheet(PURCHASE, MEGAN.id, ALEX.id, LEE.id).toggled(VISIO.guid).going(as_far_as_seats_go=True)
    visio = row(ticked, VISIO.guid)
    assert (ticked.lacking, ticked.without, visio.change) == ((), (visio,), 1)
    assert (available_look(visio), available_look(row(ticked, E3.guid))) == ("1 without", "")
    assert without_text(ticked.without) == "Visio Plan 2: there are seats for 1 of 2."


def test_a_product_that_is_gone_is_no_longer_ticked() -> None:
    ticked = sheet(USAGE, LEE.id, ALEX.id).toggled(E3.guid).replacing(PREMIUM.guid, VISIO.guid)
    left = ticked.on(replace(PURCHASE, rows=(held(PREMIUM, 9, 1),)).sheet((LEE.id, ALEX.id)))
    assert (left.chosen, left.replaced) == ({}, {})


def test_users_of_a_plan_are_searched_and_sorted_by_what_they_are_called() -> None:
    plan = USAGE.plan((MEGAN.id, ALEX.id, LEE.id), LicenseWish(assign=(E3.guid,), remove=(VISIO.guid,)))
    rows = PlanRows(plan.users, product_names(plan))
    assert rows.find("", "place", descending=False) == (1, 2, 3)
    assert [one.name for one in rows.some(rows.find("", "name", descending=True))] == [
        "Megan Bowen",
        "Lee Gu",
        "Alex Wilber",
    ]
    assert rows.find("GU lee@", "upn", descending=False) == ()
    (lee,) = rows.some(rows.find("GU lee", "upn", descending=False))
    assert (lee.gets, lee.loses) == ((E3.name,), ())
    assert changing_text(plan) == "3 of 3 users change."
    assert [column.key for column in user_plan_columns(plan)] == ["place", "name", "upn", "gets", "loses"]
    assert [column.show(plan.products[0]) for column in plan_columns(plan)] == [
        "Office 365 E3",
        "3",
        "0",
        "20 → 23",
        "+$82.80",
    ]
