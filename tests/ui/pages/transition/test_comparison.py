"""A user before and after an import."""

from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.user_import.pairing import UserValues
from cpdesk.domain.user_import.plan import RowChange
from cpdesk.ui.pages.transition.comparison import Line, comparison, left_out

ADA = UserValues("ada@x.example", None, "Ada", job_title="Engineer")
NAMES = {"e3": "Office 365 E3", "spb": "Microsoft 365 Business Premium"}


def change(before: UserValues | None, values: UserValues, **licenses: tuple[str, ...]) -> RowChange:
    none: dict[str, tuple[str, ...]] = {"assign": (), "unassign": (), "kept": (), "unmatched": ()}
    return RowChange(2, 1, before, values, not_assignable=(), **(none | licenses))


def test_only_what_changes_is_shown() -> None:
    after = ADA._replace(job_title="Head", blocked=True)
    assert comparison(change(ADA, after), NAMES) == (
        Line("Title", "Engineer", "Head"),
        Line("Sign-in", "allowed", "blocked"),
    )


def test_licenses_are_told_by_name() -> None:
    (line,) = comparison(change(ADA, ADA, assign=("e3",), kept=("spb",)), NAMES)
    assert line == Line(
        "Licenses", "Microsoft 365 Business Premium", "Microsoft 365 Business Premium and Office 365 E3"
    )


def test_of_a_new_user_everything_known_is_shown() -> None:
    lines = comparison(change(None, ADA, assign=("e3",)), NAMES)
    assert [(line.field, line.after) for line in lines] == [
        ("Display name", "Ada"),
        ("User principal name", "ada@x.example"),
        ("Title", "Engineer"),
        ("Sign-in", "allowed"),
        ("Kind", "member"),
        ("Licenses", "Office 365 E3"),
    ]
    assert not any(line.before for line in lines)


def test_what_gives_nothing_is_named_once() -> None:
    storage = Product("S", "s", "Extra File Storage", "tenant", Scope.TENANT, "")
    odd = change(ADA, ADA, unmatched=("Rocket Fuel", "Rocket Fuel"))._replace(not_assignable=(storage,))
    assert left_out(odd) == ("Rocket Fuel", "Extra File Storage")
