"""Sentences about statements that cannot be shown."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "month_in_future": lambda: _("{month} has not begun for {account}: there is no statement of it yet."),
    "month_before_account": lambda: _(
        "There is no statement of {month}: {account} has been an account since {began} only."
    ),
    "no_such_line": lambda: _(
        "The statement of {account} for {month} has no line {line} any more. Look at the statement again."
    ),
}
