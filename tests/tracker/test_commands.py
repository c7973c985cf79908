"""The command from the outside: what it answers, what it refuses, and that running it twice is running it once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.schema import CURRENT

Run = Callable[..., Any]
TEXT = (
    "Published 2024-05-02\n\n"
    "The Ruritania Health Service said at least 40 people were killed and 12 were injured in a flood in Libya"
    " on Sunday.\n"
)
ROWS = [
    {"report_date": "2023-10-15", "report_source": "mohtel", "report_period": 24, "killed": 80, "killed_cum": 2670},
    {"report_date": "2023-10-16", "report_source": "gmotel", "report_period": 24, "killed": 138, "killed_cum": 2808},
    {"report_date": "2023-10-17", "report_source": "mohtel", "report_period": 0, "killed": 0, "killed_cum": 2808},
]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def ingested(run: Run, article: Path) -> str:
    """The id of a recorded figure of 40 people killed."""
    assert run("ingest", article, "--publisher", "The Invented Courier").exit_code == 0
    figures = json.loads(run("figures", "--outcome", "killed", "--json").stdout)["figures"]
    return str(figures[0]["id"])


def one_line(result: Any, code: int) -> str:
    """The one line on stderr of a command that failed as expected."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    lines: list[str] = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_extract_prints_what_a_text_reports_and_records_nothing(run: Run, answer: Run, article: Path) -> None:
    found = answer("extract", article, "--publisher", "The Invented Courier", "--lang", "en")
    assert [figure["count"]["best"] for figure in found["figures"]] == [40, 12]
    assert found["document"]["publisher"] == "The Invented Courier"
    assert "id" not in found["figures"][0]
    assert "at least 40" in run("extract", article).stdout
    assert "no casualty figure" in run("extract", "-", text="It rained all day in the hills.").stderr
    assert answer("figures")["figures"] == []


def test_extract_explains_each_field_and_each_number_that_is_no_figure(run: Run, answer: Run, article: Path) -> None:
    found = answer("extract", article, "--explain")
    grounds = {one["field"]: one["words"] for one in found["figures"][0]["because"]}
    assert grounds["count"] == "40"
    assert grounds["qualifier"] == "at least 40"
    assert all(one["text"] and one["why"] for one in found["rejected"])
    text = "Twelve people died in 3 attacks."
    told = run("extract", "-", "--explain", text=text).stdout
    assert "count         from “Twelve”" in told
    assert "“3” at 22: counts something other than people: “attacks”" in told
    assert "no figures" not in run("extract", "-", "--explain", text="Twelve people died.").stdout
    assert run("extract", "--batch", article, "--explain").exit_code == 2


