"""How everything looks: tokens, fonts, palettes, the style sheet and icons, behind one `Theme`."""

from cpdesk.ui.theme.theme import Appearance, Theme, current

__all__ = ["Appearance", "Theme", "current"]
