"""Planned changes in words, for the command line and for the window alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.base import formats
from cpdesk.base.apart import beside
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import timedelta

    Facts = Mapping[str, object]
    """JSON values, as the database and the audit log keep them."""
    Names = Mapping[str, str]
    """Display names of products by part number."""


def what(kind: str, content: Facts, names: Names) -> str:
    """What is planned: "Ada Lovelace joins", or "Remove up to 5 seats of Office 365 E3"."""
    if kind == "joiner":
        return _("{user} joins").format(user=content.get("display_name", ""))
    if kind == "leaver":
        return _("{user} leaves").format(user=content.get("name", ""))
    count = content.get("count")
    number = count if isinstance(count, int) else 0
    return ngettext("Remove {count} seat of {product}", "Remove up to {count} seats of {product}", number).format(
        count=formats.format_number(number), product=product_name(content.get("product"), names)
    )


def details(kind: str, content: Facts, names: Names) -> str:
    """The rest of what is planned, in a sentence."""
    if kind == "joiner":
        return _joiner(content, names)
    if kind == "leaver":
        return _leaver(content)
    return _("Only seats that nobody holds then are removed; the others are kept, and named.")


def _joiner(content: Facts, names: Names) -> str:
    licenses = content.get("licenses")
    listed = [product_name(one, names) for one in licenses] if isinstance(licenses, list) else []
    upn = str(content.get("upn", ""))
    if not listed:
        return _("{upn} is created without licenses.").format(upn=upn)
    created = _("{upn} is created and gets {products}.").format(upn=upn, products=formats.format_list(listed))
    if content.get("add_seats"):
        missing = _("In Purchase Mode seats that the pool lacks then are added.")
    else:
        missing = _("In Purchase Mode a license without a free seat is left out, and named.")
    return f"{created} {missing}"


def _leaver(content: Facts) -> str:
    texts = {
        "delete": _("{upn} is deleted; all licenses end."),
        "block": _("All licenses of {upn} end, and sign-in is blocked."),
        "licenses": _("All licenses of {upn} end; the user stays."),
    }
    return texts.get(str(content.get("farewell")), "").format(upn=content.get("upn", ""))


def farewell_name(farewell: str) -> str:
    """What becomes of a leaver."""
    names = {
        "delete": _("delete the user"),
        "block": _("take all licenses and block sign-in"),
        "licenses": _("take all licenses"),
    }
    return names.get(farewell, farewell)


def state_name(state: str) -> str:
    """Where a planned change stands."""
    names = {
        "planned": _("planned"),
        "done": _("carried out"),
        "partly": _("carried out in part"),
        "skipped": _("skipped"),
        "withdrawn": _("withdrawn"),
        "closed": _("ended by closing"),
    }
    return names.get(state, state)


def done_texts(kind: str, outcome: Facts, names: Names) -> Iterator[str]:
    """What was done on the day, a sentence each."""
    user, assigned, freed = (outcome.get(name) for name in ("user", "assigned", "freed"))
    if user and kind == "joiner":
        yield _("{upn} was created.").format(upn=user)
    if isinstance(assigned, list) and assigned:
        yield _("Assigned: {products}.").format(products=_listed(assigned, names))
    if user and kind == "leaver" and not freed:
        yield _("Done for {upn}, who held no license.").format(upn=user)
    if isinstance(freed, list) and freed:
        yield _("Licenses that ended: {products}.").format(products=_listed(freed, names))
    for name, text in (("added", _("Seats added: {seats}.")), ("removed", _("Seats removed: {seats}."))):
        counts = outcome.get(name)
        if isinstance(counts, dict) and counts:
            yield text.format(seats=counted(counts, names))


def left_texts(left: Iterable[Facts]) -> Iterator[str]:
    """What was left undone and why, a sentence each."""
    for one in left:
        facts = one.get("facts")
        yield sentence(str(one.get("code")), **(facts if isinstance(facts, dict) else {}))


def late_text(late: timedelta) -> str:
    """How late it was carried out, and from when it counts; "" for nothing."""
    if not late:
        return ""
    return _("Carried out {duration} late because cpdesk was not running; it counts from then.").format(
        duration=formats.format_duration(late)
    )


def counted(counts: Mapping[str, int], names: Names) -> str:
    """ "Office 365 E3 4 and Visio 1"."""
    return formats.format_list(
        [beside(product_name(part, names), formats.format_number(n), between=" ") for part, n in counts.items()]
    )


def product_name(part_number: object, names: Names) -> str:
    """The display name of a product; what is in no catalogue as it stands."""
    return names.get(str(part_number), str(part_number))


def _listed(part_numbers: Iterable[object], names: Names) -> str:
    return formats.format_list([product_name(one, names) for one in part_numbers])
