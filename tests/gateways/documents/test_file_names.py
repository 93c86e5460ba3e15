"""Names of files that Windows, macOS and Linux take, and that never meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.gateways.documents.file_names import Unique, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Contoso (contoso.example)", "Contoso (contoso.example)"),
        ('A/B\\C:D*E?F"G<H>I|J', "A B C D E F G H I J"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("con.example", "_con.example"),
        ("Contoso Ltd. ", "Contoso Ltd"),
        ("..", "_"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("Müller & Söhne", "Müller & Söhne"),
        ("日本" * 60, "日本" * 20),
    ],
)
def test_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_no_text_makes_a_name_that_a_system_refuses(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert not name.endswith((".", " "))


def test_names_differ_where_capitals_do_not_count() -> None:
    unique = Unique()
    assert [unique.name(name) for name in ("Contoso", "CONTOSO", "Contoso", "Fabrikam")] == [
        "Contoso",
        "CONTOSO 2",
        "Contoso 3",
        "Fabrikam",
    ]
