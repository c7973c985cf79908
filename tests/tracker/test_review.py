"""The gate from the outside: what it holds, and what a person's review does to the answers."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.acts import review
from db.find import Filters, find_figures
from db.store import Store
from sources.archive import Archive
from tracker.importing import import_dataset
from tracker.verifying import verify_store

Run = Callable[..., Any]
STORED = ("--by", "An editor", "--reason", "it stands so in the bulletin")


def bulletin(day: date, killed: int) -> str:
    return (
        f"Published {day}\n\nThe Ruritania Health Service said on {day:%d %B %Y} that the death toll from the war"
        f" had reached {killed:,} people killed in Ruritania since 1 January 2023.\n"
    )


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., Path]:
    """A dataset file of one running total, from 1 January 2024."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        """
[dataset]
publisher = "The Invented Courier"
address = "https://courier.example/daily.csv"
format = "csv"
[row]
key = ["day"]
as_of = { column = "day" }
published = { column = "day" }
[sources.own]
always = { own = true }
[defaults]
source = "own"
outcome = "killed"
tally = "cumulative"
since = "2023-01-01"
[[figures]]
column = "killed"
[[figures]]
column = "injured"
outcome = "injured"
""",
        encoding="utf-8",
    )

    def write(*killed: int, name: str = "daily.csv") -> Path:
        first = date(2024, 1, 1)
        lines = [f"{first + timedelta(days=place)},{number},900" for place, number in enumerate(killed)]
        path = tmp_path / name
        path.write_text("\n".join(("day,killed,injured", *lines)) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def imported(answer: Run, rows: Callable[..., Path], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Import that file with these totals; what the command answers of its figures."""

    def take(*killed: int) -> dict[str, Any]:
        answered = answer("import", rows(*killed), "--map", tmp_path / "map.toml")
        return dict(answered["figures"])

    return take


Import = Callable[..., dict[str, Any]]
SOUND = (450, 455, 459, 460, 463)


def killed(answer: Run, *filters: str) -> list[int]:
    return [one["count"]["best"] for one in answer("figures", "--outcome", "killed", *filters)["figures"]]


def test_a_sudden_jump_waits_and_is_in_no_answer(run: Run, answer: Run, imported: Import) -> None:
    imported(*SOUND)
    assert imported(*SOUND, 2615) == {"new": 2, "unchanged": 10, "held": 1, "refused": 0}
    assert killed(answer) == list(SOUND)
    assert killed(answer, "--held") == [2615]
    (waiting,) = answer("review", "list")["figures"]
    assert (waiting["state"], waiting["hold"]["rule"]) == ("held", "sudden_jump")
    assert "463" in run("review", "list").stdout
    steps = answer("history", "--outcome", "killed")["series"][0]["steps"]
    assert [step["figure"]["count"]["best"] for step in steps] == list(SOUND)


def test_an_accepted_figure_enters_every_answer_with_who_accepted_it_and_why(
    run: Run, answer: Run, imported: Import
) -> None:
    imported(*SOUND)
    imported(*SOUND, 2615)
    (waiting,) = answer("review", "list")["figures"]
    done = answer("review", "accept", waiting["id"][:12], *STORED)
    assert done == {"accepted": 1, "unchanged": 0, "figures": [waiting["id"]]}
    assert killed(answer) == [*SOUND, 2615]
    assert answer("review", "list")["figures"] == []
    shown = answer("show", waiting["id"])
    assert shown["state"] == "recorded"
    (act,) = shown["acts"]
    assert (act["kind"], act["by"], act["reason"]) == ("accept", "An editor", "it stands so in the bulletin")
    assert "accept by An editor: it stands so in the bulletin" in run("show", waiting["id"]).stdout
    assert answer("verify")["altered"] == []


def test_importing_again_leaves_what_was_accepted_accepted_and_holds_nothing_again(
    answer: Run, imported: Import
) -> None:
    imported(*SOUND)
    imported(*SOUND, 2615)
    answer("review", "accept", "--outcome", "killed", *STORED)
    assert imported(*SOUND, 2615) == {"new": 0, "unchanged": 12, "held": 0, "refused": 0}
    assert imported(*SOUND, 2615, 2620)["held"] == 0
    assert killed(answer) == [*SOUND, 2615, 2620]


