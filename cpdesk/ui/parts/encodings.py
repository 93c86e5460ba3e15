"""How files are encoded, in words."""

import codecs

from cpdesk.base.i18n import _
from cpdesk.ui.widgets.inputs import Choice

AUTOMATIC = ""
"""As the file says itself."""


def encodings() -> tuple[Choice, ...]:
    """The encodings that spreadsheets write, the likeliest first."""
    return (
        Choice(AUTOMATIC, _("Automatic")),
        Choice("windows-1252", _("Western European (Windows-1252)")),
        Choice("utf-8", _("Unicode (UTF-8)")),
        Choice("utf-16", _("Unicode (UTF-16)")),
        Choice("windows-1250", _("Central European (Windows-1250)")),
        Choice("windows-1251", _("Cyrillic (Windows-1251)")),
        Choice("windows-1253", _("Greek (Windows-1253)")),
        Choice("windows-1254", _("Turkish (Windows-1254)")),
        Choice("windows-1257", _("Baltic (Windows-1257)")),
        Choice("windows-1255", _("Hebrew (Windows-1255)")),
        Choice("windows-1256", _("Arabic (Windows-1256)")),
        Choice("shift_jis", _("Japanese (Shift JIS)")),
        Choice("gb18030", _("Chinese (GB 18030)")),
    )


def encoding_name(encoding: str) -> str:
    """An encoding as people know it: "Unicode (UTF-8)"."""
    wanted = _canonical(encoding)
    for choice in encodings()[1:]:
        if _canonical(str(choice.value)) == wanted:
            return choice.text
    return encoding


def _canonical(encoding: str) -> str:
    """One name for the spellings of an encoding, with or without a mark, whatever the order of its bytes."""
    name = codecs.lookup(encoding).name
    for family in ("utf-8", "utf-16"):
        if name.startswith(family):
            return family
    return name
