"""Names within sentences turn nothing round, and what is between them stays where it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.apart import apart, beside, noted, steady
from cpdesk.base.formats import format_list
from cpdesk.base.i18n import _, ngettext, pgettext, set_language

SHALOM = "\u05e9\u05dc\u05d5\u05dd"
APART = f"\u2068{SHALOM}\u2069"
_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_what_fills_a_sentence_stands_apart() -> None:
    assert _("Close {account}?").format(account=SHALOM) == f"Close {APART}?"
    assert _("Open {folder}").format(folder=Path(SHALOM)) == f"Open {APART}"
    assert pgettext("x", "{name}, 9").format(name=SHALOM) == f"{APART}, 9"
    told = ngettext("{number} seat of {product}", "{number} seats of {product}", 9)
    assert told.format(number=9, product=SHALOM) == f"9 seats of {APART}"


def test_in_a_translation_too() -> None:
    set_language("de")
    assert _("{account} is closed.").format(account=SHALOM).startswith(f"{APART} ")


def test_a_name_that_turns_round_what_follows_does_not() -> None:
    assert _("Remove {text} seats").format(text="\u202e9\u202c1") == "Remove 91 seats"
    assert _("Remove {text} seats").format(text="\u2069\u2067x\u2068") == "Remove x seats", "nobody gets out of it"


def test_names_of_most_scripts_are_as_they_were() -> None:
    for name in ("Contoso", "Müller & Söhne", "株式会社", "Ωmega", "👩\u200d💻"):
        assert _("Close {account}?").format(account=name) == f"Close {name}?"


def test_numbers_are_filled_in_as_ever() -> None:
    assert _("{count:03}").format(count=7) == "007"


def test_a_row_of_texts() -> None:
    assert beside(SHALOM, "", "9 seats") == f"{APART} · 9 seats"
    assert beside("Seats", SHALOM, between=": ") == f"Seats: {APART}"
    assert (noted(SHALOM, "9"), noted("Ada", "")) == (f"{APART} (9)", "Ada")
    assert format_list([SHALOM, "b"]) == f"{APART} and b"


def test_what_is_apart_already_stays_so() -> None:
    told = _("{account} is closed.").format(account=SHALOM)
    assert beside(told, "9") == f"{APART} is closed. · 9"


@pytest.mark.parametrize(
    ("text", "seen"),
    [("a\x00b", "a\ufffdb"), ("\x1b[31m", "\ufffd[31m"), ("a\r\nb\tc", "a\r\nb\tc"), ("a\rb", "a\ufffdb")],
)
def test_what_cannot_be_seen_is(text: str, seen: str) -> None:
    assert (steady(text), apart(text)) == (seen, seen)


@given(st.text(st.sampled_from(f"a9 .{SHALOM}\u0661{_MARKS}\x00")))
def test_no_name_reaches_out_of_its_place(text: str) -> None:
    once = apart(text)
    assert apart(once) == once
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\x00")
    depth = 0
    for letter in once:
        depth += {"\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth >= 0
        assert depth or letter not in SHALOM, "what reads from the right stands between marks"
    assert depth == 0