def test_a_rejected_figure_stays_out_and_takes_no_later_one_with_it(run: Run, answer: Run, imported: Import) -> None:
    imported(*SOUND)
    imported(*SOUND, 2615)
    (waiting,) = answer("review", "list")["figures"]
    assert answer("review", "reject", waiting["id"], *STORED)["rejected"] == 1
    assert answer("review", "list")["figures"] == []
    assert "no figure waits for a review" in run("review", "list").stderr
    assert imported(*SOUND, 2615, 464) == {"new": 2, "unchanged": 12, "held": 0, "refused": 0}
    assert killed(answer) == [*SOUND, 464]
    assert killed(answer, "--held") == [2615]
    assert answer("verify")["altered"] == []


def test_what_is_held_takes_the_new_figures_of_its_series_with_it_and_no_other(answer: Run, imported: Import) -> None:
    imported(*SOUND)
    held = imported(*SOUND, 464, 2615, 466)
    assert held == {"new": 6, "unchanged": 10, "held": 3, "refused": 0}
    assert killed(answer) == list(SOUND)
    rules = [one["hold"]["rule"] for one in answer("review", "list")["figures"]]
    assert rules == ["same_series", "sudden_jump", "same_series"]
    assert answer("review", "accept", "--outcome", "killed", "--from", "2024-01-06", *STORED)["accepted"] == 3
    assert killed(answer) == [*SOUND, 464, 2615, 466]


def test_a_bulletin_is_set_against_what_was_recorded_before(answer: Run, run: Run, tmp_path: Path) -> None:
    def ingested(day: date, number: int, words: str = "") -> dict[str, Any]:
        path = tmp_path / f"{day}-{number}.txt"
        path.write_text(bulletin(day, number) + words, encoding="utf-8")
        found = answer("ingest", path, "--publisher", "Ruritania Health Service", "--published", day, "--lang", "en")
        return dict(found["figures"])

    for place, number in enumerate((1_000, 1_010, 1_020, 1_030, 1_040)):
        assert ingested(date(2024, 1, 1 + place), number)["held"] == 0
    assert ingested(date(2024, 1, 9), 10_400)["held"] == 1
    assert ingested(date(2024, 1, 9), 10_400) == {"new": 0, "unchanged": 1, "held": 0, "refused": 0}
    assert ingested(date(2024, 1, 10), 1_050)["held"] == 0


def test_a_held_figure_that_was_voided_waits_no_longer(answer: Run, imported: Import) -> None:
    imported(*SOUND)
    imported(*SOUND, 2615)
    (waiting,) = answer("review", "list")["figures"]
    answer("void", waiting["id"], "--reason", "a column was misread")
    assert answer("review", "list")["figures"] == []


def test_both_databases_hold_what_is_far_from_the_record_and_use_it_once_accepted(
    store: Store, rows: Callable[..., Path], tmp_path: Path
) -> None:
    archive, mapping = Archive(tmp_path / "archive"), str(tmp_path / "map.toml")
    assert import_dataset(store, archive, rows(*SOUND), mapping).held == 0
    assert import_dataset(store, archive, rows(*SOUND, 2615), mapping).held == 1
    held = [figure.id for figure in find_figures(store, Filters(held=True))]
    assert review(store, "accept", held, by="An editor", reason="it stands so") == 1
    assert import_dataset(store, archive, rows(*SOUND, 2615, 2620), mapping).held == 0
    assert len(find_figures(store, Filters(outcome="killed"))) == 7
    assert verify_store(store, tmp_path / "archive").is_sound


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_review_needs_a_name_a_reason_and_either_ids_or_filters(run: Run, imported: Import, verdict: str) -> None:
    imported(*SOUND)
    assert run("review", verdict, *STORED).exit_code == 2
    assert run("review", verdict, "0123456789ab", "--outcome", "killed", *STORED).exit_code == 2
    assert run("review", verdict, "0123456789ab", "--by", "An editor").exit_code == 2
    assert run("review", verdict, "0123456789ab", "--reason", "so").exit_code == 2


def test_what_is_not_held_is_not_reviewed(run: Run, answer: Run, imported: Import) -> None:
    imported(*SOUND)
    plain = answer("figures")["figures"][0]["id"]
    result = run("review", "accept", plain, *STORED)
    assert result.exit_code == 1
    assert "is not held" in result.stderr
    empty = run("review", "accept", "--outcome", "killed", *STORED)
    assert empty.exit_code == 0
    assert "no figure that passes these filters waits" in empty.stderr
    assert json.loads(run("review", "reject", "--outcome", "killed", *STORED, "--json").stdout)["figures"] == []
