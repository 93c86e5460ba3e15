"""The words of a PDF that Qt wrote, as a reader would copy them: enough of the format for that, and no more."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/F(\d+) [\d.]+ Tf|Td <([0-9A-F]+)> Tj|(\bET\b)")
_RANGE = re.compile(r"<([0-9A-F]{4})> <[0-9A-F]{4}> \[([^\]]*)\]")


def page_texts(pdf: bytes) -> list[str]:
    """What stands on each page, without blanks: they depend on how lines were broken."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    maps = {number: _letters(objects, body) for number, body in objects.items() if b"/ToUnicode" in body}
    return [_text(_content(objects[_ref(body, b"Contents")]), maps) for body in objects.values() if _is_page(body)]


def _is_page(body: bytes) -> bool:
    return bool(re.search(rb"/Type /Page\b", body))


def _ref(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found
    return int(found[1])


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _letters(objects: dict[int, bytes], font: bytes) -> dict[str, str]:
    """The letter of each glyph of a font."""
    table = _content(objects[_ref(font, b"ToUnicode")]).decode("ascii")
    found: dict[str, str] = {}
    for first, letters in _RANGE.findall(table):
        for place, letter in enumerate(re.findall(r"<([0-9A-F]+)>", letters)):
            found[f"{int(first, 16) + place:04X}"] = bytes.fromhex(letter).decode("utf-16-be")
    return found


def _text(content: bytes, maps: dict[int, dict[str, str]]) -> str:
    words: list[str] = []
    letters: dict[str, str] = {}
    for font, glyphs, end in _FONT.findall(content):
        if font:
            letters = maps[int(font)]
        elif end:
            words.append(" ")
        else:
            codes = (glyphs.decode()[place : place + 4] for place in range(0, len(glyphs), 4))
            words.append("".join(letters.get(code, "\ufffd") for code in codes))
    return "".join("".join(words).split())
