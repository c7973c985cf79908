"""
Reviewed passages: what each text must give, whole.

The passages are invented and name outlets that do not exist. `golden/passages.json` holds each with its figures
as a person reviewed them; facets that a figure does not state are left out there, and so are doubts' words.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.records import Figure
from sources.extract import extract

PASSAGES = json.loads((Path(__file__).parent / "golden" / "passages.json").read_text(encoding="utf-8"))
PUBLISHER = "The Fictional Gazette"


def told(figure: Figure) -> dict[str, Any]:
    """A figure as the reviewed file writes it: only what is stated."""
    count = figure.count or figure.share
    assert count is not None
    definition = {name: value for name, value in dict(figure.definition).items() if (name, value) != ("unit", "person")}
    scopes = {name: [note.code for note in definition.pop(name)] for name in ("includes", "excludes")}
    facts = {
        **{name: getattr(count, name) for name in ("low", "best", "high", "qualifier", "text")},
        **definition,
        **scopes,
        "quote": figure.evidence.quote,
        "share_of": figure.share.of if figure.share else None,
        "attribution": list(figure.chain.attribution),
        "issuer": figure.chain.issuer,
        "issuer_words": figure.chain.issuer_words,
        "modality": figure.modality if figure.modality != "reported" else None,
        "as_of": figure.as_of if figure.as_of_basis != "publication" else None,
        "as_of_basis": figure.as_of_basis,
        "as_of_time": figure.as_of_time,
        "part_of": figure.part_of,
        "earlier_value_of": figure.earlier_value_of,
        "doubts": [doubt.partition(":")[0] for doubt in figure.doubts],
    }
    written = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    return {name: value for name, value in written.items() if value is not None and value != []}


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"][:60] for passage in PASSAGES])
def test_a_reviewed_passage_gives_its_figures(passage: dict[str, Any]) -> None:
    read = extract(passage["text"], published=date.fromisoformat(passage["published"]), publisher=PUBLISHER)
    assert [told(figure) for figure in read] == passage["figures"]


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"][:60] for passage in PASSAGES])
def test_every_quote_stands_where_it_says(passage: dict[str, Any]) -> None:
    text = "An opening line.\n\n" + passage["text"] + "\n\nA closing line."
    for figure in extract(text, published=date.fromisoformat(passage["published"])):
        evidence, count = figure.evidence, figure.count or figure.share
        assert count is not None
        assert None not in (evidence.start, evidence.end)
        assert text[evidence.start : evidence.end] == evidence.quote
        assert text[: evidence.start or 0].endswith(evidence.prefix)
        assert text[evidence.end :].startswith(evidence.suffix)
        assert count.text in evidence.quote
