"""
Setting by Typst: data in, PDF/A-2a and PDF/UA-1 out.

The template is ours and the same for all; what others wrote reaches it as JSON, which Typst does not run. It reads no
file but the template, asks nothing of the network, and knows no fonts but those of packages, so that two machines give
the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any

import typst

from reports.render.pdf.blocks import Block, heading, items, paragraph, words
from reports.render.pdf.lettering import FAMILIES, fonts, lettered


@dataclass(frozen=True, slots=True)
class Document:
    """
    What is to be set.

    Attributes:
        about: the description in the file's metadata: the checkpoint in words, by which `verify` finds it.
        at: the instant that the file bears; None: it bears none.
        running: what stands at the foot of every page.
    """

    title: str
    about: str
    blocks: Sequence[Block]
    at: datetime | None
    running: str


def typeset(document: Document) -> bytes:
    """
    The document as PDF: the same one gives the same bytes.

    Characters for which no package here has a letter are replaced, and the document says so.
    """
    told, missing = lettered(
        {
            "title": document.title,
            "about": document.about,
            "running": document.running,
            "families": FAMILIES,
            "blocks": _leading_somewhere(document.blocks),
        }
    )
    at = document.at or datetime(1970, 1, 1, tzinfo=UTC)
    told["date"] = [at.year, at.month, at.day]
    told["blocks"] += _missing(missing) if missing else ()
    return compiled(json.dumps(told, ensure_ascii=False), at)


def _leading_somewhere(blocks: Sequence[Block]) -> Any:
    """The same without links to what does not stand in the file, such as a figure that filters left out."""
    labels = {block.get("label") for block in blocks} | {label for one in blocks for label in one.get("labels", ())}

    def kept(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: kept(value) for key, value in part.items() if key != "to" or value in labels}
        return list(map(kept, part)) if isinstance(part, (list, tuple)) else part

    return kept(list(blocks))


def _missing(missing: Sequence[str]) -> Sequence[Block]:
    return (
        heading(1, "Letters that this file lacks"),
        paragraph(
            "No font of the packages at hand has these characters. Where they stood, this file says how many were "
            "left out; every other format of the report holds them."
        ),
        items(words(one) for one in missing),
    )


def compiled(told: str, at: datetime) -> bytes:
    """What the template makes of JSON."""
    with as_file(files("reports") / "templates" / "report.typ") as template:
        pdf: bytes = typst.compile(
            template,
            root=template.parent,
            format="pdf",
            font_paths=fonts(),
            sys_inputs={"data": told},
            pdf_standards=["a-2a", "ua-1"],  # ISO 19005-2: kept by archives; ISO 14289-1: read aloud in its order
            timestamp=int(at.timestamp()),
        )
    return pdf
