"""What operators say that product names in files mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SKIP: Final = "skip"
"""An answer: users are imported without what this name stands for."""


@dataclass(frozen=True, slots=True)
class NameChoices:
    """The answers of one import, which go before everything else that could be thought of a name."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """By name key (`name_key`): the GUID of a product, or SKIP."""
