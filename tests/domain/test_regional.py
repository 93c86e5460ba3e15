"""Countries, currencies and time zones get their official spelling, or are refused by name."""

from collections.abc import Callable

import pytest

from cpdesk.base.errors import UserError
from cpdesk.domain.regional import checked_country, checked_currency, checked_time_zone


@pytest.mark.parametrize(
    ("check", "text", "official"),
    [
        (checked_country, " de ", "DE"),
        (checked_currency, "eur", "EUR"),
        (checked_time_zone, "europe/BERLIN", "Europe/Berlin"),
    ],
)
def test_the_official_spelling_is_kept(check: Callable[[str], str], text: str, official: str) -> None:
    assert check(text) == official


@pytest.mark.parametrize(
    ("check", "text", "code"),
    [
        (checked_country, "Atlantis", "unknown_country"),
        (checked_currency, "COWRY", "unknown_currency"),
        (checked_time_zone, "Nowhere", "unknown_time_zone"),
    ],
)
def test_what_does_not_exist_is_refused(check: Callable[[str], str], text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        check(text)
    assert (refused.value.code, refused.value.params) == (code, {"text": text})
