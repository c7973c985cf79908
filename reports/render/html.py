"""
The provenance report as one HTML page that asks nothing of the network, every word from outside escaped.

A Content-Security-Policy in the page itself allows its own style and script, by their SHA-256, and `data:` images,
and forbids everything else: a report opened from disk or from a mail asks nothing of anyone.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from db.records import RecordedFigure
from reports import explanations, narration, sentences
from reports.positions import Disagreement
from reports.provenance import Heading, Line, Report, short_id
from reports.relaying import Relaying, relaying
from reports.render import since
from reports.render.addresses import web_address
from reports.render.chart import Chart, charts, described
from reports.render.listing import Item, Listing, compressed, listing
from reports.render.relay_graph import relay_graph
from reports.render.rows import Rows, ordered
from reports.render.scale import HALF, NARROW, WIDE

MAIN_HEADINGS = 6
"""So many definitions are told in sentences and drawn; the others stand in one table below them."""
LIMITS = {"first": 3, "standings": 4, "most": 40, "further": 100, "revisions": 4, "disagreements": 4}
"""How much stands on the first screen, and behind what unfolds there; everything stands in the tables below."""


def html(report: Report) -> str:
    """The report as one HTML document; the same report gives the same bytes."""
    headings = main_first(report.headings)
    main = headings[:MAIN_HEADINGS]
    relays = relaying(report.figures)
    page = _Page(report)
    style, script = _style(), _script()
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            main=main,
            further=headings[MAIN_HEADINGS:],
            charts=list(_drawings(report, main)),
            relays=relays,
            graph=relay_graph(relays),
            lists=_lists(report, relays, page),
            page=page,
            unknowns=list(explanations.unknown_sentences(report)),
            limits=LIMITS,
            style=style,
            script=script,
            policy=_policy(style, script),
        )
    )


def main_first(headings: Sequence[Heading]) -> list[Heading]:
    """Counts of all people before those of some, tolls before additions, and of these the most reported first."""

    def order(heading: Heading) -> tuple[bool, bool, int]:
        said = heading.definition
        of_some = any((said.status, said.affiliation, said.condition, said.age, said.sex, said.subgroup))
        return of_some, said.tally in ("added", "rate"), -sum(len(line.series.steps) for line in heading.lines)

    return sorted(headings, key=order)


@cache
def environment() -> Environment:
    """The templates with the words and functions that all of them use."""
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "say": sentences,
        "tell": narration,
        "explain": explanations,
        "described": described,
        "short": short_id,
        "web_address": web_address,
        "since": since,
    }
    return environment


@cache
def _style() -> Markup:
    return Markup(environment().get_template("report.css").render())  # noqa: S704 - our own file


@cache
def _script() -> Markup:
    loader = environment().loader
    assert loader is not None  # noqa: S101 - made above
    return Markup(loader.get_source(environment(), "report.js")[0])  # noqa: S704 - our own file


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One chart in two sizes, and its figures for whoever points at them."""

    heading: Heading
    title: str
    wide: Chart
    narrow: Chart
    data: str


def _drawings(report: Report, headings: Sequence[Heading]) -> Iterator[_Drawing]:
    places = {figure.id: place for place, figure in enumerate(ordered(report))}
    for heading in headings:
        frames = (WIDE if heading is headings[0] else HALF, NARROW)
        drawn = charts(heading, report.contradictions, frames)
        if drawn is None:
            continue
        wide, narrow = drawn
        title = sentences.capital(sentences.definition_words(heading.definition))
        yield _Drawing(heading, title, wide, narrow, compressed(_points(wide, places)))


def _points(drawn: Chart, places: Mapping[str, int]) -> bytes:
    """The figures of each line as day, number, row; a day is counted from the first of the chart."""
    scale = drawn.scale
    lines = [
        {
            "name": trace.name,
            "points": [
                part
                for day, number, figure in trace.points
                for part in ((day - scale.first).days, number, places[figure])
            ],
        }
        for trace in drawn.traces
    ]
    return orjson.dumps({"days": (scale.last - scale.first).days, "top": scale.number[0], "lines": lines})


def _lists(report: Report, relays: Relaying, page: "_Page") -> dict[str, Listing]:
    rows = Rows(report)
    made: Any = environment().get_template("rows.html.j2").module
    return {
        "figures": listing("figures", rows.figures()),
        "revisions": listing("revisions", rows.revisions()),
        "series": listing("series", rows.series()),
        "documents": listing("documents", rows.documents()),
        "sources": listing("sources", rows.sources()),
        "relays": listing("relays", rows.relays(relays)),
        "disagreements": listing(
            "disagreements",
            (
                Item(f"x{number}", made.disagreement(one, number, page).strip())
                for number, one in enumerate(report.disagreements, start=1)
            ),
        ),
        "doubts": listing("doubts", (Item(f"q{one.number}", made.doubt(one).strip()) for one in report.doubts)),
    }


class _Page:
    """What the template asks about one report."""

    def __init__(self, report: Report) -> None:
        self._events = report.events

    def is_relayed(self, disagreement: Disagreement) -> bool:
        """Whether any position was carried further, so that its table needs a column for it."""
        return any(position.relays for position in disagreement.positions)

    def several_events(self) -> bool:
        """Whether every series must name its event."""
        return len(self._events) > 1

    def own(self, recorded: RecordedFigure, line: Line | Heading) -> str:
        """What a figure's definition says beyond the definition it stands under."""
        return narration.own_facets(recorded, sentences.scope_words(line.definition))
