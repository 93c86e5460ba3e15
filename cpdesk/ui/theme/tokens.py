"""The one table of colours. Nothing else in the program names a colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as #rrggbb."""

    window: str
    surface: str
    menu: str
    line: str
    outline: str
    """The border of what can be typed into or ticked; stronger than a hairline."""
    hover: str
    ink: str
    soft: str
    soft_tint: str
    accent: str
    accent_tint: str
    accent_hover: str
    on_accent: str
    usage: str
    usage_tint: str
    purchase: str
    purchase_tint: str
    pending: str
    pending_tint: str
    danger: str
    danger_tint: str
    scrim: str
    """Over the window while a dialog is open, as #aarrggbb."""
    shadow: str
    """Under a dialog, as #aarrggbb at its darkest."""


LIGHT = Tokens(
    window="#f6f7fa",
    surface="#ffffff",
    menu="#eef1f6",
    line="#e2e6ee",
    outline="#bcc4d2",
    hover="#f3f5f9",
    ink="#1c2433",
    soft="#5a6579",
    soft_tint="#e9edf4",
    accent="#2f5bea",
    accent_tint="#e8eefe",
    accent_hover="#244bcb",
    on_accent="#ffffff",
    usage="#0b7a6b",
    usage_tint="#e0f4f0",
    purchase="#5b3fc4",
    purchase_tint="#ece8fb",
    pending="#8a5a00",
    pending_tint="#fff3d6",
    danger="#b3261e",
    danger_tint="#fdecea",
    scrim="#73101624",
    shadow="#38101624",
)

DARK = Tokens(
    window="#14181f",
    surface="#1d222c",
    menu="#191e27",
    line="#303746",
    outline="#4b556a",
    hover="#242a36",
    ink="#e8ecf3",
    soft="#a0abbd",
    soft_tint="#303746",
    accent="#7d9bff",
    accent_tint="#26304d",
    accent_hover="#97b0ff",
    on_accent="#14181f",
    usage="#5fd6c3",
    usage_tint="#12352f",
    purchase="#b9a6ff",
    purchase_tint="#2b2450",
    pending="#f2c76a",
    pending_tint="#3a2f14",
    danger="#ff8a80",
    danger_tint="#3d2022",
    scrim="#99060810",
    shadow="#80000000",
)

CODE, PAPER = "#000000", "#ffffff"
"""Of a QR code in either palette: readers expect dark on white."""
