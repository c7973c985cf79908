"""Bytes to text: byte-order mark, declared charset, UTF-8, and only then a guess, with a doubt."""

import codecs
import re
from dataclasses import dataclass

from sources.errors import UnreadableInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The names by which Python knows the encodings of the WHATWG Encoding Standard. Python's other codecs are not
# for documents: some are no encodings of text, and one (punycode) takes quadratic time.
# fmt: off
CHARSETS = frozenset((
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5",
    "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16",
    "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "cp1258", "gbk", "gb2312", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis",
    "cp932", "euc_kr", "cp949",
))
# fmt: on
SAME_ON_THE_WEB = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gbk", "iso8859-9": "cp1254"}
"""What a declared charset means on the web (WHATWG Encoding Standard, "names and labels")."""

MOST_DAMAGE = 0.001
"""The share of characters that may be replaced in a text that is UTF-8 but for some broken bytes."""
MOST_CONTROLS = 0.01

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte-order mark, and what is doubtful about it."""

    text: str
    doubts: tuple[str, ...] = ()


def decode(body: bytes, declared: str | None, name: str) -> Decoded:
    """
    Turn a document's bytes into text.

    Args:
        body: the bytes as retrieved.
        declared: the charset that the server or the document names, if any.
        name: what messages call the input.

    Raises:
        UnreadableInput: binary, or in no encoding that can be told.
    """
    for mark, charset in MARKS:
        if body.startswith(mark):
            return _checked(_marked(body[len(mark) :], charset, name), name)
    known = _known(declared)
    if b"\0" in body and not (known or "").startswith("utf-16"):
        raise _binary(name)
    return _checked(_unmarked(body, known, declared, name), name)


def _marked(body: bytes, charset: str, name: str) -> Decoded:
    try:
        return Decoded(body.decode(charset))
    except UnicodeDecodeError:
        pass
    text = body.decode(charset, "replace")
    if text.count("\ufffd") > max(1, len(text) * MOST_DAMAGE):
        raise _binary(name)
    return _damaged(text)


def _unmarked(body: bytes, known: str | None, declared: str | None, name: str) -> Decoded:
    as_utf8 = _strictly(body, "utf-8")
    if known is None or known == "utf-8":
        unknown = declared is not None and known is None
        doubts = (
            (f"encoding_unknown: the declared charset {declared[:40]!r} is not known",) if unknown and declared else ()
        )
        found = Decoded(as_utf8) if as_utf8 is not None else _mostly_utf8(body) or _guessed(body, name)
        return Decoded(found.text, doubts + found.doubts)
    if as_utf8 is not None and not body.isascii():
        return Decoded(as_utf8, (f"encoding_differs: declared {known}, but the bytes are UTF-8",))
    text = _strictly(body, known)
    if text is None and known == "cp1252":
        text = body.decode("latin-1")  # bytes that Windows leaves open are control characters on the web
    if text is not None:
        return Decoded(text)
    found = _mostly_utf8(body) or _guessed(body, name)
    return Decoded(found.text, (f"encoding_differs: declared {known}, but the bytes are not", *found.doubts))


def _known(declared: str | None) -> str | None:
    try:
        found = codecs.lookup(declared or "").name
    except (LookupError, ValueError, UnicodeError):
        return None
    found = SAME_ON_THE_WEB.get(found, found)
    return found if found in CHARSETS else None


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _mostly_utf8(body: bytes) -> Decoded | None:
    """A long UTF-8 text with a broken byte or two is that, rather than another encoding throughout."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    if broken > max(1, len(text) * MOST_DAMAGE) or sound < 10 * broken:
        return None
    return _damaged(text)


def _damaged(text: str) -> Decoded:
    broken = text.count("\ufffd")
    return Decoded(text, (f"encoding_damaged: {broken} characters could not be read",))


def _guessed(body: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(body).best()
    if best is None:
        raise _binary(name)
    return Decoded(str(best), (f"encoding_guessed: {best.encoding} is a guess; nothing declares the encoding",))


def _checked(decoded: Decoded, name: str) -> Decoded:
    """Refuse what decodes but is no text: some encodings take any byte."""
    if len(_CONTROLS.findall(decoded.text)) > len(decoded.text) * MOST_CONTROLS:
        raise _binary(name)
    return decoded


def _binary(name: str) -> UnreadableInput:
    return UnreadableInput(f"{name}: not text in an encoding that can be told; give HTML, plain text or PDF")
