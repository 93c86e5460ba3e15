"""The theme in use."""

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.base import assets
from cpdesk.domain.modes import Mode
from cpdesk.ui.context import MemorySettings
from cpdesk.ui.theme import Appearance, Theme, icons
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.theme.stylesheet import stylesheet
from cpdesk.ui.theme.tokens import DARK, LIGHT
from cpdesk.ui.widgets.chips import ModeChip
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.table import DataTable


def _has(widget: QWidget, colour: str) -> bool:
    image = widget.grab().toImage()
    wanted = QColor(colour).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_switching_repaints_what_is_painted_by_hand(qtbot: QtBot, theme: Theme) -> None:
    chip = ModeChip(Mode.PURCHASE)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert _has(chip, LIGHT.purchase_tint)
    with qtbot.waitSignal(theme.changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.dark
    assert _has(chip, DARK.purchase_tint)
    assert not _has(chip, LIGHT.purchase_tint)


def test_icons_take_the_colour_of_the_moment(theme: Theme) -> None:
    icon = theme.icon("gear", "accent")
    light = icon.pixmap(QSize(20, 20)).toImage()
    theme.set_appearance(Appearance.DARK)
    assert icon.pixmap(QSize(20, 20)).toImage() != light


def test_a_disabled_icon_is_paler(theme: Theme) -> None:
    icon = theme.icon("gear", "ink")
    usual = icon.pixmap(QSize(20, 20), QIcon.Mode.Normal).toImage()
    assert icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage() != usual


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_icons_are_sharp_on_dense_screens(theme: Theme, ratio: float) -> None:
    drawing = icons.pixmap("gear", theme.tokens.ink, QSize(20, 20), ratio)
    assert drawing.size() == QSize(20, 20) * ratio
    assert drawing.deviceIndependentSize().toSize() == QSize(20, 20)


def test_all_icons_draw_something_in_one_colour(theme: Theme) -> None:
    files = sorted((assets.root() / "icons").glob("*.svg"))
    assert files
    for file in files:
        assert 'viewBox="0 0 20 20"' in file.read_text("utf-8"), file.name
        assert not re.search(r"#[0-9a-fA-F]{3}", file.read_text("utf-8")), file.name
        image = icons.pixmap(file.stem, theme.tokens.ink, QSize(20, 20), 1.0).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), file.name


def test_a_choice_is_remembered(qapp: QApplication, theme: Theme) -> None:
    settings = MemorySettings()
    Theme(qapp, settings).set_appearance(Appearance.DARK)
    again = Theme(qapp, settings)
    assert again.appearance is Appearance.DARK
    assert again.dark
    again.set_appearance(Appearance.LIGHT)
    theme.set_appearance(Appearance.LIGHT)


def test_nonsense_in_the_settings_means_following_the_system(qapp: QApplication, theme: Theme) -> None:
    settings = MemorySettings()
    settings.setValue("ui/appearance", "sepia")
    assert Theme(qapp, settings).appearance is Appearance.SYSTEM
    theme.set_appearance(Appearance.LIGHT)


def test_text_grows_and_rows_with_it(theme: Theme) -> None:
    usual = theme.fonts.font(TextRole.BODY).pointSizeF()
    theme.set_text_scale(2.0)
    assert theme.fonts.font(TextRole.BODY).pointSizeF() == pytest.approx(2 * usual, rel=0.01)
    assert theme.fonts.scaled(40) == 80


def test_the_style_sheet_has_no_open_places(theme: Theme) -> None:
    for tokens in (LIGHT, DARK):
        sheet = stylesheet(tokens, theme.fonts)
        assert "@" not in sheet
        assert sheet.count("{") == sheet.count("}")


def test_motion_is_known_as_a_yes_or_no(theme: Theme) -> None:
    assert theme.reduced_motion in {True, False}


def test_the_palette_is_complete_for_plain_widgets(qapp: QApplication, theme: Theme) -> None:
    theme.set_appearance(Appearance.DARK)
    palette = qapp.palette()
    assert palette.window().color() == QColor(DARK.window)
    assert palette.text().color() == QColor(DARK.ink)
    assert palette.brush(palette.ColorRole.Base).style() == Qt.BrushStyle.SolidPattern


def test_lists_get_low_rows_at_once(qtbot: QtBot, theme: Theme) -> None:
    table: DataTable[str] = DataTable((Column[str]("name", "Name", str),), key=str)
    qtbot.addWidget(table)
    assert table.verticalHeader().defaultSectionSize() == theme.fonts.scaled(40)
    theme.set_dense(dense=True)
    assert table.verticalHeader().defaultSectionSize() == theme.fonts.scaled(32)


def test_low_rows_are_remembered(qapp: QApplication, theme: Theme) -> None:
    settings = MemorySettings()
    chosen = Theme(qapp, settings)
    chosen.set_dense(dense=True)
    chosen.set_reduced_motion(reduced=True)
    again = Theme(qapp, settings)
    assert again.dense
    assert again.reduced_motion
    again.set_dense(dense=False)
    assert theme.row_height == theme.fonts.scaled(40)
