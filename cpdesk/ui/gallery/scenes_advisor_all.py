"""The mode advisor for all accounts."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.advice import Advice
from cpdesk.domain.operators import Session
from cpdesk.jobs import Cancelled, InlineJobs
from cpdesk.jobs.lane import Lane
from cpdesk.jobs.request import Request
from cpdesk.services.advisor import Advisor
from cpdesk.ui.gallery import advice_samples as samples
from cpdesk.ui.gallery.samples import AUDITOR, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.advisor.advice_lines import Outcome
from cpdesk.ui.pages.advisor.all_page import AllAdvicePage
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


def all_advice_window(
    stage: Stage,
    shown: Sequence[Advice] | Exception | Callable[..., Any] = tuple(samples.ALL),
    session: Session = RESELLER,
) -> Window:
    """The page with this advice."""
    answer = list(shown) if isinstance(shown, Sequence) else shown
    bundle = services(advisor=StandIn(Advisor, advise_all=answer))
    return stage.window(all_pages(), "all_advice", services=bundle, session=session)


class Unanswered(InlineJobs):
    """Work that never ends."""

    def _submit(self, lane: Lane, request: Request[Any]) -> None:
        """Nothing comes of it."""


def all_page(window: Window) -> AllAdvicePage:
    """The page of the window."""
    assert isinstance(window.page, AllAdvicePage)
    return window.page


@scene("all_advice", variants=_ALL)
def all_advice(stage: Stage) -> QWidget:
    """Each kind of advice."""
    return all_advice_window(stage)


@scene("all_advice_selected", variants=_ALL)
def all_advice_selected(stage: Stage) -> QWidget:
    """The reason in full."""
    window = all_advice_window(stage)
    window.show()
    all_page(window).table.selectRow(1)
    return window


@scene("all_advice_filtered")
def all_advice_filtered(stage: Stage) -> QWidget:
    """Only where Purchase Mode would be cheaper."""
    window = all_advice_window(stage)
    window.show()
    all_page(window).bar.chips[Outcome.TO_PURCHASE].click()
    return window


@scene("all_advice_nothing_to_save")
def all_advice_nothing_to_save(stage: Stage) -> QWidget:
    """Everybody is in the right mode."""
    return all_advice_window(stage, (samples.KEPT, samples.TENANT))


@scene("all_advice_empty", variants=("german",))
def all_advice_empty(stage: Stage) -> QWidget:
    """No accounts yet."""
    return all_advice_window(stage, ())


@scene("all_advice_thousands", variants=("large_text",))
def all_advice_thousands(stage: Stage) -> QWidget:
    """As a large distributor has."""
    return all_advice_window(stage, samples.many_advices(10_000))


@scene("all_advice_under_way", variants=_ALL)
def all_advice_under_way(stage: Stage) -> QWidget:
    """A third of a thousand accounts is compared."""
    stage.jobs = Unanswered()
    window = all_advice_window(stage)
    window.show()
    page = all_page(window)
    page.tell((334, 1000))
    page.show_line()
    return window


@scene("all_advice_stopped", variants=("german",))
def all_advice_stopped(stage: Stage) -> QWidget:
    """Somebody did not want to wait."""

    def stop(*_args: Any, **_named: Any) -> None:
        raise Cancelled

    return all_advice_window(stage, stop)


@scene("all_advice_error")
def all_advice_error(stage: Stage) -> QWidget:
    """They cannot be compared."""
    return all_advice_window(stage, KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db"))


@scene("all_advice_auditor")
def all_advice_auditor(stage: Stage) -> QWidget:
    """Reads the same."""
    return all_advice_window(stage, session=AUDITOR)
