import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from cpdesk.base.errors import KnownError, UserError
from cpdesk.jobs import Cancelled, Jobs, Progress
from tests.jobs.conftest import Connections, Gate, Page

pytestmark = pytest.mark.usefixtures("qtbot")

Settle = Callable[[], None]
Announced = list[tuple[frozenset[str], object]]


@dataclass(frozen=True)
class Done:
    value: int
    topics: frozenset[str]


def _raise(error: Exception) -> NoReturn:
    raise error


def _thread_name() -> str:
    return threading.current_thread().name


def test_reads_and_changes_run_on_a_thread_each_and_answer_on_the_gui_thread(
    jobs: Jobs, page: Page, settle: Settle
) -> None:
    jobs.run(page, _thread_name, page.take)
    settle()
    jobs.change(page, _thread_name, page.take)
    settle()
    assert [str(name).rsplit("_", 1)[0] for name in page.results] == ["cpdesk-reader", "cpdesk-writer"]
    assert page.threads == {threading.get_ident()}


def test_each_thread_opens_one_connection_and_closes_it(
    jobs: Jobs, page: Page, settle: Settle, connections: Connections
) -> None:
    for _ in range(3):
        jobs.run(page, str, page.take)
        jobs.change(page, str, page.take)
    settle()
    assert len(connections.opened) == len(set(connections.opened)) == 2
    assert jobs.close()
    assert sorted(connections.closed) == sorted(connections.opened)


def test_a_read_is_answered_while_a_change_is_running(jobs: Jobs, page: Page, gate: Gate, qtbot: QtBot) -> None:
    jobs.change(page, gate.work, page.take)
    gate.wait_begun()
    jobs.run(page, lambda: "read", page.take)
    qtbot.waitUntil(lambda: page.results == ["read"])
    gate.open()
    qtbot.waitUntil(lambda: page.results == ["read", "through"])


def test_a_failure_goes_to_the_one_who_asked(
    jobs: Jobs, page: Page, settle: Settle, unhandled: list[Exception]
) -> None:
    error = UserError("not_pending")
    jobs.change(page, partial(_raise, error), page.take, page.fail)
    settle()
    assert (page.results, page.failures, unhandled) == ([], [error], [])
    assert page.threads == {threading.get_ident()}


@pytest.mark.parametrize("submit", [Jobs.run, Jobs.change])
def test_a_failure_without_a_handler_goes_to_on_error(
    submit: Callable[..., None], jobs: Jobs, page: Page, settle: Settle, unhandled: list[Exception]
) -> None:
    error = ZeroDivisionError()
    submit(jobs, page, partial(_raise, error), page.take)
    settle()
    assert unhandled == [error]


def test_a_connection_that_cannot_be_opened_fails_the_request_and_is_tried_again(
    jobs: Jobs, page: Page, settle: Settle, connections: Connections, qtbot: QtBot
) -> None:
    locked = connections.trouble = KnownError("database_locked")
    jobs.run(page, lambda: "first", page.take, page.fail)
    jobs.change(page, lambda: "second", page.take, page.fail)
    qtbot.waitUntil(lambda: len(page.failures) == 2)
    connections.trouble = None
    jobs.run(page, lambda: "third", page.take, page.fail)
    settle()
    assert page.results == ["third"]
    assert page.failures == [locked, locked]


def test_nothing_is_called_back_once_the_owner_is_destroyed(jobs: Jobs, page: Page, gate: Gate, settle: Settle) -> None:
    listener = Page()
    jobs.run(page, gate.work, listener.take)
    gate.wait_begun()
    shiboken6.delete(page)
    gate.open()
    settle()
    assert listener.results == []


def test_a_request_does_not_keep_its_listener_alive(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle, unhandled: list[Exception]
) -> None:
    listener = Page()
    gone = weakref.ref(listener)
    jobs.run(page, gate.work, listener.take)
    gate.wait_begun()
    del listener
    assert gone() is None
    gate.open()
    settle()
    assert unhandled == []


def test_a_failed_read_of_somebody_gone_is_nobodys_business(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle, unhandled: list[Exception]
) -> None:
    def work() -> None:
        gate.work()
        _raise(UserError("not_pending"))

    jobs.run(page, work, page.take)
    gate.wait_begun()
    shiboken6.delete(page)
    gate.open()
    settle()
    assert unhandled == []