def test_extract_reads_a_batch_in_order_and_a_bad_line_does_not_stop_it(run: Run, tmp_path: Path) -> None:
    good = {"id": 1, "text": "Twelve people were killed.", "published": "2024-01-01", "publisher": "A", "lang": "en"}
    lines = [json.dumps(good), "{", '{"id": 3, "text": 4}', '{"id": 4, "text": "x", "published": 5}', "", "[]"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for jobs in (1, 2):
        result = run("extract", "--batch", tmp_path / "in.jsonl", "--jobs", jobs)
        assert result.exit_code == 1
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert answers[0]["figures"][0]["count"]["best"] == 12
        assert [("error" in one, one.get("id")) for one in answers[1:]] == [
            (True, None),
            (True, 3),
            (True, 4),
            (True, None),
        ]
        assert "4 of the lines" in result.stderr


def test_a_line_that_is_too_long_is_an_error_of_its_own(run: Run, tmp_path: Path) -> None:
    from tracker.batches import LONGEST_LINE

    good = json.dumps({"id": "after", "text": "Twelve people were killed."})
    endless = '{"id": "long", "text": "' + "x" * (2 * LONGEST_LINE + 5) + '"}'
    bad_day = json.dumps({"id": "day", "text": "x", "published": "2024-02-30"})
    (tmp_path / "in.jsonl").write_text("\n".join((endless, good, bad_day)), encoding="utf-8")
    result = run("extract", "--batch", tmp_path / "in.jsonl")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert "longer than" in answers[0]["error"]
    assert [figure["count"]["best"] for figure in answers[1]["figures"]] == [12]
    assert "write YYYY-MM-DD" in answers[2]["error"]


def test_several_processes_answer_in_the_order_of_the_lines(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": number, "text": f"{number + 2} people were killed."}) for number in range(300)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("extract", "--batch", tmp_path / "in.jsonl", "--jobs", 2)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == list(range(300))


def test_a_network_that_is_none_is_misuse(run: Run, article: Path) -> None:
    result = run("extract", article, "--allow-network", "nonsense")
    assert result.exit_code == 2
    assert "CIDR" in result.stderr


def test_a_batch_that_cannot_be_opened_is_one_line(run: Run, tmp_path: Path) -> None:
    assert "cannot be read" in one_line(run("extract", "--batch", tmp_path / "none.jsonl"), 1)
    assert run("extract").exit_code == 2


def test_ingesting_twice_records_once(run: Run, answer: Run, article: Path) -> None:
    answer("events", "add", "A flood", "--place", "Libya", "--from", "2024-04-28")
    first = answer("ingest", article, "--publisher", "The Invented Courier", "--event", "a FLOOD")
    assert first == {
        "documents": 1,
        "snapshots": 1,
        "figures": {"new": 2, "unchanged": 0, "held": 0, "refused": 0},
        "refused": [],
        "copies": 0,
        "notes": [],
        "errors": [],
    }
    again = run("ingest", article, "--publisher", "The Invented Courier")
    assert "0 new figures, 2 recorded before" in again.stdout
    assert "not in the catalogue" in again.stderr
    assert len(answer("figures", "--event", "A flood")["figures"]) == 2


def test_a_stated_address_is_the_documents_identity(answer: Run, article: Path) -> None:
    answer("ingest", article, "--address", "HTTPS://Courier.example/1?utm_source=x")
    figures = answer("figures")["figures"]
    assert figures[0]["evidence"]["address"] == "https://courier.example/1"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02" * 50),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj"),
    ],
)
def test_what_cannot_be_read_is_listed_and_the_rest_is_recorded(
    run: Run, article: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("ingest", tmp_path / name, article, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["figures"]["new"] == 2
    assert [error["where"] for error in told["errors"]] == [str(tmp_path / name)]


def test_a_private_address_and_an_unknown_event_are_refused(run: Run, article: Path) -> None:
    assert "error:" in one_line(run("ingest", "http://127.0.0.1:9/x"), 1)
    result = run("ingest", article, "--event", "No such flood")
    assert result.exit_code == 1
    assert "No such flood" in result.stderr


def test_a_dataset_is_imported_by_a_shipped_mapping(run: Run, answer: Run, tmp_path: Path) -> None:
    path = tmp_path / "daily.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    told = answer("import", path, "--map", "techforpalestine-gaza-daily")
    assert told["figures"] == {"new": 4, "unchanged": 0, "held": 0, "refused": 2}
    again = run("import", path, "--map", "techforpalestine-gaza-daily")
    assert "0 new figures, 4 recorded before" in again.stdout
    assert "refused by the mapping: 2" in again.stdout
    found = answer("figures", "--issuer", "Government Media Office", "--outcome", "killed")["figures"]
    assert [one["count"]["best"] for one in found if one["definition"]["tally"] == "cumulative"] == [2808]
    answer("events", "add", "Another")
    answer("import", path, "--map", "techforpalestine-gaza-daily", "--event", "Another")
    assert answer("verify")["altered"] == []


def test_a_mapping_or_file_that_cannot_be_used_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "daily.json").write_text("[{", encoding="utf-8")
    for file, mapping in (("daily.json", "no-such-mapping"), ("daily.json", "techforpalestine-gaza-daily")):
        result = run("import", tmp_path / file, "--map", mapping, "--json")
        assert result.exit_code == 1
        assert len(json.loads(result.stdout)["errors"]) == 1
    assert "error:" in run("import", tmp_path / "none.csv", "--map", "economist-ukraine-estimates").stderr


TYPED = ("add", "--number", 2808, "--outcome", "killed", "--publisher", "The Invented Courier")


def test_a_figure_typed_by_hand_keeps_every_field(answer: Run, run: Run) -> None:
    whole = answer(*TYPED, "--published", "2023-10-17", "--group", "Palestinian", "--place", "Gaza")["id"]
    answer("events", "add", "A war")
    made = answer(
        "add", "--number", 286, "--qualifier", "at_least", "--quote", "at least 286 soldiers died",
        "--outcome", "killed",
        "--publisher", "The Invented Courier", "--attribution", "Al Jazeera", "--part-of", whole[:10],
        "--event", "A war",
        "--status", "soldier", "--tally", "added", "--hours", 24,
        "--period-from", "2023-10-16", "--period-to", "2023-10-17",
        "--as-of", "2023-10-17", "--includes", "foreigners=foreigners included", "--doubt", "unsure: a sentence",
        "--address", "https://courier.example/2", "--modality", "claimed",
    )  # fmt: skip
    assert made["count"] == {"low": 286, "best": 286, "high": None, "qualifier": "at_least", "text": "286"}
    assert (made["attribution"], made["issuer"], made["part_of"]) == (["Al Jazeera"], "Al Jazeera", whole)
    assert made["definition"]["includes"] == [{"code": "foreigners", "text": "foreigners included"}]
    assert made["period"] == {"from": "2023-10-16", "to": "2023-10-17"}
    assert made["origin"] == "manual"
    assert (
        "recorded before"
        in run(*TYPED, "--published", "2023-10-17", "--group", "Palestinian", "--place", "Gaza").stdout
    )
    ranged = answer(
        "add", "--low", 100, "--high", 300, "--outcome", "killed", "--publisher", "A", "--issuer-words", "officials"
    )
    assert (ranged["count"]["qualifier"], ranged["issuer"]) == ("range", None)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("add", "--number", 3, "--outcome", "killed"), 1, "give --publisher"),
        (("add", "--number", 3, "--publisher", "A"), 1, "give --outcome"),
        (("add", "--outcome", "killed", "--publisher", "A"), 1, "needs its number"),
        ((*TYPED, "--quote", "many people died"), 1, "does not stand in the quote"),
        ((*TYPED, "--quote", "many people died", "--words", "2,808"), 1, "do not stand in the quote"),
        ((*TYPED, "--qualifier", "range"), 1, "give --low and --high"),
        ((*TYPED, "--hours", 24), 1, "hours belong to"),
        ((*TYPED, "--includes", "weather"), 1, "code"),
        (("add", "--low", 5, "--high", 3, "--outcome", "killed", "--publisher", "A"), 1, "low"),
        ((*TYPED, "--as-of", "2023-10-20", "--published", "2023-10-17"), 1, "as"),
        ((*TYPED, "--part-of", "00000000"), 1, "not recorded"),
        ((*TYPED, "--event", "No such war"), 1, "No such war"),
    ],
)
def test_a_typed_figure_that_contradicts_itself_is_refused_and_nothing_is_recorded(
    run: Run, answer: Run, options: tuple[object, ...], code: int, message: str
) -> None:
    assert message in one_line(run(*options), code)
    assert answer("db", "info")["records"]["figure"] == 0


