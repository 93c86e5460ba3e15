"""Scenes of the page of one subscription, its dialog, and the warning that few seats are left."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.timelines import SeatTimeline
from cpdesk.ui.gallery.samples import AUDITOR
from cpdesk.ui.gallery.scene import NOW, OPERATOR, Picture, Stage, scene
from cpdesk.ui.gallery.scenes_services import open_page, services_window
from cpdesk.ui.gallery.service_samples import BOUGHT, IN_USE, POOL, Sample
from cpdesk.ui.gallery.subscription_samples import LOW, many_entries, many_idle, subscription
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.services.subscription_page import SubscriptionPage
from cpdesk.ui.pages.services.threshold_dialog import ThresholdDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")
_PURCHASE = Sample(completed=BOUGHT, rows=(POOL[0], LOW, POOL[2]))
_PREMIUM, _E3, _STORAGE, _PLANNER = 1, 2, 3, 4


def subscription_window(
    stage: Stage, sample: Sample, product: int, tab: str = "history", session: Session = OPERATOR, **answers: Any
) -> Window:
    """The page of one subscription of a sample account."""
    bundle = sample.services(**answers)
    return stage.window(
        all_pages(), "subscription", services=bundle, session=session, account=7, product=product, tab=tab
    )


@scene("subscription_history", variants=_ALL)
def subscription_history(stage: Stage) -> QWidget:
    """What became of a product; few of its seats are left."""
    return subscription_window(stage, subscription(_PURCHASE), _E3)


@scene("subscription_history_thousands")
def subscription_history_thousands(stage: Stage) -> QWidget:
    """A busy subscription, read as it is seen."""
    return subscription_window(stage, subscription(_PURCHASE, many_entries(100_000)), _PREMIUM)


@scene("subscription_history_searched")
def subscription_history_searched(stage: Stage) -> QWidget:
    """Nothing fits."""
    window = subscription_window(stage, subscription(_PURCHASE), _E3)
    assert isinstance(window.page, SubscriptionPage)
    window.page.history.search.setText("nobody")
    window.page.history.search.returnPressed.emit()
    return window


@scene("subscription_usage", variants=("german",))
def subscription_usage(stage: Stage) -> QWidget:
    """In Usage Mode there is nothing to buy, and no warning."""
    rows = tuple(replace(row, threshold=5) for row in IN_USE)
    return subscription_window(stage, subscription(Sample(mode=Mode.USAGE, rows=rows), seats=()), _PREMIUM)


@scene("subscription_auditor")
def subscription_auditor(stage: Stage) -> QWidget:
    """Read only."""
    return subscription_window(stage, subscription(_PURCHASE), _E3, session=AUDITOR)


@scene("subscription_given_up")
def subscription_given_up(stage: Stage) -> QWidget:
    """The account holds no seat of it any more, and has no entry that is shown."""
    return subscription_window(stage, subscription(_PURCHASE, (), ()), _PLANNER)


@scene("subscription_error")
def subscription_error(stage: Stage) -> QWidget:
    """The history cannot be read."""
    trouble = KnownError("database_locked", path="cpdesk.sqlite3")
    return subscription_window(stage, subscription(_PURCHASE, find=trouble), _E3)


@scene("subscription_idle", variants=_ALL)
def subscription_idle(stage: Stage) -> QWidget:
    """Idle seats one by one."""
    return subscription_window(stage, subscription(_PURCHASE), _E3, "idle")


@scene("subscription_idle_thousands")
def subscription_idle_thousands(stage: Stage) -> QWidget:
    """After thousands were let go."""
    return subscription_window(stage, subscription(_PURCHASE, seats=many_idle(20_000)), _PREMIUM, "idle")


@scene("subscription_idle_none")
def subscription_idle_none(stage: Stage) -> QWidget:
    """Good news."""
    return subscription_window(stage, subscription(_PURCHASE, seats=()), _PREMIUM, "idle")


@scene("subscription_idle_tenant")
def subscription_idle_tenant(stage: Stage) -> QWidget:
    """A product of the tenant."""
    return subscription_window(stage, subscription(_PURCHASE, seats=()), _STORAGE, "idle")


@scene("subscription_chart", variants=_ALL)
def subscription_chart(stage: Stage) -> QWidget:
    """Seats against assigned."""
    return subscription_window(stage, subscription(_PURCHASE), _E3, "chart")


@scene("subscription_chart_empty")
def subscription_chart_empty(stage: Stage) -> QWidget:
    """There never was a seat."""
    nothing = SeatTimeline(NOW.date(), (), ())
    return subscription_window(stage, subscription(_PURCHASE, (), (), nothing), _PLANNER, "chart")


@scene("subscription_threshold", variants=_ALL)
def subscription_threshold(stage: Stage) -> Picture:
    """When to warn."""
    window = subscription_window(stage, subscription(_PURCHASE), _E3)
    assert window.page is not None
    return window, ThresholdDialog(window.page, window.page.context, _PURCHASE.account, LOW)


@scene("subscriptions_low", variants=_ALL)
def subscriptions_low(stage: Stage) -> QWidget:
    """Of one product few seats are left."""
    window = services_window(stage, _PURCHASE, "subscriptions")
    open_page(window).subscriptions.table.select(_E3)
    return window
