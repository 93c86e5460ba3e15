"""Codes of authenticator apps, by the test values of RFC 6238, and recovery codes."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from cpdesk.domain import second_factor

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 10, 12, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "eight"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_values_of_the_standard(seconds: int, eight: str) -> None:
    then = datetime.fromtimestamp(seconds, UTC)
    assert second_factor.code_at(RFC_SECRET, second_factor.step_at(then)) == eight[-6:]


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clocks_may_differ_by_one_step(steps: int, taken: bool) -> None:
    secret = second_factor.new_secret()
    present = second_factor.step_at(NOW)
    code = second_factor.code_at(secret, present + steps)
    assert (second_factor.matching_step(secret, code, NOW) == present + steps) is taken


@pytest.mark.parametrize("form", ["{0}{1}", " {0} {1} ", "{0}-{1}"])
def test_a_code_may_be_typed_in_groups(form: str) -> None:
    secret = second_factor.new_secret()
    code = second_factor.code_at(secret, second_factor.step_at(NOW))
    assert second_factor.matching_step(secret, form.format(code[:3], code[3:]), NOW) is not None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "\udcff", "abcdef", "१२३४५६"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert second_factor.matching_step(second_factor.new_secret(), code, NOW) is None


def test_the_address_is_what_apps_read() -> None:
    secret = second_factor.new_secret()
    read = urlsplit(second_factor.address_of(secret, "ada+x@contoso.example"))
    assert (read.scheme, read.netloc, unquote(read.path)) == ("otpauth", "totp", "/cpdesk:ada+x@contoso.example")
    assert parse_qs(read.query) == {"secret": [secret], "issuer": ["cpdesk"], "digits": ["6"], "period": ["30"]}


def test_two_secrets_differ_and_have_160_bits() -> None:
    one, other = second_factor.new_secret(), second_factor.new_secret()
    assert one != other
    assert len(base64.b32decode(one)) == 20
    assert second_factor.spaced(one).replace(" ", "") == one


def test_recovery_codes_are_ten_different_ones_that_may_be_typed_carelessly() -> None:
    codes = second_factor.new_recovery_codes()
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    code = codes[0]
    assert second_factor.recovery_hash(code) == second_factor.recovery_hash(f" {code.lower().replace('-', ' ')} ")
    assert all(second_factor.looks_like_recovery(one) for one in codes)
    assert not second_factor.looks_like_recovery("123 456")


def test_a_moment_earlier_the_code_was_another() -> None:
    secret = second_factor.new_secret()
    code = second_factor.code_at(secret, second_factor.step_at(NOW))
    assert second_factor.matching_step(secret, code, NOW + timedelta(minutes=5)) is None
