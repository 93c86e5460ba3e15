"""Erasing a person in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import erasing_sentences
from cpdesk.base.i18n import _
from cpdesk.cli.tables import table
from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpdesk.domain.erasing import Erased, ErasurePreview, Former, FormerPreview


def preview(shown: ErasurePreview, account: str) -> Iterator[str]:
    """What would be erased, and how to go on."""
    yield _("{upn} of {account} would become {pseudonym}.").format(
        upn=shown.upn, account=account, pseudonym=shown.pseudonym
    )
    yield _("Replaced: {what}.").format(what=erasing_sentences.replaced(shown.entries, shown.plans))
    yield _("Seats, counts, the ledger and all amounts stay as they are. This cannot be undone.")
    yield from erasing_sentences.stays(KEPT_DAYS, KEPT_MONTHS)
    yield _("Nothing was erased. To do it, add --confirm {upn}").format(upn=shown.upn)


def former(rows: Sequence[Former], none: str) -> Iterator[str]:
    """Who could be erased; `none`: what is said where nobody could."""
    if not rows:
        yield none
        return
    yield from table((_("Name"), _("E-mail address")), [(one.name, one.email) for one in rows])


def former_preview(shown: FormerPreview, stays: Sequence[str]) -> Iterator[str]:
    """What would be erased, where the person stays, and how to go on."""
    who = shown.former.known_as
    yield _("{who} would become {pseudonym}.").format(who=who, pseudonym=shown.pseudonym)
    yield _("Replaced: {what}.").format(what=erasing_sentences.replaced(shown.entries, shown.plans))
    if kept := erasing_sentences.kept(shown.kept):
        yield kept
    yield from stays
    yield _("Nothing was erased. To do it, add --confirm and the same again: {who}").format(who=who)


def erased(upn: str, result: Erased) -> Iterator[str]:
    """What was done."""
    yield erasing_sentences.done(upn, result.pseudonym, purged=result.purged)
    yield _("Replaced: {what}.").format(what=erasing_sentences.replaced(result.entries, result.plans))
    if kept := erasing_sentences.kept(result.kept):
        yield kept
    if left := erasing_sentences.backups_left(result.backups):
        yield left
