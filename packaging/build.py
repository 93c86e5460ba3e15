#!/usr/bin/env python3
"""Build what people install, for the system that this runs on, into build/dist.

    python3 packaging/build.py                                       build everything for this system
    python3 packaging/build.py --sign NAME                           macOS: sign with this identity, have Apple check it
    python3 packaging/build.py --dry-run --system linux|windows|macos   print the commands, run none

Linux: a .deb and a portable tarball. Windows: an installer and a portable zip. macOS: a disk image with the program.
Like dev.py it needs nothing but Python, and on Linux the packages that it names; it makes .venv by itself.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys

import dev_environment
import dev_system
from dev_environment import TOP

SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
WORK = "build/package"
DIST = "build/dist"
NOTARY_PROFILE = "cpdesk-notary"
"""What `xcrun notarytool store-credentials` was told to call the developer account."""

Command = list[str]

_STANDARD_ERROR = 2


def main(arguments: list[str]) -> int:
    """Build, or say how; the answer is the exit code."""
    options = _parser().parse_args(arguments)
    if options.dry_run:
        print("\n".join(shlex.join(command) for command in commands(options.system, options.sign)))
        return 0
    if options.freeze:
        return _freeze_alone(options.freeze)
    if options.system != here():
        sys.exit(f"build: {options.system} is built on {options.system}; add --dry-run to see how")
    dev_system.provide("build")
    dev_environment.provide("build")
    code = build(commands(options.system, options.sign), options.sign)
    print("\n".join(str(path) for path in sorted((TOP / DIST).iterdir())))
    return code


def _freeze_alone(name: str) -> int:
    dev_system.provide("build")
    dev_environment.provide("build")
    code = run(freeze(*(["bare"] if name == "bare" else [])))
    print(TOP / WORK / name / name)
    return code


def build(wanted: list[Command], identity: str | None = None) -> int:
    """Run commands up to the first that fails; the answer is the exit code."""
    for folder in (WORK, DIST):
        shutil.rmtree(TOP / folder, ignore_errors=True)
        (TOP / folder).mkdir(parents=True)
    for command in wanted:
        print(f"build: {shlex.join(command)}", file=sys.stderr, flush=True)
        if code := run(command, identity):
            print(f"build: failed with exit code {code}", file=sys.stderr)
            return 1
    return 0


def run(command: Command, identity: str | None = None) -> int:
    """Run one command; the answer is its exit code. What it says goes to standard error."""
    words = [_program(command[0]), *command[1:]]
    return subprocess.run(words, cwd=TOP, env=_environment(identity), stdout=_STANDARD_ERROR, check=False).returncode


def commands(system: str, identity: str | None = None) -> list[Command]:
    """Everything that is run for a system, in order and from the top of the checkout."""
    return [*_frozen(system), *{"linux": _linux, "windows": _windows, "macos": _macos}[system](identity)]


def version() -> str:
    """The one version, from pyproject.toml; read without a library, as older Pythons have none."""
    found = re.search(r'^version = "([^"]+)"$', (TOP / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def here() -> str:
    """The name of the system that this runs on."""
    return SYSTEMS.get(sys.platform, sys.platform)


def _frozen(system: str) -> list[Command]:
    program = f"{WORK}/cpdesk" if system != "macos" else f"{WORK}/cpdesk.app/Contents/Resources"
    return [
        ["python", "packaging/icons.py", f"{WORK}/icons"],
        freeze(),
        ["python", "packaging/licences.py", f"{program}/LICENCES.txt"],
    ]


def freeze(*arguments: str) -> Command:
    """What makes the program's folder; with the argument "bare" a bare window's."""
    work = "-".join(["work", *arguments])
    words = ["pyinstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", WORK, "--workpath", f"{WORK}/{work}"]
    return [*words, "packaging/cpdesk.spec", *(("--", *arguments) if arguments else ())]


def _linux(_identity: str | None) -> list[Command]:
    package = f"{DIST}/cpdesk_{version()}_{_debian_architecture()}.deb"
    return [
        ["python", "packaging/manual.py", f"{WORK}/manual"],
        ["python", "packaging/debian.py", WORK, f"{WORK}/deb"],
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", f"{WORK}/deb", package],
        ["python", "packaging/archive.py", f"{WORK}/cpdesk", f"{DIST}/cpdesk-{version()}-linux-{_machine()}.tar.gz"],
    ]


def _windows(_identity: str | None) -> list[Command]:
    name = f"{DIST}/cpdesk-{version()}-windows-x64"
    return [
        ["python", "packaging/archive.py", f"{WORK}/cpdesk", f"{name}.zip"],
        installer(f"{WORK}/cpdesk", f"{name}-setup.exe", f"{WORK}/icons/cpdesk.ico"),
    ]


def installer(program: str, target: str, icon: str) -> Command:
    """What makes the installer of Windows out of the program's folder. A warning is a failure."""
    defines = [f"-DVERSION={version()}", f"-DPROGRAM={program}", f"-DTARGET={target}", f"-DICON={icon}"]
    return ["makensis", "-V2", "-WX", "-NOCD", *defines, "packaging/windows/cpdesk.nsi"]


def _macos(identity: str | None) -> list[Command]:
    app, image = f"{WORK}/cpdesk.app", f"{DIST}/cpdesk-{version()}-macos.dmg"
    pack: list[Command] = [
        ["ditto", app, f"{WORK}/image/cpdesk.app"],
        ["ln", "-s", "/Applications", f"{WORK}/image/Applications"],
        ["hdiutil", "create", "-volname", "cpdesk", "-srcfolder", f"{WORK}/image", "-format", "UDZO", image],
    ]
    if identity is None:
        return pack
    sign = ["codesign", "--force", "--timestamp", "--sign", identity]
    entitlements = ["--options", "runtime", "--entitlements", "packaging/macos/entitlements.plist"]
    return [
        # Again as a whole: the licences were added after PyInstaller had signed every library.
        [*sign, *entitlements, app],
        ["codesign", "--verify", "--deep", "--strict", app],
        *pack,
        [*sign, image],
        ["xcrun", "notarytool", "submit", image, "--keychain-profile", NOTARY_PROFILE, "--wait"],
        ["xcrun", "stapler", "staple", image],
        ["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", image],
    ]


def _program(name: str) -> str:
    return dev_environment.program(name) if name in {"python", "pyinstaller"} else name


def _environment(identity: str | None) -> dict[str, str]:
    """Whoever builds the same sources gets the same files: times come from the last commit, no seed is random."""
    found = {**os.environ, "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}
    found.setdefault("SOURCE_DATE_EPOCH", _time_of_sources())
    if identity is not None:
        found["CPDESK_SIGNING_IDENTITY"] = identity
    return found


def _time_of_sources() -> str:
    words = ["git", "log", "-1", "--format=%ct"]
    told = subprocess.run(words, cwd=TOP, capture_output=True, text=True, check=False) if shutil.which("git") else None
    # Without a history: the first moment that a zip file can tell.
    return (told.stdout.strip() if told else "") or "315532800"


def _machine() -> str:
    return platform.machine().lower()


def _debian_architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(_machine(), _machine())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--system", choices=sorted(SYSTEMS.values()), default=here())
    parser.add_argument("--dry-run", action="store_true", help="print the commands, run none")
    parser.add_argument("--freeze", choices=["cpdesk", "bare"], help=argparse.SUPPRESS)  # for the benchmarks
    parser.add_argument("--sign", metavar="NAME", help="the signing identity (macOS)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
