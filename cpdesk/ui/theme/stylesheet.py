"""The style sheet made of tokens and the type scale. Lengths are device-independent pixels."""

import re
from dataclasses import asdict

from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import SCALE, Fonts
from cpdesk.ui.theme.tokens import Tokens


def stylesheet(tokens: Tokens, fonts: Fonts) -> str:
    """The style sheet of the whole application."""
    known = {**asdict(tokens), **_lengths(fonts)}
    return _text_rules(fonts) + re.sub(r"@(\w+)", lambda match: known[match.group(1)], _SHEET)


def _lengths(fonts: Fonts) -> dict[str, str]:
    return {
        "radius": f"{spacing.RADIUS}px",
        "row": f"{fonts.scaled(spacing.ROW)}px",
        "control": f"{fonts.scaled(20)}px",
        "arrow": f"{fonts.scaled(28)}px",
        "chevron": f"{fonts.scaled(16) + spacing.S}px",
    }


def _text_rules(fonts: Fonts) -> str:
    return "".join(
        f'*[text_role="{role}"] {{ font-size: {fonts.points(pixels)}pt; font-weight: {weight}; }}\n'
        for role, (pixels, weight) in SCALE.items()
    )


_SHEET = """
*[text_role="soft"], *[text_role="caption"], *[text_role="eyebrow"] { color: @soft; }
*[text_role="error"] { color: @danger; }
QLabel { background: transparent; }
QToolTip { background: @ink; color: @surface; border: 0; padding: 4px 8px; }

QMainWindow, QWidget[surface="window"] { background: @window; }
QScrollArea, QScrollArea > QWidget > QWidget[surface="clear"] { background: transparent; border: 0; }
QFrame[surface="card"] { background: @surface; border: 1px solid @line; border-radius: @radius; }
QFrame[surface="menu"] { background: @menu; border: 0; }
QFrame[surface="bar"] { background: @surface; border: 0; }
QFrame[surface="hairline"] { background: @line; border: 0; }

QFrame[notice="info"] { background: @accent_tint; border: 0; border-radius: @radius; }
QFrame[notice="pending"] { background: @pending_tint; border: 0; border-radius: @radius; }
QFrame[notice="success"] { background: @usage_tint; border: 0; border-radius: @radius; }
QFrame[notice="error"] { background: @danger_tint; border: 0; border-radius: @radius; }
QFrame[notice="info"] QLabel { color: @ink; }
QFrame[notice="pending"] QLabel { color: @pending; }
QFrame[notice="success"] QLabel { color: @usage; }
QFrame[notice="error"] QLabel { color: @danger; }
QFrame[flush="true"] { border-radius: 0; }

QPushButton, QToolButton {
    background: @surface; color: @ink; border: 1px solid @line; border-radius: 6px;
    padding: 6px 15px; min-height: @control; font-weight: 600; outline: none;
}
QPushButton:hover, QToolButton:hover { background: @hover; border-color: @outline; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton:disabled, QToolButton:disabled { background: @window; color: @outline; border-color: @line; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 5px 14px; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @ink; }
QPushButton[kind="primary"]:disabled { background: @line; color: @soft; border-color: @line; }
QPushButton[kind="danger"] { color: @danger; }
QPushButton[kind="danger"]:hover { background: @danger_tint; border-color: @danger; }
QPushButton[kind="danger"]:focus { border-color: @danger; }
QPushButton[kind="danger"]:disabled { color: @outline; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: @accent; }
QPushButton[kind="link"] {
    background: transparent; color: @accent; border: 1px solid transparent; padding: 1px 3px; text-align: left;
}
QPushButton[kind="link"]:hover { color: @accent_hover; text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0 2px; border-radius: 4px; }
QPushButton[kind="chip"] {
    background: @surface; color: @soft; border: 1px solid @line; border-radius: 14px; padding: 3px 12px;
}
QPushButton[kind="chip"]:hover { background: @hover; border-color: @outline; }
QPushButton[kind="chip"]:checked { background: @accent_tint; color: @accent; border-color: @accent; }
QPushButton[kind="chip"]:focus { border: 2px solid @accent; padding: 2px 11px; }
QToolButton { padding: 6px; }
QToolButton:focus { padding: 5px; }
QToolButton[kind="corner"] { background: @surface; border-color: @surface; }
QToolButton[kind="corner"]:hover { background: @hover; }
QToolButton[kind="corner"]:focus { border: 2px solid @accent; }
QToolButton[kind="menu"] {
    background: transparent; border-color: transparent; font-weight: 400; padding: 6px @chevron;
}
QToolButton[kind="menu"]:hover { background: @hover; border-color: @line; }
QToolButton[kind="menu"]:focus { border: 2px solid @accent; padding: 5px @chevron; }
QToolButton[kind="jump"] { background: @window; color: @soft; font-weight: 400; padding: 4px 10px; }
QToolButton[kind="jump"]:hover { background: @hover; border-color: @outline; }
QToolButton[kind="jump"]:focus { border: 2px solid @accent; padding: 3px 9px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QComboBox {
    background: @surface; color: @ink; border: 1px solid @outline; border-radius: 6px; padding: 6px 11px;
    min-height: @control; selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: @soft; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 5px 10px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {
    border: 2px solid @danger; padding: 5px 10px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"] {
    background: @window; color: @soft; border-color: @line;
}
QLineEdit[search="true"] { padding-left: 2px; padding-right: 2px; }
QLineEdit > QToolButton { background: transparent; border: 0; padding: 0; min-height: 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; min-height: 0; }
QComboBox::drop-down { border: 0; width: @arrow; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[popup="true"] {
    background: @surface; color: @ink; border: 1px solid @outline; padding: 4px; outline: 0;
    selection-background-color: @accent_tint; selection-color: @ink;
}
QComboBox QAbstractItemView::item, QListView[popup="true"]::item {
    min-height: 32px; padding: 0 8px; border-radius: 4px;
}
QComboBox QAbstractItemView::item:selected, QListView[popup="true"]::item:selected {
    background: @accent_tint; color: @ink;
}
QListView[popup="true"]::item:disabled { color: @soft; }

QListWidget[plain="true"] { background: transparent; border: 0; outline: 0; color: @ink; }
QListWidget[plain="true"]::item { padding: 6px 8px; border-radius: 6px; }
QListWidget[plain="true"]::item:hover { background: @hover; }
QListWidget[plain="true"]::item:selected { background: @accent_tint; color: @accent; }
QListWidget[plain="true"]::item:selected:focus { border: 2px solid @accent; padding: 4px 6px; }
QListWidget[plain="true"]::item:disabled { color: @soft; padding-top: 14px; background: transparent; }

QTableView { background: transparent; border: 0; outline: 0; color: @ink; }
QTableView QTableCornerButton::section { background: transparent; border: 0; }
QHeaderView, QHeaderView::section { background: transparent; border: 0; }

QMenu { background: @surface; color: @ink; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accent_tint; }
QMenu::item:disabled { color: @outline; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab {
    background: transparent; color: @soft; border: 0; border-bottom: 2px solid transparent;
    padding: 8px 12px 9px 12px; margin-right: 4px; font-weight: 500; outline: none;
}
QTabBar::tab:hover { color: @ink; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabBar::tab:selected:focus {
    background: @accent_tint; border-top-left-radius: 4px; border-top-right-radius: 4px;
}
QTabBar::tab:disabled { color: @outline; }

QProgressBar { background: @line; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px; }
QScrollBar::handle:hover { background: @soft; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

*[band="true"] { background: @surface; border: 1px solid @line; border-radius: @radius; }
*[band="true"]:hover { background: @hover; border-color: @outline; }
*[band="true"]:focus { border: 2px solid @accent; }
"""
