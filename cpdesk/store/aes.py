"""Reading what AES-256 has encrypted in CBC mode, for salvaging alone: SQLCipher reads no page of a damaged file.

Nothing is encrypted here, and nothing in the program's daily work comes past here: it is slow, about 10 ms for a page.
Whether the key is right and nothing was altered, is proven before, by the page's HMAC.
"""

import struct
from functools import cache

_ROUNDS = 14
_BLOCK = 16
Words = tuple[int, ...]


def decrypted(key: bytes, vector: bytes, data: bytes) -> bytes:
    """The plain text of whole blocks; `key` has 32 bytes, the initialisation vector 16."""
    schedule = _schedule(key)
    words = struct.unpack(f">{len(data) // 4}I", data)
    before = struct.unpack(">4I", vector)
    plain: list[int] = []
    for at in range(0, len(words), 4):
        block = words[at : at + 4]
        plain += [one ^ other for one, other in zip(_block(schedule, block), before, strict=True)]
        before = block
    return struct.pack(f">{len(plain)}I", *plain)


def _block(schedule: Words, block: Words) -> Words:
    one, two, three, four = _tables()
    inverse = _boxes()[1]
    a, b, c, d = (word ^ key for word, key in zip(block, schedule, strict=False))
    at = 4
    for _round in range(_ROUNDS - 1):
        a, b, c, d = (
            one[a >> 24] ^ two[d >> 16 & 255] ^ three[c >> 8 & 255] ^ four[b & 255] ^ schedule[at],
            one[b >> 24] ^ two[a >> 16 & 255] ^ three[d >> 8 & 255] ^ four[c & 255] ^ schedule[at + 1],
            one[c >> 24] ^ two[b >> 16 & 255] ^ three[a >> 8 & 255] ^ four[d & 255] ^ schedule[at + 2],
            one[d >> 24] ^ two[c >> 16 & 255] ^ three[b >> 8 & 255] ^ four[a & 255] ^ schedule[at + 3],
        )
        at += 4
    return tuple(
        (inverse[p >> 24] << 24 | inverse[q >> 16 & 255] << 16 | inverse[r >> 8 & 255] << 8 | inverse[s & 255])
        ^ schedule[at + place]
        for place, (p, q, r, s) in enumerate(((a, d, c, b), (b, a, d, c), (c, b, a, d), (d, c, b, a)))
    )


def _times(one: int, other: int) -> int:
    """Multiplication in the field that AES calculates in."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return product


@cache
def _boxes() -> tuple[Words, Words]:
    """What each byte is substituted by, and the way back."""
    box, inverse = [0] * 256, [0] * 256
    for value in range(256):
        turned = next((other for other in range(256) if _times(value, other) == 1), 0)
        out = 0x63
        for turn in range(5):
            out ^= (turned << turn | turned >> (8 - turn)) & 255
        box[value], inverse[out] = out, value
    return tuple(box), tuple(inverse)


@cache
def _tables() -> tuple[Words, Words, Words, Words]:
    """Substitution and mixing of columns in one step, by the place of the byte in its column."""
    first = []
    for value in _boxes()[1]:
        e, nine, d, b = (_times(value, factor) for factor in (14, 9, 13, 11))
        first.append(e << 24 | nine << 16 | d << 8 | b)
    turned = [tuple(word >> 8 * turn | (word << 32 - 8 * turn & 0xFFFFFFFF) for word in first) for turn in range(4)]
    return turned[0], turned[1], turned[2], turned[3]


@cache
def _schedule(key: bytes) -> Words:
    """The keys of the rounds, the last one first, those in between mixed as `_block` needs them."""
    box = _boxes()[0]
    words = list(struct.unpack(">8I", key))
    factor = 1
    for at in range(8, 4 * (_ROUNDS + 1)):
        word = words[-1]
        if at % 8 == 0:
            word = (word << 8 | word >> 24) & 0xFFFFFFFF
            word = _substituted(box, word) ^ factor << 24
            factor = _times(factor, 2)
        elif at % 8 == 4:
            word = _substituted(box, word)
        words.append(words[-8] ^ word)
    made: list[int] = []
    for turn in range(_ROUNDS, -1, -1):
        part = words[4 * turn : 4 * turn + 4]
        made += part if turn in (0, _ROUNDS) else [_mixed(box, word) for word in part]
    return tuple(made)


def _substituted(box: Words, word: int) -> int:
    return box[word >> 24] << 24 | box[word >> 16 & 255] << 16 | box[word >> 8 & 255] << 8 | box[word & 255]


def _mixed(box: Words, word: int) -> int:
    mixed = 0
    for table, shift in zip(_tables(), (24, 16, 8, 0), strict=True):
        mixed ^= table[box[word >> shift & 255]]
    return mixed
