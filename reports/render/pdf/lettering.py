"""
The fonts that packages bring, and what becomes of characters that none of them has.

PDF/A allows no character without a letter. Which ones lack it is found by setting them, since fonts that are part of
Typst cannot be asked.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

FAMILIES = ("Libertinus Serif", "Noto Sans Arabic", "DejaVu Sans Mono", "New Computer Modern Math")
"""Latin, Greek, Cyrillic, Hebrew; Arabic; signs; more signs. All but the second are part of Typst."""
_PACKAGES = ("fontpkg_noto_sans_arabic",)
_SURE = re.compile("[\t\n\r -~]+")
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and those that turn the direction of what stands around them."""
_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW"}
"""Those whose letters are looked at one by one; of another script all are there or none."""


@cache
def fonts() -> typst.Fonts:
    """The fonts of packages, and of Typst itself."""
    found = (find_spec(name) for name in _PACKAGES)
    places = (spec.submodule_search_locations for spec in found if spec and spec.submodule_search_locations)
    folders = [Path(place) / "files" for folder in places for place in folder]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def lettered(told: Any) -> tuple[Any, list[str]]:
    """
    Texts, in lists and under keys, in which every character has a letter; and what was replaced in them, in words.

    >>> lettered({"text": "12 killed"})
    ({'text': '12 killed'}, [])
    """
    told = _mapped(told, lambda text: _NO_LETTER.sub("\ufffd", text))
    content = json.dumps(told, ensure_ascii=False)
    lacking = _lacking(frozenset(_SURE.sub("", content)))
    if not lacking:
        return told, []
    runs = re.compile(f"[{re.escape(''.join(sorted(lacking)))}]+")
    replaced = _mapped(told, lambda text: runs.sub(lambda run: f"[{_told(run[0])}]", text))
    return replaced, [_told(one) for one in _by_kind(runs.findall(content))]


def _mapped(told: Any, change: Callable[[str], str]) -> Any:
    if isinstance(told, str):
        return change(told)
    if isinstance(told, Mapping):
        return {key: _mapped(value, change) for key, value in told.items()}
    if isinstance(told, Sequence):
        return [_mapped(value, change) for value in told]
    return told


def _told(characters: str) -> str:
    kinds = ", ".join(sorted({_kind(one).capitalize() for one in characters}))
    return f"{len(characters)} {'character' if len(characters) == 1 else 'characters'} without a font: {kinds}"


def _by_kind(runs: Iterable[str]) -> Iterator[str]:
    """All characters of a kind together."""
    characters = sorted("".join(runs), key=_kind)
    return ("".join(group) for _, group in groupby(characters, key=_kind))


def _kind(character: str) -> str:
    """The first word of a character's name in Unicode, which for a letter is its script."""
    return unicodedata.name(character, "UNNAMED").split()[0]


@cache
def _lacking(characters: frozenset[str]) -> frozenset[str]:
    lacking: set[str] = set()
    for kind, group in groupby(sorted(characters, key=lambda one: (_kind(one), one)), key=_kind):
        members = list(group)
        lacking.update(_unsettable(members) if kind in _ALPHABETS else members if not _is_settable(members) else ())
    return frozenset(lacking)


def _unsettable(characters: Sequence[str]) -> Sequence[str]:
    """Those that cannot be set, found by halving."""
    if _is_settable(characters):
        return ()
    if len(characters) == 1:
        return characters
    half = len(characters) // 2
    return (*_unsettable(characters[:half]), *_unsettable(characters[half:]))


def _is_settable(characters: Sequence[str]) -> bool:
    """Whether the fonts at hand have all of these, each alone."""
    source = "#set text(font: json(bytes(sys.inputs.families)), fallback: false)\n#sys.inputs.text"
    try:
        typst.compile(
            source.encode(),
            format="pdf",
            font_paths=fonts(),
            sys_inputs={"text": " ".join(characters), "families": json.dumps(FAMILIES)},
            pdf_standards=["a-2b"],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
