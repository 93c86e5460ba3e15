"""Correcting the time in the window."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.rows import Done
from cpdesk.services.clock import Clock
from cpdesk.ui.gallery.scene import Stage
from cpdesk.ui.gallery.scenes_clock import FEW, MUCH
from cpdesk.ui.gallery.scenes_records import audit_services, log_window
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.parts.correct_clock import CorrectClockDialog
from cpdesk.ui.widgets.labels import Label


def opened(stage: Stage, qtbot: QtBot, **answers: Any) -> CorrectClockDialog:
    bundle = audit_services()
    bundle.__dict__["clock"] = StandIn(Clock, **({"preview": FEW} | answers))
    window = log_window(stage, bundle)
    qtbot.addWidget(window)
    assert window.page
    dialog = CorrectClockDialog(window.page, window.page.context, "America/New_York")
    dialog.read()
    return dialog


def said(dialog: CorrectClockDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(Label))


def test_it_says_what_happens(stage: Stage, qtbot: QtBot) -> None:
    text = said(opened(stage, qtbot, preview=MUCH))
    assert "1,204 entries were dated by the wrong clock" in text
    assert "Contoso Freight: the change to Usage Mode was completed before its date" in text
    assert "The same goes for 2 more changes" in text
    assert "3 statements were issued meanwhile" in text


@pytest.mark.parametrize(
    ("typed", "possible"), [("", False), ("2026-11-23", False), ("today", False), (" 2026-11-22 ", True)]
)
def test_only_todays_date_confirms_it(stage: Stage, qtbot: QtBot, typed: str, possible: bool) -> None:
    dialog = opened(stage, qtbot)
    dialog.form.set_values({"today": typed})
    dialog.form.changed.emit()
    assert dialog.correct.isEnabled() == possible


def test_it_corrects_what_was_shown(stage: Stage, qtbot: QtBot) -> None:
    asked: list[tuple[object, ...]] = []

    def correct(_by: object, shown: object, reason: str) -> Done[Any]:
        asked.append((shown, reason))
        return Done(FEW, topics.EVERYTHING)

    dialog = opened(stage, qtbot, correct=correct)
    dialog.form.set_values({"today": "2026-11-22"})
    dialog.why.set_values({"reason": "Battery"})
    with qtbot.waitSignal(dialog.succeeded):
        dialog.form.submitted.emit()
    assert asked == [(FEW, "Battery")]


def test_what_changed_meanwhile_is_shown_and_asked_again(stage: Stage, qtbot: QtBot) -> None:
    dialog = opened(stage, qtbot, correct=UserError("correction_changed"))
    dialog.form.set_values({"today": "2026-11-22"})
    dialog.form.submitted.emit()
    assert "Look again" in dialog.refusal.text
    assert dialog.form.values()["today"] == ""
    assert not dialog.correct.isEnabled()


def test_it_says_why_it_is_impossible(stage: Stage, qtbot: QtBot) -> None:
    dialog = opened(stage, qtbot, preview=UserError("nothing_ahead", system=FEW.system))
    assert "nothing to correct" in dialog.refusal.text
    assert not dialog.correct.isEnabled()
