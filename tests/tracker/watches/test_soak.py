"""
Many visits of pages that change by a known script: what is recorded is what the script says, exactly.

The model here knows nothing of the program: it keeps what a page said last and what a reader of it must have seen.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug import Request, Response

from db.watches import runs
from tracker.filtering import Asked
from tracker.questions import history_of

Page = Callable[..., str]
SEED = 7
MOVES = {
    "rises": 4, "is_revised": 2, "is_edited": 2, "says_it_again": 1, "stands": 3, "stands_and_says_so": 2,
    "is_gone": 1, "is_broken": 1, "is_redesigned": 1,
}  # fmt: skip
_BEGINNINGS = "Al Bor Cel Dun Er Fal Gor Hal Il Jor Kel Lun Mor Nel Or"
_ENDS = "den mar rin sol tan vik wen bol dal fen gar hol kir lom"
TOWNS = [beginning + end for beginning in _BEGINNINGS.split() for end in _ENDS.split()]
REDESIGNED = "<html lang='en'><body><article><p>{}</p></article></body></html>".format(
    "The pages of this bureau have moved, and its numbers are to be found elsewhere from now on. " * 5
)


@dataclass
class Toll:
    """A page with a toll: what it says, what was made of it, and the answer it gives next."""

    issuer: str
    number: int
    day: date = date(2024, 1, 20)
    move: str = ""
    used: set[int] = field(default_factory=set)
    recorded: list[int] = field(default_factory=list)
    steps: list[tuple[str, int | None]] = field(default_factory=list)
    last: str = ""
    is_known_gone: bool = False

    def advance(self, move: str, chance: random.Random) -> tuple[str, int, Counter[str]]:
        """Make one move; the outcome, the new figures and the notices of the visit that sees it."""
        self.move = move
        if move in ("is_gone", "is_broken"):
            told = Counter(["watch_failing"])
            told["document_gone"] += move == "is_gone" and not self.is_known_gone
            self.is_known_gone |= move == "is_gone"
            return "failed", 0, told
        self.is_known_gone = False
        if move == "is_redesigned":
            outcome = "unchanged" if self.last == REDESIGNED else "nothing_found"
            self.last = REDESIGNED
            return outcome, 0, Counter([outcome] if outcome == "nothing_found" else [])
        if move in ("stands", "stands_and_says_so"):
            self.last = self.words
            return "unchanged", 0, Counter()
        return self._changed(move, chance)

    def _changed(self, move: str, chance: random.Random) -> tuple[str, int, Counter[str]]:
        before, change = self.number, "silently_edited"
        if move == "is_edited":
            self.number = next(
                number for number in iter(lambda: before + chance.randint(-9, 9), None) if self._new(number)
            )
        else:
            self.day += timedelta(days=chance.randint(1, 3))
            self.used.clear()
            by = {"rises": (1, 40), "is_revised": (-9, -1), "says_it_again": (0, 0), "begins": (0, 0)}[move]
            self.number += chance.randint(*by)
            change = {"rises": "rise", "is_revised": "revised_down", "says_it_again": "unchanged"}.get(move, "first")
        self.used.add(self.number)
        self.recorded.append(self.number)
        self.steps.append((change, None if change == "first" else self.number - before))
        self.last = self.words
        besides = {"revised_down": ["revision"], "silently_edited": ["silently_edited"]}.get(change, [])
        return "changed", 1, Counter(["new_figure", *besides])

    def _new(self, number: int) -> bool:
        return number not in self.used

    @property
    def words(self) -> str:
        said = f"{self.issuer} said on {self.day:%-d %B %Y} that {self.number:,} people had been killed in Sudan."
        return f"<html lang='en'><head><title>A page</title></head><body><article><p>{said}</p></article></body></html>"

    def answer(self, request: Request) -> Response:
        """What the server says now; only a page that `stands_and_says_so` heeds a conditional request."""
        if self.move in ("is_gone", "is_broken"):
            return Response(status={"is_gone": 410, "is_broken": 500}[self.move])
        body = REDESIGNED if self.move == "is_redesigned" else self.words
        tag = f'"{hash(body)}"'
        if self.move == "stands_and_says_so" and request.headers.get("If-None-Match") == tag:
            return Response(status=304)
        return Response(body, content_type="text/html", headers={"ETag": tag})


@pytest.mark.parametrize(
    ("pages", "visits"),
    [pytest.param(4, 10, id="forty"), pytest.param(200, 10, id="two-thousand", marks=pytest.mark.long)],
)
def test_after_many_visits_the_record_is_what_the_pages_said(site: Any, pages: int, visits: int) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a script, no secret
    tolls = [Toll(f"The Invented Health Bureau of {TOWNS[place]}", 1_000 + 7 * place) for place in range(pages)]
    for place, toll in enumerate(tolls):
        site.server.expect_request(f"/toll/{place}").respond_with_handler(toll.answer)
        site.watch(site.server.url_for(f"/toll/{place}"), name=f"w{place}")
    for visit in range(visits):
        for place, toll in enumerate(tolls):
            (move,) = chance.choices(list(MOVES), list(MOVES.values())) if visit else ("begins",)
            outcome, new, told = toll.advance(move, chance)
            run = site.visit(f"w{place}", later=timedelta(0))
            where = f"seed {SEED}, visit {visit} of page {place}: it {move}; {run}"
            assert (run.outcome, run.new) == (outcome, new), where
            assert Counter(kind for kind in site.told() if "disagreement" not in kind) == +told, where
    assert site.numbers() == sorted(number for toll in tolls for number in toll.recorded)
    history = {series.authority: series.steps for series in history_of(site.store, Asked())}
    for toll in tolls:
        steps = history.pop(toll.issuer.removeprefix("The "))
        assert [(step.change, step.difference) for step in steps] == toll.steps, f"seed {SEED}, {toll.issuer}"
    assert history == {}
    assert len(runs(site.store, limit=10_000)) == pages * visits
