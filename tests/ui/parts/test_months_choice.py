"""How many months are looked at, and amounts in lists."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.ui.context import MemorySettings
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.parts.months_choice import MonthsChoice
from cpdesk.ui.theme import Theme

if TYPE_CHECKING:
    from cpdesk.ui.widgets.columns import Column


@pytest.mark.parametrize(
    ("remembered", "months"), [(None, 12), (24, 24), ("3", 3), ("0", 12), ("25", 12), ("helicopter", 12), ("-4", 12)]
)
def test_it_begins_with_what_was_chosen_last(
    theme: Theme,  # noqa: ARG001 - for the box
    qtbot: QtBot,
    settings: MemorySettings,
    remembered: object,
    months: int,
) -> None:
    settings.setValue("months/here", remembered)
    choice = MonthsChoice(settings, "here")
    qtbot.addWidget(choice)
    assert choice.months == months
    assert choice.count() == 24


def test_what_cannot_be_chosen_changes_nothing(theme: Theme, qtbot: QtBot, settings: MemorySettings) -> None:  # noqa: ARG001
    choice = MonthsChoice(settings, "here")
    qtbot.addWidget(choice)
    choice.set_months(25)
    assert choice.months == 12
    choice.set_months(1)
    assert (choice.months, choice.currentText()) == (1, "Last 1 month")


def test_amounts_have_their_currency_and_go_into_files_as_numbers() -> None:
    column: Column[tuple[Decimal | None, str]] = money_column(
        "cost", "Cost", lambda row: row[0], lambda row: row[1], none=lambda _row: "no price"
    )
    row = (Decimal("1234.5"), "EUR")
    assert column.show(row) == "€1,234.50"
    assert column.exported(row) == Decimal("1234.5")
    assert column.show((None, "EUR")) == "no price"
    assert column.exported((None, "EUR")) == "no price"
