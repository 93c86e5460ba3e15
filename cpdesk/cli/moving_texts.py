"""Bringing in data from another computer, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import moving_sentences
from cpdesk.base.i18n import _
from cpdesk.cli import backup_texts
from cpdesk.cli.tables import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpdesk.domain.backups import Restored
    from cpdesk.domain.moving import MovedOut, MovePreview


def preview(shown: MovePreview) -> Iterator[str]:
    """What bringing it in would change."""
    manifest = shown.manifest
    yield from pairs(((_("From the computer"), manifest.computer), (_("Made by cpdesk"), manifest.program)))
    yield from backup_texts.preview(shown.restore)


def made(out: MovedOut) -> Iterator[str]:
    """What to do next, and who has to do more."""
    yield moving_sentences.made(str(out.path))
    if stays := moving_sentences.factors(out.factors):
        yield stays


def arrived(result: Restored) -> Iterator[str]:
    """What was brought in, and where what was here is kept."""
    yield moving_sentences.arrived()
    if result.kept is not None:
        yield _("What was there before is kept: {path}").format(path=result.kept)
