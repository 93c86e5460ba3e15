"""cpdesk accounts erase-contact, cpdesk operators erase"""

from cpdesk.composition import compose
from cpdesk.domain.accounts import Contact
from tests.cli.conftest import AUDITOR, CONTOSO, CUSTOMER, Cli

CY = "cy@contoso.example"


def former_contact(cli: Cli) -> None:
    store, services = compose(cli.folder, cli.clock)
    store.open()
    by = services.operators.sign_in("admin@reseller.example", "correct horse battery")
    account = services.accounts.find(by, CONTOSO).id
    for contacts in ([Contact("Cy Adams", CY)], []):
        services.accounts.edit(by, account, contacts=contacts)
    store.disconnect()


def test_a_former_contact_is_listed_shown_and_erased(cli: Cli) -> None:
    assert "No contact was taken out" in cli.text("accounts", "erase-contact", CONTOSO)
    former_contact(cli)
    assert cli.json("accounts", "erase-contact", CONTOSO) == [{"name": "Cy Adams", "email": CY, "removed_at": None}]
    before = cli.content()
    text = cli.text("accounts", "erase-contact", CONTOSO, CY)
    assert f"{CY} would become Erased contact 1." in text
    assert "--confirm" in text
    wrong = cli("accounts", "erase-contact", CONTOSO, CY, "--confirm", "somebody")
    assert (wrong.code, "once more" in wrong.err) == (1, True)
    assert cli.content() == before
    cli.sign_in(CUSTOMER)
    done = cli.json("accounts", "erase-contact", CONTOSO, CY, "--confirm", CY.upper())
    assert (done["pseudonym"], done["entries"], done["erased"]) == ("Erased contact 1", 2, True)
    assert CY not in str(cli.content())
    assert cli.json("check")["ok"]


def test_a_removed_operator_is_listed_shown_and_erased(cli: Cli) -> None:
    assert "No operator was removed." in cli.text("operators", "erase")
    assert cli("operators", "erase", AUDITOR).code == 1
    cli.json("operators", "remove", AUDITOR)
    assert [one["email"] for one in cli.json("operators", "erase")] == [AUDITOR]
    shown = cli.json("operators", "erase", AUDITOR)
    assert (shown["entries"], shown["kept_entries"], shown["erased"]) == (2, 0, False)
    text = cli.text("operators", "erase", AUDITOR, "--confirm", AUDITOR)
    assert "The personal data of auditor@reseller.example is erased" in text
    assert AUDITOR not in str(cli.content())
    assert cli.json("check")["ok"]


def test_a_customer_administrator_learns_nothing_of_operators(cli: Cli) -> None:
    cli.sign_in(CUSTOMER)
    for words in (("erase",), ("erase", AUDITOR), ("erase", AUDITOR, "--confirm", AUDITOR)):
        result = cli("operators", *words, "--json")
        assert (result.code, result.document["error"]["code"]) == (1, "not_allowed")
