"""What the jump offers, in words. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.finding import Sought
from cpdesk.domain.jump import Found, FoundAccount, FoundUser
from cpdesk.domain.operators import Role, Session
from cpdesk.ui.shell.jump.recent import USER_PAGE
from cpdesk.ui.widgets.chips import status_look
from cpdesk.ui.widgets.layout import text_of

if TYPE_CHECKING:
    from cpdesk.ui.context import AccountBadge
    from cpdesk.ui.shell.registry import PageSpec, Registry

_MOST_PAGES = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """Somewhere to go."""

    title: str
    subtitle: str
    key: str
    """Of the page."""
    params: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    """What one should know before: that the account is closed, the user blocked."""
    icon: str = "forward"

    @property
    def spoken(self) -> str:
        """All of it in a line."""
        return beside(self.title, self.subtitle, self.note, between=", ")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind."""

    title: str
    entries: tuple[Entry, ...]
    more: str = ""
    """That there are others, which are not shown."""


def recent_groups(recent: Iterable[FoundAccount | FoundUser], pages: Sequence[Entry], by: Session) -> list[Group]:
    """What is offered before anything is typed: where one was last, then the pages of the menu."""
    entries = tuple(_account(one) if isinstance(one, FoundAccount) else _user(one, by) for one in recent)
    return _filled(Group(_("Recent"), entries), Group(_("Pages"), tuple(pages)))


def found_groups(found: Found, pages: Sequence[Entry], by: Session) -> list[Group]:
    """What fits, the accounts first."""
    more = _("There are more. Type on to narrow them down.")
    title = _("Accounts") if by.account_id is None else _("My Company")
    return _filled(
        Group(title, tuple(map(_account, found.accounts)), more if found.more_accounts else ""),
        Group(_("Users"), tuple(_user(one, by) for one in found.users), more if found.more_users else ""),
        Group(_("Pages"), tuple(pages)),
    )


def page_entries(registry: "Registry", by: Session, account: "AccountBadge | None", typed: str = "") -> list[Entry]:
    """The pages whose names fit, those that fit best first; with nothing typed the entries of the menu.

    Pages of an account are there while one is open.
    """
    if not typed.strip():
        return [_page(spec, account) for spec in registry.menu(by, in_account=account is not None)]
    sought = Sought(typed)
    if not sought.words:
        return []
    offered = [spec for spec in registry.all() if _offered(spec, by, in_account=account is not None)]
    fits = ((sought.fit(text_of(spec.title)), place) for place, spec in enumerate(offered))
    best = sorted((fit, place) for fit, place in fits if fit is not None)[:_MOST_PAGES]
    return [_page(offered[place], account) for _fit, place in best]


def count_text(groups: Iterable[Group]) -> str:
    """ "12 results", as it is announced."""
    number = sum(len(group.entries) for group in groups)
    if not number:
        return _("Nothing matches")
    return ngettext("{number} result", "{number} results", number).format(number=number)


def field_text(by: Session) -> str:
    """What can be typed; a customer administrator knows of one account only."""
    if by.role is Role.CUSTOMER:
        return _("Search users and pages")
    return _("Search accounts, users and pages")


def _offered(spec: "PageSpec", by: Session, *, in_account: bool) -> bool:
    if spec.public or not spec.alone or not spec.admits(by.role):
        return False
    return spec.everywhere or not spec.needs_account or in_account


def _filled(*groups: Group) -> list[Group]:
    return [group for group in groups if group.entries]


def _account(found: FoundAccount) -> Entry:
    key = "services" if found.service_active else "my_services"
    look = status_look(found.status)
    return Entry(found.name, found.domain, key, {"account": found.id}, look.text if look else "", "company")


def _user(found: FoundUser, by: Session) -> Entry:
    own = by.account_id is not None
    subtitle = found.upn if own else beside(found.upn, found.account)
    note = _("Blocked") if found.blocked else _("Guest") if found.guest else ""
    params = {"account": found.account_id, "user": found.id, "tab": "details"}
    return Entry(found.display_name, subtitle, USER_PAGE, params, note, "user")


def _page(spec: "PageSpec", account: "AccountBadge | None") -> Entry:
    of_account = spec.needs_account and account is not None
    params = {"account": account.id} if of_account and account else {}
    return Entry(text_of(spec.title), account.name if of_account and account else "", spec.key, params, icon=spec.icon)
