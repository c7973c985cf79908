"""`report --diff`: what changed since an earlier report, in every place where it is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

Run = Callable[..., Any]
TakeIn = Callable[..., str]


@pytest.fixture
def earlier(run: Run, take_in: TakeIn, tmp_path: Path) -> Path:
    """A report on one figure."""
    take_in(40, "2024-05-05")
    path = tmp_path / "earlier.json"
    assert run("report", "Ruritania flood", "-o", path).exit_code == 0
    return path


def told(run: Run, earlier: Path, *words: object) -> Any:
    result = run("report", "Ruritania flood", "--diff", earlier, "--json", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["since"]


def test_nothing_changed_is_said_in_one_sentence(run: Run, earlier: Path) -> None:
    result = run("report", "Ruritania flood", "--diff", earlier)
    assert result.stdout.startswith("Nothing changed since the report of ")
    assert len(result.stdout.splitlines()) == 1


def test_a_new_figure_moves_what_its_authority_last_reported(run: Run, earlier: Path, take_in: TakeIn) -> None:
    before = json.loads(earlier.read_text("utf-8"))["figures"][0]["id"]
    after = take_in(52, "2024-05-08")
    since = told(run, earlier)
    assert since["new"] == [after]
    ((moved),) = [(one["authority"], one["before"], one["after"]) for one in since["latest"]]
    assert moved == ("Ruritania Relief Fund", before, after)
    assert since["sources"] == []


def test_another_authority_is_new_and_contradicts(run: Run, earlier: Path, take_in: TakeIn) -> None:
    other = take_in(9, "2024-05-05", issuer="Ruritania Ministry of Health", name="two")
    since = told(run, earlier)
    assert since["new"] == [other]
    assert since["sources"] == ["Ruritania Ministry of Health"]
    assert [(one["before"], one["after"]) for one in since["latest"]] == [(None, other)]


def test_what_was_withdrawn_is_named_with_its_reason(run: Run, earlier: Path) -> None:
    figure = json.loads(earlier.read_text("utf-8"))["figures"][0]["id"]
    run("retract", figure, "--reason", "a typing error")
    since = told(run, earlier)
    assert [(one["figure"], one["acts"][0]["kind"]) for one in since["acted_on"]] == [(figure, "retract")]
    assert "a typing error" in run("report", "Ruritania flood", "--diff", earlier).stdout


def test_a_figure_that_is_filed_elsewhere_has_left(run: Run, earlier: Path) -> None:
    figure = json.loads(earlier.read_text("utf-8"))["figures"][0]["id"]
    run("events", "add", "Another flood")
    run("events", "file", "Another flood", figure)
    since = told(run, earlier)
    assert since["left"] == [figure]
    assert [(one["before"], one["after"]) for one in since["latest"]] == [(figure, None)]


def test_a_contradiction_appears_and_ends(run: Run, take_in: TakeIn, tmp_path: Path) -> None:
    def add(number: int, issuer: str) -> None:
        result = run(
            "add", "--number", number, "--outcome", "killed", "--publisher", "The Invented Courier", "--attribution",
                issuer,
            "--published", "2024-05-05", "--as-of", "2024-05-05", "--event", "Ruritania flood", "--tally", "incident",
            "--place", "Sudan", "--basis", "estimated",
        )  # fmt: skip
        assert result.exit_code == 0, result.output

    add(10, "Ruritania Relief Fund")
    first, second = tmp_path / "first.json", tmp_path / "second.zip"
    run("report", "Ruritania flood", "-o", first)
    add(9_000, "Ruritania Ministry of Health")
    since = told(run, first)
    (opened,) = since["contradictions"]["new"]
    assert opened["authorities"] == ["Ruritania Ministry of Health", "Ruritania Relief Fund"]
    run("report", "Ruritania flood", "-o", second)
    assert told(run, second)["contradictions"] == {"new": [], "resolved": []}
    figures = json.loads(run("figures", "--json").stdout)["figures"]
    high = next(one["id"] for one in figures if one["count"]["best"] == 9_000)
    run("void", high, "--reason", "typed twice")
    assert len(told(run, second)["contradictions"]["resolved"]) == 1


def test_it_stands_at_the_top_of_pages(run: Run, earlier: Path, take_in: TakeIn, tmp_path: Path) -> None:
    after = take_in(52, "2024-05-08")
    for ending in (".html", ".pdf", ".md"):
        path = tmp_path / f"new{ending}"
        assert run("report", "Ruritania flood", "-o", path, "--diff", earlier).exit_code == 0
        if ending == ".pdf":
            pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path.read_bytes()))
            text = " ".join(" ".join(pages).split())
        else:
            text = path.read_text("utf-8")
        assert text.index("Since the earlier report") < text.index("What each authority last reported")
        assert f"({after[:12]})" in text


def test_reports_on_different_subjects_are_not_compared(run: Run, earlier: Path, tmp_path: Path) -> None:
    for words, said in (((), "about all events"), (("Ruritania flood", "--outcome", "killed"), "filters none")):
        result = run("report", *words, "--diff", earlier)
        assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
        assert said in result.stderr
    page = tmp_path / "page.html"
    run("report", "Ruritania flood", "-o", page)
    assert "give its .json or .zip" in run("report", "Ruritania flood", "--diff", page).stderr
    content = json.loads(earlier.read_text("utf-8"))
    del content["figures"][0]["count"]
    earlier.write_text(json.dumps(content), "utf-8")
    assert run("report", "Ruritania flood", "--diff", earlier).exit_code == 1
