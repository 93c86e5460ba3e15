"""The one way to choose a product."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cpdesk.domain.catalog import Product, Scope
from cpdesk.ui.parts.product_picker import ProductPicker, product_choices
from cpdesk.ui.theme import Theme


def product(name: str, part_number: str, number: int) -> Product:
    return Product(part_number, f"{number:08x}-0000-4000-8000-{number:012x}", name, "user", Scope.USER, "")


E3, E3_EDU = product("Microsoft 365 E3", "SPE_E3", 0xC0FFEE01), product("Microsoft 365 E3", "SPE_E3_EDU", 2)
VISIO = product("Visio Plan 2", "VISIOCLIENT", 0xABCD0003)
TWINS = product("Project", "PROJECT", 0x11110000), product("Project", "PROJECT", 0x22220000)


@pytest.fixture
def picker(qtbot: QtBot, theme: Theme) -> ProductPicker:  # noqa: ARG001
    made = ProductPicker(product_choices((E3, E3_EDU, VISIO, *TWINS)))
    made.set_name("Product")
    qtbot.addWidget(made)
    made.show()
    return made


def offered(picker: ProductPicker) -> list[str]:
    completer = picker.completer()
    assert completer is not None
    model = completer.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def test_name_and_part_number_are_shown_and_twins_told_apart(picker: ProductPicker) -> None:
    assert [picker.itemText(place) for place in range(picker.count())] == [
        "Microsoft 365 E3 (SPE_E3)",
        "Microsoft 365 E3 (SPE_E3_EDU)",
        "Visio Plan 2 (VISIOCLIENT)",
        "Project (PROJECT) · 11110000",
        "Project (PROJECT) · 22220000",
    ]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("visio", VISIO),
        ("PLAN vis", VISIO),
        ("visioclient", VISIO),
        ("abcd0003", VISIO),
        (VISIO.guid.upper(), VISIO),
        ("spe_e3", E3),
        ("spe_e3_edu", E3_EDU),
        ("e3", E3),
        ("22220000", TWINS[1]),
    ],
)
def test_enter_takes_what_fits_best(picker: ProductPicker, typed: str, chosen: Product) -> None:
    QTest.keyClicks(picker, typed)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.value() == chosen.guid


def test_what_nothing_fits_is_said_and_chooses_nothing(picker: ProductPicker) -> None:
    picker.setFocus()
    QTest.keyClicks(picker, "exchange")
    assert offered(picker) == ["Nothing matches"]
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.value() is None


def test_the_part_number_as_a_whole_comes_before_longer_ones(picker: ProductPicker) -> None:
    picker.setFocus()
    QTest.keyClicks(picker, "spe_e3")
    assert offered(picker) == ["Microsoft 365 E3 (SPE_E3)", "Microsoft 365 E3 (SPE_E3_EDU)"]


def test_seven_hundred_products_are_searched_within_a_frame(qtbot: QtBot, theme: Theme) -> None:  # noqa: ARG001
    made = ProductPicker(product_choices(product(f"Microsoft Product {n}", f"PART_{n}", n) for n in range(700)))
    qtbot.addWidget(made)
    made.matches("product")
    started = time.process_time()
    for typed in ("m", "mi", "product 6", "part_69"):
        made.matches(typed)
    assert (time.process_time() - started) / 4 < 0.05
