"""Leads to the page that asks for the passphrase of an encrypted database."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpdesk.base.errors import CodedError
    from cpdesk.ui.shell.window import Window

_WRONG = "wrong_passphrase"


class Unlocking:
    """Counts the wrong answers in a row: the page makes pauses of them."""

    def __init__(
        self, window: "Window", path: Path, offer: Callable[[str], object], open_again: Callable[[], object]
    ) -> None:
        """What is typed is given to `offer`, before `open_again`."""
        self._window = window
        self._path = path
        self._offer = offer
        self._open_again = open_again
        self._failures = 0
        self._attempts = 0

    def wait(self) -> None:
        """Show the page while the keyring is asked, and nobody else yet."""
        self._show(None)

    def takes(self, error: "CodedError") -> bool:
        """Whether a passphrase is all that is missing; then it is asked for."""
        if error.code not in {"passphrase_needed", _WRONG}:
            return False
        self._failures = self._failures + 1 if error.code == _WRONG else 0
        self._show(self._failures)
        return True

    def _show(self, failures: int | None) -> None:
        self._attempts += 1
        params = {"path": self._path, "failures": failures, "answer": self._on_answer, "attempt": self._attempts}
        self._window.navigate("unlock", **params)

    def _on_answer(self, passphrase: str) -> None:
        self._offer(passphrase)
        self._open_again()
