"""
Documents with nearly the same text, found when one is recorded and put on the record.

Every text that is long enough leaves its sketch (resemblance.py) in an index. The few earlier documents that
share most of it, rare hashes first, are then compared word by word: however many documents a store holds, a text
is looked up in at most 32 times 16 rows and compared with the texts of at most six documents.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from db.resemblance import METHOD, PARTS, Likeness, Shingled, likeness
from db.writer import Writer

MOST_DOCUMENTS = 16
"""So many documents of one hash are in the index, the first recorded."""
LEAST_SHARED = 3
"""So many hashes two documents must share to be compared, with a fifth of those that few documents have among them."""
MOST_COMPARED = 6


class Copy(NamedTuple):
    """An earlier recorded document (its id in hex) with nearly the text of the one that was just recorded."""

    other: str
    address: str | None
    likeness: Likeness


class _Row(NamedTuple):
    hash: int
    document: int
    reading: int


class _Candidate(NamedTuple):
    document: int
    reading: int


def record_copies(writer: Writer, document: int, reading: int, text: str) -> list[Copy]:
    """
    Index the text of a new reading, and put on the record which earlier documents have nearly the same.

    Inside the transaction that records the document; two documents are called alike once, however often either is
    read again. Other readings of the document itself are not looked at.
    """
    shingled = Shingled(text)
    sketch = shingled.sketch
    if not sketch:
        return []
    found, rows = [], _rows(writer, sketch)
    for candidate in _candidates(rows, document, len(sketch)):
        alike = _likeness(writer, shingled, candidate)
        if alike is not None and not _is_known(writer, document, candidate.document):
            found.append(_recorded(writer, document, candidate.document, alike))
    _index(writer, sketch, rows, document, reading)
    return found


def _rows(writer: Writer, sketch: Sequence[int]) -> list[_Row]:
    marks = ", ".join("?" * len(sketch))
    query = f"SELECT hash, document, reading FROM sketch WHERE hash IN ({marks})"  # noqa: S608 - marks only
    return [_Row(*row) for row in writer.rows(query, *sketch)]


def _candidates(rows: Sequence[_Row], document: int, hashes: int) -> list[_Candidate]:
    """The documents that share most of a sketch, each with the reading that shares most; a rare hash says more."""
    having = Counter(row.hash for row in rows)
    rare = hashes - sum(documents >= MOST_DOCUMENTS for documents in having.values())
    weights, rare_shared = Counter[int](), Counter[int]()
    readings: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        weights[row.document] += PARTS // having[row.hash]
        rare_shared[row.document] += having[row.hash] < MOST_DOCUMENTS
        readings[row.document].append(row.reading)

    def shares_enough(other: int) -> bool:
        shared = len(readings[other])
        is_most = shared * 3 >= hashes * 2
        return other != document and shared >= LEAST_SHARED and (is_most or rare_shared[other] * 5 >= rare)

    nearest = sorted(filter(shares_enough, weights), key=lambda other: (-weights[other], other))[:MOST_COMPARED]
    return [_Candidate(other, Counter(sorted(readings[other])).most_common(1)[0][0]) for other in nearest]


def _likeness(writer: Writer, shingled: Shingled, candidate: _Candidate) -> Likeness | None:
    """How far a text is like that of a document: as it stands now, else as it stood where it shares most."""
    query = "SELECT max(reading.key) FROM reading JOIN snapshot ON snapshot.key = reading.snapshot WHERE document = ?"
    latest = writer.rows(f"{query} AND text_sha256 IS NOT NULL", candidate.document)[0][0]
    alike = likeness(shingled, Shingled(_text_of(writer, latest)))
    if alike is None and latest != candidate.reading:
        alike = likeness(shingled, Shingled(_text_of(writer, candidate.reading)))
    return alike


def _text_of(writer: Writer, reading: int) -> str:
    query = "SELECT body FROM text JOIN reading ON reading.text_sha256 = text.sha256 WHERE reading.key = ?"
    return zlib.decompress(writer.rows(query, reading)[0][0]).decode()


def _is_known(writer: Writer, one: int, other: int) -> bool:
    query = "SELECT 1 FROM copy WHERE (document = ? AND other = ?) OR (document = ? AND other = ?)"
    return bool(writer.rows(query, one, other, other, one))


def _recorded(writer: Writer, document: int, other: int, alike: Likeness) -> Copy:
    query = "SELECT id, address FROM document WHERE key = ?"
    (own, _), (others, address) = writer.rows(query, document)[0], writer.rows(query, other)[0]
    both = {"document": bytes(own).hex(), "other": bytes(others).hex()}
    measured = {"resemblance": alike.resemblance, "containment": alike.containment, "method": METHOD}
    entry = writer.append_entry("copy", {"copy": {**both, **measured}})
    writer.insert("copy", {"entry": entry, "document": document, "other": other, **measured})
    return Copy(both["other"], address, alike)


def _index(writer: Writer, sketch: Sequence[int], rows: Sequence[_Row], document: int, reading: int) -> None:
    having = Counter(row.hash for row in rows)
    known = {row.hash for row in rows if row.document == document}
    new = [digest for digest in sketch if digest not in known and having[digest] < MOST_DOCUMENTS]
    writer.insert_rows("sketch", _Row._fields, [(digest, document, reading) for digest in new])


def record_all_copies(writer: Writer) -> None:
    """The same for every reading of a store that was made before texts were compared."""
    query = "SELECT reading.key, snapshot.document FROM reading JOIN snapshot ON snapshot.key = reading.snapshot "
    for reading, document in writer.rows(f"{query} WHERE text_sha256 IS NOT NULL ORDER BY reading.key"):
        record_copies(writer, document, reading, _text_of(writer, reading))
