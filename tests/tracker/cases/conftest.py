"""Real cases told twice: as texts that a fictional outlet publishes, and as figures typed by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
OUTLET = "The Fictional Ledger"


class Record:
    """A store to which texts and figures are added through the command, and which is asked through it."""

    def __init__(self, run: Run, folder: Path) -> None:
        self._run = run
        self._folder = folder
        self._texts = 0

    def event(self, name: str, *options: str) -> None:
        self._done("events", "add", name, *options)

    def source(self, name: str, *options: str) -> None:
        self._done("sources", "add", name, *options)

    def text(
        self,
        published: str,
        text: str,
        *,
        publisher: str = OUTLET,
        event: str | None = None,
        address: str | None = None,
    ) -> list[dict[str, Any]]:
        """Ingest a text; the figures recorded by it."""
        self._texts += 1
        path = self._folder / f"text-{self._texts}.txt"
        path.write_text(f"{text}\n", encoding="utf-8")
        before = {figure["id"] for figure in self.figures()}
        options = ["--publisher", publisher, "--published", published]
        options += ["--event", event] if event else []
        options += ["--address", address] if address else []
        self._done("ingest", path, *options)
        return [figure for figure in self.figures() if figure["id"] not in before]

    def add(self, number: int | tuple[int, int], published: str, **options: Any) -> str:
        """Type a figure of people killed, carried by the outlet; its id. Options are the command's, underscored."""
        low, high = number if isinstance(number, tuple) else (None, None)
        bounds = ["--number", number] if low is None else ["--low", low, "--high", high]
        words = f"{number}" if low is None else f"{low} to {high}"
        given = {"publisher": OUTLET, "outcome": "killed", "quote": f"{words} people", "words": words, **options}
        typed = [
            word
            for name, values in given.items()
            for value in (values if isinstance(values, list) else [values])
            for word in (f"--{name.replace('_', '-')}", value)
        ]
        return str(json.loads(self._done("add", *bounds, "--published", published, *typed, "--json"))["id"])

    def act(self, *words: str) -> None:
        self._done(*words)

    def figures(self, *filters: str) -> list[dict[str, Any]]:
        return list(self.ask("figures", *filters)["figures"])

    def ask(self, *words: str) -> dict[str, Any]:
        return dict(json.loads(self._done(*words, "--json")))

    def series(self, authority: str, *filters: str) -> list[list[tuple[str, int | None]]]:
        """The steps of each series of an authority: the change, and the number."""
        found = self.ask("history", *filters)["series"]
        return [steps(series) for series in found if series["authority"] == authority]

    def line(self, publisher: str, *filters: str) -> list[list[tuple[str, int | None]]]:
        return [steps(series) for series in self.ask("history", "--line", publisher, *filters)["series"]]

    def relations(self, *filters: str) -> list[tuple[str, frozenset[str]]]:
        """Each span of disagreement: its relation and who stands in it."""
        found = self.ask("disagreements", *filters)["disagreements"]
        return [
            (span["relation"], frozenset(position["authority"] for position in span["positions"])) for span in found
        ]

    def _done(self, *words: object) -> str:
        result = self._run(*words)
        assert result.exit_code == 0, result.output
        return str(result.stdout)


def number(figure: dict[str, Any]) -> int | None:
    count = figure["count"]
    return next((count[bound] for bound in ("best", "low", "high") if count[bound] is not None), None)


def steps(series: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(step["change"], number(step["figure"])) for step in series["steps"]]


@pytest.fixture
def record(run: Run, tmp_path: Path) -> Record:
    return Record(run, tmp_path)
