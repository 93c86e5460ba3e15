"""What restoring a user did, in words. Plain Python."""

from collections.abc import Mapping

from cpdesk.base.formats import format_list
from cpdesk.base.i18n import _
from cpdesk.domain.people import RestoredUser


def restored_text(restored: RestoredUser, names: Mapping[str, str]) -> str:
    """Who is back with which licenses, and without which."""
    done = _("{user} is restored.").format(user=restored.upn)
    parts = [done]
    if restored.assigned:
        products = format_list([names.get(part_number, part_number) for part_number in restored.assigned])
        parts.append(_("Assigned again: {products}.").format(products=products))
    if restored.missing:
        parts.append(_("Left out, no seat in the pool: {products}.").format(products=format_list(restored.missing)))
    return " ".join(parts)
