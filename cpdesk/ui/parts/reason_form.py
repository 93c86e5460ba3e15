"""The field for why something is done."""

from cpdesk.base.i18n import _
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form


def reason_field(*, note: bool = True) -> Field:
    """Asks for a reason, as the value `reason`; the note says where it is kept."""
    kept = (lambda: _("Kept in the audit log.")) if note else ""
    return Field("reason", lambda: _("Reason or ticket number"), help=kept)


def reason_form(*, note: bool = True) -> Form:
    """The same as a form of its own."""
    return Form((reason_field(note=note),))
