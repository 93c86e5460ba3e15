"""What the shell gives to each page, and the few things they tell each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from cpdesk.domain.accounts import Status

if TYPE_CHECKING:
    from cpdesk.base.clock import Clock
    from cpdesk.domain.modes import Mode
    from cpdesk.domain.operators import Session
    from cpdesk.jobs import Jobs
    from cpdesk.services.bundle import Services
    from cpdesk.ui.theme import Theme


class Kind(StrEnum):
    """What a notice or banner is about; decides its mark and tint."""

    INFO = "info"
    PENDING = "pending"
    SUCCESS = "success"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Action:
    """A button with a text, and what it does."""

    text: str
    callback: Callable[[], object]


@dataclass(frozen=True, slots=True)
class AccountBadge:
    """The open account as the top bar shows it."""

    id: int
    name: str
    domain: str
    mode: "Mode"
    pending_on: date | None = None
    """Account-local first day of the queued mode, if a switch is pending."""
    status: Status = Status.ACTIVE


class Settings(Protocol):
    """Where the window remembers itself, spelled like QSettings so that one will do."""

    def value(self, key: str, default: object = None, /) -> object: ...

    def setValue(self, key: str, value: object, /) -> object: ...  # noqa: N802 - Qt's spelling


class MemorySettings:
    """Settings that are forgotten with the process: for tests, the gallery and the demo."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def value(self, key: str, default: object = None, /) -> object:
        return self._values.get(key, default)

    def setValue(self, key: str, value: object, /) -> None:  # noqa: N802 - Qt's spelling
        self._values[key] = value


class Notices(Protocol):
    """Short messages above the page; they go when the next page is opened."""

    def info(self, text: str, action: Action | None = None) -> None: ...

    def success(self, text: str, action: Action | None = None) -> None: ...

    def pending(self, text: str, action: Action | None = None) -> None: ...

    def error(self, text: str, action: Action | None = None) -> None: ...

    def clear(self) -> None: ...


class Navigate(Protocol):
    """Opens a page by its key; False if the person may not see it or there is none."""

    def __call__(self, key: str, /, **params: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything a page may ask."""

    services: "Services"
    jobs: "Jobs"
    clock: "Clock"
    session: "Session | None"
    navigate: Navigate
    notices: Notices
    theme: "Theme"
    settings: Settings
    sign_in: "Callable[[Session], None]"
    sign_out: Callable[[], None]
    back: Callable[[], None]
    """Goes to the place before, as Alt+Left does."""

    @property
    def by(self) -> "Session":
        """Who acts. A page that asks this without a signed-in operator is wrong: RuntimeError."""
        if self.session is None:
            raise RuntimeError("nobody is signed in")
        return self.session
