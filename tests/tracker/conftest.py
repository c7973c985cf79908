"""The command, run in this process on a store of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tracker.cli import app

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared_sqlite: Callable[[Path], str]) -> Run:
    """`run("figures", "--json")`: the command on an empty store in a temporary folder."""
    monkeypatch.setenv("CASUALTY_FIGURES_DB", prepared_sqlite(tmp_path / "store.db"))

    def run_command(*words: object, text: str | None = None) -> Any:
        return CliRunner().invoke(app, [str(word) for word in words], input=text)

    return run_command


@pytest.fixture
def answer(run: Run) -> Callable[..., Any]:
    """The same, its JSON parsed; the command must succeed."""

    def answered(*words: object, text: str | None = None) -> Any:
        result = run(*words, "--json", text=text)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return answered
