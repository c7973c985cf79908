"""PDF: the text of its pages, lines joined to paragraphs."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sources.errors import UnreadableInput
from sources.read.language import guess_language
from sources.read.page import Page
from sources.read.plain import published_in

MOST_SECONDS = 90

WORKER = Path(__file__).with_name("pdf_worker.py")
_END = b"%%EOF"
_HYPHEN_AT_THE_END = re.compile("[\x02\ufffe\u00ad]\r?\n?")
_CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
_BULLET = re.compile(r"\s*(?:[•◦▪‣*–-]|\(?\d{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;。؟۔]['\"”’»)\]]?\s*$")
_SHORT_LINE = 0.8
_VERY_SHORT_LINE = 0.5


def read_pdf(body: bytes, name: str, *, worker: Path = WORKER, seconds: float = MOST_SECONDS) -> Page:
    """
    Read the text of a PDF.

    Args:
        body: the bytes as retrieved.
        name: what messages call it.
        worker: the script that takes the text out, in a process of its own.
        seconds: how long that may take.

    Raises:
        UnreadableInput: truncated, encrypted, damaged, without text, or more of it than is read.
    """
    if _END not in body[-2_048:]:
        raise UnreadableInput(f"{name}: the PDF breaks off before its end; get it again")
    found = _taken_out(body, name, worker, seconds)
    text = "\n\n".join(paragraph for page in found["pages"] for paragraph in _paragraphs(page))
    if not any(character.isalpha() for character in text):
        raise UnreadableInput(f"{name}: no text in the PDF, only pictures of it; give the text itself")
    published, doubts = published_in(text)
    if published is None and (published := _created(found["created"])) is not None:
        doubts = ("published_inferred: the day is that of the PDF's making",)
    return Page(
        text=text,
        title=" ".join((found["title"] or "").split())[:500] or None,
        published=published,
        language=guess_language(text),
        doubts=doubts,
    )


def _taken_out(body: bytes, name: str, worker: Path, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-P", str(worker)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as slow:
        raise UnreadableInput(f"{name}: the PDF is not read within {seconds:g} seconds; give the text") from slow
    except subprocess.CalledProcessError as failure:
        raise UnreadableInput(f"{name}: the PDF cannot be read; it is damaged or made to do harm") from failure
    found: dict[str, Any] = json.loads(done.stdout)
    if "wrong" in found:
        raise UnreadableInput(f"{name}: the PDF cannot be read ({found['wrong']}); give the text itself")
    return found


def _paragraphs(page: str) -> Iterator[str]:
    """Join the lines of a page as it is set: a short line that ends a sentence ends its paragraph."""
    lines = [" ".join(line.split()) for line in _HYPHEN_AT_THE_END.sub("", page).splitlines()]
    widest = max(map(len, lines), default=0)
    held: list[str] = []
    for line in [*lines, ""]:
        if held and (not line or _begins_anew(held[-1], line, widest)):
            yield " ".join(held)
            held = []
        held += [line] if line else []


def _begins_anew(before: str, line: str, widest: int) -> bool:
    """Whether a line begins a paragraph: after a short line that ends a sentence, or a very short one (a heading)."""
    if _BULLET.match(line):
        return True
    if _SENTENCE_END.search(before):
        return len(before) < widest * _SHORT_LINE
    return len(before) < widest * _VERY_SHORT_LINE and not line[0].islower()


def _created(stated: str | None) -> date | None:
    """The day in a PDF date, `D:20231017...` (ISO 32000, 7.9.4)."""
    found = _CREATED.match(stated or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
