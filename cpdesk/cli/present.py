"""The database that is to be replaced by another one."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from cpdesk.base.errors import CodedError
from cpdesk.base.messages import message

if TYPE_CHECKING:
    from cpdesk.cli.context import Context


def says_who_may(context: "Context", *, unsaid: Collection[str] = ()) -> bool:
    """Whether the present database opens and says who may replace it; why it does not is noted.

    Codes that are `unsaid` need no note. Raises CodedError for whatever ends by itself, a database that is locked for
    instance, and where nobody can be signed in.
    """
    from cpdesk.services.backups import UNUSABLE

    try:
        context.open()
        return bool(context.by)
    except CodedError as error:
        if error.code not in UNUSABLE:
            raise
        if error.code not in unsaid:
            context.note(message(error))
    finally:
        context.close()
    return False
