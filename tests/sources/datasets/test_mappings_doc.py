"""docs/mappings.md: its example runs as printed, and no key goes without an entry."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from sources.datasets import mapping as shapes
from sources.datasets import shipped_mappings

DOC = Path(__file__).parents[3] / "docs" / "mappings.md"
Import = Callable[..., Any]


@pytest.fixture(scope="module")
def text() -> str:
    return DOC.read_text(encoding="utf-8")


def fenced(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def line_of(figure: Any) -> str:
    column = figure.evidence.row_key.split(" ", 1)[1]
    count = figure.count
    bounds = "..".join("none" if bound is None else str(bound) for bound in (count.low, count.high))
    issuer = figure.chain.issuer or "nobody"
    return " ".join((column, figure.definition.outcome, bounds, issuer, str(figure.as_of), figure.evidence.locator))


def test_the_example_gives_what_is_printed(text: str, imported: Import) -> None:
    read = imported(fenced(text, "csv"), fenced(text, "toml"))
    printed = [" ".join(line.split()) for line in fenced(text, "text").splitlines()]
    refused = "; ".join(f"{number} {reason}" for reason, number in read.refused.items())
    assert [*map(line_of, read.figures), f"refused: {refused}"] == printed
    assert read.problems == []


def test_the_example_shows_parts_doubts_and_a_published_day(text: str, imported: Import) -> None:
    figures = imported(fenced(text, "csv"), fenced(text, "toml")).figures
    assert [one.part_of for one in figures] == [None, 0, None, None, 3, None, None, None]
    assert [[doubt.partition(":")[0] for doubt in one.doubts] for one in (figures[1], figures[7])] == [
        ["first_day"],
        ["bound_strict"],
    ]
    assert (str(figures[0].published), figures[3].published) == ("2024-01-06", None)
    assert figures[1].chain.compiled_from == ("Aldport Fire Service",)


def test_every_key_of_the_language_has_an_entry(text: str) -> None:
    parts = [one for one in vars(shapes).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    keys = {field.alias or name for part in parts for name, field in part.model_fields.items()} - {"where", "text"}
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", text)) == []


def test_every_shipped_mapping_is_listed(text: str) -> None:
    assert [name for name in shipped_mappings() if f"`{name}`" not in text] == []
