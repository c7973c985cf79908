"""
Long lists in a page: plain rows while they are few, compressed blocks where they are many.

A block is the HTML of some two hundred rows, as zlib data (RFC 1950) in base64; the page's script opens the blocks
that it shows or searches with DecompressionStream. An index of ids, sort keys and groups comes before them, so
that a link to a row finds its block before any is open.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

import orjson
from markupsafe import Markup

INLINE_MOST = 1_000
"""A list up to this long stands in the page as it is, and is read without a script."""
BLOCK = 200
BETWEEN = "\x1e"
"""Stands between the rows of a block: no text may contain it unescaped, as it is no character of HTML."""

Key = int | str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its id in the page, its HTML, what each sortable column sorts by, and the number of its group."""

    id: str
    html: str
    keys: tuple[Key, ...] = ()
    group: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """
    A list ready for the page.

    Attributes:
        plain: every row, where there are few; else nothing.
        index: JSON, where there are few; else the same compressed.
        blocks: the rows, where there are many.
    """

    name: str
    number: int
    plain: Markup
    index: Markup
    blocks: tuple[str, ...]


def listing(name: str, items: Iterable[Item]) -> Listing:
    """Gather the rows of a list; they are compressed as they come, so that many take little memory."""
    rows = iter(items)
    first = list(islice(rows, INLINE_MOST + 1))
    index = _Index()
    if len(first) <= INLINE_MOST:
        index.add(first)
        plain = Markup("\n".join(item.html for item in first))  # noqa: S704 - rows escape what they are made of
        return Listing(name, len(first), plain, in_script(index.data()), ())
    with ThreadPoolExecutor(max_workers=2) as pool:  # zlib works beside the interpreter: rows are made meanwhile
        blocks = tuple(pool.map(compressed, _joined(chain(first, rows), index)))
    return Listing(name, len(index.ids), Markup(), Markup(compressed(index.data())), blocks)  # noqa: S704


def _joined(rows: Iterable[Item], index: "_Index") -> Iterator[bytes]:
    """The rows in blocks, each noted in the index."""
    rows = iter(rows)
    while block := list(islice(rows, BLOCK)):
        index.add(block)
        yield BETWEEN.join(item.html.replace(BETWEEN, "") for item in block).encode()


def compressed(data: bytes) -> str:
    """Data as zlib (RFC 1950) in base64: nothing in it is markup."""
    return b64encode(zlib.compress(data)).decode("ascii")


def in_script(data: bytes) -> Markup:
    """JSON as the content of a script element: it neither ends the element nor begins a comment in it."""
    return Markup(data.decode().replace("<", "\\u003c"))  # noqa: S704


class _Index:
    """Ids, sort keys by column and groups of all rows, in their order."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._groups: list[int] = []
        self._keys: list[list[Key]] = []

    def add(self, items: Sequence[Item]) -> None:
        """Take in the next rows."""
        for item in items:
            self.ids.append(item.id)
            self._groups.append(item.group)
            while len(self._keys) < len(item.keys):
                self._keys.append([])
            for column, key in zip(self._keys, item.keys, strict=True):
                column.append(key)

    def data(self) -> bytes:
        """The index as JSON; words are given as their places in order."""
        keys = [_as_numbers(column) for column in self._keys]
        # Ids that only count ("d1 d2 d3 ...") are told by what stands before the number.
        prefix = self.ids[0].rstrip("0123456789") if self.ids else ""
        counted = self.ids == [f"{prefix}{number}" for number in range(1, len(self.ids) + 1)]
        ids = {"prefix": prefix, "number": len(self.ids)} if counted else {"ids": " ".join(self.ids)}
        return orjson.dumps({**ids, "keys": keys, "groups": self._groups, "block": BLOCK})


def _as_numbers(column: Sequence[Key]) -> list[int | None]:
    words = sorted({key for key in column if isinstance(key, str)}, key=lambda word: (word.casefold(), word))
    places = {word: place for place, word in enumerate(words)}
    return [places[key] if isinstance(key, str) else key for key in column]
