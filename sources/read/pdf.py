"""PDF: the text of its pages, lines joined to paragraphs."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sources.errors import TooLarge, UnreadableInput
from sources.read.language import guess_language
from sources.read.page import Page
from sources.read.plain import published_in

MOST_SECONDS = 90
MOST_CHARACTERS = 10_000_000

_WORKER = Path(__file__).with_name("pdf_worker.py")
_END = b"%%EOF"
_HYPHEN_AT_THE_END = re.compile("[\x02\ufffe\u00ad]\r?\n?")
_CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")
_BULLET = re.compile(r"\s*(?:[•◦▪‣*–-]|\(?\d{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;。؟۔]['\"”’»)\]]?\s*$")
_SHORT_LINE = 0.8


def read_pdf(body: bytes, name: str) -> Page:
    """
    Read the text of a PDF.

    Raises:
        UnreadableInput: truncated, encrypted, damaged or without text (TooLarge: more of it than is read).
    """
    if _END not in body[-2_048:]:
        raise UnreadableInput(f"{name}: the PDF breaks off before its end; get it again")
    found = _taken_out(body, name)
    text = "\n\n".join(paragraph for page in found["pages"] for paragraph in _paragraphs(page))
    if not any(character.isalpha() for character in text):
        raise UnreadableInput(f"{name}: no text in the PDF, only pictures of it; give the text itself")
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"{name}: more than {MOST_CHARACTERS:,} characters in the PDF; give the pages that matter")
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


def _taken_out(body: bytes, name: str) -> dict[str, Any]:
    command = [sys.executable, "-P", str(_WORKER)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=MOST_SECONDS, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as slow:
        raise UnreadableInput(f"{name}: the PDF is not read within {MOST_SECONDS} seconds; give the text") from slow
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
    for line in lines:
        if held and (not line or _BULLET.match(line) or _is_last(held[-1], widest)):
            yield " ".join(held)
            held = []
        if line:
            held.append(line)
    if held:
        yield " ".join(held)


def _is_last(line: str, widest: int) -> bool:
    return len(line) < widest * _SHORT_LINE and _SENTENCE_END.search(line) is not None


def _created(stated: str | None) -> date | None:
    """The day in a PDF date, `D:20231017...` (ISO 32000, 7.9.4)."""
    found = _CREATED.match(stated or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
