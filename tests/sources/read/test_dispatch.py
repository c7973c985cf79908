import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.read import READER_VERSION, Page, read

ARTICLE = b"<html><body><p>The ministry said that at least twelve people were killed.</p></body></html>"


def retrieved(body: bytes, media_type: str | None = None, charset: str | None = None) -> Retrieved:
    return Retrieved(None, body, None, media_type, charset, datetime(2023, 10, 17, tzinfo=UTC), (), "the input")


@pytest.mark.parametrize(
    "start",
    [b"", b"<!DOCTYPE html>", b"\n\n<!doctype HTML PUBLIC 'x'>", b"<?xml version='1.0'?>\n", b"<!-- saved -->\n"],
)
@pytest.mark.parametrize("media_type", [None, "text/html", "application/xhtml+xml", "application/octet-stream"])
def test_html_is_told_by_its_first_bytes_or_its_type(start: bytes, media_type: str | None) -> None:
    page = read(retrieved(start + ARTICLE, media_type))
    assert page.text == "The ministry said that at least twelve people were killed."


@pytest.mark.parametrize("media_type", [None, "text/plain", "text/markdown", "application/unknown"])
def test_other_text_is_read_as_it_stands(media_type: str | None) -> None:
    page = read(retrieved(b"Twelve people died. <b>", media_type))
    assert page == Page(text="Twelve people died. <b>", reader_version=READER_VERSION)


def test_what_is_served_as_plain_text_is_shown_as_plain_text() -> None:
    assert read(retrieved(ARTICLE, "text/plain")).text == ARTICLE.decode()


def test_a_declared_charset_reaches_the_reader() -> None:
    assert read(retrieved("Zwölf Tote".encode("cp1252"), "text/plain", "windows-1252")).text == "Zwölf Tote"


@pytest.mark.parametrize("media_type", ["text/csv", "application/json"])
def test_a_dataset_is_sent_to_import(media_type: str) -> None:
    with pytest.raises(UnreadableInput, match="use import with a mapping"):
        read(retrieved(b"date,killed\n", media_type))


@pytest.mark.parametrize("body", [b"", b" \n\t"])
def test_nothing_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableInput, match="the input: nothing in it"):
        read(retrieved(body))


@pytest.mark.parametrize("body", [b"%PDF-1.7\nhalf", b"\xef\xbb\xbf%PDF-1.7\nhalf", b"\n%PDF-1.7"])
def test_a_pdf_is_told_by_its_first_bytes(body: bytes) -> None:
    with pytest.raises(UnreadableInput, match="the PDF breaks off"):
        read(retrieved(body, "text/html"))


def test_reading_the_same_bytes_twice_gives_the_same_page() -> None:
    assert read(retrieved(ARTICLE)) == read(retrieved(ARTICLE))


def test_plain_text_is_read_without_the_libraries_of_the_other_readers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("date 2023-10-17 PORT VELDT - Twelve people died.")
    reading = (
        "import sys; from sources.retrieve import retrieve; from sources.read import read; read(retrieve(sys.argv[1]));"
        "print(sorted({'httpx', 'trafilatura', 'lxml', 'pydantic', 'dateparser', 'pypdfium2'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", reading, str(tmp_path / "a.txt")]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip() == "[]"