@pytest.mark.parametrize(
    "options",
    [
        ("add", "--number", -5, "--outcome", "killed"),
        ("add", "--number", "1.5"),
        ("add", "--outcome", "slain"),
        ("figures", "--from", "2023-02-30"),
        ("figures", "--as-recorded-on", "yesterday"),
        ("report", "x"),
        ("report", "x", "-o", "report.docx"),
        ("nonsense",),
        ("events", "file", "A war"),
        ("sources", "add", "A", "--country", "Nowhere"),
        ("sources", "method", "A", "--from", "2023-01-01", "--text", "t", "--usual", "weather=rain"),
    ],
)
def test_misuse_exits_with_2(run: Run, options: tuple[object, ...]) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_acts_change_a_figures_state_and_keep_it_visible(run: Run, answer: Run, ingested: str) -> None:
    assert (
        answer("disown", ingested[:8], "--by", "Ruritania Health Service", "--on", "2024-05-03")["state"] == "disowned"
    )
    assert (
        "recorded before: disowned"
        in run("disown", ingested, "--by", "Ruritania Health Service", "--on", "2024-05-03").stdout
    )
    assert answer("retract", ingested, "--reason", "withdrawn")["state"] == "retracted"
    corrected = answer("correct", ingested, "--number", 12, "--quote", "12 were injured", "--reason", "misread")
    assert corrected["count"]["best"] == 12
    assert (
        "stays visible" in run("correct", corrected["id"], "--outcome", "injured", "--reason", "misread again").stderr
    )
    assert answer("void", corrected["id"], "--reason", "typed twice")["state"] == "voided"
    assert {one["state"] for one in answer("figures")["figures"]} == {"corrected", "recorded", "voided"}
    assert "belongs to the document" in one_line(run("correct", ingested, "--publisher", "B", "--reason", "x"), 1)
    unsaid = ("--number", 7, "--quote", "7 people", "--reason", "x")
    assert "do not stand in the document" in one_line(run("correct", corrected["id"], *unsaid), 1)
    assert "8 hexadecimal digits" in one_line(run("void", "abc", "--reason", "x"), 1)
    assert answer("verify")["altered"] == []


