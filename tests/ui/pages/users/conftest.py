"""What tests of the pages of users get: a page of a sample account, or of a real one."""

from collections.abc import Callable
from typing import Any

import pytest

from cpdesk.domain.operators import Session
from cpdesk.ui.gallery.samples import RESELLER
from cpdesk.ui.gallery.user_samples import People
from cpdesk.ui.shell.window import Window
from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]


class Opened:
    """The window at a page, and what its account's services were asked."""

    def __init__(self, window: Window, bundle: Any) -> None:
        self.window = window
        self.page: Any = window.page
        self.users = bundle.users
        self.licenses = bundle.licenses

    def dialog(self, kind: type[Any]) -> Any:
        """The dialog of a kind that is open."""
        (found,) = (dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())
        return found

    def place(self) -> tuple[str, dict[str, object]]:
        """Where one is."""
        assert self.window.place is not None
        return self.window.place.key, dict(self.window.place.params)


Open = Callable[..., Opened]


@pytest.fixture
def open_users(open_page: Callable[..., Window]) -> Open:
    """`open_users(People(), "user", user=1, session=AUDITOR, answers={"edit": UserError(...)})`."""

    def open_users(
        people: People, at: str = "users", session: Session = RESELLER, *, answers: Any = None, **params: Any
    ) -> Opened:
        bundle = people.services(**answers or {})
        return Opened(open_page(at, bundle, session=session, account=7, **params), bundle)

    return open_users
