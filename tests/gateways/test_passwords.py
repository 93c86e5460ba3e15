"""Password hashes: argon2id as RFC 9106 recommends it, and older ones known for what they are."""

import pytest
from argon2 import Parameters, PasswordHasher, Type, extract_parameters

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


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    passwords, composed, decomposed = Argon2Passwords(), "Schl\u00fcssel", "Schlu\u0308ssel"
    assert passwords.verify(passwords.hash(composed), decomposed)
    assert passwords.verify(passwords.hash(decomposed), composed)
    assert not passwords.verify(passwords.hash(composed), "Schlussel")


def test_a_hash_from_before_letters_were_composed_goes_on_to_count() -> None:
    decomposed = "Schlu\u0308ssel"
    assert Argon2Passwords().verify(HASHER(Argon2Passwords()).hash(decomposed), decomposed)


@pytest.mark.parametrize(("password", "hashes"), [("correct horse", 1), ("Schlu\u0308ssel", 2)])
def test_a_name_that_nobody_has_takes_as_long_as_one_of_somebody(
    monkeypatch: pytest.MonkeyPatch, password: str, hashes: int
) -> None:
    passwords, compared = Argon2Passwords(), list[Parameters]()
    known = passwords.hash("another one")
    matches = Argon2Passwords._matches

    def counted(self: Argon2Passwords, hashed: str, secret: bytes) -> bool:
        compared.append(extract_parameters(hashed))
        return matches(self, hashed, secret)

    monkeypatch.setattr(Argon2Passwords, "_matches", counted)
    passwords.verify(known, password)
    passwords.spend(password)
    assert len(compared) == 2 * hashes
    assert len(set(map(repr, compared))) == 1
