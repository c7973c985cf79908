"""Finding a mapping, reading its TOML, and refusing what it cannot mean: key, word and remedy in one line."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from db.vocabulary import VOCABULARIES
from sources.addresses import canonical_address
from sources.datasets.mapping import FACETS, Mapping, Meaning, Scalar, Value
from sources.errors import MappingError, RefusedAddress

LARGEST_MAPPING = 1_000_000
"""Bytes that are read of a mapping file."""
_SHIPPED = Path(__file__).parent.parent / "data" / "mappings"
_WORDED = tuple(facet for facet in (*FACETS, "modality", "qualifier") if facet in VOCABULARIES)


def shipped_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with this version."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


def load_mapping(name_or_path: str) -> Mapping:
    """
    A shipped mapping by its name, or one from a TOML file.

    Raises:
        MappingError: no such mapping; not TOML; an unknown key; a word outside its vocabulary. The message names
            the file, the key and the word.
    """
    if name_or_path in shipped_mappings():
        return _shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise MappingError(
            f"{name_or_path}: no such mapping; shipped are {', '.join(shipped_mappings())}; "
            "otherwise give the path of a TOML file (docs/mappings.md)"
        )
    return _read(path, name_or_path)


@lru_cache(maxsize=16)
def _shipped(name: str) -> Mapping:
    return _read(_SHIPPED / f"{name}.toml", name)


def _read(path: Path, where: str) -> Mapping:
    mapping = _shaped(_toml(path, where), where)
    for key, meaning in _meanings(mapping):
        _check_words(meaning, f"{where}: {key}")
        _check_source(meaning, mapping, f"{where}: {key}")
    _check_figures(mapping)
    _check_address(mapping)
    return mapping


def _toml(path: Path, where: str) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_MAPPING + 1)
        if len(content) > LARGEST_MAPPING:
            raise MappingError(f"{where}: larger than {LARGEST_MAPPING:,} bytes; a mapping is a short TOML file")
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MappingError(f"{where}: not a TOML file in UTF-8: {error}") from error
    except OSError as error:
        raise MappingError(f"{where}: cannot be read: {error.strerror}") from error


def _shaped(content: dict[str, Any], where: str) -> Mapping:
    try:
        return Mapping.model_validate({**content, "where": where})
    except ValidationError as error:
        errors = error.errors(include_url=False)
        errors = [one for one in errors if one["type"] != "too_short"] or errors  # a list whose only item is wrong
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise MappingError(f"{where}: {_sentence(errors[0])}{more}; see docs/mappings.md") from error


def _sentence(error: Any) -> str:
    key = _key(error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key"
    if error["type"] == "missing":
        return f"{key}: missing"
    if error["type"] == "value_error":
        return f"{key}: {error['ctx']['error']}"
    return f"{key}: {error['msg']}, found {str(error['input'])[:80]!r}"


def _key(location: tuple[str | int, ...]) -> str:
    key = ""
    for part in location:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return key.lstrip(".") or "the file"


def _meanings(mapping: Mapping) -> Iterator[tuple[str, Meaning]]:
    yield "defaults", mapping.defaults
    for place, rule in enumerate(mapping.figures, 1):
        yield f"figures[{place}] ({'+'.join(rule.columns)})", rule
    for place, case in enumerate(mapping.cases, 1):
        yield f"cases[{place}].set", case.set


def _check_words(meaning: Meaning, key: str) -> None:
    for facet in _WORDED:
        value: Value | None = getattr(meaning, facet)
        for word in _words(value):
            if word not in VOCABULARIES[facet] and word != "":
                raise MappingError(f"{key}.{facet}: {unknown_word(word, VOCABULARIES[facet])}")


def _words(value: Value | None) -> tuple[Scalar, ...]:
    if value is None:
        return ()
    if value.always is not None:
        return (value.always,)
    return tuple((value.map or {}).values())


def unknown_word(word: object, known: tuple[str, ...]) -> str:
    """What to say of a word outside its vocabulary: the word, the nearest known one, all that are known."""
    near = get_close_matches(str(word), known, n=1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    return f"unknown word {str(word)[:80]!r}{meant}; use one of: {', '.join(known)}"


def _check_source(meaning: Meaning, mapping: Mapping, key: str) -> None:
    if meaning.source is not None and meaning.source not in mapping.sources:
        known = ", ".join(mapping.sources) or "none"
        raise MappingError(f"{key}.source: no [sources.{meaning.source}] in this mapping; it has {known}")


def _check_figures(mapping: Mapping) -> None:
    seen: set[str] = set()
    for place, rule in enumerate(mapping.figures, 1):
        key = f"{mapping.where}: figures[{place}] ({'+'.join(rule.columns)})"
        if rule.part_of is not None and rule.part_of not in seen:
            raise MappingError(f"{key}.part_of: no earlier figure has the column {rule.part_of!r}; put the whole first")
        outcomes = [one.outcome for one in (mapping.defaults, rule, *(case.set for case in mapping.cases))]
        if not any(outcomes):
            raise MappingError(f"{key}.outcome: missing; say what the figure counts")
        seen.update(rule.columns)


def _check_address(mapping: Mapping) -> None:
    if mapping.dataset.address is not None:
        try:
            canonical_address(mapping.dataset.address)
        except RefusedAddress as error:
            raise MappingError(f"{mapping.where}: dataset.address: {error}") from error
