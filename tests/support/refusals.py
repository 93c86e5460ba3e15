"""Asserting that something is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

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
