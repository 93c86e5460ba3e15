"""Where a form says what a service refused."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cpdesk.base.errors import CodedError

if TYPE_CHECKING:
    from cpdesk.ui.widgets.forms import Form


def told_by_field(form: "Form", error: Exception, fields: Mapping[str, str]) -> bool:
    """Show a refusal at the field it is about; `fields` maps error codes to fields. False if it is about none."""
    if not isinstance(error, CodedError):
        return False
    field = fields.get(error.code) or str(error.params.get("field", ""))
    if field not in form.values():
        return False
    form.set_error(field, sentence_of(error))
    return True


def sentence_of(error: Exception) -> str:
    """The sentence for a refusal or a known trouble. Anything else is a bug and is raised as one."""
    if not isinstance(error, CodedError):
        raise error
    from cpdesk.base.messages import message

    return message(error)
