"""Which passwords are too easy to guess."""

import pytest

from cpdesk.domain.passwords import Weakness, weakness

EMAIL = "ada.byron@contoso.example"


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("short", Weakness.SHORT),
        ("123456789", Weakness.SHORT),
        ("password123", Weakness.COMMON),
        ("PassWord123", Weakness.COMMON),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("121212121212", Weakness.COMMON),
        ("ada.byron2026!", Weakness.KNOWN),
        ("ADA.BYRON@contoso.example", Weakness.KNOWN),
        ("cpdesk2026!!", Weakness.KNOWN),
        ("correct horse", None),
        ("all lower and long enough", None),
        ("ada.byron likes rowing", None),
        ("ünïcödé-ßtraße", None),
    ],
)
def test_what_is_wrong_with_a_password(password: str, found: Weakness | None) -> None:
    assert weakness(password, EMAIL) is found


def test_without_an_address_the_rest_is_looked_at() -> None:
    assert weakness("correct horse") is None
    assert weakness("qwertyuiop") is Weakness.COMMON