def test_a_change_is_carried_out_and_announced_without_its_owner(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle, announced: Announced
) -> None:
    def work() -> Done:
        gate.work()
        return Done(7, frozenset({"seats"}))

    jobs.change(page, work, page.take)
    gate.wait_begun()
    shiboken6.delete(page)
    gate.open()
    settle()
    assert announced == [(frozenset({"seats"}), None)]


def test_a_failed_change_is_reported_even_if_its_owner_is_gone(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle, unhandled: list[Exception]
) -> None:
    error = KnownError("disk_full")

    def work() -> None:
        gate.work()
        _raise(error)

    jobs.change(page, work, page.take, page.fail)
    gate.wait_begun()
    shiboken6.delete(page)
    gate.open()
    settle()
    assert unhandled == [error]


def test_a_newer_request_of_the_same_key_supersedes_the_older(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle
) -> None:
    begun: list[str] = []
    jobs.run(page, gate.work, page.take, key="list")
    gate.wait_begun()
    jobs.run(page, lambda: begun.append("second"), page.take, key="list")
    jobs.run(page, lambda: "third", page.take, key="list")
    gate.open()
    settle()
    assert page.results == ["third"]
    assert begun == [], "what nobody waits for is not begun"


def test_another_key_or_another_owner_supersedes_nothing(jobs: Jobs, page: Page, settle: Settle) -> None:
    other = Page()
    jobs.run(page, lambda: "list", page.take, key="list")
    jobs.run(page, lambda: "totals", page.take, key="totals")
    jobs.run(page, lambda: "keyless", page.take)
    jobs.run(other, lambda: "other", other.take, key="list")
    settle()
    assert page.results == ["list", "totals", "keyless"]
    assert other.results == ["other"]


def test_a_change_is_announced_once_after_its_result(
    jobs: Jobs, page: Page, settle: Settle, announced: Announced
) -> None:
    def saw(result: object) -> None:
        assert announced == []
        page.take(result)

    done = Done(7, frozenset({"seats", "audit"}))
    jobs.change(page, lambda: done, saw)
    settle()
    assert page.results == [done]
    assert announced == [(done.topics, page)]


@pytest.mark.parametrize("result", [None, 7, Done(7, frozenset())])
def test_nothing_is_announced_if_nothing_changed(
    result: object, jobs: Jobs, page: Page, settle: Settle, announced: Announced
) -> None:
    jobs.change(page, lambda: result, page.take)
    settle()
    assert announced == []


def test_what_happened_on_any_thread_can_be_announced(
    jobs: Jobs, page: Page, settle: Settle, announced: Announced
) -> None:
    threads: list[int] = []
    jobs.changed.connect(lambda: threads.append(threading.get_ident()))
    jobs.run(page, partial(jobs.announce, frozenset({"modes"})), page.take)
    settle()
    assert announced == [(frozenset({"modes"}), None)]
    assert threads == [threading.get_ident()]


def test_progress_is_told_on_the_gui_thread_and_ends_with_the_last_report(
    jobs: Jobs, page: Page, settle: Settle
) -> None:
    progress = jobs.progress(page, page.report)

    def work() -> None:
        for row in range(10_000):
            progress.report(row + 1, 10_000)

    jobs.change(page, work, page.take)
    settle()
    assert page.reports[-1] == (10_000, 10_000)
    assert page.reports == sorted(page.reports)
    assert len(page.reports) < 10_000
    assert page.threads == {threading.get_ident()}


def _count_until_stopped(progress: Progress) -> None:
    for row in range(1_000_000_000):
        progress.report(row, 1_000_000_000)


def test_a_cancelled_job_ends_and_its_owner_is_told(
    jobs: Jobs, page: Page, settle: Settle, unhandled: list[Exception]
) -> None:
    progress = jobs.progress(page, page.report)
    jobs.change(page, partial(_count_until_stopped, progress), page.take, page.fail)
    progress.cancel()
    settle()
    assert progress.cancelled
    assert [type(error) for error in page.failures] == [Cancelled]
    assert (page.results, unhandled) == ([], [])


