"""The three kinds of error: a refusal, a known trouble of the surroundings, and everything else (a bug).

Neither kind carries a text: `cpdesk.base.messages` turns the code and its
parameters into a sentence in the language of whoever reads it.
"""


class CodedError(Exception):
    """An error that is told to a person: a stable code and the facts for its sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({facts})"


class UserError(CodedError):
    """Refused by a rule, or the input is wrong. Nothing was changed."""


class KnownError(CodedError):
    """The surroundings refused: disk full, database locked, read-only, damaged, or from a newer version."""
