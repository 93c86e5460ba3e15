from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.names import key
from cpdesk.domain.user_import.names import MatchedLicenses, Preferences, ProductNames, match_rows
from cpdesk.domain.user_import.pairing import KnownUser, UserValues, pair
from cpdesk.domain.user_import.plan import ImportPlan, Outcome, SkipReason, plan_import
from cpdesk.domain.user_import.rows import ExportRow

E3 = Product("ENTERPRISEPACK", "e3", "Office 365 E3", "user", Scope.USER, "")
EMS = Product("EMS", "ems", "Enterprise Mobility + Security E3", "user", Scope.USER, "")
ROOM = Product("Microsoft_Teams_Rooms_Pro", "room", "Microsoft Teams Rooms Pro", "user", Scope.RESOURCE, "")
STORAGE = Product("SHAREPOINTSTORAGE", "storage", "Office 365 Extra File Storage", "tenant", Scope.TENANT, "")
NAMES = ProductNames([E3, EMS, ROOM, STORAGE])


def row(number: int, upn: str, licenses: str = "", object_id: str | None = None, **facts: Any) -> ExportRow:
    plain = ExportRow(
        row=number,
        upn=upn,
        object_id=object_id,
        display_name=None,
        first_name=None,
        last_name=None,
        usage_location=None,
        job_title=None,
        department=None,
        blocked=None,
        guest=False,
        deleted=False,
        licenses_text=licenses,
    )
    return plain._replace(**facts)


def user(number: int, upn: str, *guids: str, object_id: str | None = None) -> KnownUser:
    return KnownUser(number, UserValues(upn, object_id, display_name=upn), frozenset(guids))


def planned(rows: Sequence[ExportRow], users: Iterable[KnownUser] = ()) -> ImportPlan:
    pairing = pair(rows, users)
    return plan_import(rows, pairing, match_rows(rows, NAMES, Preferences(), pairing.own_guids()))


def carried_out(plan: ImportPlan, users: Iterable[KnownUser]) -> list[KnownUser]:
    """A model of what a service does with a plan."""
    after = {known.id: known for known in users}
    for change in plan.changes:
        number = change.user_id or -change.row
        before = after[number].guids if number in after else frozenset()
        guids = before.difference(change.unassign).union(change.assign)
        after[number] = KnownUser(number, change.values, guids)
    return list(after.values())


def outcomes(plan: ImportPlan) -> list[str]:
    return [change.outcome.value for change in plan.changes]


def reasons(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(skipped.row, skipped.reason.value) for skipped in plan.skipped]


def test_an_empty_account_gets_everybody() -> None:
    plan = planned(
        [
            row(2, "a@x.example", "Office 365 E3+Enterprise Mobility + Security E3", blocked=True),
            row(3, "b_y.example#EXT#@x.example", "Unlicensed", guest=True),
            row(4, "c@x.example", "Office 365 E3", deleted=True),
        ]
    )
    assert plan.report() == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": [{"row": 4, "upn": "c@x.example", "reason": "deleted_in_file"}],
        "assigned": 2,
        "unassigned": 0,
        "unknown_products": [],
        "not_assignable": [],
    }
    first, guest = plan.changes
    assert first.values == UserValues("a@x.example", display_name="a@x.example", blocked=True)
    assert guest.values.guest


def test_all_that_the_file_says_of_a_user_is_taken() -> None:
    facts: dict[str, Any] = {
        "display_name": "Ada",
        "first_name": "A",
        "last_name": "B",
        "usage_location": "DE",
        "job_title": "Boss",
        "department": "Top",
        "blocked": True,
    }
    plan = planned([row(2, "a@x.example", object_id="o1", **facts)], [user(1, "a@x.example")])
    (change,) = plan.changes
    assert change.values == UserValues("a@x.example", "o1", "Ada", "A", "B", "DE", "Boss", "Top", blocked=True)
    assert change.outcome is Outcome.UPDATED
    assert not change.renamed


def test_what_the_file_does_not_tell_stays_and_what_it_empties_goes() -> None:
    old = UserValues("a@x.example", "o1", "Ada", "A", "B", "DE", "Boss", "Top", blocked=True)
    told = row(2, "a@x.example", display_name=None, first_name="", department=None)
    (change,) = planned([told], [KnownUser(1, old)]).changes
    assert change.values == old._replace(first_name="")


def test_users_missing_from_the_file_are_kept() -> None:
    plan = planned([row(2, "a@x.example")], [user(1, "a@x.example"), user(2, "b@x.example", "e3")])
    assert [change.user_id for change in plan.changes] == [1]
    assert plan.net_seats == {}


