"""A message bus, spoken to one call at a time."""

from types import TracebackType
from typing import Any, Self


class BusError(Exception):
    """A call was answered with an error, or not at all: mostly because its object is gone."""


class Bus:
    """A connection to the D-Bus message bus at an address."""

    def __init__(self, address: str) -> None:
        # Here, because the package is there on Linux only and the tests are collected everywhere.
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def call(self, owner: str, path: str, method: str, signature: str = "", *arguments: object) -> Any:
        """Call `method` (interface and name) of an object; returns the value, or a tuple of several.

        Raises BusError.
        """
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.wrappers import unwrap_msg

        interface, _, name = method.rpartition(".")
        message = new_method_call(DBusAddress(path, owner, interface), name, signature or None, arguments)
        try:
            values = unwrap_msg(self._connection.send_and_get_reply(message, timeout=10))
        except (DBusErrorResponse, TimeoutError) as error:
            raise BusError(f"{method} of {path}: {error}") from error
        return values[0] if len(values) == 1 else values

    def get(self, owner: str, path: str, name: str) -> Any:
        """Read a property (interface and name) of an object. Raises BusError."""
        interface, _, name = name.rpartition(".")
        _, value = self.call(owner, path, "org.freedesktop.DBus.Properties.Get", "ss", interface, name)
        return value
