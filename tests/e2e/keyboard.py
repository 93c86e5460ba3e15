"""The keyboard of the screen. Keys go to the window that is active there, as a person's would."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.e2e.bus import Bus

_PRESS, _RELEASE, _SYMBOL = 0, 1, 3
_MODIFIERS = {"Shift": 50, "Ctrl": 37, "Alt": 64}
"""Key codes on the keyboard that Xvfb has."""
_SYMBOLS = {
    "Backspace": 0xFF08,
    "Tab": 0xFF09,
    "Enter": 0xFF0D,
    "Escape": 0xFF1B,
    "Space": 0x20,
    "Home": 0xFF50,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "PageUp": 0xFF55,
    "PageDown": 0xFF56,
    "End": 0xFF57,
    "Menu": 0xFF67,
    "Delete": 0xFFFF,
} | {f"F{number}": 0xFFBD + number for number in range(1, 13)}


class Keyboard:
    """Presses keys through the accessibility service, which has the X server do it."""

    def __init__(self, bus: "Bus") -> None:
        self._bus = bus

    def press(self, *keys: str) -> None:
        """Press keys one after the other: "Tab", "Shift+Tab", "Ctrl+Q", "a"."""
        for key in keys:
            self._press(key)

    def type(self, text: str) -> None:
        """Type the letters, digits and signs of a text."""
        for letter in text:
            self._generate(ord(letter), _SYMBOL)

    def _press(self, key: str) -> None:
        *modifiers, last = key.split("+")
        for modifier in modifiers:
            self._generate(_MODIFIERS[modifier], _PRESS)
        # A shortcut is written "Ctrl+Q" but pressed without Shift.
        self._generate(_SYMBOLS.get(last) or ord(last.lower()), _SYMBOL)
        for modifier in reversed(modifiers):
            self._generate(_MODIFIERS[modifier], _RELEASE)

    def _generate(self, code: int, kind: int) -> None:
        self._bus.call(
            "org.a11y.atspi.Registry",
            "/org/a11y/atspi/registry/deviceeventcontroller",
            "org.a11y.atspi.DeviceEventController.GenerateKeyboardEvent",
            "isu",
            code,
            "",
            kind,
        )
