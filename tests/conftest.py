"""What every test gets: folders of its own, English, no network, and a look at what it left behind."""

import gc
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cpdesk.base.i18n import set_language
from cpdesk.demo.history import write_history
from tests.support.fixtures import on_encrypted, pytest_generate_tests
from tests.support.order import long_ones_first
from tests.support.sharing import made_once

__all__ = ["on_encrypted", "pytest_generate_tests"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A deadline measures the machine, not the code. The rest stays: on CI, Hypothesis is the same in every run.
settings.register_profile("cpdesk", settings.default, deadline=None)
settings.load_profile("cpdesk")

_SECRETS = ("CPDESK_OPERATOR", "CPDESK_PASSWORD", "CPDESK_CODE")
_PATIENCE = 5.0


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first; the others as pytest-randomly has shuffled them."""
    items[:] = long_ones_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse connections that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
            raise PermissionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def _is_local(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def _no_garbage_collection_in_threads() -> Iterator[None]:
    """A worker's thread must not come across a forgotten widget: see `cpdesk.jobs.garbage`.

    What the whole run keeps is not looked through again and again; what a window would keep to the end is.
    """
    gc.disable()
    gc.collect()
    gc.freeze()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "freeze", lambda: None)
        yield
    gc.enable()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's finished history, made once for all tests; not to be changed."""
    return made_once(tmp_path_factory, "made", write_history)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Look for garbage between tests."""
    yield
    for generation, most in reversed(list(enumerate(gc.get_threshold()))):
        if gc.get_count()[generation] > most:
            gc.collect(generation)
            break


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every user folder, of this process and of those it starts, into the test's own folder."""
    monkeypatch.setenv("CPDESK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "xdg" / kind.lower()))
    for name in _SECRETS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, whatever the machine speaks and whatever the test before chose."""
    monkeypatch.setenv("LANGUAGE", "en")
    _speak_english()
    yield
    _speak_english()


def _speak_english() -> None:
    set_language("en")
    if (qt := sys.modules.get("PySide6.QtCore")) is not None:
        qt.QLocale.setDefault(qt.QLocale("en_US"))


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running or a window open."""
    before = set(threading.enumerate())
    yield
    left = _leftover_threads(before) + _leftover_windows()
    assert not left, f"left behind: {', '.join(left)}"


def _leftover_threads(before: set[threading.Thread]) -> list[str]:
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(_PATIENCE)
    return [thread.name for thread in started if thread.is_alive()]


def _leftover_windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    windows = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in windows]
    for window in windows:
        window.close()
    return names
