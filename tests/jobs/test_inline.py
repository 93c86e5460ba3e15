from functools import partial
from types import SimpleNamespace
from typing import NoReturn

import pytest
import shiboken6

from cpdesk.base.errors import UserError
from cpdesk.jobs import InlineJobs
from tests.jobs.conftest import Page

pytestmark = pytest.mark.usefixtures("qtbot")


def _refuse() -> NoReturn:
    raise UserError("not_pending")


def test_everything_happens_before_the_call_returns(page: Page) -> None:
    jobs = InlineJobs()
    announced: list[object] = []
    jobs.changed.connect(lambda topics, initiator: announced.append((topics, initiator)))
    done = SimpleNamespace(topics={"seats"})
    jobs.run(page, lambda: "read", page.take, key="list")
    jobs.run(page, lambda: "read again", page.take, key="list")
    jobs.change(page, lambda: done, page.take)
    jobs.change(page, _refuse, page.take, page.fail)
    jobs.exclusive(page, lambda: "alone", page.take)
    assert page.results == ["read", "read again", done, "alone"]
    assert [type(error) for error in page.failures] == [UserError]
    assert announced == [(frozenset({"seats"}), page)]


def test_progress_is_reported_at_once(page: Page) -> None:
    jobs = InlineJobs()
    progress = jobs.progress(page, page.report)
    jobs.change(page, partial(progress.report, 1, 2), page.take)
    assert page.reports == [(1, 2)]


def test_an_exception_that_nobody_takes_is_raised(page: Page) -> None:
    with pytest.raises(UserError):
        InlineJobs().run(page, _refuse, page.take)


def test_an_exception_that_nobody_takes_goes_to_on_error(page: Page) -> None:
    unhandled: list[Exception] = []
    InlineJobs(unhandled.append).run(page, _refuse, page.take)
    assert [type(error) for error in unhandled] == [UserError]


def test_nothing_is_called_back_for_a_destroyed_owner_or_after_closing(page: Page) -> None:
    jobs = InlineJobs()
    jobs.run(page, partial(shiboken6.delete, page), page.take)
    jobs.close()
    other = Page()
    jobs.run(other, str, other.take)
    assert (page.results, other.results) == ([], [])
