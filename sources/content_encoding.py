"""Undoing the content encoding of an HTTP body without ever holding more than a bounded piece of it."""

import zlib
from collections.abc import Callable, Iterable, Iterator

from sources.errors import FetchFailed

LARGEST_PIECE = 65_536


def decoded(encoding: str, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """
    Undo one content encoding (RFC 9110, section 8.4.1), at most `LARGEST_PIECE` bytes at a time.

    httpx's own decoders inflate all that has arrived at once, and encodings that are stacked multiply: a few
    kilobytes can ask for gigabytes. So one encoding is undone, and no more of it than the reader asks for.

    Raises:
        FetchFailed: an encoding that was not asked for, or bytes that are not in it or break off; `name` says whose.
    """
    match encoding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            yield from _inflated(pieces, _gzip_window, name)
        case "deflate":
            yield from _inflated(pieces, _deflate_window, name)
        case _:
            raise FetchFailed(f"{name}: the server sent a content encoding that was not asked for")


def _gzip_window(_: bytes) -> int:
    return zlib.MAX_WBITS | 16


def _deflate_window(first: bytes) -> int:
    """Servers send "deflate" with and without the zlib wrapper (RFC 1950, RFC 1951); its first bytes tell."""
    is_wrapped = len(first) > 1 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS


def _inflated(pieces: Iterable[bytes], window: Callable[[bytes], int], name: str) -> Iterator[bytes]:
    inflater, members = None, 0
    for piece in pieces:
        left = piece
        while left:
            if inflater is None:
                if members and not left.startswith(b"\x1f"):
                    return  # padding after the last member; gzip allows several (RFC 1952 2.2)
                inflater = zlib.decompressobj(window(left))
            yield _step(inflater, left, name)
            left = inflater.unconsumed_tail
            if inflater.eof:
                left, inflater, members = inflater.unused_data, None, members + 1
    if inflater is not None:
        raise FetchFailed(f"{name}: the compressed answer breaks off before its end; try again later")


def _step(inflater: "zlib._Decompress", left: bytes, name: str) -> bytes:
    try:
        return inflater.decompress(left, LARGEST_PIECE)
    except zlib.error as broken:
        raise FetchFailed(f"{name}: the answer is not in the compression that its header names") from broken
