"""Fields for a country, a currency and a time zone. What they offer takes time to load: see `cpdesk.ui.choices`."""

from collections.abc import Callable, Sequence

from cpdesk.base.i18n import _
from cpdesk.ui import choices
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.inputs import Choice
from cpdesk.ui.widgets.layout import Text

Offer = Callable[[], Sequence[Choice]]


def country_field(offer: Offer = choices.countries) -> Field:
    """Where a company is."""
    return Field("country", lambda: _("Country"), FieldKind.SEARCH, required=True, choices=offer)


def currency_field(offer: Offer = choices.currencies, note: Text = "") -> Field:
    """What a company is billed in; the note stands under the field."""
    return Field("currency", lambda: _("Currency"), FieldKind.SEARCH, required=True, choices=offer, help=note)


def time_zone_field(offer: Offer = choices.time_zones, note: Text = "") -> Field:
    """Whose calendar counts; the note stands under the field."""
    return Field("time_zone", lambda: _("Time zone"), FieldKind.SEARCH, required=True, choices=offer, help=note)
