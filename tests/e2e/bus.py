"""A message bus, spoken to one call at a time."""

from collections import deque
from types import TracebackType
from typing import Any, Self

_TIMEOUT = 30
"""Seconds for an answer. A program that is busy on a busy machine takes its time."""


class BusError(Exception):
    """A call was answered with an error, or not at all: mostly because its object is gone."""


class Bus:
    """A connection to the D-Bus message bus at an address."""

    def __init__(self, address: str) -> None:
        # Here, because the package is there on Linux only and the tests are collected everywhere.
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection(address)
        self._signals: deque[Any] = deque(maxlen=1000)

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
            values = unwrap_msg(self._connection.send_and_get_reply(message, timeout=_TIMEOUT))
        except (DBusErrorResponse, TimeoutError) as error:
            raise BusError(f"{method} of {path}: {error}") from error
        return values[0] if len(values) == 1 else values

    def get(self, owner: str, path: str, name: str) -> Any:
        """Read a property (interface and name) of an object. Raises BusError."""
        interface, _, name = name.rpartition(".")
        _, value = self.call(owner, path, "org.freedesktop.DBus.Properties.Get", "ss", interface, name)
        return value

    def listen(self, interface: str, member: str) -> None:
        """Keep the signals of this name from now on, for `next_signal`."""
        from jeepney import MatchRule

        rule = MatchRule(type="signal", interface=interface, member=member)
        self.call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.AddMatch", "s", rule.serialise()
        )
        self._connection.filter(rule, queue=self._signals)

    def next_signal(self, timeout: float) -> tuple[str, str, tuple[Any, ...]] | None:
        """The next one kept: its sender, its object, and what it tells; None if none comes in `timeout` seconds."""
        from jeepney import HeaderFields

        try:
            signal = self._connection.recv_until_filtered(self._signals, timeout=timeout)
        except TimeoutError:
            return None
        fields = signal.header.fields
        return fields[HeaderFields.sender], fields[HeaderFields.path], signal.body

    def forget_signals(self) -> None:
        """Drop what was kept so far."""
        self._signals.clear()
