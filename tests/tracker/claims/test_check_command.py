"""`check` from the outside: texts, options, drafts, batches, forms of answer, errors and exit codes."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
OUTLET = "The Fictional Ledger"
BUREAU = "Invented Health Bureau"
TEXT = "1,377 people had been killed in Sudan by 20 January 2024."


@pytest.fixture
def ledger(run: Run) -> Run:
    """A store with one series of an invented bureau."""

    def add(number: int, day: str, *more: object) -> Any:
        options = ("--outcome", "killed", "--place", "Sudan", "--tally", "cumulative", "--as-of", day)
        words = ("--words", f"{number:,}", "--quote", f"{number:,} people were killed")
        source = ("--publisher", OUTLET, "--attribution", BUREAU, "--published", day)
        address = ("--address", f"https://ledger.example/{day}")
        return run("add", "--number", number, *options, *words, *source, *address, "--as-of-basis", "stated", *more)

    for number, day in ((1_204, "2024-01-10"), (1_377, "2024-01-20"), (1_512, "2024-01-30")):
        assert add(number, day).exit_code == 0
    return run


def test_what_was_understood_comes_first_then_the_verdict_and_the_evidence(ledger: Run) -> None:
    printed = ledger("check", TEXT).stdout
    lines = printed.splitlines()
    assert lines[0] == f"“{TEXT}”"
    assert lines.index("Understood as") < lines.index("Verdict: supported: recorded for that day")
    assert "  not said: which people, which event" in lines
    assert f"     {OUTLET} ← {BUREAU}; published 20 January 2024" in lines
    assert "     “1,377 people were killed”" in lines
    assert "casualty-figures show" in printed
    assert "Checked against a ledger of" in printed


def test_the_json_has_the_documented_shape(ledger: Run) -> None:
    answer = json.loads(ledger("check", TEXT, "--json").stdout)
    (claim,) = answer["claims"]
    assert (claim["text"], claim["verdict"], claim["independent_authorities"]) == (TEXT, "supported", 1)
    assert claim["understood"]["count"]["best"] == 1_377
    assert claim["understood"]["definition"]["place"] == "Sudan"
    assert claim["understood"]["counts_until"] == "2024-01-20"
    (piece,) = claim["evidence"]
    assert piece["relation"] == "agree"
    assert piece["figure"]["evidence"]["quote"] == "1,377 people were killed"
    assert piece["figure"]["evidence"]["snapshot"].startswith("sha256:")
    assert set(answer["checkpoint"]) == {"size", "root", "time"}


def test_a_claim_may_be_given_as_options(ledger: Run) -> None:
    given = ("--outcome", "killed", "--place", "Sudan", "--as-of", "2024-01-20", "--json")
    for hedge, verdict in (
        ((), "supported"),
        (("--at-least",), "supported"),
        (("--more-than",), "not_recorded"),
        (("--less-than",), "not_recorded"),
        (("--exactly",), "supported"),
    ):
        (claim,) = json.loads(ledger("check", "--number", 1_377, *hedge, *given).stdout)["claims"]
        assert claim["verdict"] == verdict, hedge
    (named,) = json.loads(ledger("check", "--number", 1_377, "--source", BUREAU, *given).stdout)["claims"]
    assert (named["verdict"], named["understood"]["source"]) == ("supported", BUREAU)


def test_two_hedges_exclude_one_another(ledger: Run) -> None:
    result = ledger("check", "--number", 5, "--at-least", "--at-most", "--outcome", "killed")
    assert result.exit_code == 2
    assert "--at-least and --at-most exclude one another" in " ".join(result.stderr.split())


def test_options_without_a_number_are_refused_with_what_is_missing(ledger: Run) -> None:
    result = ledger("check", "--outcome", "killed")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "give --number and --outcome" in result.stderr
    clash = ledger("check", "--number", 5, "--outcome", "killed", "--tally", "stock", "--since", "2024-01-01")
    assert clash.exit_code == 1
    assert "contradict one another" in clash.stderr


def test_a_paragraph_gets_a_verdict_for_each_of_its_numbers(ledger: Run) -> None:
    text = f"{TEXT} By then 2,019 people had been injured in Sudan, officials said."
    claims = json.loads(ledger("check", text, "--json").stdout)["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "not_recorded"]


def test_a_claim_is_read_from_standard_input(ledger: Run) -> None:
    (claim,) = json.loads(ledger("check", "-", "--json", text=TEXT).stdout)["claims"]
    assert claim["verdict"] == "supported"


def test_a_claim_pasted_with_markup_is_read_without_it(ledger: Run) -> None:
    (claim,) = json.loads(ledger("check", f"<p><b>{TEXT}</b></p>", "--json").stdout)["claims"]
    assert (claim["text"], claim["verdict"]) == (TEXT, "supported")


def test_a_draft_has_each_of_its_numbers_marked(ledger: Run, tmp_path: Path) -> None:
    draft, page = tmp_path / "draft.html", tmp_path / "marked.html"
    draft.write_text(
        "<html lang='en'><head><title>A draft &amp; more</title></head><body><article><h1>A draft</h1>"
        f"<p>{TEXT} Another 9,999 people had been killed in Sudan by 20 January 2024 &lt;script&gt;.</p>"
        "</article></body></html>",
        encoding="utf-8",
    )
    result = ledger("check", "--file", draft, "-o", page)
    assert result.exit_code == 0
    assert "2 claims checked in" in result.stderr
    html = page.read_text(encoding="utf-8")
    assert '<a href="#c1"><mark>1,377 people</mark><sup>1 supported</sup></a>' in html
    assert "Supported: recorded for that day" in html
    assert "<script>" not in html
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert '<a href="https://ledger.example/2024-01-20" rel="noreferrer">the document</a>' in html


def test_an_article_is_read_from_its_address(ledger: Run, httpserver: Any) -> None:
    body = f"<html lang='en'><head><title>An article</title></head><body><article><p>{TEXT}</p></article></body></html>"
    httpserver.expect_request("/article").respond_with_data(body, content_type="text/html")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    address = httpserver.url_for("/article")
    refused = ledger("check", address)
    assert refused.exit_code == 1
    assert "is not fetched" in refused.stderr
    result = ledger("check", address, "--allow-network", "127.0.0.0/8", "--json")
    assert [claim["verdict"] for claim in json.loads(result.stdout)["claims"]] == ["supported"]


def test_the_answer_is_written_in_the_form_that_the_ending_chooses(ledger: Run, tmp_path: Path) -> None:
    for ending in ("html", "md", "json", "jsonld"):
        path = tmp_path / f"answer.{ending}"
        result = ledger("check", TEXT, "-o", path)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "1,377" in path.read_text(encoding="utf-8")
    (review,) = json.loads((tmp_path / "answer.jsonld").read_text())["@graph"]
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "supported: recorded for that day"
    assert "ratingValue" not in review["reviewRating"]
    assert review["itemReviewed"]["text"] == TEXT
    markdown = (tmp_path / "answer.md").read_text(encoding="utf-8")
    assert "## Supported: recorded for that day" in markdown
    assert ledger("check", TEXT, "-o", tmp_path / "answer.docx").exit_code == 2


def test_an_answer_can_be_verified_and_repeated_against_the_same_state(ledger: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    ledger("check", TEXT, "-o", path)
    assert ledger("verify", path).exit_code == 0
    for ending in ("md", "html"):
        ledger("check", TEXT, "-o", tmp_path / f"answer.{ending}")
        assert ledger("verify", tmp_path / f"answer.{ending}").exit_code == 0
    repeat = json.loads(path.read_text())["repeat"]
    name, *words = shlex.split(repeat)
    assert name == "casualty-figures"
    assert json.loads(ledger(*words, "--json").stdout)["claims"] == json.loads(path.read_text())["claims"]


def test_an_earlier_answer_asked_again_says_what_came_since(ledger: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    text = "1,444 people had been killed in Sudan by 20 January 2024."
    ledger("check", text, "-o", path)
    before = json.loads(ledger("check", "--again", path, "--json").stdout)
    assert [claim["differs"] for claim in before["claims"]] == [False]
    number = ("--number", 1_444, "--outcome", "killed", "--place", "Sudan", "--tally", "cumulative")
    days = ("--as-of", "2024-01-20", "--as-of-basis", "stated", "--published", "2024-01-20")
    assert ledger("add", *number, *days, "--publisher", "Another Invented Outlet").exit_code == 0
    (after,) = json.loads(ledger("check", "--again", path, "--json").stdout)["claims"]
    assert after["differs"]
    assert after["now"]["verdict"] in ("supported", "disputed")
    assert any("1,444 people killed" in words for words in after["since"])
    printed = ledger("check", "--again", path).stdout
    assert "since then:" in printed


@pytest.mark.parametrize("content", ["not json", "{}", '{"claims": [], "asked": {}, "checkpoint": {"time": 5}}'])
def test_only_an_answer_can_be_asked_again(ledger: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    result = ledger("check", "--again", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "check --json" in result.stderr
    assert ledger("check", "--again", tmp_path / "absent.json").exit_code == 1


def test_a_pipeline_learns_from_the_exit_code(ledger: Run) -> None:
    assert ledger("check", TEXT, "--exit-code").exit_code == 0
    assert ledger("check", "9,999 people had been killed in Sudan by 20 January 2024.", "--exit-code").exit_code == 3
    assert ledger("check", "9,999 people had been killed in Sudan by 20 January 2024.").exit_code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_gives_a_line_for_each_line_in_order(ledger: Run, tmp_path: Path, jobs: int) -> None:
    batch = tmp_path / "claims.jsonl"
    asked: list[Any] = [
        {"id": "a", "text": TEXT},
        {"id": 2, "text": "1,377 people have been killed in Sudan.", "on": "2024-01-20", "source": OUTLET},
        {"id": "c", "text": "Many people died."},
        {"id": "d", "text": TEXT, "on": "2024-13-01"},
        {"id": "e", "text": TEXT, "event": "An Unknown Flood"},
        {"id": "f"},
        ["no object"],
        {"id": "g", "text": TEXT, "on": 5},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in asked) + "\n\n{broken\n", encoding="utf-8")
    result = ledger("check", "--batch", batch, "--jobs", jobs)
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", 2, "c", "d", "e", "f", None, "g", None]
    assert [claim["verdict"] for line in lines[:2] for claim in line["claims"]] == ["supported", "supported"]
    assert all("error" in line for line in lines[2:])
    assert "no number of people" in lines[2]["error"]
    assert "not a day of the calendar" in lines[3]["error"]
    assert "is not recorded" in lines[4]["error"]
    assert "7 of the lines" in result.stderr


def test_a_batch_without_errors_exits_by_its_verdicts(ledger: Run, tmp_path: Path) -> None:
    batch = tmp_path / "claims.jsonl"
    batch.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n", encoding="utf-8")
    assert ledger("check", "--batch", batch, "--exit-code").exit_code == 0
    batch.write_text(json.dumps({"id": 1, "text": TEXT.replace("1,377", "9,999")}) + "\n", encoding="utf-8")
    assert ledger("check", "--batch", batch).exit_code == 0
    assert ledger("check", "--batch", batch, "--exit-code").exit_code == 3
    absent = ledger("check", "--batch", tmp_path / "absent.jsonl")
    assert (absent.exit_code, absent.stdout) == (1, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the claim is empty"),
        ("Many people have died.", "no number of people"),
        ("Der Krieg forderte 1377 Opfer unter der Bevölkerung.", "say it in English"),
        ("The 2024 budget was 1,377 dollars.", "no number in this text is read as people"),
        ("1,377 people were killed. " * 10_000, "more than a claim"),
        ("1,377 people were killed. " * 250, "more than are checked at once"),
    ],
)
def test_a_text_without_a_claim_is_an_error_that_says_what_to_do(ledger: Run, text: str, said: str) -> None:
    result = ledger("check", text, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_claim_that_contradicts_itself_is_told_so(ledger: Run) -> None:
    text = "At least 1,500, at most 1,100 people had been killed in Sudan by 20 January 2024."
    first, second = json.loads(ledger("check", text, "--json").stdout)["claims"]
    assert first["understood"]["notes"] == [
        "the text contradicts itself: it also says “at most 1,100” of the same count"
    ]
    assert second["understood"]["notes"] == [
        "the text contradicts itself: it also says “At least 1,500” of the same count"
    ]


@pytest.mark.parametrize(
    "words", [(), (TEXT, "--number", 5, "--outcome", "killed"), (TEXT, "--batch", "x.jsonl"), (TEXT, "--file", "x")]
)
def test_one_way_of_giving_the_claim_is_asked_for(ledger: Run, words: tuple[object, ...]) -> None:
    assert ledger("check", *words).exit_code == 2


def test_an_unknown_event_is_an_error_and_an_unknown_source_an_answer(ledger: Run) -> None:
    unknown = ledger("check", TEXT, "--event", "A Fictional Flood")
    assert unknown.exit_code == 1
    assert "is not recorded" in unknown.stderr
    (claim,) = json.loads(ledger("check", TEXT, "--source", "Nobody At All", "--json").stdout)["claims"]
    assert claim["verdict"] == "misattributed"


def test_an_alias_that_fits_several_sources_is_an_error(ledger: Run) -> None:
    result = ledger("check", TEXT, "--source", "Palestinian health ministry")
    assert result.exit_code == 1
    assert "fits several sources" in result.stderr


def test_hostile_words_reach_neither_the_terminal_nor_a_page(ledger: Run, tmp_path: Path) -> None:
    hostile = f"\x1b[31m{TEXT}\u202e <img src=x onerror=alert(1)>"
    assert "\x1b" not in ledger("check", hostile).stdout
    assert "\u202e" not in ledger("check", hostile).stdout
    page, notes = tmp_path / "answer.html", tmp_path / "answer.md"
    ledger("check", hostile, "-o", page)
    assert "<img" not in page.read_text(encoding="utf-8")
    ledger("check", hostile, "-o", notes)
    *words, command = notes.read_text(encoding="utf-8").splitlines()
    assert "<img" not in "\n".join(words)
    assert command.startswith("    casualty-figures")  # a block of code, in which nothing is active
    assert "\u202e" not in command
