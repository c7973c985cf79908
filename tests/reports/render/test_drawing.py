"""One chart as a file of its own: what it says, that text in it stays text, that it is the same whenever drawn."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from db.records import Count, RecordedFigure
from reports.positions import Disagreement, Position, Spread
from reports.provenance import Report
from reports.render.drawing import ChartKind, drawing, png, svg

MakeFigure = Callable[..., RecordedFigure]
MakeReport = Callable[..., Report]
SVG = "{http://www.w3.org/2000/svg}"


def parsed(source: str) -> ElementTree.Element:
    return ElementTree.fromstring(source)  # noqa: S314 - our own output


def words_of(source: str) -> str:
    root = parsed(source)
    return " | ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


def drawn(report: Report, kind: ChartKind) -> str:
    made = drawing(report, kind)
    assert made is not None
    return svg(made)


@pytest.mark.parametrize("kind", ["history", "disagreement", "relay"])
def test_a_chart_has_its_title_and_what_it_rests_on(report: Report, kind: ChartKind) -> None:
    source = drawn(report, kind)
    root = parsed(source)
    assert root.get("role") == "img"
    words = words_of(source)
    assert "Sources: " in words
    assert "checkpoint abababababab." in words
    assert "it does not say which number is right" in words
    assert (root.findtext(f"{SVG}title") or "no title") in words.replace(" | ", " ")


def test_a_history_names_its_lines_axes_and_days(report: Report) -> None:
    words = words_of(drawn(report, "history"))
    for said in ("people", "day that the figures speak of", "Published up to "):
        assert said in words


def test_a_disagreement_shows_those_who_take_part_and_says_what_is_shaded(report: Report) -> None:
    words = words_of(drawn(report, "disagreement"))
    assert "days on which two of them cannot both stand" in words
    assert "US intelligence community" in words
    assert "100–300" in words


def test_a_contradiction_without_positions_is_drawn_by_what_it_counts_and_its_days(
    figure: MakeFigure, make_report: MakeReport
) -> None:
    figures = [
        figure(f"{source} {day}", f"{source} {day}", Count.exactly(number + day), links=(source,), published=published,
               basis="stated", tally="cumulative")
        for source, number in (("Ministry A", 10), ("Ministry B", 90))
        for day in range(1, 60)
        if (published := date.fromordinal(date(2023, 10, 7).toordinal() + day))
    ]  # fmt: skip
    report = make_report(figures)
    series = report.lines[0].series
    one = Disagreement(
        series.event,
        series.definition,
        date(2023, 11, 1),
        date(2023, 11, 3),
        "contradict",
        (),
        Spread(None, None),
        "so",
    )
    made = drawing(replace(report, disagreements=(one,)), "disagreement")
    assert made is not None
    words = words_of(svg(made))
    assert "46 figures" in words  # of two sources, ten days before and after three
    position = Position("Ministry A", Count.exactly(1), (figures[0],))
    alone = replace(report, disagreements=(replace(one, positions=(position,)),))
    assert drawing(alone, "disagreement") is None


def test_where_nothing_is_to_be_drawn_there_is_no_chart(nothing: Report) -> None:
    assert [drawing(nothing, kind) for kind in ("history", "disagreement", "relay")] == [None] * 3


def test_a_chart_is_the_same_whenever_it_is_drawn(report: Report) -> None:
    later = replace(report, generated=datetime(2030, 1, 1, tzinfo=UTC))
    assert drawn(report, "history") == drawn(later, "history")


def test_text_from_outside_stays_text(figure: MakeFigure, make_report: MakeReport) -> None:
    hostile = "<script>alert(1)</script> & \"]]>' <image href='http://x.example/'/>"
    figures = [
        figure(
            f"{n} people by {name}", f"{n} people", Count.exactly(n), links=(name,), publisher=hostile, event=hostile
        )
        for n, name in ((1, hostile), (2, f"{hostile} 2"))
    ]
    report = make_report(figures, event=hostile)
    for kind in ("history", "relay"):
        root = parsed(drawn(report, kind))
        kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert not kinds & {"script", "image", "a", "foreignObject", "use"}
        assert "alert(1)" in "".join(root.itertext())


def test_it_says_as_known_on_which_day_and_how_much_it_leaves_out(figure: MakeFigure, make_report: MakeReport) -> None:
    figures = [
        figure(
            f"{n} people by {m}",
            f"{n} people",
            Count.exactly(n),
            links=(f"Source {m:02} {'long ' * 12}",),
            published=date(2023, 10, n),
            publisher=f"Gazette {m}",
        )
        for m in range(20)
        for n in (10, 20)
    ]
    report = make_report(figures, filters={"as known on": "2023-12-01"})
    words = words_of(drawn(replace(report, checkpoint=None), "history")).replace(" | ", " ")
    assert "As known on 2023-12-01" in words
    assert "12 further lines are not drawn." in words
    assert "checkpoint" not in words
    assert "further links are not drawn." in words_of(drawn(report, "relay")).replace(" | ", " ")


def test_a_png_has_the_same_size_twice(report: Report) -> None:
    made = drawing(report, "history")
    assert made is not None
    picture = png(made)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    root = parsed(svg(made))
    assert (width, height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))
    assert "resvg_py" in sys.modules
