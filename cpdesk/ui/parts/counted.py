"""Licenses of products in words. Plain Python."""

from collections.abc import Iterable, Mapping

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext


def licenses_text(number: int) -> str:
    """ "3 licenses"."""
    return ngettext("{number} license", "{number} licenses", number).format(number=format_number(number))


def counted_products(counts: Iterable[tuple[str, int]], names: Mapping[str, str]) -> str:
    """Part numbers and counts as "Visio Plan 2 (3) and Planner Plan 1 (1)"."""
    named = ((names.get(part_number, part_number), format_number(count)) for part_number, count in counts)
    return format_list([_("{product} ({count})").format(product=name, count=count) for name, count in named])
