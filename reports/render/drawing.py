"""
One chart as a file of its own, as an article prints it: title, axes, legend, sources, what it rests on.

The same report gives the same bytes, whenever it is drawn: the day of making is not in it, but the last day of
publication and the checkpoint are.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from db.records import RecordedFigure
from reports import sentences
from reports.positions import Disagreement
from reports.provenance import Heading, Report, Standing
from reports.relaying import relaying
from reports.render.chart import Chart, charts, described
from reports.render.html import environment, main_first
from reports.render.relay_graph import RelayGraph, relay_graph
from reports.render.scale import STANDALONE

ChartKind = Literal["history", "disagreement", "relay"]
WIDTH = STANDALONE.width
FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"
"""The first of these that a reader's machine has."""
_MARGIN, _KEY = 24, 62
_TITLE_LETTERS, _LETTERS = 84, 128
"""So many letters fit on a line of a title, of other words."""
_MOST_NAMES = 8
_LETTER = 7.4
"""The mean width of a letter of the legend, generously, in user units: no font is measured."""
_MOST_LETTERS = 60
"""Of a name in a list, so that one cannot push the others out."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (2.2) has no way to hold, not even escaped."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """
    A chart ready to be written.

    Attributes:
        title: what is counted.
        further: what could have been drawn too, had the filters left less.
    """

    report: Report
    title: str
    event: str | None
    content: Chart | RelayGraph
    further: int = 0


def drawing(report: Report, kind: ChartKind) -> Drawing | None:
    """The chart of this kind; None where the figures show nothing of it."""
    if kind == "relay":
        graph = relay_graph(relaying(report.figures))
        return Drawing(report, "Who relays whose casualty figures", report.event, graph) if graph else None
    found = list(_disagreements(report) if kind == "disagreement" else _histories(report))
    if not found:
        return None
    heading, drawn = found[0]
    return Drawing(report, _title(heading), heading.event, drawn, len(found) - 1)


def histories(report: Report, most: int) -> Iterator[tuple[Drawing, Chart]]:
    """
    The charts of so many definitions, the main ones first, with the days on which their lines contradict.

    Each as it is written and as it is described.
    """
    for heading, drawn in _histories(report, report.contradictions, most):
        yield Drawing(report, _title(heading), heading.event, drawn), drawn


def _title(heading: Heading) -> str:
    return sentences.capital(sentences.definition_words(heading.definition))


def _histories(
    report: Report, contradictions: Sequence[Disagreement] = (), most: int | None = None
) -> Iterator[tuple[Heading, Chart]]:
    """The charts of so many headings, the main ones first."""
    for heading in main_first(report.headings)[:most]:
        if drawn := charts(heading, contradictions, (STANDALONE,)):
            yield heading, drawn[0]


def _disagreements(report: Report) -> Iterator[tuple[Heading, Chart]]:
    """A chart of the lines that contradict each other, the days before and after included, for each contradiction."""
    for one in report.contradictions:
        heading = _heading_of(one, report)
        drawn = charts(heading, (one,), (STANDALONE,), _around(one))
        if drawn and drawn[0].contrast:
            yield heading, drawn[0]


def _heading_of(one: Disagreement, report: Report) -> Heading:
    """The lines that take part, as one heading; those of the heading that counts it, where no positions are told."""
    if not one.positions:
        same = (h for h in report.headings if h.event == one.event and h.definition.outcome == one.definition.outcome)
        lines = [line for heading in same for line in heading.lines]
        lines = [line for line in lines if line.series.definition.core_key == one.definition.core_key]
    else:
        taking_part = {figure.id for position in one.positions for figure in position.figures}
        lines = [line for line in report.lines if any(step.figure.id in taking_part for step in line.series.steps)]
    return Heading(one.event, one.definition, tuple(Standing(line, line.series.steps[-1]) for line in lines))


def _around(one: Disagreement) -> tuple[date, date] | None:
    """The days of a contradiction that ended, and as many before and after, at least ten; None where it goes on."""
    if one.from_day is None or one.to_day is None:
        return None
    days = max(one.to_day - one.from_day, timedelta(days=10))
    return one.from_day - days, one.to_day + days


def svg(made: Drawing) -> str:
    """A chart as SVG: text stays text, fonts are generic, nothing is fetched and nothing runs."""
    content = made.content
    heads = textwrap.wrap(made.title, _TITLE_LETTERS)[:3]
    told = textwrap.wrap(_told(made), _LETTERS)[:3]
    below = 42 + 26 * len(heads) + 20 * len(told)
    legend = _legend(content, below) if isinstance(content, Chart) else []
    top = max((entry["y"] for entry in legend), default=below - 6) + 12
    feet = [line for words in _feet(made) for line in textwrap.wrap(words, _LETTERS)][:9]
    size = content.frame.height if isinstance(content, Chart) else content.height
    values: dict[str, Any] = {
        "width": WIDTH,
        "fonts": FONTS,
        "height": top + size + 22 + 19 * len(feet),
        "title": made.title,
        "description": described(content.traces) if isinstance(content, Chart) else "The table of a report has all.",
        "heads": heads,
        "told": told,
        "legend": legend,
        "top": top,
        "chart": content if isinstance(content, Chart) else None,
        "graph": content if isinstance(content, RelayGraph) else None,
        "across": "day that the figures speak of",
        "upward": "households" if _counts_households(made) else "people",
        "feet": feet,
    }
    return _NOT_IN_XML.sub("�", environment().get_template("chart.svg.j2").render(values).lstrip())


def png(made: Drawing) -> bytes:
    """
    The same as PNG, at twice the size.

    Raises:
        ModuleNotFoundError: the extra `charts` is not installed.
        NoFont: the machine has no font at all; a picture without its words would be worse than none.
    """
    import resvg_py

    if resvg_py.svg_to_bytes(svg_string=_LETTERED) == resvg_py.svg_to_bytes(svg_string=_LETTERED.replace("Mm", "")):
        raise NoFont
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(made), zoom=2))


_LETTERED = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="15" font-family="{FONTS}">Mm</text></svg>'
)


class NoFont(Exception):
    """The machine has none of the fonts: the words of a chart would be left out of the PNG."""


def _counts_households(made: Drawing) -> bool:
    return "household" in made.title.lower()


def _told(made: Drawing) -> str:
    words = []
    if made.event:
        words.append(f"{made.event}.")
    if isinstance(made.content, Chart):
        words.append("As reported; each line stands until its next figure, and nothing is filled in.")
        if made.content.omitted:
            words.append(f"{made.content.omitted} further lines are not drawn.")
    else:
        words.append("From each publisher to the source it names; the wider a curve, the more figures.")
        if made.content.omitted:
            words.append(f"{sentences.number_words(made.content.omitted)} further links are not drawn.")
    return " ".join(words)


def _legend(drawn: Chart, below: int) -> list[dict[str, Any]]:
    """Every line and sign with its words, in rows."""
    entries: list[dict[str, Any]] = [{"style": trace.style, "words": trace.name[:90]} for trace in drawn.traces]
    marks = [mark for trace in drawn.traces for mark in trace.marks]
    signs = {
        "band": ("reported range", drawn.has_bands),
        "contrast": ("days on which two of them cannot both stand", bool(drawn.contrast)),
        "revised": ("revision", any(mark.revised for mark in marks)),
        "open": ("at least; the other bound is open", any(mark.open_up for mark in marks)),
    }
    entries += [{"style": None, "kind": kind, "words": words} for kind, (words, shown) in signs.items() if shown]
    x, y = _MARGIN, below
    for entry in entries:
        width = _KEY + int(len(entry["words"]) * _LETTER)
        if x > _MARGIN and x + width > WIDTH - _MARGIN:
            x, y = _MARGIN, y + 22
        entry |= {"x": x, "y": y}
        x += width
    return entries


def _feet(made: Drawing) -> Sequence[str]:
    report = made.report
    drawn = _drawn(made)
    last = max((one.figure.published for one in drawn if one.figure.published), default=None)
    asked = dict(report.filters).get("as known on")
    known = f"As known on {asked}. " if asked else f"Published up to {sentences.day_words(last)}. " if last else ""
    rests = ""
    if report.checkpoint:
        entries = sentences.number_words(report.checkpoint.size)
        rests = f" Record: {entries} entries, checkpoint {report.checkpoint.root[:12]}."
    many = "1 figure" if len(drawn) == 1 else f"{sentences.number_words(len(drawn))} figures"
    return (
        _sources(drawn),
        f"{known}{many}. Drawn with {report.software}; it does not say which number is right.{rests}",
    )


def _drawn(made: Drawing) -> Sequence[RecordedFigure]:
    if isinstance(made.content, RelayGraph):
        return made.report.figures
    ids = {figure for trace in made.content.traces for _, _, figure in trace.points}
    return [one for one in made.report.figures if one.id in ids]


def _sources(figures: Sequence[RecordedFigure]) -> str:
    """The authorities, and who carried them."""
    names = sorted({one.figure.chain.authority for one in figures if one.figure.chain.authority})
    carriers = sorted({one.figure.publisher for one in figures if one.figure.publisher} - set(names))
    carried = f"; carried by {_few(carriers)}" if carriers else ""
    return f"Sources: {_few(names) or 'not named'}{carried}."


def _few(names: Sequence[str]) -> str:
    said = [textwrap.shorten(name, _MOST_LETTERS, placeholder="…") for name in names[:_MOST_NAMES]]
    if len(names) <= _MOST_NAMES:
        return sentences.listed(said)
    return f"{', '.join(said)} and {len(names) - _MOST_NAMES} more"
