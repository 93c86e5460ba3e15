"""Password hashes: argon2id as RFC 9106 recommends it, and older ones known for what they are."""

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from cpdesk.gateways.passwords import Argon2Passwords

HASHER = Argon2Passwords._hasher
"""As it is before other tests make it quick."""


@pytest.fixture(autouse=True)
def _as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Argon2Passwords, "_hasher", HASHER)


def test_a_hash_has_the_second_recommendation_of_the_standard_or_better() -> None:
    made = extract_parameters(Argon2Passwords().hash("correct horse"))
    assert made.type is Type.ID
    assert made.time_cost >= 3
    assert made.memory_cost >= 64 * 1024
    assert (made.salt_len, made.hash_len) >= (16, 32)


@pytest.mark.parametrize(
    "older",
    [
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.I),
    ],
)
def test_an_older_hash_still_counts_and_is_known_for_old(older: PasswordHasher) -> None:
    passwords = Argon2Passwords()
    hashed = older.hash("correct horse")
    assert passwords.verify(hashed, "correct horse")
    assert not passwords.verify(hashed, "another one")
    assert passwords.outdated(hashed)


def test_what_is_no_hash_lets_nobody_in() -> None:
    passwords = Argon2Passwords()
    for text in ("", "plain", "$argon2id$broken"):
        assert not passwords.verify(text, text)
        assert not passwords.outdated(text)
