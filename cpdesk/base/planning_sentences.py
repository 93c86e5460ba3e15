"""Refusals about planned changes, and what was left undone on their day; see `base.messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from cpdesk.base.i18n import _, ngettext


def _in_use(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "{count} seat of {product} was kept: it was not free any more.",
        "{count} seats of {product} were kept: they were not free any more.",
        facts["count"],
    )


DEPENDENT: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"plan_seats_in_use": _in_use}

PLAIN: Mapping[str, Callable[[], str]] = {
    "plan_not_later": lambda: _(
        "A change is planned for a later day than today, {today}. What is for today is done now."
    ),
    "plan_too_far": lambda: _("{on} is further ahead than a change can be planned. The last day is {furthest}."),
    "plan_joins_already": lambda: _("{upn} is planned already, for {on}."),
    "plan_leaves_already": lambda: _("That {upn} leaves is planned already, for {on}."),
    "plan_more_than_seats": lambda: _("The pool has {seats} seats of {product}; more cannot be planned to be removed."),
    "unknown_plan": lambda: _("The account has no planned change {number}."),
    "plan_not_waiting": lambda: _("The planned change {number} can no longer be withdrawn: it has ended."),
    "plan_not_alarming": lambda: _(
        "The planned change {number} has left nothing undone that is still to be dismissed."
    ),
    "plan_user_gone": lambda: _("{upn} is no longer among the users."),
    "plan_nothing_to_take": lambda: _("{upn} holds no license any more, and there was nothing else to do."),
}
