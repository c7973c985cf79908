"""
The provenance report as one HTML page: no script, no outside request, every word from outside escaped.

A Content-Security-Policy in the page itself forbids everything but its own styles and `data:` images, so that a
report opened from disk or from a mail asks nothing of anyone.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from db.records import Figure, RecordedFigure
from reports import narration, sentences
from reports.documents import about_words
from reports.positions import Disagreement
from reports.provenance import Heading, Line, Report, short_id, unknowns
from reports.render import since
from reports.render.addresses import web_address
from reports.render.chart import HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart, described
from reports.words import ZONES

MAIN_HEADINGS = 6
"""So many definitions are told in sentences on the first screen; the others stand in one table below them."""
MAIN_STANDINGS = 6
MAIN_REVISIONS = 6
MAIN_DISAGREEMENTS = 5
MOST_CHARTS = 6
OPEN_STEPS = 12
"""A series up to this long is shown open; a longer one folds, with its revisions listed first."""
_CONTEXT = 160
_INLINE_DOUBTS = 3


def html(report: Report) -> str:
    """The report as one HTML document; the same report gives the same bytes."""
    headings = report.headings[:MAIN_HEADINGS]
    charts = [(heading, drawn) for heading in headings if (drawn := chart(heading))]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            main=headings,
            further=report.headings[MAIN_HEADINGS:],
            charts=charts[:MOST_CHARTS],
            page=_Page(report),
            unknowns=unknowns(report),
            limits={
                "standings": MAIN_STANDINGS,
                "revisions": MAIN_REVISIONS,
                "disagreements": MAIN_DISAGREEMENTS,
                "steps": OPEN_STEPS,
            },
            frame={"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": RIGHT, "top": TOP},
        )
    )


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
        "described": described,
        "short": short_id,
        "web_address": web_address,
        "about_words": about_words,
        "since": since,
    }
    return environment


class _Page:
    """What the template asks about the rows of one report; each figure's row is drawn in full only once."""

    def __init__(self, report: Report) -> None:
        self._numbers = report.document_numbers
        self._doubts = report.doubt_numbers
        self._carried = {doubt.text: len(doubt.figures) for doubt in report.doubts}
        self._anchors: set[str] = set()
        self._events = report.events

    def anchor(self, recorded: RecordedFigure) -> str | None:
        """The anchor of a figure's row, the first time it is asked for."""
        if recorded.id in self._anchors:
            return None
        self._anchors.add(recorded.id)
        return f"f-{short_id(recorded)}"

    def document(self, recorded: RecordedFigure) -> int:
        """The number of the document that a figure stands in."""
        return self._numbers[recorded.document]

    def is_relayed(self, disagreement: Disagreement) -> bool:
        """Whether any position was carried further, so that its table needs a column for it."""
        return any(position.relays for position in disagreement.positions)

    def several_events(self) -> bool:
        """Whether every series must name its event."""
        return len(self._events) > 1

    def own(self, recorded: RecordedFigure, line: Line | Heading | None) -> str:
        """What a figure's definition says beyond the definition it stands under."""
        if line is None:
            return narration.own_facets(recorded, ())
        return narration.own_facets(recorded, sentences.scope_words(line.definition))

    def is_text(self, figure: Figure) -> bool:
        """Whether the evidence is running text, with words before and after it, and not a row of data."""
        return figure.evidence.locator is None

    def before(self, figure: Figure) -> str:
        """The words before the quote, cut to what a reader needs."""
        prefix = figure.evidence.prefix
        return prefix if len(prefix) <= _CONTEXT else f"…{prefix[-_CONTEXT:]}"

    def after(self, figure: Figure) -> str:
        """The words after the quote, cut to what a reader needs."""
        suffix = figure.evidence.suffix
        return suffix if len(suffix) <= _CONTEXT else f"{suffix[:_CONTEXT]}…"

    def zone(self, figure: Figure) -> str:
        """Where in the document the words stand, when it is not the running text."""
        return ZONES[figure.evidence.zone] if self.is_text(figure) else ""

    def doubts_said(self, figure: Figure) -> list[str]:
        """The doubts that few figures share: they stand with the figure in full."""
        return [text for text in figure.doubts if self._carried[text] <= _INLINE_DOUBTS]

    def doubts_cited(self, figure: Figure) -> list[int]:
        """The numbers of the doubts that many figures share: they stand once, in the list of doubts."""
        return [self._doubts[text] for text in figure.doubts if self._carried[text] > _INLINE_DOUBTS]
