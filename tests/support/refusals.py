"""Asserting that something is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cpdesk.base.errors import UserError


class Refusal:
    """What was refused, to be looked at after the block."""

    params: dict[str, object]


@contextmanager
def refused(code: str) -> Iterator[Refusal]:
    """The block has to raise the UserError with this code."""
    refusal = Refusal()
    with pytest.raises(UserError) as caught:
        yield refusal
    assert caught.value.code == code, str(caught.value)
    refusal.params = caught.value.params


def listed(refusal: Refusal, fact: str) -> list[Any]:
    """A fact of the refusal that is rows of something."""
    rows: Any = refusal.params[fact]
    return list(rows)