def test_the_reasons_that_sources_reported_stand_with_the_change(run: Run, answer: Run) -> None:
    ids = []
    for number, day in ((1400, "2023-10-15"), (1200, "2023-11-10")):
        words = ["--quote", f"{number} people killed", "--publisher", "Fictional Board", "--published", day]
        counted = ["--outcome", "killed", "--place", "Israel", "--tally", "cumulative", "--as-of", day]
        ids.append(answer("add", "--number", number, *counted, *words)["id"])
    (series,) = answer("history", "--as-known-on", "2023-11-10")["series"]
    assert series["steps"][1]["reasons"] == []
    told = ["reason", ids[1], "--reason", "the earlier number was a first estimate", "--on", "2023-11-10"]
    assert "now recorded" in run(*told, "--by", "The Invented Courier").stdout
    assert "recorded before" in run(*told, "--by", "The Invented Courier").stdout
    assert answer(*told, "--by", "The Invented Post")["state"] == "recorded"
    (series,) = answer("history", "--as-known-on", "2023-11-10")["series"]
    reasons = series["steps"][1]["reasons"]
    assert [(reason["by"], reason["on"]) for reason in reasons] == [
        ("The Invented Courier", "2023-11-10"),
        ("The Invented Post", "2023-11-10"),
    ]
    assert "Reason reported by The Invented Courier on 10 November 2023" in run("history").stdout
    assert answer("consistency")["misfits"] == []
    assert run("verify").exit_code == 0


def test_sources_methods_and_events_are_listed_and_added_once(run: Run, answer: Run) -> None:
    assert len(answer("sources")["sources"]) >= 200
    added = ("sources", "add", "Ruritania Health Service", "--kind", "health_ministry", "--alias", "RHS")
    assert "recorded" in run(*added).stdout
    assert "known before" in run(*added).stdout
    assert [one["name"] for one in answer("sources", "--name", "RHS")["sources"]] == ["Ruritania Health Service"]
    assert "no source of that name" in run("sources", "--name", "Nobody at all").stderr
    assert "Ruritania Health Service" in run("sources", "--name", "RHS").stdout
    method = answer(
        "sources", "method", "RHS", "--from", "2024-01-01", "--text", "counts bodies", "--usual", "place=Libya"
    )
    assert method["source"] == "Ruritania Health Service"
    assert "no event" in run("events").stderr
    assert "recorded" in run("events", "add", "A war", "--alias", "The war").stdout
    assert "known before" in run("events", "add", "A war").stdout
    answer("events", "add", "An attack", "--within", "the WAR", "--place", "Gaza")
    assert answer("events")["events"][1]["within"] == "A war"
    assert "An attack" in run("events").stdout


