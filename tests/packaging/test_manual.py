"""The man page and the completions are those of the command line that there is."""

import shutil
import subprocess
from pathlib import Path

import manual
import pytest


def complete(script: str, *words: str) -> list[str]:
    """What bash offers after these words; the last one is being typed."""
    typed = " ".join(f"'{word}'" for word in ("cpdesk", *words))
    code = f'{script}\nCOMP_WORDS=({typed}) COMP_CWORD={len(words)}\n_cpdesk\necho "${{COMPREPLY[@]}}"'
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash itself completes")
def test_bash_offers_what_can_follow() -> None:
    script = manual.bash(manual.read())
    assert {"accounts", "mode", "apply-due", "--version"} <= set(complete(script, ""))
    assert complete(script, "mode", "ch") == ["change"]
    assert complete(script, "--json", "mode", "ch") == ["change"]
    assert "--yes" in complete(script, "mode", "change", "contoso.example", "--")


def test_the_man_page_tells_every_command() -> None:
    program = manual.read()
    page = manual.man(program, "1.2.3")
    assert '"cpdesk 1.2.3"' in page
    assert "cpdesk mode change" in page.replace("\\-", "-")
    heads = [line for line in page.splitlines() if line.startswith(".SS")]
    assert len(heads) == len([command for command in program.all() if command.words and not command.commands])


@pytest.mark.skipif(shutil.which("man") is None, reason="man (Debian: man-db) reads the page")
def test_man_has_nothing_to_complain_of(tmp_path: Path) -> None:
    page = tmp_path / "cpdesk.1"
    page.write_text(manual.man(manual.read(), "1.2.3"), encoding="utf-8")
    done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "CPDESK(1)" in done.stdout


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_all_words_and_their_meaning(shell: str) -> None:
    program = manual.read()
    script = getattr(manual, shell)(program)
    assert all(command.words[-1] in script for command in program.all() if command.words)
    assert "Without a command" not in script


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_scripts(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(getattr(manual, shell)(manual.read()), encoding="utf-8")
    subprocess.run([shell, "--no-execute", script], check=True)


def test_markup_in_texts_is_put_out_of_action() -> None:
    assert manual._roff(".TH\na-b\\c") == "\\&.TH\na\\-b\\ec"
