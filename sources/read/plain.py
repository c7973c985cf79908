"""Plain text: kept exactly as it was given, its day of publication found in its first lines."""

import re
from datetime import date

from sources.dates import DateSpan, find_dates
from sources.read.encodings import decode
from sources.read.language import guess_language
from sources.read.page import Page

LABELS = ("date", "dated", "published", "publication date", "first published", "posted", "issued", "released")
LATER_LABELS = ("updated", "last updated", "modified", "last modified")
"""What stands before a date in the first lines of a text; the second kind is a later day than publication."""

_LOOKED_AT = 1_500
_LINES = 8
_BYLINE = r"(?:by [^|:]{2,60}[|,–-] ?)?"
_LABEL = "|".join(sorted((*LABELS, *LATER_LABELS), key=len, reverse=True))
_BEFORE = re.compile(
    rf"[*#>|_-]* ?{_BYLINE}(?:(?P<label>{_LABEL})\b)? ?(?:on|at)? ?:? ?(?:[a-z]{{3,9}}day,?)? ?[*_]* ?", re.IGNORECASE
)
_AFTER = re.compile(r"[,|*_.) -]*(?:at )?(?:\d\d?[:.]\d\d)? ?(?:[ap]\.?m\.?)? ?(?:GMT|UTC|[A-Z]{2,4}T)?[|*_. -]*")
_PLACE_BEFORE = re.compile(r"[A-Z][A-Z .'/-]{2,40},? ?\(?")
_DASH_AFTER = re.compile(r"\)? ?(?:\([^()]{2,30}\) ?)?[—–-]")
_LONGEST_BEFORE = 120
"""Lines are matched with single spaces and up to this length, so that no pattern runs long."""


def read_plain(body: bytes, charset: str | None, name: str) -> Page:
    """
    Read plain text.

    Raises:
        UnreadableInput: binary, or in no encoding that can be told.
    """
    decoded = decode(body, charset, name)
    published, doubts = published_in(decoded.text)
    return Page(
        text=decoded.text,
        published=published,
        language=guess_language(decoded.text),
        doubts=decoded.doubts + doubts,
    )


def published_in(text: str) -> tuple[date | None, tuple[str, ...]]:
    """
    The day that the first lines give as that of publication, with what is doubtful about it.

    A date counts that stands alone on its line, after a label ("Published: ...") or in a dateline ("PORT VELDT,
    Oct. 17, 2023 -"); a date in a sentence does not, and no year is filled in.

    >>> published_in("date 2023-10-17 PORT VELDT – Officials met on 3 October 2023.")
    (datetime.date(2023, 10, 17), ())
    """
    head = text[:_LOOKED_AT]
    later: date | None = None
    for span in find_dates(head, reference=None):
        if not _is_whole_day(span) or len(head[: span.start].strip().splitlines()) > _LINES:
            continue
        before, after = _line_around(head, span)
        if len(before) > _LONGEST_BEFORE:
            continue
        label = _BEFORE.fullmatch(before)
        if label and (label["label"] or "").lower() in LATER_LABELS:
            later = later or span.first_day
        elif label and (label["label"] or _AFTER.fullmatch(after)):
            return span.first_day, ()
        elif _PLACE_BEFORE.fullmatch(before) and _DASH_AFTER.match(after):
            return span.first_day, ("published_inferred: the day stands in the dateline",)
    return later, ("published_inferred: the text gives only the day of its last update",) if later else ()


def _is_whole_day(span: DateSpan) -> bool:
    return span.first_day is not None and span.first_day == span.last_day and span.year_stated


def _line_around(head: str, span: DateSpan) -> tuple[str, str]:
    """What stands on the line before and after a date, with single spaces."""
    before = " ".join(head[: span.start].rpartition("\n")[2].split())
    after = " ".join(head[span.end :].partition("\n")[0].split())
    return before[: _LONGEST_BEFORE + 1], after[:_LONGEST_BEFORE]
