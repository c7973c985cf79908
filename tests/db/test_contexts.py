"""The words around quotes, from the texts that are kept."""

from collections.abc import Callable
from datetime import date

from db.contexts import contexts
from db.find import find_figures
from db.records import Evidence, Figure, Reading, Recording
from db.store import Store

MakeFigure = Callable[..., Figure]
MakeRecording = Callable[..., Recording]
TEXT = "On Monday the ministry — in Gaza — said that 2,808 people had been killed, and 9,600 people injured. قُتل"


def in_text(make_figure: MakeFigure, quote: str) -> Figure:
    start = TEXT.index(quote)
    return make_figure(evidence=Evidence(quote=quote, start=start, end=start + len(quote)))


def test_each_quote_has_the_words_before_and_after_it(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    figures = [in_text(make_figure, quote) for quote in ("2,808 people", "9,600 people")]
    store.record(make_recording(*figures, reading=Reading(reader_version="read-1", text=TEXT)))
    found = {one.figure.evidence.quote: one.id for one in find_figures(store)}
    told = contexts(store, find_figures(store), 12)
    assert told[found["2,808 people"]] == (" — said that"[-11:] + " ", " had been ki")
    before, after = contexts(store, find_figures(store), 1_000)[found["9,600 people"]]
    assert f"{before}9,600 people{after}" == TEXT


def test_a_row_of_data_and_a_text_that_was_not_kept_have_none(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    row = make_figure(evidence=Evidence(quote="killed: 12", locator="/0/killed", row_key="day=1", zone="table"))
    store.record(make_recording(row, reading=Reading(reader_version="read-1")))
    store.record(
        make_recording(
            make_figure(3, on=date(2023, 10, 18), evidence=Evidence(quote="3 people", start=0, end=8)),
            reading=Reading(reader_version="read-1"),
            address="https://courier.example/2",
        )
    )
    assert contexts(store, find_figures(store), 10) == {}


def test_many_figures_are_asked_for_in_parts(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    text = " ".join(f"{number} people" for number in range(1000, 2100))
    figures = [
        make_figure(number, evidence=Evidence(quote=quote, start=text.index(quote), end=text.index(quote) + len(quote)))
        for number in range(1000, 2100)
        if (quote := f"{number} people")
    ]
    store.record(make_recording(*figures, reading=Reading(reader_version="read-1", text=text)))
    assert len(contexts(store, find_figures(store), 5)) == 1100
