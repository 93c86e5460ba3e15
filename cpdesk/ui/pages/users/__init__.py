"""Inside an account: its users, what is known of them, and the licenses they hold."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.domain.operators import Role
from cpdesk.ui.shell.registry import PageSpec, Registry

if TYPE_CHECKING:
    from cpdesk.ui.context import PageContext
    from cpdesk.ui.shell.page import Page

_WRITERS = frozenset({Role.RESELLER, Role.CUSTOMER})


def register(registry: Registry) -> None:
    """Add the pages of this area."""
    registry.add(
        PageSpec(
            "users",
            lambda: _("User List"),
            _users,
            icon="users",
            section=lambda: _("My Users"),
            needs_account=True,
            position=30,
            help="users",
        )
    )
    registry.add(
        PageSpec(
            "create_user",
            lambda: _("Create New User"),
            _create_user,
            icon="user_add",
            section=lambda: _("My Users"),
            needs_account=True,
            roles=_WRITERS,
            position=40,
            help="users",
        )
    )
    for key, title, factory in (("user", lambda: _("User"), _user), ("deleted_users", _deleted_title, _deleted_users)):
        spec = PageSpec(key, title, factory, needs_account=True, in_menu=False, parent="users", help="users")
        registry.add(replace(spec, alone=key != "user"))


def _deleted_title() -> str:
    return _("Deleted Users")


def _users(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.users.user_list import UserListPage

    return UserListPage(context)


def _create_user(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.users.create_user import CreateUserPage

    return CreateUserPage(context)


def _user(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.users.user import UserPage

    return UserPage(context)


def _deleted_users(context: "PageContext") -> "Page":
    from cpdesk.ui.pages.users.deleted_users import DeletedUsersPage

    return DeletedUsersPage(context)
