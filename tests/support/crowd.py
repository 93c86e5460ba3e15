"""The export of a large tenant, with something in nearly every column."""

from collections.abc import Iterator

from tests.support.exports import COLUMNS, E3_NAME, PREMIUM_NAME

DOMAIN = "crowded.example"
_GIVEN = ("Ada", "Björn", "Chidi", "Dana", "Émile", "Fatima", "Goran", "Hana", "Ines", "Jun")
_FAMILY = ("Álvarez", "Berg", "Costa", "Dvořák", "Evans", "Fischer", "Goto", "Haddad", "Ivanova", "Jansen")
_TEAMS = ("Sales", "Service", "Verkauf", "Research & Development", "Logistics, North")
_STAMP = "2022-03-18 19:49:35Z"


def crowd(count: int, changed_every: int = 0) -> Iterator[dict[str, str]]:
    """So many rows of users with two licenses each; every so many of them with another title and one license less."""
    for number in range(count):
        changed = changed_every > 0 and number % changed_every == 0
        given, family = _GIVEN[number % 10], _FAMILY[number // 10 % 10]
        yield dict(zip(COLUMNS, _row(number, given, family, changed=changed), strict=True))


def _row(number: int, given: str, family: str, *, changed: bool) -> tuple[str, ...]:
    upn = f"user{number:06}@{DOMAIN}"
    return (
        f"{given} {family} {number}",
        "True",
        upn,
        f"{number:08x}-1111-4222-8333-444455556666",
        given,
        family,
        _STAMP,
        "",
        "Head" if changed else "Specialist",
        _TEAMS[number % len(_TEAMS)],
        "",
        "Hamburg",
        "Germany",
        f"Building {number % 30}",
        "HH",
        "DE",
        _STAMP,
        str(number % 50 == 0),
        PREMIUM_NAME if changed else f"{PREMIUM_NAME}+{E3_NAME}",
        "False",
        _STAMP,
        f"+49 40 {number:07}",
        f"+49 40 {number:07}",
        "20095",
        "de-DE",
        f"Lange Straße {number % 200}",
        "",
        f"SMTP:{upn}",
    )
