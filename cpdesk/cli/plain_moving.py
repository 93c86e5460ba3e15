"""Moving to another computer as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.cli.plain import instant

if TYPE_CHECKING:
    from cpdesk.cli.plain import Document
    from cpdesk.domain.moving import MovedOut


def moved_out(made: MovedOut) -> Document:
    return {
        "file": str(made.path),
        "size": made.size,
        "made_at": instant(made.manifest.made_at),
        "schema": made.manifest.schema,
        "accounts": made.manifest.accounts,
        "entries": made.manifest.entries,
        "second_factors": list(made.factors),
        "moved_away": True,
    }
