"""`report --watch`: real processes, on both databases; the file follows the record."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.records import Event
from db.store import Store
from tracker.errors import UnwritableFile
from tracker.reporting import renderings

Run = Callable[..., Any]
COMMAND = [sys.executable, "-c", "from tracker.cli import main; main()"]


@pytest.fixture
def watching(store: Store, store_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that renders r.json of all events whenever the store grows."""
    environment = {**os.environ, "CASUALTY_FIGURES_DB": store_url, "CASUALTY_FIGURES_ARCHIVE": str(tmp_path)}
    words = ["report", "-o", str(tmp_path / "r.json"), "--watch"]
    process = subprocess.Popen([*COMMAND, *words], env=environment, stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def test_the_file_is_rendered_whenever_the_record_has_grown_until_stopped(
    store: Store, watching: subprocess.Popen[str], tmp_path: Path, make_recording: Any, make_figure: Any
) -> None:
    assert watching.stderr is not None
    assert watching.stderr.readline().startswith("0 figures reported in ")
    store.record(make_recording(make_figure(2808)))
    assert watching.stderr.readline().startswith("1 figures reported in ")
    (figure,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["figures"]
    assert figure["count"]["best"] == 2808
    watching.send_signal(signal.SIGTERM)
    assert watching.wait() == 0
    assert watching.stderr.read() == ""


def test_what_fails_for_a_moment_is_said_once_and_tried_again(store: Store) -> None:
    stop = threading.Event()
    outcomes: list[Exception | str] = ["first", UnwritableFile("the disk is full"), UnwritableFile("the disk is full")]
    outcomes.append("second")

    def render() -> str:
        told = outcomes.pop(0)
        if isinstance(told, Exception):
            raise told
        return told

    lines = renderings(store, render, stop, pause=0.01)
    assert next(lines) == "first"
    with store.writing() as writer:
        writer.add_event(Event(name="Ruritania flood"))
    assert next(lines) == "not rendered, and tried again: the disk is full"
    assert next(lines) == "second"
    stop.set()
    assert list(lines) == []


def test_what_fails_at_first_ends_it(run: Run, tmp_path: Path) -> None:
    result = run("report", "No such event", "-o", tmp_path / "r.html", "--watch")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert run("report", "--watch").exit_code == 2
    assert run("report", "--watch", "-o", tmp_path / "r.html", "--json").exit_code == 2
