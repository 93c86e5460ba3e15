"""Which passwords are too easy to guess: length, the commonest ones, and what anybody knows (NIST SP 800-63B).

Nothing is asked about what kinds of letters a password has: such rules make people choose worse ones.
"""

from enum import StrEnum

SHORTEST_PASSWORD = 10
"""Characters. The window takes no shorter one; the command line takes what scripts give, and warns."""

_LIST = """
0123456789 0987654321 1029384756 1111111111 1122334455 1212121212 123123123123 1231231234 1234512345 12345678910
123456789012 1234567890 123456789a 123456789q 12345678910 1234554321 1234567891 12345qwert 1234abcd1234 123qwe123qwe
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 9876543210 aa12345678 abc1234567 abcd123456 abcd1234567
abcdefghij abcdefghijk adgjmptw00 adminadmin admin12345 admin123456 administrator asdfasdfasdf asdfghjkl123
asdfghjklp azertyuiop baseball123 basketball changeme12 changeme123 changeme1234 charlie123 chocolate1 christopher
computer123 correcthorse correcthorsebatterystaple elizabeth1 football123 football1234 geheim1234 hallohallo
hallo12345 iloveyou12 iloveyou123 iloveyou1234 ilovejesus internet12 jacqueline jordan1234 letmein123 letmein1234
liverpool1 liverpoolfc manchester master1234 michelle12 microsoft1 microsoft123 microsoft365 monkey1234 motdepasse
mynoob1234 office1234 office3650 p@ssw0rd12 p@ssw0rd123 p@ssword123 pa55word12 passw0rd12 passw0rd123
password01 password10 password11 password12 password123 password1234 password12345 password123456 password2024
password2025 password2026 passwordpassword passwort1! passwort12 passwort123 passwort1234 passwortpasswort
princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qqww112233 qwer123456 qwerasdfzxcv qwerty1234
qwerty12345 qwerty123456 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123 qwertzuiop qwertzuiop1 samsung123
schalke04! secret1234 skateboard snowboard1 sommer2024 sommer2025 sommer2026 spiderman1 starwars12 starwars123
summer2024 summer2025 summer2026 sunshine12 sunshine123 superman12 superman123 test123456 testtest12 testtest123
tinkerbell trustno1234 universidad unknown123 volleyball welcome123 welcome1234 welcome12345 willkommen
willkommen1 winter2024 winter2025 winter2026 zaq12wsxcde3 zxcvbnm123 zxcvbnm1234 zxcvbnmasdfghjkl
"""
_COMMON = frozenset(_LIST.split())
"""The commonest of those that are long enough, by published lists of stolen passwords, and their German like."""
_FEWEST_LETTERS = 4
"""Different characters: "aaaaaaaaaa" and "1212121212" are tried first."""


class Weakness(StrEnum):
    """Why a password is too easy to guess."""

    SHORT = "short"
    COMMON = "common"
    """On the list, or hardly more than one letter."""
    KNOWN = "known"
    """The operator's own address, or the program's name."""


def weakness(password: str, email: str = "") -> Weakness | None:
    """What is wrong with a password for the operator with this address; None if nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return Weakness.SHORT
    plain = password.casefold()
    if plain in _COMMON or len(set(plain)) < _FEWEST_LETTERS:
        return Weakness.COMMON
    return Weakness.KNOWN if _is_known(plain, email.strip().casefold()) else None


def _is_known(plain: str, email: str) -> bool:
    """Whether nothing is left but figures and marks without the words that everybody knows."""
    rest = plain
    for word in (email, *email.split("@"), "cpdesk"):
        rest = rest.replace(word, "") if len(word) > 2 else rest
    return rest != plain and not any(letter.isalpha() for letter in rest)
