import sys

import dev_system
import pytest
from dev_system import Need

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'
UBUNTU = "ID=ubuntu\nID_LIKE=debian\n"
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = "ID=fedora\n"

LIBRARY = Need("library", "libcpdesk-nowhere.so.7", "libcpdesk-nowhere7")
PROGRAM = Need("program", "cpdesk-nowhere", "nowhere-tools")
OTHER = Need("program", "cpdesk-elsewhere", "nowhere-tools")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian system without a library and two programs of one package, where nobody is root."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev_system, "needs", lambda _command: [LIBRARY, PROGRAM, OTHER])
    monkeypatch.setattr(dev_system, "_os_release", lambda: DEBIAN)
    monkeypatch.setattr(dev_system, "privilege", lambda: None)


def test_what_cannot_be_loaded_is_missing() -> None:
    python = Need("module", "venv", "python3-venv")
    assert dev_system.missing([LIBRARY, PROGRAM, python]) == [LIBRARY, PROGRAM]


def test_each_command_asks_for_what_it_needs() -> None:
    names = ("run", "gallery", "test", "lint", "build", "package")
    wanted = {name: {need.name for need in dev_system.needs(name)} for name in names}
    assert "libEGL.so.1" in wanted["run"] & wanted["gallery"] & wanted["test"]
    assert "libxcb-cursor.so.0" in wanted["run"] & wanted["test"]
    assert "libxcb-cursor.so.0" not in wanted["gallery"]
    assert {"Xvfb", "matchbox-window-manager", "libfaketime.so.1"} <= wanted["test"]
    assert "Xvfb" not in wanted["run"]
    assert {"dpkg-shlibdeps", "libxcb-cursor.so.0", "libwayland-cursor.so.0"} <= wanted["build"] & wanted["package"]
    assert {"makensis", "Xvfb"} <= wanted["package"] - wanted["build"]
    assert wanted["lint"] == {"ensurepip", "venv"}


def test_every_need_can_be_looked_for() -> None:
    assert {need.kind for need in dev_system.needs("test")} == set(dev_system._PROBES)
    dev_system.missing(dev_system.needs("test"))


@pytest.mark.parametrize(
    ("text", "expected"), [(DEBIAN, True), (UBUNTU, True), (MINT, True), (FEDORA, False), ("", False)]
)
def test_debian_and_its_children_are_known(text: str, expected: bool) -> None:
    assert dev_system.is_debian_like(text) is expected


def test_the_advice_is_one_command_with_each_package_once() -> None:
    text = dev_system.advice([LIBRARY, PROGRAM, OTHER], DEBIAN)
    assert text.endswith("sudo apt-get install libcpdesk-nowhere7 nowhere-tools")


def test_elsewhere_the_advice_names_what_is_missing() -> None:
    text = dev_system.advice([LIBRARY, PROGRAM], FEDORA)
    assert "libcpdesk-nowhere.so.7, cpdesk-nowhere" in text


@pytest.mark.usefixtures("bare")
def test_without_the_right_the_command_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="sudo apt-get install") as stop:
        dev_system.provide("test")
    assert stop.value.code not in {0, None}
    assert "lacks libcpdesk-nowhere.so.7" in capsys.readouterr().err


@pytest.mark.usefixtures("bare")
def test_with_the_right_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(dev_system, "privilege", lambda: ["sudo", "-n"])
    monkeypatch.setattr(dev_system, "_install", lambda prefix, names: installed.extend([*prefix, *names]))
    monkeypatch.setattr(dev_system, "missing", lambda wanted: [] if installed else wanted)
    dev_system.provide("test")
    assert installed == ["sudo", "-n", "libcpdesk-nowhere7", "nowhere-tools"]


@pytest.mark.usefixtures("bare")
def test_an_installation_that_does_not_help_is_not_the_end_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "privilege", list)
    monkeypatch.setattr(dev_system, "_install", lambda _prefix, _names: None)
    with pytest.raises(SystemExit, match="nowhere-tools"):
        dev_system.provide("test")


@pytest.mark.usefixtures("bare")
def test_other_systems_bring_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    dev_system.provide("test")
