"""Products of the catalogue in words, for the command line and for the window alike."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

_CHANGES: Mapping[str, Callable[[], str]] = {
    "new": lambda: _("new"),
    "renamed": lambda: _("renamed"),
    "plans": lambda: _("other service plans"),
    "unchanged": lambda: _("unchanged"),
}

_REMARKS: Mapping[str, Callable[[], str]] = {
    "several_names": lambda: _("the file has several names for it"),
    "same_name": lambda: _("another product has the same name"),
    "same_part_number": lambda: _("another product has the same part number"),
}

_SCOPES: Mapping[str, Callable[[], str]] = {
    "user": lambda: _("Users"),
    "resource": lambda: _("Rooms and shared devices"),
    "device": lambda: _("Devices"),
    "tenant": lambda: _("Tenant"),
    "prepaid": lambda: _("Prepaid balance"),
}


def product_change(change: str) -> str:
    """What becomes of a product (a member of ProductChange)."""
    return _CHANGES[change]()


def product_remark(remark: str) -> str:
    """What is worth knowing of a product (a member of Remark)."""
    return _REMARKS[remark]()


def scope_name(scope: str) -> str:
    """What a product belongs to (a member of Scope); an unknown one as it stands."""
    return _SCOPES[scope]() if scope in _SCOPES else scope
