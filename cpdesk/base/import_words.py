"""What an import of users makes of a row, in words, for the command line and for the window alike."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

_REASONS: Mapping[str, Callable[[], str]] = {
    "deleted_in_file": lambda: _("deleted in the tenant"),
    "active_here_deleted_in_file": lambda: _("deleted in the tenant but active here: kept"),
    "upn_in_use": lambda: _(
        "another active user of the account keeps this user principal name: delete or rename that one first"
    ),
}


def skip_reason(reason: str) -> str:
    """Why a row is left out; an unknown reason as it stands."""
    return _REASONS[reason]() if reason in _REASONS else reason
