"""Sentences about licenses, seats, and warnings of a pool that runs short."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "not_assignable": lambda: _("{product} belongs to the tenant as a whole: it is never assigned to a user."),
    "already_assigned": lambda: _("{upn} has {product} already."),
    "not_assigned": lambda: _("{upn} does not have {product}."),
    "tenant_needs_purchase_mode": lambda: _(
        "{product} belongs to the tenant as a whole and needs Purchase Mode: "
        "in Usage Mode an account holds only what is assigned to users."
    ),
    "seats_follow_assignments": lambda: _(
        "In Usage Mode the seats of {product} follow its assignments. Assign or remove licenses instead."
    ),
    "bad_threshold": lambda: _("The number of available seats to be warned at has to be 0 or more."),
    "threshold_needs_purchase_mode": lambda: _(
        "There is nothing to be warned of in Usage Mode: a seat of {product} comes with each assignment, "
        "and no pool runs short. Low-seat warnings are set in Purchase Mode."
    ),
    "threshold_of_tenant": lambda: _(
        "{product} belongs to the tenant as a whole: no user takes a seat of it, so its pool never runs short."
    ),
    "bad_count": lambda: _("The number of seats has to be 1 or more."),
    "count_too_large": lambda: _("That are more seats than make sense. At most {most} are accepted."),
    "too_many_seats": lambda: _("An account can have at most {most} seats of {product}."),
}
