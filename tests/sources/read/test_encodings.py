import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnreadableInput
from sources.read.encodings import decode

WORDS = "Zwölf Menschen wurden getötet, teilte die Behörde für Zivilschutz über Fünen mit. "


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be", "utf-16-le"])
def test_a_byte_order_mark_says_what_follows_and_is_no_text(charset: str) -> None:
    marks = {"utf-16-be": codecs.BOM_UTF16_BE, "utf-16-le": codecs.BOM_UTF16_LE}
    decoded = decode(marks.get(charset, b"") + WORDS.encode(charset), "windows-1251", "a.txt")
    assert (decoded.text, decoded.doubts) == (WORDS, ())


def test_a_mark_followed_by_a_broken_character_is_read_with_a_doubt() -> None:
    decoded = decode(codecs.BOM_UTF8 + WORDS.encode() + b"\xff", None, "a.txt")
    assert decoded.text == WORDS + "\ufffd"
    assert decoded.doubts[0].startswith("encoding_damaged:")


def test_a_mark_followed_by_noise_is_binary() -> None:
    with pytest.raises(UnreadableInput, match="not text"):
        decode(codecs.BOM_UTF8 + b"\xff\xfe\xfd" * 100, None, "a.bin")


@pytest.mark.parametrize("charset", ["windows-1252", "ISO-8859-1", "latin1", "iso-8859-15", "utf-8", "UTF8"])
def test_a_declared_charset_is_used(charset: str) -> None:
    decoded = decode(WORDS.encode(charset), charset, "a.txt")
    assert (decoded.text, decoded.doubts) == (WORDS, ())


def test_the_web_means_windows_1252_when_it_says_latin_1() -> None:
    assert decode(b"\x93Twelve\x94", "iso-8859-1", "a.txt").text == "“Twelve”"
    assert decode(b"Twelve\x81" + b" people" * 20, "iso-8859-1", "a.txt").text.startswith("Twelve\x81")


def test_utf_16_without_a_mark_is_read_where_it_is_declared() -> None:
    assert decode(WORDS.encode("utf-16-le"), "utf-16le", "a.txt").text == WORDS


def test_bytes_that_are_utf_8_are_so_whatever_is_declared() -> None:
    decoded = decode(WORDS.encode(), "windows-1252", "a.txt")
    assert decoded.text == WORDS
    assert decoded.doubts == ("encoding_differs: declared cp1252, but the bytes are UTF-8",)


def test_bytes_that_are_not_what_is_declared_are_guessed_with_two_doubts() -> None:
    decoded = decode(WORDS.encode("windows-1252") * 5, "shift_jis", "a.txt")
    assert [doubt.partition(":")[0] for doubt in decoded.doubts] == ["encoding_differs", "encoding_guessed"]


@pytest.mark.parametrize("declared", ["klingon", "rot13", "punycode", "base64", "unicode_escape", "a\0b"])
def test_a_charset_that_is_none_is_named_in_a_doubt(declared: str) -> None:
    decoded = decode(WORDS.encode(), declared, "a.txt")
    assert decoded.text == WORDS
    assert decoded.doubts[0].startswith("encoding_unknown:")


def test_without_a_declaration_another_encoding_is_guessed_with_a_doubt() -> None:
    russian = "Министерство сообщило, что погибли двенадцать человек, ещё тридцать были ранены. "
    decoded = decode(russian.encode("windows-1251") * 10, None, "a.txt")
    assert decoded.text.startswith("Министерство")
    assert decoded.doubts[0].startswith("encoding_guessed: cp1251")


def test_a_long_text_with_one_broken_byte_stays_utf_8() -> None:
    decoded = decode((WORDS * 50).encode() + b"\xff", None, "a.txt")
    assert decoded.text == WORDS * 50 + "\ufffd"
    assert decoded.doubts == ("encoding_damaged: 1 characters could not be read",)


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (b"words\0words", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
        (b"PK\x03\x04\x14\0\x06\0", "utf-8"),
        (bytes(range(1, 32)) * 20, None),
        (bytes(range(1, 256)) * 20, "windows-1251"),
    ],
)
def test_binary_input_is_refused_by_name(body: bytes, declared: str | None) -> None:
    with pytest.raises(UnreadableInput, match=r"^a\.bin: not text"):
        decode(body, declared, "a.bin")


def test_bytes_in_no_encoding_are_refused() -> None:
    noise = bytes((number * 7919 % 255) + 1 for number in range(5000))
    with pytest.raises(UnreadableInput):
        decode(noise, None, "a.bin")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")))
def test_utf_8_text_comes_back_exactly(text: str) -> None:
    assert decode(text.encode(), None, "a.txt").text == text
