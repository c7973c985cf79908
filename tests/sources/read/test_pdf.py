import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sources.errors import UnreadableInput
from sources.read import pdf_worker
from sources.read.pdf import read_pdf
from sources.read.pdf_worker import MOST_PAGES, take_out

LINES = (
    "Published: 17 October 2023",
    "The health ministry of Arland said on Tuesday that at least 31 people",
    "were killed in a fire at the market hall of the port, and that the search",
    "had not ended.",
    "The city council gave the same number.",
    "• 31 dead in the hall",
    "• 14 missing near the pier",
)


def pdf(*pages: tuple[str, ...], info: str = "", trailer: str = "") -> bytes:
    """A PDF of pages set in one standard font, a line of text for each line (ISO 32000)."""
    numbers = [4 + 2 * place for place in range(len(pages))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        shown = b"".join(b"(" + line.encode("cp1252").replace(b"(", b"\\(") + b") ' " for line in lines)
        content = b"BT /F 11 Tf 14 TL 40 800 Td " + shown + b"ET"
        frame = f"/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {number + 1} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R{frame}>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects.append(f"<<{info}>>".encode())
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R/Info {size - 1} 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


ENCRYPTED = f"/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O({'o' * 32})/U({'u' * 32})>>"


def test_the_text_of_a_pdf_is_its_paragraphs() -> None:
    page = read_pdf(pdf(LINES, ("On the second page, 3 more were named.",), info="/Title(Fire at the  port)"), "a.pdf")
    assert page.text.split("\n\n") == [
        LINES[0],
        " ".join(LINES[1:4]),
        LINES[4],
        LINES[5],
        LINES[6],
        "On the second page, 3 more were named.",
    ]
    assert (page.title, page.published, page.language) == ("Fire at the port", date(2023, 10, 17), "en")
    assert (page.zones, page.doubts) == ((), ())


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("D:20231018120000+03'00'", date(2023, 10, 18)),
        ("20231018", date(2023, 10, 18)),
        ("D:20231399", None),
        ("x", None),
    ],
)
def test_the_day_of_its_making_serves_with_a_doubt(created: str, day: date | None) -> None:
    page = read_pdf(pdf(LINES[1:], info=f"/CreationDate({created})"), "a.pdf")
    assert page.published == day
    assert [doubt.partition(":")[0] for doubt in page.doubts] == ([] if day is None else ["published_inferred"])


def test_a_pdf_that_says_nothing_of_itself_has_no_title_and_no_day() -> None:
    page = read_pdf(pdf(LINES[1:]), "a.pdf")
    assert (page.title, page.published, page.doubts) == (None, None, ())


def test_a_truncated_pdf_is_refused() -> None:
    whole = pdf(LINES)
    with pytest.raises(UnreadableInput, match=r"^a\.pdf: the PDF breaks off before its end"):
        read_pdf(whole[: len(whole) // 2], "a.pdf")


@pytest.mark.parametrize("pages", [((),), (("", ""),), (("17 (3)",),)])
def test_a_pdf_without_words_is_refused(pages: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(UnreadableInput, match="no text in the PDF"):
        read_pdf(pdf(*pages), "a.pdf")


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + os.urandom(3000) + b"\n%%EOF",
        pdf(LINES, trailer=ENCRYPTED),
    ],
    ids=["empty", "noise", "encrypted"],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^a\.pdf: the PDF cannot be read") as failure:
        read_pdf(body, "a.pdf")
    assert "\n" not in str(failure.value)


def test_a_worker_that_dies_is_a_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os; os.abort()")
    with pytest.raises(UnreadableInput, match="damaged or made to do harm"):
        read_pdf(pdf(LINES), "a.pdf", worker=dying)


def test_a_worker_without_end_is_ended(tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    with pytest.raises(UnreadableInput, match=r"not read within 0\.3 seconds"):
        read_pdf(pdf(LINES), "a.pdf", worker=endless, seconds=0.3)


def test_more_pages_than_are_read_are_refused() -> None:
    assert take_out(pdf(*[("a",)] * (MOST_PAGES + 1))) == {"wrong": "more than 1,000 pages"}


def test_more_words_than_are_read_are_refused() -> None:
    assert take_out(pdf(("one", "two")), most_characters=5) == {"wrong": "more than 5 characters"}


def test_the_worker_takes_out_pages_title_and_day() -> None:
    found = take_out(pdf(("one",), ("two",), info="/Title(T)/CreationDate(D:2023)"))
    assert found == {"pages": ["one", "two"], "title": "T", "created": "D:2023"}
    assert "wrong" in take_out(b"no PDF")


def test_the_worker_is_bounded_in_memory() -> None:
    greedy = (
        "import runpy, sys, io; module = runpy.run_path(sys.argv[1]);"
        "module['main'].__globals__['take_out'] = lambda _: {'size': len(bytearray(3_000_000_000))}; module['main']()"
    )
    done = subprocess.run(
        [sys.executable, "-c", greedy, str(pdf_worker.__file__)], input=b"", capture_output=True, check=False
    )
    assert b"MemoryError" in done.stderr


def test_the_worker_writes_json(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(pdf_worker.__file__)], input=pdf(("one",)), capture_output=True, check=True
    )
    assert done.stdout == b'{"pages": ["one"], "title": null, "created": null}'
