"""Moving to another computer, as pictures and tests of pages show it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from cpdesk.domain import topics
from cpdesk.domain.backups import AccountModes, Restored, RestorePreview
from cpdesk.domain.modes import Mode
from cpdesk.domain.moving import Manifest, MovedAway, MovedFile, MovedOut, MovePreview
from cpdesk.domain.rows import Done
from cpdesk.services.moving import Moving
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.scene import NOW
from cpdesk.ui.gallery.stand_ins import StandIn

MOVE_FILE = Path("/media/dana/STICK/cpdesk-2026-11-23.cpdesk-move")
_FILES = (MovedFile("cpdesk.db", 48_300_000, "0" * 64), MovedFile("window.ini", 812, "1" * 64))
MANIFEST = Manifest(1, NOW - timedelta(minutes=7), "1.4.0", 10, "DANA-OLD-LAPTOP", 24, 104_226, _FILES)
AWAY = MovedAway(NOW - timedelta(days=1), RESELLER.email, MOVE_FILE.name)
_TAILSPIN = AccountModes(1, "Tailspin Toys", "tailspin.example", Mode.USAGE, None)
MOVE_PREVIEW = MovePreview(
    MANIFEST,
    RestorePreview(
        path=MOVE_FILE,
        made_at=MANIFEST.made_at,
        last_recorded=NOW - timedelta(minutes=30),
        size=48_300_000,
        schema=10,
        older_schema=False,
        accounts=(_TAILSPIN,),
        set_aside=12,
        same_history=False,
    ),
)


def moving_area(moved: MovedAway | None = None, **answers: Any) -> Any:
    """The service; `answers` replace its methods."""
    known: dict[str, Any] = {
        "moved_away": moved,
        "out": Done(MovedOut(MOVE_FILE, 17_200_000, MANIFEST), topics.EVERYTHING),
        "take_back": Done(None, topics.EVERYTHING),
        "preview": MOVE_PREVIEW,
        "bring_in": Done(Restored(Path("/home/dana/.local/share/cpdesk/backups/kept.db"), (), 12), topics.EVERYTHING),
        "bring_in_fresh": Done(Restored(None, (), 0), topics.EVERYTHING),
    }
    return StandIn(Moving, **known | answers)
