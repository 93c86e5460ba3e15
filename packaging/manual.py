"""Write the man page and the shell completions from the grammar of the command line itself.

python packaging/manual.py FOLDER
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import bundle

_FILES = {"cpdesk.1": "man", "cpdesk": "bash", "_cpdesk": "zsh", "cpdesk.fish": "fish"}


@dataclass
class Option:
    """An option or an argument of a command."""

    flags: list[str]
    """Empty for an argument."""
    value: str
    """What follows it, as help shows it; empty if nothing does."""
    about: str


@dataclass
class Command:
    """A command, or a group of commands, with everything below it."""

    words: list[str]
    about: str
    options: list[Option]
    more: str = ""
    commands: list[Command] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The words with which it is called, "" for the program itself."""
        return " ".join(self.words)

    def all(self) -> list[Command]:
        """This one and all below it."""
        return [self, *(below for command in self.commands for below in command.all())]

    def next_words(self) -> list[tuple[str, str]]:
        """What can be typed after it, each with what it is: commands first, then options."""
        flags = [(option.flags[-1], option.about) for option in self.options if option.flags]
        return [*((command.words[-1], command.about) for command in self.commands), *flags]


def main(folder: Path) -> None:
    """Write the four files, under the names that man and the shells look for."""
    program = read()
    texts = {"man": man(program, bundle.version()), "bash": bash(program), "zsh": zsh(program), "fish": fish(program)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in _FILES.items():
        (folder / name).write_text(texts[kind], encoding="utf-8")


def read() -> Command:
    """The whole command line, in English."""
    sys.path.insert(0, str(bundle.TOP))
    from cpdesk.base.i18n import set_language
    from cpdesk.cli import grammar

    set_language("en")
    return _command(grammar.build(), [], "")


def _command(parser: argparse.ArgumentParser, words: list[str], about: str) -> Command:
    found = Command(words, about or _plain(parser.description), [], _plain(parser.epilog))
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask for it
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            abouts = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            found.commands = [
                _command(below, [*words, name], _plain(abouts.get(name))) for name, below in action.choices.items()
            ]
        else:
            found.options.append(_option(action))
    return found


def _option(action: argparse.Action) -> Option:
    value = ""
    if action.nargs != 0:
        choices = f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""
        value = str(action.metavar or choices or action.dest.upper())
    return Option(list(action.option_strings), value, _plain(action.help))


def _plain(text: str | None) -> str:
    return "" if text in {None, argparse.SUPPRESS} else str(text).replace("%%", "%")


def man(program: Command, version: str) -> str:
    """The page in man's own markup. What every command understands is told once."""
    common = [flag for option in program.options for flag in option.flags]
    parts = [
        f'.TH CPDESK 1 "" "cpdesk {version}" "User Commands"',
        ".SH NAME\ncpdesk \\- Microsoft 365 licenses and their billing mode",
        ".SH SYNOPSIS\n.B cpdesk\n[\\fIOPTION\\fR]... [\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...]",
        f".SH DESCRIPTION\n{_roff(program.about)}",
        f".SH OPTIONS\n{_man_options(program.options)}",
        ".SH COMMANDS",
        *(_man_command(command, common) for command in program.all() if command.words and not command.commands),
        f".SH NOTES\n{_roff(program.more)}",
    ]
    return "\n".join(parts) + "\n"


def _man_command(command: Command, common: list[str]) -> str:
    arguments = [f"\\fI{_roff(option.value)}\\fR" for option in command.options if not option.flags]
    options = _man_options([option for option in command.options if not set(option.flags) & set(common)])
    head = _roff(" ".join(["cpdesk", *command.words]))
    parts = [f'.SS "{" ".join([head, *arguments])}"', _roff(command.about), options, _roff(command.more)]
    return "\n".join(part for part in parts if part)


def _man_options(options: list[Option]) -> str:
    return "\n".join(
        f".TP\n{_man_head(option)}\n{_roff(option.about)}" for option in options if "-h" not in option.flags
    )


def _man_head(option: Option) -> str:
    flags = ", ".join(f"\\fB{_roff(flag)}\\fR" for flag in option.flags)
    return " ".join(part for part in (flags, f"\\fI{_roff(option.value)}\\fR" if option.value else "") if part)


def _roff(text: str) -> str:
    """Text with what man would take for markup put out of action."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", escaped, flags=re.MULTILINE)


def bash(program: Command) -> str:
    """A completion for bash: it looks for the longest command that has been typed and offers what follows it."""
    cases = "\n".join(
        f'    "{command.path}") next="{" ".join(word for word, _about in command.next_words())}" ;;'
        for command in program.all()
    )
    return _BASH.format(groups=_known(program), cases=cases)


def zsh(program: Command) -> str:
    """A completion for zsh, with what each word means."""
    cases = "\n".join(
        f"    {_quoted(command.path)}) next=({' '.join(_quoted(_zsh_word(*word)) for word in command.next_words())}) ;;"
        for command in program.all()
    )
    return _ZSH.format(groups=_known(program), cases=cases)


def fish(program: Command) -> str:
    """A completion for fish, with what each word means."""
    known = " ".join(_quoted(command.path) for command in program.all() if command.words)
    lines = [_FISH.format(known=known)]
    for command in program.all():
        for word, about in command.next_words():
            what = f"-l {word.removeprefix('--')}" if word.startswith("--") else f"-a {word}"
            at = f'-n \'test "$(__cpdesk_at)" = "{command.path}"\''
            lines.append(f"complete -c cpdesk {at} {what} -d {_quoted(about.partition(chr(10))[0])}")
    return "\n".join(lines) + "\n"


def _known(program: Command) -> str:
    return "|".join(f'"{command.path}"' for command in program.all() if command.words)


def _zsh_word(word: str, about: str) -> str:
    return f"{word}:{about.partition(chr(10))[0]}"


def _quoted(text: str) -> str:
    """For zsh, where a quote is written '\\'', and for fish, which reads that too."""
    return "'" + text.replace("'", "'\\''") + "'"


_BASH = """# bash completion for cpdesk. Generated from its command line.
_cpdesk() {{
  local at="" next="" word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "${{at:+$at }}$word" in
    {groups}) at="${{at:+$at }}$word" ;;
    esac
  done
  case "$at" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$next" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _cpdesk cpdesk
"""
_ZSH = """#compdef cpdesk
# zsh completion for cpdesk. Generated from its command line.
_cpdesk() {{
  local at="" word
  local -a next
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    case "${{at:+$at }}$word" in
    {groups}) at="${{at:+$at }}$word" ;;
    esac
  done
  case "$at" in
{cases}
  esac
  _describe 'cpdesk' next || _files
}}
_cpdesk "$@"
"""
_FISH = """# fish completion for cpdesk. Generated from its command line.
function __cpdesk_at
  set -l at
  for word in (commandline -opc)[2..]
    if contains -- (string trim "$at $word") {known}
      set at (string trim "$at $word")
    end
  end
  echo "$at"
end
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
