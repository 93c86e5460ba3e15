"""Who runs the command: from the environment, or asked at the terminal."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _

if TYPE_CHECKING:
    from cpdesk.domain.operators import Session
    from cpdesk.services.operators import Operators

T = TypeVar("T")

OPERATOR = "CPDESK_OPERATOR"
PASSWORD = "CPDESK_PASSWORD"
CODE = "CPDESK_CODE"
NEW_PASSWORD = "CPDESK_NEW_PASSWORD"
RECOVERY_CODE = "CPDESK_RECOVERY_CODE"


def enter(operators: "Operators", email: str, password: str, new_password: str = "") -> "Session":
    """The session for these; the code of a second factor comes from its variable or, if one is needed, is asked for.

    Raises what `Operators.sign_in` raises.
    """
    return with_code(lambda code: operators.sign_in(email, password, code, new_password))


def with_code(ask: Callable[[str], T]) -> T:
    """What `ask` gives for a code of a second factor, which is asked for if one is needed. Raises what `ask` raises."""
    code = checked(CODE, os.environ.get(CODE, ""))
    try:
        return ask(code)
    except UserError as error:
        if error.code != "code_needed" or not at_terminal():
            raise
    return ask(first_code())


def first_code() -> str:
    """A code of the second factor, as it is typed or piped in: it is worth nothing in half a minute. "" for none."""
    if at_terminal():
        return checked(CODE, _ask(_("Code of the second factor: ")))
    return checked(CODE, sys.stdin.readline().strip() if sys.stdin else "")


def credentials() -> tuple[str, str]:
    """E-mail address and password of the operator, not yet compared. Raises UserError `sign_in_needed`."""
    email, password = os.environ.get(OPERATOR), os.environ.get(PASSWORD)
    if not (email and password) and not at_terminal():
        raise UserError("sign_in_needed")
    email = checked(OPERATOR, email or _ask(_("E-mail address: ")))
    return email, checked(PASSWORD, password or ask_secretly(_("Password: ")))


def confirmed(question: str) -> bool:
    """Whether somebody at the terminal answers with the whole word: a key pressed by mistake is no answer."""
    return _ask(question).casefold() in {"yes", _("yes").casefold()}


def new_password(variable: str, note: Callable[[str], None], email: str = "") -> str:
    """A password to be set: from a variable, typed twice, or piped in. A weak one is accepted with a note.

    `email` is the address of whoever will use it. Raises UserError `secret_needed`, `secrets_differ` or
    `password_empty`.
    """
    questions = _("New password: "), _("New password again: ")
    password = checked(variable, os.environ.get(variable) or given_secret(variable, *questions))
    _note_weakness(password, email, note)
    return password


def _note_weakness(password: str, email: str, note: Callable[[str], None]) -> None:
    from cpdesk.domain.passwords import SHORTEST_PASSWORD, Weakness, weakness

    texts = {
        Weakness.SHORT: _("The password has fewer than {count} characters; a longer one is safer."),
        Weakness.COMMON: _("The password is one of those that are tried first; another one is safer."),
        Weakness.KNOWN: _("The password is hardly more than the e-mail address; another one is safer."),
    }
    found = weakness(password, email)
    if found:
        note(texts[found].format(count=SHORTEST_PASSWORD))


def given_secret(variable: str, question: str, again: str) -> str:
    """Something secret and new: typed twice, or piped in. Raises what `new_password` raises."""
    return _typed_twice(question, again) if at_terminal() else _piped(variable)


def _piped(variable: str) -> str:
    """The first line of standard input, as scripts hand over a secret."""
    line = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    if not line:
        raise UserError("secret_needed", variable=variable)
    return line


def _typed_twice(question: str, again: str) -> str:
    typed = ask_secretly(question)
    if not typed:
        raise UserError("password_empty")
    if typed != ask_secretly(again):
        raise UserError("secrets_differ")
    return typed


def recovery_code() -> str:
    """The code that was shown at set-up. Raises UserError `secret_needed`."""
    given = os.environ.get(RECOVERY_CODE)
    if not given:
        _require_terminal(RECOVERY_CODE)
        given = ask_secretly(_("Recovery code: "))
    return checked(RECOVERY_CODE, given)


def _require_terminal(variable: str) -> None:
    if not at_terminal():
        raise UserError("secret_needed", variable=variable)


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(question: str) -> str:
    # Not input(): its question would stand in the result on standard output.
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def ask_secretly(question: str) -> str:
    """What is typed at the terminal, which does not show it."""
    from getpass import getpass

    try:
        return getpass(question)
    except EOFError:
        return ""


def checked(variable: str, value: str) -> str:
    """Bytes that are no text in the system's encoding arrive as lone surrogates, which nothing can store."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UserError("secret_not_text", variable=variable) from None
    return value