class TestWhoIsMeant:
    def test_the_upn_counts_without_case_and_keeps_our_spelling(self) -> None:
        (change,) = planned([row(2, "ADA@X.example")], [user(1, "ada@x.example")]).changes
        assert (change.user_id, change.outcome) == (1, Outcome.UNCHANGED)

    def test_a_known_object_id_with_another_upn_is_a_rename(self) -> None:
        (change,) = planned(
            [row(2, "new@x.example", object_id="o1")], [user(1, "old@x.example", object_id="o1")]
        ).changes
        assert (change.user_id, change.renamed, change.values.upn) == (1, True, "new@x.example")

    def test_without_an_object_id_on_one_side_the_upn_decides(self) -> None:
        rows = [row(2, "a@x.example", object_id="o1"), row(3, "b@x.example")]
        plan = planned(rows, [user(1, "a@x.example"), user(2, "b@x.example", object_id="o2")])
        assert [(change.user_id, change.values.object_id) for change in plan.changes] == [
            (1, "o1"),
            (2, "o2"),
        ]

    def test_upns_may_be_swapped(self) -> None:
        users = [user(1, "a@x.example", object_id="o1"), user(2, "b@x.example", object_id="o2")]
        rows = [row(2, "b@x.example", object_id="o1"), row(3, "a@x.example", object_id="o2")]
        plan = planned(rows, users)
        assert [(change.user_id, change.values.upn) for change in plan.changes] == [
            (1, "b@x.example"),
            (2, "a@x.example"),
        ]

    def test_a_freed_upn_may_go_to_a_new_user(self) -> None:
        rows = [row(2, "a@x.example"), row(3, "a2@x.example", object_id="o1")]
        plan = planned(rows, [user(1, "a@x.example", object_id="o1")])
        assert [(change.user_id, change.outcome) for change in plan.changes] == [
            (None, Outcome.ADDED),
            (1, Outcome.UPDATED),
        ]

    def test_another_person_with_the_upn_of_an_active_user_is_skipped(self) -> None:
        plan = planned([row(2, "a@x.example", "Office 365 E3", "o9")], [user(1, "a@x.example", object_id="o1")])
        assert reasons(plan) == [(2, "upn_in_use")]
        assert plan.changes == ()

    def test_a_rename_onto_a_kept_upn_is_skipped_with_all_that_hangs_on_it(self) -> None:
        users = [
            user(1, "a@x.example", object_id="o1"),
            user(2, "b@x.example", object_id="o2"),
            user(3, "c@x.example"),
        ]
        rows = [
            row(2, "a@x.example", object_id="o2"),
            row(3, "B@x.example", object_id="o9"),
            row(4, "C@x.example", object_id="o1"),
            row(5, "d@x.example"),
        ]
        plan = planned(rows, users)
        assert reasons(plan) == [(2, "upn_in_use"), (3, "upn_in_use"), (4, "upn_in_use")]
        assert outcomes(plan) == ["added"]

    def test_the_deleted_are_skipped_and_those_active_here_named(self) -> None:
        users = [user(1, "a@x.example", "e3", object_id="o1"), user(2, "b@x.example"), user(3, "c@x.example")]
        rows = [
            row(2, "whoever@x.example", object_id="o1", deleted=True),
            row(3, "b@x.example", deleted=True),
            row(4, "c@x.example", deleted=True),
            row(5, "c@x.example"),
            row(6, "d@x.example", deleted=True),
        ]
        plan = planned(rows, users)
        assert reasons(plan) == [
            (2, SkipReason.DELETED_BUT_ACTIVE),
            (3, SkipReason.DELETED_BUT_ACTIVE),
            (4, SkipReason.DELETED),
            (6, SkipReason.DELETED),
        ]
        assert [change.user_id for change in plan.changes] == [3]
        assert plan.unassigned == 0


