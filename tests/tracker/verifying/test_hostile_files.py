"""Files that only pose as reports: one clear line, never a traceback, and no more read than a report holds."""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker import earlier
from tracker.filtering import Asked

Run = Callable[..., Any]
CHECKPOINT = {"size": 1, "root": "ab" * 32}


def packed(files: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "carries no checkpoint"),
        (b"ledger of ,,, entries with the Merkle root (RFC 9162) ", "carries no checkpoint"),
        (b"id,state,checkpoint_size,checkpoint_root\r\n", "holds no figure"),
        (b'id,state,checkpoint_size,checkpoint_root\r\n1,2,"3', "breaks off"),
        (b"id,state,checkpoint_size,checkpoint_root\r\n1,recorded,many,root\r\n", "its checkpoint is none"),
        (packed({"a.txt": ""}), "is no data package of ours"),
        (packed({f"{number}.txt": "" for number in range(101)}), "more than a report holds"),
        (packed({"report.json": "{", "SHA256SUMS": ""}), "carries no checkpoint"),
        (packed({"xl/workbook.xml": "<"}), "is no workbook of ours"),
        (packed({"report.json": json.dumps({"checkpoint": CHECKPOINT})})[:-30], "the archive is damaged"),
    ],
)
def test_a_file_that_only_poses_as_a_report_is_refused_in_one_line(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "posing"
    path.write_bytes(content)
    result = run("verify", path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1), result.output
    assert said in result.stderr


def test_a_file_larger_than_any_report_is_not_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cannot be read" in run("verify", tmp_path).stderr
    monkeypatch.setattr(earlier, "MOST_BYTES", 1_000)
    (tmp_path / "large.md").write_text("x" * 1_001, "utf-8")
    assert "larger than 1,000 bytes" in run("verify", tmp_path / "large.md").stderr
    for unfolded in (1_500, 10_000):
        (tmp_path / "r.zip").write_bytes(packed({"report.json": "x" * unfolded, "SHA256SUMS": ""}))
        assert "unfolds to more" in run("verify", tmp_path / "r.zip").stderr


def test_a_package_with_files_missing_added_or_repeated_is_found(run: Run, tmp_path: Path) -> None:
    report = json.dumps({"checkpoint": CHECKPOINT})
    path = tmp_path / "r.zip"
    path.write_bytes(packed({"report.json": report, "SHA256SUMS": f"{'0' * 64}  gone.csv\n", "added.txt": ""}))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("added.txt", "twice")
    result = run("verify", path)
    assert result.exit_code == 3
    for name in ("gone.csv", "added.txt", "checkpoint.txt", "checkpoint.json"):
        assert f"file {name}: " in result.stdout
    assert "several files of one name" in result.stdout


def test_a_workbook_needs_its_library(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (tmp_path / "r.xlsx").write_bytes(packed({"xl/workbook.xml": "<"}))
    assert "casualty-figures[xlsx]" in run("verify", tmp_path / "r.xlsx").stderr


def test_a_report_whose_shape_is_broken_is_altered_and_the_rest_still_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"checkpoint": CHECKPOINT, "report": {}, "figures": []}), "utf-8")
    result = run("verify", path)
    assert result.exit_code == 3
    assert "a part of it is not what a report holds: report.event" in result.stdout
    assert "not signed" in result.stdout


def test_filters_are_read_back_from_their_words_and_nothing_else_is() -> None:
    asked = Asked(event="A flood", outcome="killed", as_known_on=None)
    told = asked.told()
    assert Asked.retold(told.pop("event"), told) == asked
    for wrong in ({"outcome": "eaten"}, {"from": "yesterday"}, {"held": "1"}, {"event": "x"}):
        with pytest.raises(ValueError, match=r".+"):
            Asked.retold(None, wrong)


def test_filters_that_cannot_be_asked_again_are_said_and_fail_nothing(run: Run, tmp_path: Path) -> None:
    run("events", "add", "Ruritania flood")
    path = tmp_path / "r.json"
    run("report", "-o", path)
    content = json.loads(path.read_text("utf-8"))
    for filters, event in (({"outcome": "eaten"}, None), ({}, "No such event")):
        content["report"] |= {"filters": filters, "event": event}
        path.write_text(json.dumps(content), "utf-8")
        result = run("verify", path)
        assert (result.exit_code, "What came since cannot be told" in result.stdout) == (0, True)
