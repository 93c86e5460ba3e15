"""JSON made worse: values, names and nesting, and now and then the letters."""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from tests.torture.fuzzing.dirt import dirty_cell, worsened

_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    2**64,
    10**400,
    -(10**18),
    0.5,
    1e308,
    float("inf"),
    float("-inf"),
    float("nan"),
    "",
    "0",
    "9" * 5000,
    "2026-11-10T12:00:00+00:00",
    "2026-11-10",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999-23:59",
    "\ud800",
    [],
    {},
    [[]],
    [None],
)
"""What is there instead of what ought to be."""
_DEEP = 100_000
"""Deeper than anything reads it."""


def worsened_facts(data: bytes, dice: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """A JSON document with something done to it; what is none is made worse as any text is."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return worsened(data, dice, others)
    if dice.random() < 0.25:
        return worsened(data, dice, others)
    holder = [document]
    while True:
        _change(holder, dice)
        if dice.random() < 0.6:
            break
    text = json.dumps(holder[0], ensure_ascii=True, indent=dice.choice((None, 2)))
    if dice.random() < 0.01:
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(("[", '{"a":')) * _DEEP + text[at:]
    return text.encode()


def _change(holder: list[Any], dice: random.Random) -> None:
    """Change something in a document, which stands alone in a list."""
    place: Any = holder
    key: Any = 0
    while isinstance(place[key], dict | list) and place[key] and dice.random() < 0.85:
        place = place[key]
        key = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
    dice.choice((_replace, _replace, _replace, _wrap, _lose, _rename, _repeat))(place, key, dice)
    if not holder:
        holder.append(None)


def _replace(place: Any, key: Any, dice: random.Random) -> None:
    place[key] = dirty_cell(dice) if dice.random() < 0.3 else deepcopy(dice.choice(_VALUES))


def _wrap(place: Any, key: Any, dice: random.Random) -> None:
    place[key] = dice.choice(([place[key]], {"": place[key]}, str(place[key])))


def _lose(place: Any, key: Any, _dice: random.Random) -> None:
    del place[key]


def _rename(place: Any, key: Any, dice: random.Random) -> None:
    if isinstance(place, dict):
        place[dice.choice((str(key).upper(), f" {key}", dirty_cell(dice)))] = place.pop(key)


def _repeat(place: Any, key: Any, dice: random.Random) -> None:
    if isinstance(place, list):
        place[key:key] = [deepcopy(place[key]) for _time in range(dice.choice((1, 2, 300)))]
