"""Keeping an anchor of the audit log, and comparing with one, as a person does it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from cpdesk.domain.anchors import Comparison, Likeness
from cpdesk.gateways.anchor_files import read_anchor, write_anchor
from cpdesk.ui.gallery.samples import AUDITOR, CUSTOMER, NOW, RESELLER
from cpdesk.ui.gallery.scenes_records import ANCHOR, audit_services
from cpdesk.ui.pages.records.anchor_dialog import AnchorDialog, file_name
from cpdesk.ui.pages.records.verifying import Verifying
from cpdesk.ui.shell.window import Window

OpenPage = Callable[..., Window]


def opened(open_page: OpenPage, **answers: Any) -> AnchorDialog:
    window = open_page("audit_log", audit_services(**answers))
    next(one for one in window.findChildren(QPushButton) if one.text() == "Anchor").click()
    dialog = window.findChild(AnchorDialog)
    assert isinstance(dialog, AnchorDialog)
    return dialog


def test_an_anchor_is_saved_under_a_name_that_says_what_it_is(open_page: OpenPage, tmp_path: Path) -> None:
    dialog = opened(open_page)
    path = tmp_path / file_name(ANCHOR)
    dialog.save_to(str(path))
    assert path.name == "cpdesk-anchor-2026-11-22-entry-11.json"
    assert read_anchor(path) == ANCHOR
    assert path.name in dialog.told.text


def test_an_anchor_is_copied_as_a_text_to_print(open_page: OpenPage) -> None:
    opened(open_page).copy.click()
    text = QGuiApplication.clipboard().text()
    assert f"Database: {ANCHOR.database}" in text
    assert "Hash (SHA-256): 9c4e1f7a b03d52e8" in text


@pytest.mark.parametrize(
    ("likeness", "last", "notice", "said"),
    [
        (Likeness.SAME, 11, "success", "Nothing up to the anchor was changed."),
        (Likeness.GONE_ON, 15, "success", "has gone on by 4 entries since"),
        (Likeness.DIFFERS, 15, "error", "Entry No. 11 is another one"),
        (Likeness.MISSING, 7, "error", "the log ends with No. 7"),
        (Likeness.OTHER_DATABASE, 7, "error", "another database"),
    ],
)
def test_a_dropped_anchor_is_compared(
    open_page: OpenPage, tmp_path: Path, likeness: Likeness, last: int, notice: str, said: str
) -> None:
    dialog = opened(open_page, compare=Comparison(ANCHOR, likeness, last))
    dialog.drop.take(write_anchor(tmp_path / "a.json", ANCHOR))
    assert dialog.outcome.property("notice") == notice
    assert said in dialog.outcome.text


def test_another_file_is_refused_where_it_was_dropped(open_page: OpenPage, tmp_path: Path) -> None:
    dialog = opened(open_page)
    path = tmp_path / "users.json"
    path.write_text("[]", encoding="utf-8")
    dialog.drop.take(path)
    assert "no anchor" in dialog.drop.error
    assert dialog.outcome.isHidden()


@pytest.mark.parametrize(("session", "offered"), [(RESELLER, True), (AUDITOR, True), (CUSTOMER, False)])
def test_who_sees_one_account_only_is_offered_none(open_page: OpenPage, session: Any, offered: bool) -> None:
    key, params = ("audit_log", {}) if offered else ("account_audit_log", {"account": CUSTOMER.account_id})
    window = open_page(key, audit_services(), session=session, **params)
    shown = [one for one in window.findChildren(QPushButton) if one.text() == "Anchor" and not one.isHidden()]
    assert bool(shown) == offered


def test_what_was_verified_stays_on_the_page(open_page: OpenPage) -> None:
    verifying = open_page("audit_log", audit_services()).findChild(Verifying)
    assert isinstance(verifying, Verifying)
    assert verifying.state.text() == "Not yet verified on this computer."
    verifying.start()
    verifying.result.dismissed.emit()
    assert verifying.state.text().startswith("Verified through entry No. 8, ")


def test_a_broken_chain_is_told_until_one_holds(open_page: OpenPage) -> None:
    verifying = open_page("audit_log", audit_services()).findChild(Verifying)
    assert isinstance(verifying, Verifying)
    verifying.keep(8, NOW, "audit entry 6")
    verifying.show_latest("UTC")
    assert "The chain is broken at No. 6" in verifying.broken.text
    assert not verifying.broken.isHidden()
    verifying.start()
    verifying.result.dismissed.emit()
    assert verifying.broken.isHidden()
