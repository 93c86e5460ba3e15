"""Encodings in words."""

import codecs

import pytest

from cpdesk.ui.parts.encodings import encoding_name, encodings


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "Unicode (UTF-8)"),
        ("utf-16-le", "Unicode (UTF-16)"),
        ("cp1252", "Western European (Windows-1252)"),
        ("koi8-r", "koi8-r"),
    ],
)
def test_an_encoding_is_known_by_all_its_names(encoding: str, name: str) -> None:
    assert encoding_name(encoding) == name


def test_every_encoding_that_is_offered_exists() -> None:
    assert all(codecs.lookup(str(choice.value)) for choice in encodings()[1:])
