"""`ingest --batch`: folders and WARC files, each document once, and on from where it was broken off."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db.store import Store

Run = Callable[..., Any]


def page(number: int) -> str:
    return (
        "<html lang='en'><head><title>A fictional page</title></head><body><article><p>The Invented Health Bureau "
        f"said on 20 January 2024 that {number:,} people had been killed in Sudan.</p></article></body></html>"
    )


def warc(path: Path, *records: tuple[str, str, str, bytes], compressed: bool = True) -> Path:
    """A WARC file of responses: address, status line, media type, body."""
    with path.open("wb") as file:
        for address, status, kind, body in records:
            block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
                f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-01-21T10:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            record = head.encode() + block + b"\r\n\r\n"
            file.write(gzip.compress(record) if compressed else record)
    return path


def test_every_document_of_a_folder_is_taken_in_once(run: Run, answer: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.html").write_text(page(1_377))
    (folder / "deep" / "b.html").write_text(page(1_512))
    (folder / "empty.txt").write_text("")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    first = run("ingest", "--batch", folder, "--publisher", "The Fictional Ledger", "--json")
    assert first.exit_code == 1  # one document of it could not be read
    told = json.loads(first.stdout)
    assert (told["documents"], told["figures"]["new"]) == (2, 2)
    assert [error["what"].split(":")[1].split(";")[0] for error in told["errors"]] == [" nothing in it"]
    (folder / "empty.txt").unlink()
    (folder / "c.html").write_text(page(1_600))
    again = answer("ingest", "--batch", folder, "--publisher", "The Fictional Ledger")
    assert (again["documents"], again["figures"]) == (1, {"new": 1, "unchanged": 0, "held": 0, "refused": 0})


@pytest.mark.parametrize("compressed", [True, False])
def test_the_pages_of_a_warc_file_are_taken_in_with_their_own_day_of_retrieval(
    answer: Run, tmp_path: Path, compressed: bool
) -> None:
    file = warc(
        tmp_path / ("old.warc.gz" if compressed else "old.warc"),
        ("https://ledger.example/a", "200 OK", "text/html; charset=utf-8", page(1_377).encode()),
        ("https://ledger.example/gone", "404 Not Found", "text/html", page(9_999).encode()),
        ("https://ledger.example/style.css", "200 OK", "text/css", b"body{}"),
        ("https://ledger.example/b", "200 OK", "text/html", page(1_512).encode()),
        compressed=compressed,
    )
    told = answer("ingest", "--batch", file)
    assert (told["documents"], told["figures"]["new"], told["errors"]) == (2, 2, [])
    figures = answer("figures")["figures"]
    assert sorted(figure["count"]["best"] for figure in figures) == [1_377, 1_512]
    assert answer("verify")["altered"] == []


def test_a_warc_file_that_breaks_off_gives_what_stands_before(run: Run, answer: Run, tmp_path: Path) -> None:
    whole = warc(
        tmp_path / "whole.warc",
        ("https://ledger.example/a", "200 OK", "text/html", page(1_377).encode()),
        ("https://ledger.example/b", "200 OK", "text/html", page(1_512).encode()),
        compressed=False,
    ).read_bytes()
    file = tmp_path / "broken.warc.gz"
    file.write_bytes(b"\x1f\x8b no gzip at all")
    broken = run("ingest", "--batch", file)
    assert broken.exit_code == 1
    assert "Traceback" not in broken.stderr
    (tmp_path / "cut.warc").write_bytes(whole[: whole.index(b"https://ledger.example/b")])
    run("ingest", "--batch", tmp_path / "cut.warc")
    assert [figure["count"]["best"] for figure in answer("figures")["figures"]] == [1_377]


def test_what_is_no_folder_and_no_warc_file_is_an_error(run: Run, tmp_path: Path) -> None:
    result = run("ingest", "--batch", tmp_path / "absent")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such folder" in result.stderr
    assert run("ingest").exit_code == 2
    assert run("ingest", "a.html", "--batch", tmp_path).exit_code == 2
    assert run("ingest", "--batch", tmp_path, "--address", "https://ledger.example/").exit_code == 2


@pytest.mark.long
def test_a_batch_that_is_killed_goes_on_where_it_was_and_takes_each_document_in_once(
    store_url: str, tmp_path: Path
) -> None:
    folder, documents = tmp_path / "pages", 250
    folder.mkdir()
    for number in range(documents):
        (folder / f"{number:03}.html").write_text(page(1_000 + number))
    given = {**os.environ, "CASUALTY_FIGURES_DB": store_url, "CASUALTY_FIGURES_ARCHIVE": str(tmp_path / "archive")}
    command = [str(Path(sys.executable).with_name("casualty-figures")), "ingest", "--batch", str(folder), "--json"]
    first = subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with Store(store_url) as store:
        deadline = time.monotonic() + 120
        while not recorded(store) and time.monotonic() < deadline:
            time.sleep(0.05)
        first.kill()
        first.communicate()
        before = len(recorded(store))
        again = subprocess.run(command, env=given, capture_output=True, check=True, timeout=300)
        assert 0 < before < documents
        assert json.loads(again.stdout)["documents"] <= documents - before
        assert recorded(store) == [1_000 + number for number in range(documents)]


def recorded(store: Store) -> list[int]:
    with store.reading() as connection:
        return list(connection.execute(text("SELECT best FROM figure ORDER BY best")).scalars())