def test_cancelling_is_no_error_if_nobody_asked_to_be_told(
    jobs: Jobs, page: Page, settle: Settle, unhandled: list[Exception]
) -> None:
    progress = jobs.progress(page, page.report)
    jobs.change(page, partial(_count_until_stopped, progress), page.take)
    progress.cancel()
    settle()
    assert unhandled == []


def test_closing_carries_out_changes_drops_reads_and_cancels_what_has_progress(
    jobs: Jobs, page: Page, gate: Gate
) -> None:
    log: list[str] = []
    progress = jobs.progress(page, page.report)

    def work() -> None:
        try:
            _count_until_stopped(progress)
        finally:
            gate.open()

    jobs.run(page, gate.work, page.take)
    jobs.run(page, lambda: log.append("read"), page.take)
    jobs.change(page, work, page.take, page.fail)
    jobs.change(page, lambda: log.append("changed"), page.take)
    gate.wait_begun()
    assert jobs.close()
    assert log == ["changed"]
    assert (page.results, page.failures) == ([], [])


def test_closing_waits_no_longer_than_it_is_told_to(jobs_to_abandon: Jobs, page: Page, gate: Gate) -> None:
    jobs_to_abandon.change(page, gate.work, page.take)
    gate.wait_begun()
    assert not jobs_to_abandon.close(timeout=0.01)


def test_after_closing_nothing_is_begun(jobs: Jobs, page: Page, connections: Connections) -> None:
    assert jobs.close()
    jobs.run(page, lambda: "read", page.take)
    jobs.change(page, lambda: "changed", page.take)
    assert jobs.close()
    assert connections.opened == []


def test_a_failing_callback_does_not_hide_the_change(
    jobs: Jobs, page: Page, qtbot: QtBot, announced: Announced
) -> None:
    def burst(_: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as exceptions:
        jobs.change(page, lambda: Done(1, frozenset({"users"})), burst)
        qtbot.waitUntil(lambda: bool(announced))
    assert [type(value) for _, value, _ in exceptions] == [ZeroDivisionError]


# Work that needs the database to itself


def test_exclusive_work_runs_while_no_thread_is_connected(
    jobs: Jobs, page: Page, connections: Connections, settle: Settle
) -> None:
    settle()
    assert sorted(connections.opened) == ["cpdesk-reader_0", "cpdesk-writer_0"]
    jobs.exclusive(page, lambda: (_thread_name(), sorted(connections.closed)), page.take)
    settle()
    assert page.results == [("cpdesk-writer_0", ["cpdesk-reader_0", "cpdesk-writer_0"])]
    assert page.threads == {threading.get_ident()}
    assert sorted(connections.opened) == ["cpdesk-reader_0"] * 2 + ["cpdesk-writer_0"] * 2


def test_exclusive_work_waits_for_what_was_asked_before_and_holds_what_comes_later(
    jobs: Jobs, page: Page, gate: Gate, settle: Settle
) -> None:
    jobs.run(page, gate.work, page.take)
    jobs.change(page, lambda: "changed", page.take)
    jobs.exclusive(page, lambda: "alone", page.take)
    jobs.run(page, lambda: "read", page.take)
    gate.wait_begun()
    gate.open()
    settle()
    assert set(page.results[:2]) == {"changed", "through"}
    assert page.results[2:] == ["alone", "read"]


def test_exclusive_work_that_fails_lets_everybody_go_on(
    jobs: Jobs, page: Page, settle: Settle, announced: Announced
) -> None:
    jobs.exclusive(page, partial(_raise, ValueError("broken")), page.take, page.fail)
    jobs.exclusive(page, lambda: Done(1, frozenset({"*"})), page.take)
    settle()
    assert [str(error) for error in page.failures] == ["broken"]
    assert announced == [(frozenset({"*"}), page)]


def test_exclusive_work_is_carried_out_when_the_program_closes(
    jobs_to_abandon: Jobs, page: Page, gate: Gate, connections: Connections
) -> None:
    done = threading.Event()
    jobs_to_abandon.run(page, gate.work, page.take)
    jobs_to_abandon.exclusive(page, done.set, page.take)
    gate.wait_begun()
    gate.open()
    assert jobs_to_abandon.close()
    assert done.is_set()
    assert len(connections.closed) == len(connections.opened)
