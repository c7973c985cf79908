"""Every report says of a document what is recorded of it, and a hostile address stays text."""

import json as standard
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from db.documents import AboutDocument, Alike, Deletion
from db.resemblance import Likeness
from reports.provenance import Report
from reports.render.html import html
from reports.render.json import json
from reports.render.markdown import markdown

HOSTILE = "https://x.example/<img src=x onerror=alert(3)>[a](javascript:alert(4))"
SEEN = datetime(2024, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def told(figures: list[Any], make_report: Callable[..., Report]) -> Report:
    """A report in which something is recorded of one document."""
    alike = Alike("ab" * 32, HOSTILE, "A fictional wire", None, Likeness(930_000, 990_000))
    about = AboutDocument((Deletion(HOSTILE, 410, SEEN, None),), alike)
    return make_report(figures, documents={figures[0].document: about})


def test_json_has_it_with_the_document(told: Report) -> None:
    documents = standard.loads(json(told))["documents"]
    (gone,) = [document for document in documents if document["deletions"]]
    assert gone["deletions"][0] == {
        "address": HOSTILE, "status": 410, "seen_at": "2024-03-02T10:00:00Z", "seen_again": None,
    }  # fmt: skip
    assert gone["nearly_same_text"]["resemblance"] == 930_000
    assert all(document["copies"] == 0 for document in documents)


@pytest.mark.parametrize("render", [html, markdown])
def test_pages_say_it_in_words_and_nothing_from_outside_becomes_markup(
    told: Report, render: Callable[[Report], str]
) -> None:
    page = render(told)
    assert "<img src=x onerror=alert(3)>" not in page
    assert '<a href="https://x.example/&lt;img' not in page
    if render is markdown:
        assert "](javascript:alert(4))" not in page
        page = page.replace("\\", "")
    assert "answered 410 when visited on 2024-03-02 10:00 UTC" in page
    assert "early the same text as A fictional wire" in page
