"""The parts of the shell that are no widgets: folding, geometry."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cpdesk.ui.context import MemorySettings
from cpdesk.ui.shell import geometry
from cpdesk.ui.shell.folding import Folding

LEAST = QSize(800, 560)
LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 1280, 1000)


def test_width_folds_and_unfolds() -> None:
    folding = Folding()
    folding.resize(1280)
    assert not folding.folded
    folding.resize(1024)
    assert folding.folded
    folding.resize(1280)
    assert not folding.folded


def test_unfolding_a_narrow_window_holds_until_it_was_wide() -> None:
    folding = Folding()
    folding.resize(1024)
    folding.toggle()
    assert not folding.folded
    folding.resize(1280)
    folding.resize(1024)
    assert folding.folded


def test_folding_a_wide_window_holds() -> None:
    folding = Folding()
    folding.resize(1280)
    folding.toggle()
    folding.resize(1024)
    folding.resize(1280)
    assert folding.folded


def test_text_size_counts() -> None:
    folding = Folding()
    folding.resize(1280, 2.0)
    assert folding.folded


def test_a_place_on_a_screen_is_kept() -> None:
    wanted = QRect(2000, 50, 1100, 700)
    assert geometry.corrected(wanted, [LEFT, RIGHT], LEAST) == wanted


@pytest.mark.parametrize("wanted", [QRect(5000, 50, 1100, 700), QRect(100, -900, 1100, 700), QRect()])
def test_a_place_off_all_screens_becomes_the_middle(wanted: QRect) -> None:
    made = geometry.corrected(wanted, [LEFT], LEAST)
    assert LEFT.contains(made)
    assert made.size() == QSize(1280, 800)


def test_a_place_half_off_is_pushed_back() -> None:
    made = geometry.corrected(QRect(1700, 900, 1100, 700), [LEFT], LEAST)
    assert LEFT.contains(made)
    assert made.size() == QSize(1100, 700)


def test_a_small_screen_shrinks_the_window() -> None:
    small = QRect(0, 0, 1024, 600)
    assert geometry.corrected(QRect(), [small], LEAST).size() == QSize(1024, 600)


def test_a_place_on_a_screen_left_of_the_first_is_kept() -> None:
    beyond = QRect(-1920, 0, 1920, 1080)
    wanted = QRect(-1800, 50, 1100, 700)
    assert geometry.corrected(wanted, [LEFT, beyond], LEAST) == wanted
    assert LEFT.contains(geometry.corrected(wanted, [LEFT], LEAST)), "once that screen is unplugged"


def test_a_window_larger_than_the_screen_is_since_letters_are_larger_fits_into_it() -> None:
    half = QRect(0, 0, LEFT.width() // 2, LEFT.height() // 2)
    made = geometry.corrected(QRect(0, 0, LEFT.width(), LEFT.height()), [half], LEAST)
    assert half.contains(made)


def test_a_window_that_was_maximised_on_an_unplugged_screen_is_maximised_on_one_that_is_there(qtbot: QtBot) -> None:
    settings = MemorySettings()
    settings.setValue("window/geometry", "9000,9000,1100,700,1")
    window = QMainWindow()
    qtbot.addWidget(window)
    geometry.restore(window, settings)
    assert window.isMaximized()
    assert any(screen.availableGeometry().intersects(window.normalGeometry()) for screen in QGuiApplication.screens())
    window.close()


def test_a_window_comes_back_where_it_was(qtbot: QtBot) -> None:
    settings = MemorySettings()
    for number in range(2):
        window = QMainWindow()
        qtbot.addWidget(window)
        geometry.restore(window, settings)
        if number == 0:
            window.setGeometry(30, 40, 700, 500)
            geometry.save(window, settings)
        else:
            assert window.geometry().size() == QSize(700, 500)


@pytest.mark.parametrize("stored", ["", "nonsense", "1,2", "a,1,1,1,1", "1,2,3,4,5,6"])
def test_nonsense_in_the_settings_is_no_trouble(qtbot: QtBot, stored: str) -> None:
    settings = MemorySettings()
    settings.setValue("window/geometry", stored)
    window = QMainWindow()
    qtbot.addWidget(window)
    geometry.restore(window, settings)
    assert window.width() > 0
