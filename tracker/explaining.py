"""What `extract --explain` adds: the words behind each field, and why the other numbers of a text are no figures."""

from collections.abc import Iterator
from typing import Any

from sources.extract import Explained

_WIDTH = 14


def add_grounds(answer: dict[str, Any], text: str, explained: Explained) -> None:
    """Give each figure of an answer its grounds as `because`, and the answer the numbers `rejected`."""
    for figure, grounds in zip(answer["figures"], explained.grounds, strict=True):
        figure["because"] = [
            {"field": one.field, "words": text[one.start : one.end], "start": one.start, "end": one.end}
            for one in grounds
        ]
    answer["rejected"] = [
        {"text": one.words, "start": one.start, "end": one.end, "why": one.why} for one in explained.rejected
    ]


def told(text: str, explained: Explained) -> Iterator[str]:
    """The same as lines to read."""
    for place, (figure, grounds) in enumerate(zip(explained.figures, explained.grounds, strict=True)):
        yield ""
        yield f"{place}: “{_on_one_line(figure.evidence.quote)}”"
        words: dict[str, list[str]] = {}
        for one in grounds:
            words.setdefault(one.field, []).append(f"“{_on_one_line(text[one.start : one.end])}”")
        for field, quotes in words.items():
            yield f"   {field:<{_WIDTH}}from {', '.join(dict.fromkeys(quotes))}"
    if explained.rejected:
        yield ""
        yield "Numbers that are no figures:"
        for rejected in explained.rejected:
            yield f"   “{_on_one_line(rejected.words)}” at {rejected.start}: {rejected.why}"


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
