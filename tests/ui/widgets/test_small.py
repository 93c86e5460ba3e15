"""The small widgets."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.domain.modes import Mode
from cpdesk.ui.context import Action, Kind
from cpdesk.ui.theme import Theme, spacing
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.band import Band
from cpdesk.ui.widgets.card import CardRow, KeyFigure
from cpdesk.ui.widgets.checks import CheckBox, RadioButton
from cpdesk.ui.widgets.chips import ChipLook, Mark, ModeChip, PendingChip, Tone, chip_size, mode_look, paint_chip
from cpdesk.ui.widgets.empty import EmptyState
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.labels import Bold, Label
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.search import SearchField
from cpdesk.ui.widgets.tabs import Tabs

pytestmark = pytest.mark.usefixtures("theme")


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def test_modes_differ_by_shape_and_word() -> None:
    usage, purchase = mode_look(Mode.USAGE), mode_look(Mode.PURCHASE)
    assert (usage.mark, usage.text) == (Mark.ROUND, "Usage Mode")
    assert (purchase.mark, purchase.text) == (Mark.SQUARE, "Purchase Mode")


def test_chips_say_their_word_and_grow_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    chip = ModeChip(Mode.USAGE)
    qtbot.addWidget(chip)
    assert spoken(chip) == "Usage Mode"
    chip.set_mode(Mode.PURCHASE)
    assert spoken(chip) == "Purchase Mode"
    usual = chip.sizeHint()
    theme.set_text_scale(2.0)
    assert chip.sizeHint().height() == 2 * usual.height()


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.NONE])
def test_every_mark_is_painted_before_its_text(qtbot: QtBot, mark: Mark, rtl: bool) -> None:
    chip = PendingChip("December 1, 2026")
    qtbot.addWidget(chip)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    chip.resize(chip_size(ChipLook(chip.text(), mode_look(Mode.USAGE).tone, mark)))
    half = QRect(0, 0, chip.width() // 2, chip.height())
    before = half.translated(chip.width() - half.width(), 0) if rtl else half
    # Without a text there is nothing else to be seen.
    chip.set_look(ChipLook("", mode_look(Mode.USAGE).tone, Mark.NONE))
    nothing = chip.grab(before).toImage()
    chip.set_look(ChipLook("", mode_look(Mode.USAGE).tone, mark))
    assert chip.grab(before).toImage() != nothing


def test_labels_never_read_markup_out_of_data(qtbot: QtBot) -> None:
    label = Label("<b>Contoso</b> & Sons")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.set_runs(Bold("<i>Pending"), " & more")
    assert "&lt;i&gt;" in label.text()
    assert spoken(label) == "<i>Pending & more"
    label.set_plain("plain")
    assert spoken(label) == "plain"


def test_what_is_copied_of_a_path_is_the_path(qtbot: QtBot) -> None:
    label = Label("/srv/\u200bcpdesk/\u200bdata", selectable=True)
    qtbot.addWidget(label)
    label.show()
    label.setSelection(0, len(label.text()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "/srv/cpdesk/data"


@pytest.mark.parametrize("tone", Tone)
def test_a_chip_is_seen_on_a_selected_row(theme: Theme, tone: Tone) -> None:
    look = ChipLook("+1", tone)
    size = chip_size(look)
    picture = QImage(size, QImage.Format.Format_ARGB32)
    picture.fill(QColor(theme.tokens.accent_tint))
    painter = QPainter(picture)
    paint_chip(painter, QRect(QPoint(), size), look, selected=True)
    painter.end()
    assert picture.pixelColor(size.width() // 2, 2) != QColor(theme.tokens.accent_tint)


def test_the_glass_of_a_search_field_grows_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField("Search users")
    qtbot.addWidget(field)
    field.show()
    usual = field.textMargins().left() - spacing.S
    theme.set_text_scale(2.0)
    assert field.textMargins().left() - spacing.S == 2 * usual
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert (field.textMargins().left(), field.textMargins().right() - spacing.S) == (0, 2 * usual)


def test_a_notice_says_all_of_it_and_offers_its_actions(
    qtbot: QtBot, assert_accessible: Callable[[QWidget], None]
) -> None:
    done: list[str] = []
    action = Action("Keep Purchase Mode", lambda: done.append("kept"))
    notice = Notice(Kind.PENDING, "on December 1, 2026.", "It is pending", [action], dismissible=True)
    qtbot.addWidget(notice)
    notice.show()
    assert notice.text == "It is pending on December 1, 2026."
    QTest.mouseClick(notice.buttons()[0], Qt.MouseButton.LeftButton)
    assert done == ["kept"]
    assert_accessible(notice)


def test_tabs_open_by_arrow_keys_and_only_the_open_one_is_there(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for key in ("subscriptions", "users", "tools"):
        tabs.add(key, key.title(), QLabel(key))
    tabs.show()
    with qtbot.waitSignal(tabs.current_changed) as changed:
        QTest.keyClick(tabs.bar, Qt.Key.Key_Right)
    assert changed.args == ["users"]
    assert [tabs.page(key).isVisible() for key in ("subscriptions", "users", "tools")] == [False, True, False]
    tabs.select("unknown")
    assert tabs.current == "users"


def test_tabs_are_tabs_to_a_screen_reader(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.add("tools", "Tools", QLabel("x"))
    tabs.bar.setAccessibleName("Services")
    tabs.show()
    bar = QAccessible.queryAccessibleInterface(tabs.bar)
    assert bar.role() == QAccessible.Role.PageTabList
    assert bar.child(0).role() == QAccessible.Role.PageTab
    assert bar.child(0).text(QAccessible.Text.Name) == "Tools"


def test_searching_waits_for_a_pause_and_enter_does_not(qtbot: QtBot) -> None:
    field = SearchField("Search name or domain")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searched) as typed:
        QTest.keyClicks(field, "cont")
    assert typed.args == ["cont"]
    field.setText("contoso")
    with qtbot.waitSignal(field.searched, timeout=50) as at_once:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert at_once.args == ["contoso"]
    with qtbot.waitSignal(field.searched, timeout=50) as emptied:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert emptied.args == [""]
    assert spoken(field) == "Search name or domain"


def test_cards_wrap_when_there_is_no_room(qtbot: QtBot) -> None:
    cards = [KeyFigure("Seats", "82"), KeyFigure("Cost", "$1"), KeyFigure("Then", "$2", "less")]
    row = CardRow(*cards)
    qtbot.addWidget(row)
    row.resize(900, 300)
    row.show()
    assert len({card.y() for card in cards}) == 1
    row.resize(450, 300)
    qtbot.waitUntil(lambda: len({card.y() for card in cards}) == 2)
    assert cards[0].accessibleName() == "Seats: 82"


def test_a_band_is_one_button_with_its_title(qtbot: QtBot) -> None:
    band = Band("Microsoft Office 365", "74 users")
    qtbot.addWidget(band)
    band.add(ModeChip(Mode.USAGE))
    band.resize(600, 80)
    band.show()
    assert spoken(band) == "Microsoft Office 365"
    with qtbot.waitSignal(band.clicked):
        QTest.mouseClick(band, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(band.clicked):
        QTest.keyClick(band, Qt.Key.Key_Return)


def test_ticks_say_their_text_and_wrap(qtbot: QtBot) -> None:
    tick = CheckBox("I understand that nobody, support included, can shorten the way back")
    qtbot.addWidget(tick)
    assert tick.heightForWidth(200) > tick.heightForWidth(2000)
    tick.resize(QSize(600, 30))
    tick.show()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not tick.isChecked()
    assert spoken(tick).startswith("I understand")


@pytest.mark.parametrize("make", [CheckBox, RadioButton])
def test_ticks_look_different_when_they_are_set(qtbot: QtBot, make: type[CheckBox | RadioButton]) -> None:
    box = make("Empty")
    qtbot.addWidget(box)
    before = box.grab().toImage()
    box.setChecked(True)
    assert box.grab().toImage() != before


def test_buttons_have_names_and_answer_to_enter(qtbot: QtBot, assert_accessible: Callable[[QWidget], None]) -> None:
    gear = buttons.icon_button("gear", "More")
    qtbot.addWidget(gear)
    assert_accessible(gear)
    edit = buttons.primary("Edit")
    qtbot.addWidget(edit)
    edit.show()
    with qtbot.waitSignal(edit.clicked):
        QTest.keyClick(edit, Qt.Key.Key_Return)


def test_an_empty_state_has_at_most_one_action(qtbot: QtBot) -> None:
    done: list[int] = []
    empty = EmptyState("No customers yet", "What they are.", Action("Create", lambda: done.append(1)))
    qtbot.addWidget(empty)
    empty.show()
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    empty.set("Nothing")
    assert not empty.button.isVisible()


def test_facts_can_be_written_anew(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.add("82 seats stay billable", "$449.15")
    facts.add("It will be lost", CheckBox("I understand"))
    facts.clear()
    facts.add("Nothing is lost")
    shown = [label.text() for label in facts.findChildren(Label) if label.isVisibleTo(facts)]
    assert shown == ["Nothing is lost", ""]
