"""
Setting by Typst: data in, PDF/A-2a and PDF/UA-1 out.

The template is ours and the same for all; what others wrote reaches it as JSON, which Typst does not run.
"""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reports.render.formats import NotShown
from reports.render.pdf.blocks import TITLE, Block, broken, heading, items, paragraph, words
from reports.render.pdf.compiler import Refused, Standard, compiled
from reports.render.pdf.lettering import FAMILIES, lettered

STANDARDS: Sequence[Standard] = ("a-2a", "ua-1")
"""ISO 19005-2: kept by archives; ISO 14289-1: read aloud in its order."""
LACKING = "Letters that this file lacks"


@dataclass(frozen=True, slots=True)
class Document:
    """
    What is to be set.

    Attributes:
        kind: what it is, in a few words over the title.
        about: the description in the file's metadata: the checkpoint in words, by which `verify` finds it.
        at: the instant that the file bears; None: the epoch.
        running: what stands at the foot of every page.
    """

    kind: str
    title: str
    about: str
    blocks: Sequence[Block]
    at: datetime | None
    running: str


def typeset(document: Document) -> bytes:
    """
    The document as PDF: the same one gives the same bytes.

    Characters for which no font here has a letter are replaced, and the document says so.

    Warns:
        NotShown: there are such characters.
    Raises:
        Refused: Typst could not set it.
    """
    parts = {
        "kind": document.kind,
        "title": document.title,
        "head": broken(document.title, TITLE),
        "about": document.about,
        "running": document.running,
        "families": FAMILIES,
        "blocks": _leading_somewhere(document.blocks),
    }
    pdf, missing = _set(parts, document.at or datetime(1970, 1, 1, tzinfo=UTC))
    if missing:
        warnings.warn(NotShown(f"{'; '.join(missing)}: named in the file under “{LACKING}”"), stacklevel=2)
    return pdf


def _set(parts: Mapping[str, Any], at: datetime) -> tuple[bytes, Sequence[str]]:
    """The PDF, and what was replaced in it; set again without what is refused only beside other letters."""
    refused = frozenset[str]()
    while True:
        told, missing = lettered(parts, refused)
        told |= {"date": [at.year, at.month, at.day], "blocks": [*told["blocks"], *_missing(missing)]}
        try:
            return compiled("report.typ", {"data": json.dumps(told, ensure_ascii=False)}, STANDARDS, at), missing
        except Refused as refusal:
            if refusal.characters <= refused:
                raise
            refused |= refusal.characters


def _leading_somewhere(blocks: Sequence[Block]) -> Any:
    """The same without links to what does not stand in the file, such as a figure that filters left out."""
    labels = {block.get("label") for block in blocks} | {label for one in blocks for label in one.get("labels", ())}

    def kept(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: kept(value) for key, value in part.items() if key != "to" or value in labels}
        return list(map(kept, part)) if isinstance(part, (list, tuple)) else part

    return kept(list(blocks))


def _missing(missing: Sequence[str]) -> Sequence[Block]:
    if not missing:
        return ()
    return (
        heading(1, LACKING),
        paragraph(
            "No font of the packages at hand has these characters. Where they stood, this file says how many were "
            "left out; every other format holds them."
        ),
        items(words(one) for one in missing),
    )