def test_figures_are_filed_by_id_or_by_filter(run: Run, answer: Run, ingested: str) -> None:
    answer("events", "add", "A flood")
    assert answer("events", "file", "A flood", ingested[:12])["filed"] == 1
    assert (
        "1 figures filed under A flood, 1 were there before"
        in run("events", "file", "A flood", "--publisher", "The Invented Courier").stdout
    )
    assert "near: A flood" in one_line(run("figures", "--event", "A floud"), 1)


def test_names_in_filters_may_be_aliases_and_unknown_ones_find_nothing(run: Run, answer: Run) -> None:
    answer(*TYPED, "--attribution", "Gaza Ministry of Health", "--place", "Gaza Strip", "--group", "Palestinians")
    assert (
        len(
            answer("figures", "--issuer", "Gaza's health ministry", "--place", "Gaza", "--group", "Palestinian")[
                "figures"
            ]
        )
        == 1
    )
    assert len(answer("figures", "--as-recorded-on", "2099-01-01T00:00:00")["figures"]) == 1
    assert answer("figures", "--source", "Nobody")["figures"] == []
    assert "no recorded figure" in run("figures", "--place", "Atlantis").stderr
    assert "fits several sources" in one_line(run("figures", "--issuer", "Palestinian health ministry"), 1)


def test_history_disagreements_report_and_show_tell_what_was_recorded(run: Run, answer: Run, tmp_path: Path) -> None:
    answer("events", "add", "A blast", "--from", "2023-10-17", "--to", "2023-10-17")
    ministry = (
        "--outcome",
        "killed",
        "--publisher",
        "The Invented Courier",
        "--event",
        "A blast",
        "--tally",
        "incident",
        "--since",
        "2023-10-17",
    )
    answer(
        "add",
        "--number",
        471,
        *ministry,
        "--attribution",
        "Gaza Ministry of Health",
        "--as-of",
        "2023-10-18",
        "--published",
        "2023-10-18",
    )
    shown = answer(
        "add",
        "--low",
        100,
        "--high",
        300,
        *ministry,
        "--basis",
        "estimated",
        "--attribution",
        "CIA",
        "--as-of",
        "2023-10-19",
        "--published",
        "2023-10-19",
    )
    series = answer("history", "--event", "A blast")["series"]
    assert [one["steps"][0]["change"] for one in series] == ["first", "first"]
    assert "first recorded" in run("history", "--event", "A blast").stdout
    assert answer("history", "--line", "The Invented Courier")["series"]
    found = answer("disagreements", "--event", "A blast")
    assert found["disagreements"][0]["relation"] == "contradict"
    assert run("disagreements", "--exit-code").exit_code == 3
    assert "471" in run("disagreements").stdout
    for ending in ("html", "md", "json", "csv"):
        assert run("report", "A blast", "-o", tmp_path / f"r.{ending}").exit_code == 0
        assert "471" in (tmp_path / f"r.{ending}").read_text(encoding="utf-8")
    assert answer("report", "A blast")["checkpoint"]["size"] > 0
    for ending in ("html", "md", "json"):
        assert answer("verify", tmp_path / f"r.{ending}")["missing"] == []
    assert answer("verify", tmp_path / "r.csv")["checked"]["quotes"] == 2
    assert "cannot be written" in one_line(run("report", "A blast", "-o", tmp_path / "none" / "r.html"), 1)
    assert answer("show", shown["id"][:9])["origin_trace"]["earliest"]
    assert "cite as" in run("show", shown["id"]).stdout
    for name in ("one.json", "one.txt"):
        assert run("show", shown["id"], "-o", tmp_path / name).exit_code == 0
        assert "100" in (tmp_path / name).read_text(encoding="utf-8")