class TestLicenses:
    def test_the_file_is_the_whole_truth(self) -> None:
        (change,) = planned([row(2, "a@x.example", "Office 365 E3")], [user(1, "a@x.example", "ems", "gone")]).changes
        assert (change.assign, change.unassign) == (("e3",), ("ems", "gone"))
        assert change.outcome is Outcome.UPDATED

    @pytest.mark.parametrize("licenses", ["", "Unlicensed"])
    def test_no_license_is_a_truth_too(self, licenses: str) -> None:
        plan = planned([row(2, "a@x.example", licenses)], [user(1, "a@x.example", "ems")])
        assert (plan.unassigned, plan.net_seats) == (1, {"ems": -1})

    def test_nothing_is_unassigned_where_a_name_was_not_matched(self) -> None:
        rows = [
            row(2, "a@x.example", "Office 365 E3+Rocket Fuel"),
            row(3, "b@x.example", "rocket  FUEL+Warp"),
        ]
        plan = planned(rows, [user(1, "a@x.example", "ems")])
        assert [(change.assign, change.unassign) for change in plan.changes] == [(("e3",), ()), ((), ())]
        assert plan.unknown_products == ("Rocket Fuel", "Warp")

    def test_an_ambiguous_name_is_treated_like_an_unknown_one(self) -> None:
        matches = {2: MatchedLicenses(ambiguous=(("Visio Plan 1", (E3, EMS)),))}
        rows = [row(2, "a@x.example")]
        plan = plan_import(rows, pair(rows, [user(1, "a@x.example", "room")]), matches)
        assert (plan.unknown_products, plan.unassigned) == (("Visio Plan 1",), 0)

    def test_tenant_products_are_left_out_and_listed_once(self) -> None:
        licenses = "Office 365 Extra File Storage+Microsoft Teams Rooms Pro"
        plan = planned([row(2, "a@x.example", licenses), row(3, "b@x.example", licenses)])
        assert [change.assign for change in plan.changes] == [("room",), ("room",)]
        assert plan.report()["not_assignable"] == ["Office 365 Extra File Storage"]

    def test_seats_are_netted(self) -> None:
        users = [user(1, "a@x.example", "e3"), user(2, "b@x.example", "ems")]
        rows = [
            row(2, "a@x.example", "Enterprise Mobility + Security E3"),
            row(3, "b@x.example", "Office 365 E3"),
            row(4, "c@x.example", "Office 365 E3"),
        ]
        plan = planned(rows, users)
        assert (plan.assigned, plan.unassigned, plan.net_seats) == (3, 2, {"e3": 1})


UPNS = st.sampled_from(["a@x.example", "A@X.example", "b@x.example", "c@x.example", "d@x.example"])
OBJECT_IDS = st.sampled_from([None, "o1", "o2", "o3"])
LICENSES = st.sampled_from(
    [
        "",
        "Unlicensed",
        E3.name,
        f"{EMS.name}+{E3.name}",
        f"{E3.name}+Rocket Fuel",
        f"{STORAGE.name}+{EMS.name}",
    ]
)


@st.composite
def files(draw: st.DrawFn) -> list[ExportRow]:
    drawn = draw(st.lists(st.tuples(UPNS, LICENSES, OBJECT_IDS, st.booleans()), max_size=6))
    rows: list[ExportRow] = []
    for number, (upn, licenses, object_id, deleted) in enumerate(drawn, 2):
        active = [other for other in rows if not other.deleted]
        twice = any(key(other.upn) == key(upn) or (object_id and other.object_id == object_id) for other in active)
        rows.append(row(number, upn, licenses, object_id, deleted=deleted or twice))
    return rows


@st.composite
def accounts(draw: st.DrawFn) -> list[KnownUser]:
    upns = draw(st.lists(UPNS, max_size=4, unique_by=key))
    object_ids = draw(st.permutations(["o1", "o2", "o3", None, None]))
    guids = st.lists(st.sampled_from(["e3", "ems", "gone"]))
    return [
        user(number, upn, *draw(guids), object_id=object_id)
        for number, (upn, object_id) in enumerate(zip(upns, object_ids, strict=False), 1)
    ]


@given(files(), accounts())
def test_every_row_is_accounted_for_once(rows: list[ExportRow], users: list[KnownUser]) -> None:
    plan = planned(rows, users)
    told = [change.row for change in plan.changes] + [skipped.row for skipped in plan.skipped]
    assert sorted(told) == [entry.row for entry in rows]
    known = [change.user_id for change in plan.changes if change.user_id]
    assert len(known) == len(set(known))


@given(files(), accounts())
def test_after_an_import_identities_are_unique(rows: list[ExportRow], users: list[KnownUser]) -> None:
    after = carried_out(planned(rows, users), users)
    upns = Counter(key(known.values.upn) for known in after)
    object_ids = Counter(known.values.object_id for known in after if known.values.object_id)
    assert max([0, *upns.values(), *object_ids.values()]) <= 1


@given(files(), accounts())
def test_the_same_file_again_changes_nothing(rows: list[ExportRow], users: list[KnownUser]) -> None:
    first = planned(rows, users)
    again = planned(rows, carried_out(first, users))
    assert set(outcomes(again)) <= {"unchanged"}
    assert [skipped.row for skipped in again.skipped] == [skipped.row for skipped in first.skipped]
    assert (again.assigned, again.unassigned, again.net_seats) == (0, 0, {})


@given(files(), accounts())
def test_the_net_is_what_changes_in_the_account(rows: list[ExportRow], users: list[KnownUser]) -> None:
    plan = planned(rows, users)
    before = Counter(guid for known in users for guid in known.guids)
    after = Counter(guid for known in carried_out(plan, users) for guid in known.guids)
    after.subtract(before)
    assert plan.net_seats == {guid: count for guid, count in after.items() if count}
    assert plan.assigned - plan.unassigned == sum(plan.net_seats.values())
