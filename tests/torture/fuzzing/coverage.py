"""Which lines of the readers an input reaches, without anything but Python: an input that reaches new ones is kept."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

WATCHED = ("/cpdesk/gateways/", "/cpdesk/domain/", "/cpdesk/store/contents.py")
"""Where the lines are that tell files apart; what comes afterwards is much the same for all."""

Line = tuple[CodeType, int]


class Reached:
    """Lines that were reached at any time."""

    def __init__(self) -> None:
        self.lines: set[Line] = set()
        self._watched: dict[CodeType, bool] = {}

    @contextmanager
    def watching(self) -> Iterator[Callable[[], bool]]:
        """Note what is reached within; what it gives says whether that was anything new."""
        before = len(self.lines)
        with _monitored(self) if sys.version_info >= (3, 12) else _traced(self):
            yield lambda: len(self.lines) > before

    def is_watched(self, code: CodeType) -> bool:
        """Whether this code is of interest."""
        known = self._watched.get(code)
        if known is None:
            known = self._watched[code] = any(part in code.co_filename for part in WATCHED)
        return known


@contextmanager
def _traced(reached: Reached) -> Iterator[None]:
    def line(frame: FrameType, event: str, _arg: object) -> Callable[..., Any]:
        if event == "line":
            reached.lines.add((frame.f_code, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        return line if reached.is_watched(frame.f_code) else None

    former = sys.gettrace()
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(former)


@contextmanager
def _monitored(reached: Reached) -> Iterator[None]:
    """Each line is told once and then never again: it costs next to nothing."""
    tools: Any = vars(sys)["monitoring"]

    def line(code: CodeType, number: int) -> object:
        if reached.is_watched(code):
            reached.lines.add((code, number))
        return tools.DISABLE

    tools.use_tool_id(tools.COVERAGE_ID, "fuzzing")
    tools.register_callback(tools.COVERAGE_ID, tools.events.LINE, line)
    tools.set_events(tools.COVERAGE_ID, tools.events.LINE)
    try:
        yield
    finally:
        tools.set_events(tools.COVERAGE_ID, 0)
        tools.free_tool_id(tools.COVERAGE_ID)
