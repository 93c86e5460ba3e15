"""What `dev.py package` does: build the .deb, and meet it as a person does who installs, uses and removes it.

It needs root, and a machine where cpdesk is not installed. What the installed program starts with is what a desktop
gives it, and nothing of this checkout: no virtual environment, another home, another current folder.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import build
import dev_system
import staging
from dev_environment import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "cpdesk"
_TREE = TOP / build.WORK / "deb"
_STAGED = ("cpdesk.exe", "cpdesk-cli.exe", "LICENCES.txt", "_internal/python3.dll")
"""A stand-in for what is frozen on Windows: the installer's script is compiled against it, not run."""


class Unfit(Exception):  # noqa: N818 - not a fault of this program: the package is not what it should be
    """What was built does not do what it should; says why."""


def main() -> int:
    """Build, check, install, run, remove. Prints what the installed program says of itself; returns the exit code."""
    prefix = dev_system.privilege()
    if prefix is None:
        sys.exit("dev: to install a package takes root, or sudo without a password")
    if _is_installed():
        sys.exit("dev: cpdesk is installed here, and would be removed: purge it first")
    if build.build(build.commands("linux")):
        return 1
    try:
        _look_over()
        report = _meet(prefix)
    except Unfit as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    print(json.dumps(report, indent=2))
    return 0


def _look_over() -> None:
    """What can be told without installing: do desktop, software centre, man and Windows understand their files?"""
    share = _TREE / "usr" / "share"
    _demand("desktop-file-validate", share / "applications" / "cpdesk.desktop")
    _demand("appstreamcli", "validate", "--no-net", next((share / "metainfo").iterdir()))
    if warnings := _demand("man", "--warnings", "-l", share / "man" / "man1" / "cpdesk.1.gz").stderr:
        raise Unfit(f"the man page is faulty: {warnings}")
    with tempfile.TemporaryDirectory() as folder:
        compile_installer(Path(folder), TOP / build.WORK / "icons" / "cpdesk.ico")
        for system in staging.PLATFORMS:
            _stage(system, Path(folder, system))


def _stage(system: str, folder: Path) -> None:
    try:
        staging.download(system, folder)
    except subprocess.CalledProcessError as error:
        raise Unfit(f"no wheels for {system}: {error.stderr}") from error
    if lacking := staging.lacking(system, folder):
        raise Unfit(f"the wheels for {system} have no {', '.join(lacking)}")


def compile_installer(folder: Path, icon: Path) -> Path:
    """Compile the installer of Windows around files that stand for the program; returns its path."""
    for name in _STAGED:
        (folder / "program" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "program" / name).write_text(name)
    target = folder / "cpdesk-setup.exe"
    _demand(*build.installer(str(folder / "program"), str(target), str(icon)))
    return target


def _meet(prefix: list[str]) -> Any:
    (package,) = (TOP / build.DIST).glob("*.deb")
    with _installed(prefix, package) as files, tempfile.TemporaryDirectory(prefix="cpdesk-home-") as home:
        around = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        if (told := _run("--version", around=around)) != f"cpdesk {build.version()}\n":
            raise Unfit(f"cpdesk --version says {told!r}")
        _run("setup", "--admin", "admin@example.test", around={**around, "CPDESK_PASSWORD": "a long sentence"})
        data = Path(home, ".local", "share", "cpdesk", "cpdesk.db")
        kept = data.read_bytes()
        report = json.loads(_run("--self-test", around=around, screen=True))
        if report["platform"] != "xcb":
            raise Unfit(f"it tested itself on {report['platform']}, not on a screen")
        _purge(prefix)
        if left := [path for path in files if os.path.lexists(path)]:
            raise Unfit(f"left behind: {', '.join(left)}")
        if data.read_bytes() != kept:
            raise Unfit("the data did not outlive the program")
    return report


@contextmanager
def _installed(prefix: list[str], package: Path) -> Iterator[list[str]]:
    """Install a package while this lasts; gives the files and folders that were not there without it."""
    listed = re.findall(r"(?<= \./)[^\n]+?(?= -> |$)", _demand("dpkg-deb", "-c", package).stdout, re.MULTILINE)
    new = [path for path in (f"/{name.rstrip('/')}" for name in listed) if not os.path.lexists(path)]
    _install(prefix, package)
    try:
        if lacking := [path for path in new if not os.path.lexists(path)]:
            raise Unfit(f"not installed: {', '.join(lacking)}")
        yield new
    finally:
        if _is_installed():
            _purge(prefix)


def _install(prefix: list[str], package: Path) -> None:
    # With what it depends on: that this suffices is part of what is tested.
    _demand(*prefix, "apt-get", "-q", "install", "-y", "--no-install-recommends", package, cwd="/")


def _purge(prefix: list[str]) -> None:
    _demand(*prefix, "dpkg", "--purge", PACKAGE, cwd="/")


def _is_installed() -> bool:
    told = subprocess.run(["dpkg-query", "-W", "-f=${Status}", PACKAGE], capture_output=True, text=True, check=False)
    return "installed" in told.stdout.split() and "not-installed" not in told.stdout


def _run(*words: str, around: dict[str, str], screen: bool = False) -> str:
    """What the installed program prints. What it writes to standard error is a fault: it has nothing to say there."""
    call = [*(["xvfb-run", "-a"] if screen else []), "cpdesk", *words]
    done = subprocess.run(call, env=around, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        raise Unfit(f"{' '.join(call)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _demand(*words: str | Path, cwd: str | Path = TOP) -> subprocess.CompletedProcess[str]:
    """Run a program that may not fail."""
    told = list(map(str, words))
    done = subprocess.run(told, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unfit(f"{' '.join(told)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done