def test_a_store_that_lacks_a_snapshot_or_a_reports_checkpoint_is_said_to(
    run: Run, answer: Run, ingested: str, tmp_path: Path
) -> None:
    assert ingested
    assert "nothing is missing or altered" in run("verify").stdout
    for content, message in (
        (f'{{"checkpoint": {{"size": 999, "root": "{"ab" * 32}"}}}}', "missing: checkpoint"),
        (f'{{"checkpoint": {{"size": 1, "root": "{"ab" * 32}"}}}}', "altered: checkpoint"),
    ):
        (tmp_path / "report.json").write_text(content, encoding="utf-8")
        result = run("verify", tmp_path / "report.json", "--exit-code")
        assert result.exit_code == 3
        assert message in result.stdout
    (tmp_path / "report.json").write_text("[]", encoding="utf-8")
    assert "no report of ours" in one_line(run("verify", tmp_path / "report.json"), 1)
    assert "cannot be read" in one_line(run("verify", tmp_path / "none.json"), 1)
    (tmp_path / "bytes.html").write_bytes(b"\xff\xfe\xff")
    assert "not text" in one_line(run("verify", tmp_path / "bytes.html"), 1)
    for file in (tmp_path / "store.db.archive").rglob("*.gz"):
        file.unlink()
    result = run("verify", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["missing"][0]["what"] == "snapshot"


def test_a_backup_is_a_store_and_restores_into_an_empty_one(
    run: Run, answer: Run, ingested: str, tmp_path: Path, prepared_postgresql: Callable[[], str]
) -> None:
    copy = tmp_path / "copy.db"
    assert answer("db", "backup", copy)["rows"] > 0
    assert "exists" in one_line(run("db", "backup", copy), 1)
    assert answer("verify", "--db", f"sqlite:///{copy}")["checkpoint"]["root"] == answer("verify")["checkpoint"]["root"]
    elsewhere = ("--db", prepared_postgresql(), "--archive", tmp_path / "elsewhere")
    assert "rows restored" in run("db", "restore", copy, *elsewhere).stderr
    assert answer("show", ingested, *elsewhere)["id"] == ingested
    assert answer("verify", *elsewhere)["checkpoint"]["root"] == answer("verify")["checkpoint"]["root"]
    assert "not empty" in one_line(run("db", "restore", copy), 1)
    assert "no backup" in one_line(run("db", "restore", tmp_path / "none.db"), 1)
    assert "needs a folder" in one_line(run("db", "info", "--db", elsewhere[1]), 1)


def test_the_store_tells_of_itself(run: Run, answer: Run) -> None:
    assert answer("db", "info")["records"]["figure"] == 0
    assert "schema" in run("db", "info").stdout
    assert answer("db", "upgrade") == {"before": CURRENT, "after": CURRENT}
    assert "nothing to do" in run("db", "upgrade").stdout
    assert "not a database URL" in one_line(run("figures", "--db", "nonsense"), 1)
    assert run("--version").stdout.startswith("casualty-figures ")


def test_the_demo_runs_twice_in_one_folder_and_answers_programs(answer: Run, tmp_path: Path) -> None:
    first = answer("demo", "--folder", tmp_path / "demo")
    assert first["figures"] > 30
    assert answer("demo", "--folder", tmp_path / "demo")["figures"] == 0
    assert Path(first["report"]).stat().st_size > 10_000


def test_the_store_may_be_named_before_the_command(tmp_path: Path, article: Path) -> None:
    from typer.testing import CliRunner

    from tracker.cli import app

    store = f"sqlite:///{tmp_path / 'named-first.db'}"
    ingested = CliRunner().invoke(app, ["--db", store, "ingest", str(article)])
    assert ingested.exit_code == 0, ingested.output
    after = CliRunner().invoke(app, ["figures", "--db", store, "--json"])
    assert len(json.loads(after.stdout)["figures"]) == 2


def test_a_document_in_another_language_is_archived_and_said_not_to_be_read(
    run: Run, answer: Run, article: Path
) -> None:
    told = answer("ingest", article, "--lang", "fr")
    assert (told["documents"], told["figures"]["new"]) == (1, 0)
    assert "language_unsupported" in told["notes"][0]
    assert "language_unsupported" in run("extract", article, "--lang", "fr").stderr
    assert "language_unsupported" in run("ingest", article, "--lang", "fr").stderr


def test_the_list_of_commands_waits_for_no_library_that_it_does_not_need() -> None:
    import subprocess
    import sys

    code = "import sys, tracker.cli; print([name for name in ('sqlalchemy', 'dbos', 'httpx') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
