"""A small report made in memory: facts of real reports told in notes of our own, and one hostile document."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.records import (
    Act,
    Chain,
    Count,
    Definition,
    Evidence,
    Figure,
    KeptSnapshot,
    Method,
    RecordedFigure,
    ScopeNote,
    Share,
    Source,
)
from reports.cited import Known
from reports.history import histories
from reports.positions import (
    Attributed,
    Disagreement,
    Disagreements,
    Position,
    Relay,
    Spread,
    Summary,
)
from reports.provenance import Checkpoint, Report, build_report
from reports.shown import Shown

GAZA = "War in Gaza and Israel since 7 October 2023"
ATTACK = "Attack on Israel of 7 October 2023"
BLAST = "Blast at al-Ahli hospital of 17 October 2023"
GENERATED = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script> [a](javascript:alert(1)) `x` | =cmd \x1b[31m\u202e <img src=x onerror=alert(2)> "
    "]]> {{cite|x}} [[File:x]] \\input{x} %x {x} ''x'' ~~~~ \"x\" _x0041_ &amp;\u2028=x\n@x\r\nTY  - x\tx"
)
"""What a document may try on every format: all of it stays text."""

MakeFigure = Callable[..., RecordedFigure]


def make_figure(
    text: str,
    quote: str,
    count: Count | None,
    *,
    links: Sequence[str] = (),
    publisher: str = "Example Notes",
    published: date | None = date(2023, 10, 17),
    as_of: date | None = None,
    basis: str = "publication",
    event: str | None = GAZA,
    authority: str | None = None,
    issuer: str | None = None,
    words: str | None = None,
    share: Share | None = None,
    doubts: tuple[str, ...] = (),
    address: str | None = "https://notes.example/1",
    title: str | None = None,
    state: str = "recorded",
    acts: tuple[Act, ...] = (),
    locator: str | None = None,
    row_key: str | None = None,
    modality: str = "reported",
    part_of: str | None = None,
    zone: str = "body",
    compiled_from: tuple[str, ...] = (),
    parallel: tuple[tuple[str, ...], ...] = (),
    **facets: Any,
) -> RecordedFigure:
    named = issuer or (links[-1] if links else None if words else publisher)
    start = text.index(quote)
    day = as_of or published
    figure = Figure(
        count=count,
        share=share,
        definition=Definition.model_validate({"outcome": "killed", **facets}),
        chain=Chain(
            attribution=tuple(links),
            written=(tuple(links),) if links else (),
            parallel=parallel,
            issuer=named,
            issuer_words=words,
            authority=None if words else authority or named,
            compiled_from=compiled_from,
        ),
        evidence=Evidence(
            quote=quote,
            start=None if locator else start,
            end=None if locator else start + len(quote),
            prefix="" if locator else text[:start],
            suffix="" if locator else text[start + len(quote) :],
            locator=locator,
            row_key=row_key,
            zone=zone,
        ),
        publisher=publisher,
        published=published,
        as_of=day,
        as_of_basis=basis if day else None,
        modality=modality,
        part_of=part_of,
        doubts=doubts,
        origin="extracted",
        event=event,
    )
    return RecordedFigure(
        id=hashlib.sha256(repr((text, quote, locator, links, published)).encode()).hexdigest(),
        figure=figure,
        state=state,  # type: ignore[arg-type]
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        document=hashlib.sha256(f"{address}{publisher}".encode()).hexdigest(),
        address=address,
        title=title,
        snapshot=hashlib.sha256(text.encode()).hexdigest(),
        acts=acts,
    )


@pytest.fixture
def figure() -> MakeFigure:
    """A function that makes a recorded figure from a text, its quote and its count."""
    return make_figure


def blast_figures() -> list[RecordedFigure]:
    facets: dict[str, Any] = {"event": BLAST, "place": "Gaza City", "tally": "incident", "since": date(2023, 10, 17)}
    ministry = "Gaza Ministry of Health"
    return [
        make_figure(
            "Citing the health ministry, a note says that at least 500 people were killed.",
            "at least 500 people",
            Count(low=500, best=500, qualifier="at_least", text="at least 500"),
            links=("Associated Press", ministry),
            address="https://notes.example/ahli-17",
            **facets,
        ),
        make_figure(
            "A day later the ministry gave 471 people killed.",
            "471 people",
            Count.exactly(471),
            links=("OCHA", ministry),
            published=date(2023, 10, 18),
            basis="statement",
            address="https://notes.example/ahli-18",
            **facets,
        ),
        make_figure(
            "An assessment put it between 100 and 300 people.",
            "between 100 and 300 people",
            Count(low=100, high=300, qualifier="range", text="between 100 and 300"),
            links=("CNN", "US intelligence community"),
            published=date(2023, 10, 19),
            address="https://notes.example/ahli-19",
            **facets,
        ),
        make_figure(
            "Officials, it was said, spoke of 300 people killed.",
            "300 people killed",
            Count.exactly(300),
            words="officials",
            publisher="The Example Gazette",
            published=date(2023, 10, 18),
            address=None,
            **facets,
        ),
    ]


def toll_figures() -> list[RecordedFigure]:
    palestinians: dict[str, Any] = {"group": "Palestinians", "tally": "cumulative"}
    israelis: dict[str, Any] = {"group": "Israelis", "tally": "cumulative", "outcome": "casualties"}
    attack: dict[str, Any] = {"event": ATTACK, "place": "Israel", "tally": "incident", "since": date(2023, 10, 7)}
    whole = make_figure(
        "The Astana Times gave approximately 1,400 Israeli casualties.",
        "approximately 1,400 Israeli casualties",
        Count(best=1400, qualifier="approximately", text="approximately 1,400"),
        links=("The Astana Times",),
        doubts=("outcome_ambiguous: killed, or killed and injured",),
        **israelis,
    )
    return [
        make_figure(
            "The Astana Times, citing Al Jazeera, gave at least 2,808 Palestinians killed in air strikes.",
            "at least 2,808 Palestinians killed",
            Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808"),
            links=("The Astana Times", "Al Jazeera"),
            title="A note on The Astana Times",
            cause="air strikes",
            actor="Israel",
            **palestinians,
        ),
        whole,
        make_figure(
            "The Astana Times counted 286 soldiers among them.",
            "286 soldiers",
            Count.exactly(286),
            links=("The Astana Times",),
            status="soldier",
            part_of=whole.id,
            zone="caption",
            **israelis,
        ),
        make_figure(
            "On 15 October the prime minister's office gave more than 1,400 people.",
            "more than 1,400 people",
            Count(low=1400, best=1400, qualifier="more_than", text="more than 1,400"),
            links=("AFP", "Israel Prime Minister's Office"),
            published=date(2023, 10, 15),
            basis="statement",
            authority="Government of Israel",
            address="https://notes.example/october",
            **attack,
        ),
        make_figure(
            "On 10 November the foreign ministry gave around 1,200 people.",
            "around 1,200 people",
            Count(best=1200, qualifier="approximately", text="around 1,200"),
            links=("Reuters", "Israel Ministry of Foreign Affairs"),
            published=date(2023, 11, 10),
            authority="Government of Israel",
            address="https://notes.example/november",
            **attack,
        ),
    ]


def hostile_figure() -> RecordedFigure:
    return make_figure(
        f"{HOSTILE} 20 dead {HOSTILE}",
        "20 dead",
        Count.exactly(20),
        links=(f"=1+1 {HOSTILE}",),
        publisher=f"@Gazette {HOSTILE}",
        title=f"-2+3 {HOSTILE}",
        address="javascript:alert(1)",
        doubts=(f"hostile: {HOSTILE}",),
        place=HOSTILE,
        event=HOSTILE,
    )


def other_figures() -> list[RecordedFigure]:
    shared = "issuer_assumed: the file does not say whose this column is"
    rows = [
        make_figure(
            f"killed_cum: {number}",
            f"killed_cum: {number}",
            Count.exactly(number),
            links=("Example Ministry",),
            publisher="Example Dataset",
            published=date(2023, 10, 7 + day),
            basis="stated",
            address="https://data.example/daily.json",
            locator=f"/{day}/killed_cum",
            row_key=f"report_date=2023-10-{7 + day:02} killed_cum",
            zone="table",
            doubts=(shared,),
            event="Example flood",
            tally="cumulative",
            place="Example Valley",
            includes=(ScopeNote(code="foreigners", text="foreign workers"),),
        )
        for day, number in enumerate((3, 8, 8, 14, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23))
    ]
    withdrawn = Act("a1", "retract", None, None, "The Example Gazette", date(2023, 12, 1), "a typing error", GENERATED)
    return [
        *rows,
        make_figure(
            "The Example Gazette gave 9,000 displaced households, since withdrawn.",
            "9,000 displaced households",
            Count.exactly(9000, "9,000"),
            publisher="The Example Gazette",
            state="retracted",
            acts=(withdrawn,),
            event="Example flood",
            outcome="displaced",
            unit="household",
            modality="feared",
            published=None,
            as_of=date(2023, 10, 20),
            basis="inferred",
        ),
        make_figure(
            "Of these, 70 per cent were children.",
            "70 per cent were children",
            None,
            share=Share(best=700000, text="70 per cent", of="0" * 64),
            publisher="The Example Gazette",
            age="child",
            event="Example flood",
        ),
        make_figure(
            "Somewhere, at some time, 5 people were hurt.",
            "5 people",
            Count.exactly(5),
            publisher="The Example Gazette",
            published=None,
            outcome="injured",
            event=None,
            state="voided",
            acts=(Act("a2", "void", None, None, None, None, "read from an advertisement", GENERATED),),
        ),
        make_figure("A held figure of 999 people.", "999 people", Count.exactly(999), state="held"),
    ]


@pytest.fixture
def figures() -> list[RecordedFigure]:
    return [*blast_figures(), *toll_figures(), *other_figures(), hostile_figure()]


@pytest.fixture
def found() -> Disagreements:
    """What disagreement says of the blast, and of casualties beside killed."""
    first, second, assessed, _ = blast_figures()
    toll, casualties = toll_figures()[:2]
    blast = Disagreement(
        event=BLAST,
        definition=Definition(outcome="killed", place="Gaza City", tally="incident", since=date(2023, 10, 17)),
        from_day=date(2023, 10, 18),
        to_day=None,
        relation="contradict",
        positions=(
            Position("US intelligence community", _count(assessed), (assessed,)),
            Position(
                "Gaza Ministry of Health",
                _count(second),
                (first, second),
                (
                    Relay(first, "rounded", "500 stands for 471"),
                    *(Relay(second) for _ in range(5)),
                ),
                compiled_from=("Example Hospital",),
            ),
        ),
        spread=Spread(171, 171 / 471),
        because="471 lies above 300, the upper end of an estimate.",
        attributed=(
            Attributed("actor", "Israel", "Gaza Ministry of Health", (first,)),
            Attributed("actor", "a rocket fired in Gaza", None, (assessed,)),
        ),
        independent_authorities=2,
        citations=8,
    )
    apart = Disagreement(
        event=GAZA,
        definition=Definition(outcome="killed", group="Palestinians", tally="cumulative"),
        other=Definition(outcome="casualties", group="Israelis", tally="cumulative"),
        from_day=date(2023, 10, 17),
        to_day=date(2023, 10, 17),
        relation="not_comparable",
        positions=(
            Position("Al Jazeera", _count(toll), (toll,) * 6),
            Position("The Astana Times", _count(casualties), (casualties,)),
        ),
        spread=Spread(None, None),
        because="One counts killed; the other casualties.",
        facets=("outcome", "group"),
    )
    return Disagreements((blast, apart), Summary(6, 3, 1, {"outcome": 2, "group": 1}))


def _count(recorded: RecordedFigure) -> Count:
    assert recorded.figure.count is not None
    return recorded.figure.count


MakeReport = Callable[..., Report]


@pytest.fixture
def make_report(found: Disagreements) -> MakeReport:
    """A function that builds a report of figures as `report` does."""

    def make(figures: Sequence[RecordedFigure], **asked: Any) -> Report:
        told: dict[str, Any] = {
            "checkpoint": Checkpoint(1234, "ab" * 32, GENERATED),
            "generated": GENERATED,
            "software": "casualty-figures 0.1.0",
        }
        return build_report(figures, histories(figures), asked.pop("found", found), **told | asked)

    return make


@pytest.fixture
def known(figures: list[RecordedFigure]) -> Known:
    """What a store would know of the sources and snapshots of the figures."""
    return Known(
        sources=(
            Source(name="Al Jazeera", kind="broadcaster", country="QA"),
            Source(name="Example Notes", kind="newspaper"),
            Source(name="Government of Israel", kind="government_office", country="IL", party="Israel"),
        ),
        methods=(
            Method(source="Al Jazeera", from_day=date(2023, 10, 7), text="As its sources say.", criteria=("all",)),
        ),
        snapshots=tuple(
            KeptSnapshot(one.document, one.snapshot, 4096, GENERATED, 200, "text/html", ("read-1+extract-2",), "en")
            for one in figures
            if one.address != "https://notes.example/ahli-19"
        ),
    )


@pytest.fixture
def shown(figures: list[RecordedFigure], found: Disagreements, known: Known) -> Shown:
    """The figure of 2,808 with what stands around it."""
    one = next(one for one in figures if one.figure.evidence.quote.startswith("at least 2,808"))
    return _shown(one, figures, found, known)


@pytest.fixture
def hostile(figures: list[RecordedFigure], found: Disagreements, known: Known) -> Shown:
    """The figure of the hostile document."""
    return _shown(figures[-1], figures, found, known)


def _shown(one: RecordedFigure, figures: list[RecordedFigure], found: Disagreements, known: Known) -> Shown:
    history = next(each for each in histories(figures) if any(step.figure.id == one.id for step in each.steps))
    return Shown(
        one,
        history=history,
        relays=(Relay(figures[0]),),
        disagreements=found.disagreements,
        known=known,
        generated=GENERATED,
        checkpoint=Checkpoint(1234, "ab" * 32, GENERATED),
        software="casualty-figures 0.1.0",
    )


@pytest.fixture
def report(figures: list[RecordedFigure], make_report: MakeReport, known: Known) -> Report:
    return make_report(figures, filters={"outcome": "killed"}, known=known)


@pytest.fixture
def nothing(make_report: MakeReport) -> Report:
    """The report of a question to which nothing is recorded."""
    return make_report([], found=Disagreements((), Summary()), checkpoint=None, event="Nothing yet")
