"""Timestamps of checkpoints: asked only where configured, carried, and believed only for what was stamped."""

import base64
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

Run = Callable[..., Any]
Answer = Callable[..., Any]


@pytest.fixture
def stamped(run: Run, take_in: Callable[..., str], authority: Any, tmp_path: Path) -> Path:
    """A stamped report."""
    take_in(40, "2024-05-05")
    path = tmp_path / "r.json"
    result = run("report", "-o", path)
    assert result.exit_code == 0, result.output
    return path


def test_a_report_is_stamped_and_checked_under_the_root_that_is_named(
    run: Run, answer: Answer, authority: Any, stamped: Path
) -> None:
    assert authority.asked == 1
    told = answer("verify", stamped, "--timestamp-root", authority.root, "--alone")
    assert told["timestamp"]["status"] == "good"
    assert told["timestamp"]["time"].endswith("Z")
    unnamed = answer("verify", stamped, "--alone")
    assert unnamed["timestamp"]["status"] == "unchecked"
    assert any("who gave it was not checked" in line for line in unnamed["said"])


def test_formats_that_keep_no_timestamp_ask_for_none(run: Run, stamped: Path, authority: Any, tmp_path: Path) -> None:
    for ending in (".html", ".md", ".csv"):
        run("report", "-o", tmp_path / f"r{ending}")
    assert authority.asked == 1


def test_a_package_holds_note_and_stamp_as_files_that_other_tools_read(
    run: Run, stamped: Path, authority: Any, tmp_path: Path
) -> None:
    path = tmp_path / "r.zip"
    assert run("report", "-o", path).exit_code == 0
    assert run("verify", path, "--timestamp-root", authority.root, "--alone").exit_code == 0
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    query = ["openssl", "ts", "-verify", "-data", "checkpoint.txt", "-in", "checkpoint.tsr", "-CAfile", authority.root]
    try:
        done = subprocess.run(query, cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        if os.environ.get("CI"):
            pytest.fail("openssl is not on this machine: .ci/run holds our timestamps to it")
        pytest.skip("openssl is not on this machine")
    assert "Verification: OK" in done.stdout, done.stderr


def test_a_stamp_of_something_else_or_by_somebody_else_is_refused(
    run: Run, stamped: Path, authority: Any, tmp_path: Path
) -> None:
    other = type(authority)(tmp_path, "two")
    result = run("verify", stamped, "--timestamp-root", other.root, "--alone")
    assert (result.exit_code, "altered: timestamp" in result.stdout) == (3, True)
    content = json.loads(stamped.read_text("utf-8"))
    earlier = content["checkpoint"]["timestamp"]
    run("events", "add", "A later event")
    later = tmp_path / "later.json"
    run("report", "-o", later)
    forged = json.loads(later.read_text("utf-8"))
    forged["checkpoint"]["timestamp"] = earlier
    later.write_text(json.dumps(forged), "utf-8")
    for options in ((), ("--timestamp-root", authority.root)):
        assert run("verify", later, "--alone", *options).exit_code == 3
    token = bytearray(base64.b64decode(earlier))
    token[-1] ^= 1
    content["checkpoint"]["timestamp"] = base64.b64encode(token).decode()
    stamped.write_text(json.dumps(content), "utf-8")
    assert run("verify", stamped, "--alone", "--timestamp-root", authority.root).exit_code == 3
    for broken in ("AAAA", "not base64"):
        content["checkpoint"]["timestamp"] = broken
        stamped.write_text(json.dumps(content), "utf-8")
        assert run("verify", stamped, "--alone").exit_code in (1, 3)


def test_a_named_root_asks_for_a_timestamp(
    run: Run, stamped: Path, authority: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY")
    run("report", "-o", tmp_path / "plain.json")
    result = run("verify", tmp_path / "plain.json", "--timestamp-root", authority.root, "--alone")
    assert (result.exit_code, "missing: timestamp" in result.stdout) == (3, True)
    for none in ("r.json", "absent.pem"):
        assert run("verify", stamped, "--timestamp-root", tmp_path / none, "--alone").exit_code == 1


def test_a_report_that_cannot_be_stamped_is_not_written(
    run: Run, stamped: Path, authority: Any, tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "n.json"

    def refused(words: str) -> None:
        result = run("report", "-o", path)
        assert (result.exit_code, path.exists(), len(result.stderr.splitlines())) == (1, False, 1), result.output
        assert words in result.stderr

    authority.spoil = {"nonce": 7}
    refused("did not stamp what it was sent")
    authority.spoil, authority.status = {}, "rejection"
    refused("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY")
    httpserver.expect_request("/words", method="POST").respond_with_data("no")
    monkeypatch.setenv("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY", httpserver.url_for("/words"))
    refused("gave no timestamp")
    httpserver.expect_request("/much", method="POST").respond_with_data(b"x" * 1_000_001)
    monkeypatch.setenv("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY", httpserver.url_for("/much"))
    refused("more than 1,000,000 bytes")
    monkeypatch.setenv("CASUALTY_FIGURES_TIMESTAMP_AUTHORITY", httpserver.url_for("/absent"))
    refused("answered 5")
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    refused("casualty-figures[timestamp]")


def test_without_the_library_a_timestamp_is_said_to_be_unchecked(
    run: Run, answer: Answer, stamped: Path, authority: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    told = answer("verify", stamped, "--alone")
    assert told["timestamp"]["status"] == "unchecked"
    assert any("was not checked" in line for line in told["said"])
    assert run("verify", stamped, "--alone", "--timestamp-root", authority.root).exit_code == 1
