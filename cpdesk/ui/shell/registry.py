"""Which pages there are, who may open them, and where they stand in the side menu."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpdesk.domain.operators import Role, Session
from cpdesk.ui.widgets.layout import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page before it exists."""

    key: str
    title: Text
    """Its entry in the side menu."""
    factory: "Callable[[PageContext], Page]"
    """Makes the page on its first visit; import the page's module in there."""
    icon: str = "services"
    section: Text | None = None
    """Caption over this entry and those after it; inside an account None stands for the account's name."""
    needs_account: bool = False
    """Whether it belongs to one account; navigate with `account=ID`, or stay in the open one."""
    roles: frozenset[Role] = frozenset()
    """Who may open it. Empty: inside an account everybody, otherwise everybody but customers."""
    public: bool = False
    """Shown without anybody signed in, alone in the window."""
    in_menu: bool = True
    parent: str | None = None
    """The menu entry that is lit while this page, which has none, is open."""
    position: int = 0
    """Smaller stands higher; equal ones stand in the order they were added."""
    help: str = ""
    """The help topic that F1 opens on this page; a page with several says itself (`Page.help_topic`)."""
    alone: bool = True
    """Whether its name is enough to go there; what shows one user or one statement has to be told which."""
    everywhere: bool = False
    """At the reseller's level and inside each account, and without anybody signed in."""

    def admits(self, role: Role) -> bool:
        """Whether an operator of this role may open the page."""
        if self.everywhere:
            return True
        if self.roles:
            return role in self.roles
        return self.needs_account or role is not Role.CUSTOMER

    def stands(self, *, in_account: bool) -> bool:
        """Whether the page belongs inside an account, or outside of all."""
        return self.everywhere or self.needs_account is in_account


class Registry:
    """The pages of the program, by key."""

    def __init__(self) -> None:
        self._specs: dict[str, PageSpec] = {}

    def add(self, spec: PageSpec) -> None:
        """Add a page. A key twice is a mistake: ValueError."""
        if spec.key in self._specs:
            raise ValueError(f"page {spec.key!r} is there already")
        self._specs[spec.key] = spec

    def get(self, key: str) -> PageSpec | None:
        """The page of a key."""
        return self._specs.get(key)

    def all(self) -> list[PageSpec]:
        """Every page, in the order they were added."""
        return list(self._specs.values())

    def menu(self, session: Session, *, in_account: bool) -> list[PageSpec]:
        """The entries of the side menu for an operator, inside an account or not."""
        shown = [
            spec
            for spec in self._specs.values()
            if spec.in_menu and not spec.public and spec.stands(in_account=in_account) and spec.admits(session.role)
        ]
        return sorted(shown, key=_position)


def _position(spec: PageSpec) -> int:
    return spec.position
