"""One window for a data folder: a second start shows the first window instead.

The first start holds a lock, which the system takes back however the program ends, and listens at a socket. All
that it ever takes there is the wish to be shown. Both belong to one person and one data folder.
"""

import os
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cpdesk.base.file_lock import FileLock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WISH = b"raise\n"
_GRANTED = b"raised\n"
_PATIENCE_MS = 3000
"""How long a second start waits for the first: it may be starting, too."""
_PAUSE_MS = 100
_HASTE_MS = 1000
"""How long somebody who connected may take to say what is wanted."""


class SingleInstance(QObject):
    """The right of one process to show the window of a data folder."""

    raised = Signal()
    """Another start asks for the window to be shown."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = _place(folder)
        self._lock = FileLock(self._place.with_suffix(".lock"))
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Whether this is the first start; quick, and without loading anything.

        Where there can be no lock, each start is the first: a window too many is better than none.
        """
        try:
            return self._lock.take()
        except OSError:
            return True

    def listen(self) -> None:
        """Wait for other starts from now on, if this is the first.

        Loads Qt's network module: to be called when the window is painted.
        """
        if not self._lock.held:
            return
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(4)
        server.newConnection.connect(self._on_connection)
        name = _socket_name(self._place)
        # What a crashed process has left is in the way, and we hold the lock: nobody else listens there.
        if not server.listen(name):
            QLocalServer.removeServer(name)
            server.listen(name)
        self._server = server

    def show_first(self) -> bool:
        """Ask the first start to show its window. False if it does not answer: it hangs, or has just ended."""
        from PySide6.QtCore import QDeadlineTimer, QThread

        _allow_to_come_forward()
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not self._ask():
            if deadline.hasExpired():
                return False
            QThread.msleep(_PAUSE_MS)
        return True

    def release(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.release()

    def _ask(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(_socket_name(self._place))
        if not socket.waitForConnected(_HASTE_MS):
            return False
        socket.write(_WISH)
        socket.waitForBytesWritten(_HASTE_MS)
        answered = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readLine().data()) == _GRANTED
        socket.abort()
        return answered

    def _on_connection(self) -> None:
        from PySide6.QtCore import QTimer

        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            # No more than the wish is ever read, whatever is sent.
            socket.setReadBufferSize(len(_WISH))
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            QTimer.singleShot(_HASTE_MS, socket, socket.abort)
            self._answer(socket)

    def _on_ready(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._answer(socket)

    def _answer(self, socket: "QLocalSocket") -> None:
        if socket.bytesAvailable() < len(_WISH):
            return
        if bytes(socket.read(len(_WISH)).data()) == _WISH:
            socket.write(_GRANTED)
            socket.flush()
            self.raised.emit()
        socket.disconnectFromServer()


def _place(folder: Path) -> Path:
    """The name of the lock and the socket, without an ending. Short: the path of a socket has 107 bytes at most."""
    whole = os.fsencode(folder.resolve())
    # Two sums are enough to tell a person's folders apart, and hashlib would take a while to load.
    name = f"cpdesk-{_person()}-{zlib.crc32(whole):08x}{zlib.crc32(whole[::-1]):08x}"
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name


def _socket_name(place: Path) -> str:
    """On Windows a socket is a pipe, which stands in no folder."""
    return place.name if sys.platform == "win32" else str(place)


def _person() -> str:
    return os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())


def _allow_to_come_forward() -> None:
    """Windows lets a window come to the front only if whoever is in front allows it: that is this process."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)
