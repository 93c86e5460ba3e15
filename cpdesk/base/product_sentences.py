"""What a person reads when a product, or Microsoft's list of them, is refused; a part of `messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from cpdesk.base.i18n import _, ngettext

Facts = Mapping[str, Any]


def _in_use(facts: Facts) -> str:
    return ngettext(
        "{accounts} account has seats of {product}, or had some within the last 30 days: what it belongs to stays.",
        "{accounts} accounts have seats of {product}, or had some within the last 30 days: what it belongs to stays.",
        facts["accounts"],
    )


DEPENDENT: Mapping[str, Callable[[Facts], str]] = {"product_in_use": _in_use}
"""Sentences whose wording depends on the facts."""

PLAIN: Mapping[str, Callable[[], str]] = {
    "bad_guid": lambda: _('"{text}" is not a GUID. A GUID looks like 3b555118-da6a-4418-894f-7df1e2096870.'),
    "product_exists": lambda: _("The catalogue has a product with the GUID {guid} already: {product}."),
    "scope_unchanged": lambda: _("{product} belongs to that already."),
    "file_without_products": lambda: _("{file} has a header but no products."),
    "value_missing": lambda: _("{file}, row {row}, column {column}: there is no value."),
    "guid_not_readable": lambda: _(
        '{file}, row {row}, column {column}: "{text}" is not a GUID. '
        "A GUID looks like 3b555118-da6a-4418-894f-7df1e2096870."
    ),
    "products_changed_since": lambda: _(
        "What was shown no longer holds, because the catalogue or {file} was changed since. Nothing was imported."
    ),
}
"""Sentences that only have gaps to fill, by code."""
