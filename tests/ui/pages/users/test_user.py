"""Edit User Details."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain.people import UserFields
from cpdesk.domain.rows import Done
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.user_samples import LEE, MEGAN, People, details
from cpdesk.ui.parts.discard_changes import DiscardChangesDialog
from cpdesk.ui.parts.license_assignment import LicenseAssignmentDialog
from cpdesk.ui.widgets.labels import Label
from tests.ui.pages.users.conftest import Open, Opened

ALL = People()
WITH_ADELE = replace(ALL, users=(*ALL.users, replace(LEE, id=99, display_name="Adele Vance")))
"""The stand-in gives this id to who is added."""


def user(open_users: Open, tab: str = "details", **more: Any) -> Opened:
    return open_users(ALL, "user", user=MEGAN.id, tab=tab, **more)


def test_what_is_known_is_shown(open_users: Open) -> None:
    opened = user(open_users)
    assert opened.page.header.title == "Megan Bowen"
    assert opened.page.details.form.fields() == details(MEGAN).fields
    assert not opened.page.details.save.isEnabled()


def test_what_was_changed_and_not_saved_is_held(open_users: Open) -> None:
    page = user(open_users).page
    assert not page.holds_input
    page.details.form.set_values({"department": "Logistics"})
    assert page.holds_input
    page.details.discard.click()
    assert not page.holds_input


def test_a_change_is_saved(open_users: Open) -> None:
    changed = replace(details(MEGAN), fields=replace(details(MEGAN).fields, department="Logistics"))
    opened = user(open_users, answers={"edit": Done(changed, frozenset())})
    form = opened.page.details.form
    form.set_values({"department": "Logistics"})
    opened.page.details.save.click()
    assert opened.users.called("edit") == [(7, MEGAN.id, changed.fields)]
    assert opened.window.notices.texts() == ["The details are saved."]
    assert not opened.page.details.save.isEnabled()


def test_a_refusal_is_told_at_its_field(open_users: Open) -> None:
    address = "alex.wilber@contoso-freight.example"
    opened = user(open_users, answers={"edit": UserError("upn_taken", upn=address)})
    form = opened.page.details.form
    form.set_values({"upn": address})
    opened.page.details.save.click()
    assert form.error("upn") == f"The account has a user {address} already."


def test_an_edited_display_name_is_left_alone(open_users: Open) -> None:
    form = user(open_users).page.details.form
    form.set_values({"first_name": "Margaret"})
    assert form.fields().display_name == "Megan Bowen"


def test_changes_are_discarded(open_users: Open) -> None:
    opened = user(open_users)
    form = opened.page.details.form
    form.set_values({"job_title": "Director"})
    opened.page.details.discard.click()
    assert form.fields() == details(MEGAN).fields


def test_news_leave_what_somebody_types(open_users: Open) -> None:
    opened = user(open_users)
    form = opened.page.details.form
    form.set_values({"job_title": "Director"})
    opened.page.refresh()
    assert form.fields().job_title == "Director"
    opened.page.details.discard.click()
    opened.users.answers["show"] = replace(details(MEGAN), fields=replace(details(MEGAN).fields, job_title="Owner"))
    opened.page.refresh()
    assert form.fields().job_title == "Owner"


def test_another_user_is_shown_afresh_once_the_changes_are_given_up(open_users: Open) -> None:
    opened = user(open_users)
    form = opened.page.details.form
    form.set_values({"job_title": "Director"})
    opened.window.navigate("user", account=7, user=LEE.id, tab="details")
    assert form.fields().job_title == "Director"
    opened.dialog(DiscardChangesDialog).keep.click()
    assert form.fields().job_title == "Director"
    opened.window.navigate("user", account=7, user=LEE.id, tab="details")
    opened.dialog(DiscardChangesDialog).discard.click()
    assert form.fields() == details(LEE).fields


def test_what_was_entered_about_a_new_user_is_not_lost_unasked(open_users: Open) -> None:
    opened = open_users(ALL, "create_user")
    opened.page.form.set_values({"display_name": "Adele Vance"})
    opened.page.leave.click()
    assert opened.place()[0] == "create_user"
    opened.dialog(DiscardChangesDialog).discard.click()
    assert opened.place()[0] == "users"
    assert not opened.page.holds_input


def test_each_wrong_field_says_so(open_users: Open) -> None:
    opened = open_users(ALL, "create_user")
    form = opened.page.form
    form.set_values({"display_name": "x" * 257, "upn": "adele vance", "job_title": "x" * 300})
    opened.page.create_only.click()
    assert form.error("display_name") == "The name is longer than 256 characters."
    assert form.error("upn").startswith('"adele vance@contoso-freight.example" is not a user principal name.')
    assert form.error("job_title") == "The job title is longer than 256 characters."
    assert opened.users.called("add") == []


def test_what_an_import_brought_need_not_be_mended(open_users: Open) -> None:
    """A domain of nobody here, and a country code that is none any more."""
    fields = replace(details(MEGAN).fields, upn="megan@old.example", job_title="x" * 300)
    opened = user(open_users, answers={"show": replace(details(MEGAN), fields=fields)})
    form = opened.page.details.form
    form.set_values({"department": "Logistics"})
    opened.page.details.save.click()
    assert opened.users.called("edit") == [(7, MEGAN.id, replace(fields, department="Logistics"))]


def test_configure_services_leads_to_the_license_assignment(open_users: Open) -> None:
    opened = user(open_users, "services")
    tab = opened.page.licenses
    assert tab.card.title.text() == "2 licenses"
    tab.table.selectRow(0)
    assert tab.table.selection_as_tsv() == "Microsoft 365 Business Premium\tSPB\tSeptember 14, 2026"
    (configure,) = tab.gear.actions_of_menu()
    assert configure.text() == "Configure Services"
    configure.trigger()
    assert "Megan Bowen" in opened.dialog(LicenseAssignmentDialog).people.text()


def test_without_licenses_the_first_are_offered(open_users: Open) -> None:
    opened = open_users(ALL, "user", user=LEE.id, tab="services")
    assert opened.page.licenses.empty.title == "No licenses yet"
    opened.page.licenses.empty.button.click()
    assert "Lee Gu" in opened.dialog(LicenseAssignmentDialog).people.text()


def test_an_auditor_only_reads(open_users: Open) -> None:
    opened = user(open_users, session=AUDITOR)
    assert not opened.page.details.save.isVisible()
    assert not opened.page.details.form.isVisible()
    told = [label.text() for label in opened.page.details.facts.findChildren(Label)]
    assert told[told.index("Display name") + 1] == "Megan Bowen"
    assert "megan.bowen@contoso-freight.example" in told
    opened.page.tabs.select("services")
    assert not opened.page.licenses.gear.isVisible()


@pytest.mark.parametrize("tab", ["details", "services"])
def test_everything_has_a_name(open_users: Open, assert_accessible: Callable[[QWidget], None], tab: str) -> None:
    assert_accessible(user(open_users, tab).window)


def test_a_new_user_is_created(open_users: Open) -> None:
    opened = open_users(WITH_ADELE, "create_user")
    form = opened.page.form
    assert form.editor("first_name").hasFocus()
    form.set_values({"first_name": "Adele", "last_name": "Vance", "upn": "adele.vance", "usage_location": "DE"})
    opened.page.create_only.click()
    fields = UserFields("Adele Vance", "adele.vance@contoso-freight.example", "Adele", "Vance", "DE")
    ((_name, args, named),) = [call for call in opened.users.calls if call[0] == "add"]
    assert args[1:] == (7, fields.upn, "Adele Vance")
    assert named == {"fields": fields}
    assert opened.place() == ("user", {"account": 7, "user": 99, "tab": "services"})
    assert opened.window.notices.texts() == ["Adele Vance is created."]


def test_a_new_user_that_is_begun_is_held(open_users: Open) -> None:
    page = open_users(WITH_ADELE, "create_user").page
    assert not page.holds_input
    page.form.set_values({"display_name": "Adele Vance"})
    assert page.holds_input
    page.form.reset()
    assert not page.holds_input


def test_a_new_user_gets_licenses_at_once(open_users: Open) -> None:
    opened = open_users(WITH_ADELE, "create_user")
    opened.page.form.set_values({"display_name": "Adele Vance", "upn": "adele"})
    opened.page.create_and_assign.click()
    assert opened.place()[0] == "user"
    assert "Adele Vance" in opened.dialog(LicenseAssignmentDialog).people.text()


def test_what_is_missing_is_marked(open_users: Open) -> None:
    opened = open_users(ALL, "create_user")
    opened.page.create_only.click()
    assert opened.page.form.error("upn") == "Fill this in."
    assert opened.users.called("add") == []


def test_a_foreign_domain_is_pointed_out_but_not_refused(open_users: Open) -> None:
    form = open_users(ALL, "create_user").page.form
    form.set_values({"upn": "adele@fabrikam.example"})
    assert form.foreign.isVisible()
    assert form.foreign.text == "fabrikam.example is not among the domains of this account."
    form.set_values({"upn": "adele@contoso-freight.example"})
    assert not form.foreign.isVisible()


def test_creating_has_names(open_users: Open, assert_accessible: Callable[[QWidget], None]) -> None:
    assert_accessible(open_users(ALL, "create_user").window)
