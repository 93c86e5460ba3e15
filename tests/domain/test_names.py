import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.base.errors import UserError
from cpdesk.domain.names import (
    LONGEST_TEXT,
    address_key,
    clean_address,
    clean_domain,
    clean_text,
    domain_key,
    is_guest,
    key,
    unseen,
)

UNPRINTABLE = ["\x00", "\x1b", "\x7f", "\u0085", "\ud800", "\udcff"]
INVISIBLE = ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contoso.Example", "contoso.example"),
        ("  ada@contoso.example ", "ADA@CONTOSO.EXAMPLE"),
        ("Straße", "STRASSE"),
        ("Zoë", "Zoe\u0308"),
        ("ΟΔΟΣ", "οδος"),
        ("Ångström", "ångström"),
    ],
)
def test_the_same_name_has_the_same_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_accents_and_letters_make_another_name() -> None:
    assert len({key(name) for name in ("Zoe", "Zoë", "Zoé", "Zöe", "Zo e")}) == 5


@given(st.text())
def test_a_key_is_the_key_of_itself(text: str) -> None:
    assert key(key(text)) == key(text)


@given(st.text(st.characters(codec="ascii", exclude_characters="\x1c\x1d\x1e\x1f")))
def test_case_makes_no_difference(text: str) -> None:
    assert key(text.upper()) == key(text.lower()) == key(text)


@given(st.text(st.characters()))
def test_every_key_can_be_stored(text: str) -> None:
    key(text).encode("utf-8")


@pytest.mark.parametrize("text", ["Contoso", "Zoë", "株式会社", "Ärzte & Söhne", "👩\u200d💻", "O'Brien \u202a"])
def test_names_of_all_scripts_are_kept(text: str) -> None:
    assert clean_text(f"\u00a0 {text}\t ", "name") == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \t\u00a0 ", "text_empty"),
        ("\u200b \u2060\u202e", "text_empty"),
        ("x" * (LONGEST_TEXT + 1), "text_too_long"),
        *((f"a{letter}b", "text_not_printable") for letter in (*UNPRINTABLE, "\u2028", "\u2029")),
    ],
)
def test_a_text_that_is_no_name_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        clean_text(text, "name")
    assert (refused.value.code, refused.value.params["field"]) == (code, "name")


def test_the_longest_text_counts_without_the_blanks_around() -> None:
    assert clean_text(f" {'x' * LONGEST_TEXT} ", "name") == "x" * LONGEST_TEXT


@pytest.mark.parametrize(
    "text", ["contoso.example", "a.b.c.example", "bücher.example", "株式会社.example", "1.de", "Contoso.Example"]
)
def test_a_domain(text: str) -> None:
    assert clean_domain(f" {text} ") == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("bücher.example", "XN--Bcher-KVA.Example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("bücher.example", "bu\u0308cher.example"),
        ("contoso.example", "".join(chr(ord(letter) + 0xFEE0) for letter in "contoso.example")),
        ("contoso.example", "contoso。example"),
        ("contoso.example", "contoso｡example"),
        ("株式会社.example", "xn--6oqv20b1zgzxr.example"),
    ],
)
def test_a_domain_in_two_spellings_is_one(one: str, other: str) -> None:
    assert domain_key(one) == domain_key(other)
    assert key(clean_domain(one)) == key(clean_domain(other))
    assert address_key(f"ada@{one}") == address_key(f"ADA@{other}")
    assert key(clean_address(f"ada@{other}", "bad_upn")) == key(clean_address(f"ada@{one}", "bad_upn"))


@pytest.mark.parametrize("text", ["xn--contoso-.example", "xn--a.example", "xn--99999999.example", "xn--i-7iq.example"])
def test_a_label_in_punycode_that_says_no_word_is_no_other_domain(text: str) -> None:
    """Made up, out of range, or of emoji, which have no other spelling here."""
    assert domain_key(text) == text


@given(st.text(st.characters()))
def test_the_key_of_a_domain_is_the_key_of_itself(text: str) -> None:
    try:
        domain = clean_domain(text)
    except UserError:
        return
    assert clean_domain(domain) == domain
    assert domain_key(domain) == key(domain)


def test_an_e_mail_address_stays_as_who_signs_in_typed_it() -> None:
    typed = "ada@xn--bcher-kva.example"
    assert clean_address(typed, "bad_email") == typed


@pytest.mark.parametrize("text", ["Ada", "Zoë 株式会社", "", "👩\u200d💻", "O'Brien \u202a"])
def test_what_can_be_seen(text: str) -> None:
    assert not unseen(text)


@pytest.mark.parametrize("text", ["two\nlines", "a\tb", *(f"a{letter}" for letter in UNPRINTABLE), "\u2060", "\u202e "])
def test_what_cannot_be_seen(text: str) -> None:
    assert unseen(text)


def test_an_address_has_no_letter_that_cannot_be_seen() -> None:
    assert all(unseen(f"a{letter}da@contoso.example", plain=True) for letter in INVISIBLE)
    assert not unseen("zoë@bücher.example", plain=True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "example", ".example", "contoso.", "contoso..example", "-a.example", "a-.example", "a b.example"),
        *("a_b.example/x", "http://contoso.example", "a@b.example", f"{'x' * 64}.example", f"{'x.' * 126}example"),
        *(f"con{letter}toso.example" for letter in UNPRINTABLE),
    ],
)
def test_what_is_no_domain(text: str) -> None:
    with pytest.raises(UserError) as refused:
        clean_domain(text)
    assert refused.value.code == "bad_domain"


@pytest.mark.parametrize(
    "text",
    [
        "ada@contoso.example",
        "ada.lovelace-1815_x'y@sub.contoso.example",
        "zoë@bücher.example",
        "ada_fabrikam.example#EXT#@contoso.example",
    ],
)
def test_an_address(text: str) -> None:
    assert clean_address(f"  {text} ", "bad_upn") == text


def test_a_mailbox_may_have_a_tag_and_a_user_may_not() -> None:
    tagged = "ada+cpdesk@contoso.example"
    assert clean_address(tagged, "bad_email") == tagged
    with pytest.raises(UserError):
        clean_address(tagged, "bad_upn")


@pytest.mark.parametrize(
    "text",
    [
        *("", "ada", "@contoso.example", "ada@", "ada@example", "a b@contoso.example", "a@b@contoso.example"),
        *("ada,bob@contoso.example", "<ada@contoso.example>", "ada\n@contoso.example", f"{'x' * 120}@a.example"),
        *(f"a{letter}da@contoso.example" for letter in (*UNPRINTABLE, *INVISIBLE)),
        *(f"ada{letter}#EXT#@contoso.example" for letter in (*UNPRINTABLE, *INVISIBLE)),
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UserError) as refused:
        clean_address(text, "bad_upn")
    assert (refused.value.code, refused.value.params["text"]) == ("bad_upn", text)


@given(st.text(st.characters(), max_size=30).map(lambda local: f"{local}@contoso.example"))
def test_an_address_that_passes_can_be_stored_and_compared(text: str) -> None:
    try:
        address = clean_address(text, "bad_email")
    except UserError:
        return
    address.encode("utf-8")
    assert address == address.strip()
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in address)
    assert key(address).count("@") == 1


def test_guests_are_known_by_their_mark() -> None:
    assert is_guest("ada_fabrikam.example#ext#@contoso.example")
    assert not is_guest("ada@contoso.example")
