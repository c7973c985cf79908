"""
Letters for every script, and what becomes of characters that no font here has.

PDF/A allows no character without a letter. Which ones lack it is found by setting them, since fonts that are part of
Typst cannot be asked: each character with its marks, as shaping takes them together, and each alone.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any

import regex  # type: ignore[import-untyped]  # it ships no types

from reports.render.pdf.compiler import Refused, compiled

_SCRIPTS = (
    "Arabic Hebrew Armenian Georgian Ethiopic Myanmar Devanagari Bengali Gujarati Gurmukhi Oriya Sinhala Tamil Telugu "
    "Kannada Malayalam Thai Lao Khmer"
)
FAMILIES = (
    "Libertinus Serif",  # Latin, Greek, Cyrillic, Hebrew
    *(f"Noto Sans {script}" for script in _SCRIPTS.split()),
    "Noto Sans CJK SC",  # its letters follow the language: those of Japan for Japanese
    "Noto Sans",
    "DejaVu Sans Mono",
    "Noto Sans Symbols",
    "New Computer Modern Math",
    "Noto Emoji",
)
"""The first of these that has a character sets it. Libertinus, DejaVu and New Computer Modern are part of Typst."""
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and those that turn the direction of what stands around them."""
_JOINER = "\u2060"
"""What U+FEFF within a text means, which PDF/UA forbids (the Unicode Standard, 23.8)."""
_BEYOND_ASCII = re.compile("[\x20-\x7e]?[^\x00-\x7e]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def lettered(told: Any, lacking_too: frozenset[str] = frozenset()) -> tuple[Any, list[str]]:
    """
    Texts, in lists and under keys, in which every character has a letter; and what was replaced in them, in words.

    `lacking_too` are characters that were refused where they stood, though each can be set alone.

    >>> lettered({"text": "12 killed"})
    ({'text': '12 killed'}, [])
    """
    told = _mapped(told, lambda text: _NO_LETTER.sub("\ufffd", text.replace("\ufeff", _JOINER)))
    content = "\n".join(_texts(told))  # a line's end takes no mark, so that none moves to the text before it
    runs = frozenset(_BEYOND_ASCII.findall(content))
    found = frozenset(one for run in runs for one in regex.findall(r"\X", run) if not one.isascii())
    lacking = _lacking(found) | lacking_too
    if not lacking:
        return told, []
    choice = "|".join(map(re.escape, sorted(lacking, key=lambda one: (-len(one), one))))
    gaps = re.compile(f"(?:{choice})+")
    replaced = _mapped(told, lambda text: gaps.sub(lambda gap: f"[{_told(gap[0])}]", text))
    return replaced, [_told(one) for one in _by_kind(gaps.findall(content))]


def _mapped(told: Any, change: Callable[[str], str]) -> Any:
    if isinstance(told, str):
        return change(told)
    if isinstance(told, Mapping):
        return {key: _mapped(value, change) for key, value in told.items()}
    if isinstance(told, Sequence):
        return [_mapped(value, change) for value in told]
    return told


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, (Mapping, Sequence)):
        for one in told.values() if isinstance(told, Mapping) else told:
            yield from _texts(one)


def _told(characters: str) -> str:
    kinds = ", ".join(sorted({_kind(one) for one in characters}))
    return f"{len(characters)} {'character' if len(characters) == 1 else 'characters'} without a font: {kinds}"


def _by_kind(gaps: Iterable[str]) -> Iterator[str]:
    """All characters of a kind together."""
    characters = sorted("".join(gaps), key=_kind)
    return ("".join(group) for _, group in groupby(characters, key=_kind))


def _kind(character: str) -> str:
    """
    The script of a letter or mark, which is the first word of its name in Unicode.

    >>> _kind("ж"), _kind("據"), _kind("☢"), _kind(chr(0xE000))
    ('Cyrillic', 'CJK', 'signs', 'no known script')
    """
    kind = unicodedata.category(character)[0]
    script = unicodedata.name(character, "").partition(" ")[0]
    if kind == "C" or not script:  # Python knows no name of some letters, such as those of Tangut
        return "no known script"
    if kind not in "LM":
        return "signs"
    return script if script == "CJK" else script.capitalize()


@cache
def _lacking(characters: frozenset[str]) -> frozenset[str]:
    """Those that no font here has; asked again of the rest, until all of it can be set."""
    rest = characters
    while refused := _refused(rest.union(*rest)):  # a letter that is lacking is not always missed under its marks
        named = frozenset(one for one in rest if not refused.isdisjoint(one))
        rest -= named or rest  # a refusal that names none of them: none is sure
    return characters - rest


def _refused(characters: frozenset[str]) -> frozenset[str]:
    """What Typst names when it refuses to set these; nothing where it sets them."""
    try:
        compiled(
            "letters.typ", {"families": json.dumps(FAMILIES), "texts": json.dumps(sorted(characters))}, ["a-2a"], _EPOCH
        )
    except Refused as refusal:
        return refusal.characters or characters
    return frozenset()
