"""`reread`: archived documents read again by an improved extractor, without fetching."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TEXT = "The Invented Health Bureau said 1,377 people had been killed and 2,019 injured in Sudan.\n"


@pytest.fixture
def by_an_older_version(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document that an older extractor had read, which overlooked the injured."""
    import tracker.ingesting as ingesting
    from sources.extract import extract

    def overlooking(text: str, **asked: Any) -> Any:
        return [figure for figure in extract(text, **asked) if figure.definition.outcome != "injured"]

    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    with monkeypatch.context() as older:
        older.setattr(ingesting, "EXTRACTOR_VERSION", "extract-1")
        older.setattr(ingesting, "extract", overlooking)
        assert run("ingest", path, "--publisher", "The Fictional Ledger", "--published", "2024-01-20").exit_code == 0
    path.unlink()
    return path


def test_what_would_change_is_said_before_it_is_recorded(run: Run, answer: Run, by_an_older_version: Path) -> None:
    told = answer("reread", "--dry-run")
    assert (told["snapshots"], told["figures"]["new"], len(told["changed"])) == (1, 0, 1)
    assert [figure["definition"]["outcome"] for figure in told["changed"][0]["new"]] == ["injured"]
    assert told["changed"][0]["gone"] == []
    assert len(answer("figures")["figures"]) == 1
    assert "new: 2,019 people injured" in run("reread", "--dry-run").stdout


def test_what_is_new_is_recorded_and_a_second_time_changes_nothing(answer: Run, by_an_older_version: Path) -> None:
    assert answer("reread")["figures"] == {"new": 1, "held": 0}
    assert sorted(figure["count"]["best"] for figure in answer("figures")["figures"]) == [1_377, 2_019]
    assert answer("verify")["altered"] == []
    again = answer("reread")
    assert (again["snapshots"], again["current"]) == (0, 1)


def test_a_figure_that_is_no_longer_read_stays_and_is_named(
    run: Run, answer: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracker.ingesting as ingesting

    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    with monkeypatch.context() as older:
        older.setattr(ingesting, "EXTRACTOR_VERSION", "extract-1")
        assert run("ingest", path, "--publisher", "The Fictional Ledger").exit_code == 0
    from sources.extract import extract

    monkeypatch.setattr(ingesting, "extract", lambda text, **asked: extract(text, **asked)[:1])
    told = answer("reread")
    assert [len(one["gone"]) for one in told["changed"]] == [1]
    assert len(answer("figures")["figures"]) == 2


def test_what_this_version_read_is_passed_over(run: Run, answer: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT)
    assert run("ingest", path, "--publisher", "The Fictional Ledger").exit_code == 0
    told = answer("reread")
    assert (told["snapshots"], told["current"]) == (0, 1)


def test_a_snapshot_that_is_gone_is_an_error_and_stops_none_of_the_others(
    run: Run, tmp_path: Path, by_an_older_version: Path
) -> None:
    import shutil

    shutil.rmtree(tmp_path / "store.db.archive")
    result = run("reread")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
