import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.accounts import Contact, NewAccount, Status, checked_contacts, checked_domains, require_status

LIBERTIES = {
    (Status.ACTIVE, Status.ACTIVE): None,
    (Status.ACTIVE, Status.SUSPENDED): None,
    (Status.ACTIVE, Status.CLOSED): None,
    (Status.SUSPENDED, Status.ACTIVE): "account_suspended",
    (Status.SUSPENDED, Status.SUSPENDED): None,
    (Status.SUSPENDED, Status.CLOSED): None,
    (Status.CLOSED, Status.ACTIVE): "account_closed",
    (Status.CLOSED, Status.SUSPENDED): "account_closed",
    (Status.CLOSED, Status.CLOSED): None,
}


def code_of(status: Status, even: Status) -> str | None:
    try:
        require_status(status, even, account="Contoso")
    except UserError as refusal:
        return refusal.code
    return None


def test_what_is_allowed_in_a_status_is_allowed_in_those_of_more_liberty() -> None:
    assert {(status, even): code_of(status, even) for status in Status for even in Status} == LIBERTIES


def test_domains_are_cleaned_and_keep_their_order() -> None:
    assert checked_domains(" b.example", ["a.example ", "c.example"]) == ("b.example", "a.example", "c.example")


def test_the_same_domain_twice_is_refused_whatever_the_case() -> None:
    with pytest.raises(UserError, match="domain_twice"):
        checked_domains("straße.example", ["STRASSE.example"])


def test_contacts_are_cleaned() -> None:
    given = [Contact(" Ada ", " ada@a.example ", " 1 ", " Billing "), Contact("Bob", " ", "", "  ")]
    assert checked_contacts(given) == (Contact("Ada", "ada@a.example", "1", "Billing"), Contact("Bob"))


def test_the_log_keeps_of_a_new_account_what_it_has() -> None:
    plain = NewAccount(1, "Contoso", "contoso.example", "US", "USD", "UTC")
    rich = NewAccount(
        1, "Contoso", "contoso.example", "US", "USD", "UTC", aliases=("b.example",), contacts=(Contact("Ada"),)
    )
    assert plain.as_plain().keys() == {"name", "domain", "country", "currency", "time_zone"}
    assert rich.as_plain().keys() - plain.as_plain().keys() == {"aliases", "contacts"}
