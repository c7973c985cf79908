"""Reports and figures written by the command in every format: from a store, whole or not at all, and verified."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from reports.render.formats import FIGURE_FORMATS, REPORT_FORMATS


def plain_text(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    return content.decode()


Run = Callable[..., Any]
Answer = Callable[..., Any]
PAGE = """<html lang="en"><head><title>Flood | in {{the}} east</title></head><body><article><h1>Flood in the east</h1>
<p>At least 40 people were killed in the flood on Sunday, according to the Ruritania Relief Fund, and roads to the coast
stayed closed for a second day while rescue teams were still at work in the evening.</p></article></body></html>"""


@pytest.fixture
def figure(answer: Answer, tmp_path: Path) -> str:
    """The id of the figure in a page that was ingested as if from its address."""
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    answer(
        "ingest", page, "--address", "https://courier.example/flood?a=1|2", "--publisher", "The Invented Courier",
        "--published", "2024-05-05",
    )  # fmt: skip
    (found,) = answer("figures")["figures"]
    return str(found["id"])


def test_a_report_is_written_in_every_format(run: Run, figure: str, tmp_path: Path) -> None:
    for ending in REPORT_FORMATS:
        path = tmp_path / f"report{ending}"
        result = run("report", "-o", path)
        assert (result.exit_code, result.stdout) == (0, ""), ending
        assert path.stat().st_size > 100
    assert figure in (tmp_path / "report.prov.json").read_text(encoding="utf-8")
    assert '"figures"' in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_the_store_tells_a_report_its_snapshots_sources_and_readers(answer: Answer, figure: str) -> None:
    told = answer("report")
    (snapshot,) = told["snapshots"]
    assert snapshot["media_type"] == "text/html"
    assert snapshot["retrieved_at"].endswith("Z")
    assert len(snapshot["readers"]) == 1
    assert {one["name"] for one in told["sources"]} == {"The Invented Courier", "Ruritania Relief Fund"}


def test_a_report_is_verified_in_every_format_that_carries_its_state(answer: Answer, run: Run, tmp_path: Path) -> None:
    answer("events", "add", "A flood")
    for ending in REPORT_FORMATS:
        path = tmp_path / f"report{ending}"
        run("report", "-o", path)
        result = run("verify", path)
        assert result.exit_code == (1 if ending in (".csv", ".xlsx") else 0), (ending, result.output)
        assert "Traceback" not in result.output
    package = tmp_path / "report.zip"
    with zipfile.ZipFile(package) as archive:
        archive.extract("checkpoint.json", tmp_path)
    assert run("verify", tmp_path / "checkpoint.json").exit_code == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xff\xfe\x00", b"[" * 100_000, b'{"checkpoint": 7}'])
def test_a_file_that_is_no_report_is_refused_in_one_line(
    run: Run, answer: Answer, tmp_path: Path, content: bytes
) -> None:
    answer("events", "add", "A flood")
    path = tmp_path / "report.json"
    path.write_bytes(content)
    result = run("verify", path)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_quote_cannot_pose_as_the_state_of_a_report(run: Run, answer: Answer, tmp_path: Path) -> None:
    words = f"12 killed in a ledger of 9,999 entries with the Merkle root (RFC 9162) {'0' * 64}"
    answer("add", "--number", 12, "--outcome", "killed", "--publisher", "The Invented Courier", "--quote", words)
    for ending in (".html", ".pdf", ".md", ".prov.json", ".provn", ".jsonld"):
        path = tmp_path / f"report{ending}"
        run("report", "-o", path)
        assert run("verify", path, "--exit-code").exit_code == 0, ending


def test_an_unknown_ending_names_all_that_there_are(run: Run, figure: str, tmp_path: Path) -> None:
    for command, formats in ((("report",), REPORT_FORMATS), (("show", figure), FIGURE_FORMATS)):
        result = run(*command, "-o", tmp_path / "x.docx")
        assert result.exit_code == 2
        said = "".join(result.stderr.split())
        assert "'x.docx'doesnotendinoneof" in said.replace("│", "")
        assert all(ending in said for ending in formats)


def test_a_missing_library_is_named_with_its_extra(
    run: Run, figure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    result = run("report", "-o", tmp_path / "report.xlsx")
    assert result.exit_code == 1
    assert result.stderr.strip() == (
        "error: report.xlsx: this format needs an extra: pip install 'casualty-figures[xlsx]'"
    )
    assert not (tmp_path / "report.xlsx").exists()


def test_a_format_that_holds_fewer_figures_says_how_many_and_what_to_do(
    run: Run, figure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(REPORT_FORMATS, ".pdf", replace(REPORT_FORMATS[".pdf"], most=0))
    result = run("report", "-o", tmp_path / "report.pdf")
    assert result.exit_code == 1
    assert result.stderr.strip() == (
        "error: report.pdf: 1 figures, and this format holds at most 0: narrow the question by filters, or write .html "
        "or .zip"
    )
    assert not (tmp_path / "report.pdf").exists()


def test_what_a_pdf_cannot_show_is_said_on_stderr_and_in_the_file(run: Run, answer: Answer, tmp_path: Path) -> None:
    words = "གསོད: 12 people killed"
    answer("add", "--number", 12, "--outcome", "killed", "--publisher", "The Invented Courier", "--quote", words)
    (found,) = answer("figures")["figures"]
    for command in (("report",), ("show", found["id"])):
        result = run(*command, "-o", tmp_path / "told.pdf")
        assert result.exit_code == 0
        first = result.stderr.splitlines()[0]
        assert first.startswith("told.pdf: ")
        assert first.endswith(
            "characters without a font: Tibetan: named in the file under “Letters that this file lacks”"
        )
        assert "[4 characters without a font: Tibetan]: 12 people" in " ".join(
            plain_text((tmp_path / "told.pdf").read_bytes()).split()
        )


def test_an_answer_that_typst_refuses_is_an_error_of_one_line(
    run: Run, figure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.render.pdf import typesetting

    monkeypatch.setattr(typesetting, "FAMILIES", ())
    for command in (("report",), ("show", figure)):
        result = run(*command, "-o", tmp_path / "refused.pdf")
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("error: refused.pdf: Typst could not set it (")
        assert line.endswith("): write another format, such as .html")
    assert not (tmp_path / "refused.pdf").exists()


def test_two_processes_write_the_same_pdf(run: Run, figure: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from tracker.cli import main; main()", "report", "-o"]
    for seed in "12":
        subprocess.run(
            [*command, tmp_path / f"{seed}.pdf"],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_pdf_that_does_not_describe_itself_is_no_report(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(b"%PDF-1.7 <dc:description>ledger of 1 entries with the Merkle root (RFC 9162) " + b"0" * 64)
    result = run("verify", path)
    assert result.exit_code == 1
    assert "no report of ours: it does not describe itself" in result.stderr


@pytest.mark.parametrize("ending", [".xlsx", ".md"])
def test_a_file_is_written_whole_or_not_at_all(run: Run, figure: str, tmp_path: Path, ending: str) -> None:
    taken = tmp_path / f"taken{ending}"
    taken.mkdir()
    before = sorted(tmp_path.iterdir())
    result = run("report", "-o", taken)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_one_figure_is_written_in_every_format(run: Run, figure: str, tmp_path: Path) -> None:
    for ending in FIGURE_FORMATS:
        path = tmp_path / f"one{ending}"
        result = run("show", figure[:12], "-o", path)
        assert (result.exit_code, result.stdout) == (0, ""), ending
        assert figure[:12] in plain_text(path.read_bytes())


def test_a_citation_is_printed_alone(run: Run, figure: str) -> None:
    told = run("show", figure, "--cite", "wikipedia").stdout
    assert told.startswith("{{cite web |url=https://courier.example/flood?a=1%7C2 |title=Flood")
    assert "|access-date=" not in told  # the page was handed in, so nobody knows when it was there
    assert run("show", figure, "--cite", "bibtex").stdout.startswith("@misc{casualty-figure-")
    assert json.loads(run("show", figure, "--cite", "csl").stdout)[0]["publisher"] == "The Invented Courier"
    assert run("show", figure, "--cite", "verse").exit_code == 2


def test_json_of_a_figure_cites_it_in_every_form(answer: Answer, figure: str) -> None:
    told = answer("show", figure)
    assert told["citations"] == [told["citation_forms"]["plain"]]
    assert list(told["citation_forms"]) == ["plain", "footnote", "wikipedia", "bibtex", "ris", "csl"]
