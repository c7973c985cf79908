"""A citation as CSL-JSON (Citation Style Language 1.0.2, csl-data.json), which reference managers import."""

from datetime import date

import orjson

from reports.citations import UNTITLED, Citation
from reports.figure_json import Json

_TYPES = {
    "newspaper": "article-newspaper",
    "wire": "article-newspaper",
    "magazine": "article-magazine",
    "broadcaster": "broadcast",
    "dataset": "dataset",
}


def csl(citation: Citation) -> str:
    """A list of one item, as text."""
    return orjson.dumps([csl_item(citation)], option=orjson.OPT_INDENT_2).decode()


def csl_item(citation: Citation) -> Json:
    """One item; what is not recorded is left out, as the schema wants it."""
    publisher = citation.publisher
    copy = citation.capture
    item: Json = {
        "id": f"casualty-figure-{citation.figure[:12]}",
        "type": _TYPES.get(citation.kind or "", "webpage" if citation.address else "document"),
        "title": citation.title or UNTITLED,
        "author": [{"literal": publisher}] if publisher and not citation.is_news else None,
        "container-title": publisher if citation.is_news else None,
        "publisher": publisher,
        "issued": _day(citation.published),
        "accessed": _day(citation.accessed) if citation.address else None,
        "URL": citation.address,
        "archive": "web.archive.org" if copy else None,
        "archive_location": copy.address if copy else None,
        "language": citation.language,
        "note": f"“{citation.quote}”. {citation.chain}. Figure {citation.figure}, snapshot sha256:{citation.snapshot}",
    }
    return {name: value for name, value in item.items() if value is not None}


def _day(day: date | None) -> Json | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
