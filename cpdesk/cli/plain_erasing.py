"""Erasing a person as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.cli.plain import instant

if TYPE_CHECKING:
    from cpdesk.cli.plain import Document
    from cpdesk.domain.erasing import Erased, ErasurePreview, Former, FormerPreview


def erasure_preview(shown: ErasurePreview) -> Document:
    return {
        "upn": shown.upn,
        "pseudonym": shown.pseudonym,
        "deleted_at": instant(shown.deleted_at),
        "entries": shown.entries,
        "planned_changes": shown.plans,
        "erased": False,
    }


def former(one: Former) -> Document:
    return {"name": one.name, "email": one.email, "removed_at": one.removed_at and instant(one.removed_at)}


def former_preview(shown: FormerPreview) -> Document:
    return {
        **former(shown.former),
        "pseudonym": shown.pseudonym,
        "entries": shown.entries,
        "planned_changes": shown.plans,
        "kept_entries": shown.kept,
        "erased": False,
    }


def erased(result: Erased) -> Document:
    return {
        "pseudonym": result.pseudonym,
        "entries": result.entries,
        "planned_changes": result.plans,
        "purged": result.purged,
        "backups": result.backups,
        "kept_entries": result.kept,
        "erased": True,
    }
