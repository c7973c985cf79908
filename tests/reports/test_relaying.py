"""Who carries whose figures, counted link by link, and the graph that is drawn of it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Chain, Figure, RecordedFigure
from reports.relaying import UNSTATED, Link, Relaying, relaying
from reports.render.relay_graph import MOST_IN_COLUMN, WIDTH, relay_graph

RecordFigure = Callable[..., RecordedFigure]


@pytest.fixture
def carried(recorded: RecordFigure) -> RecordFigure:
    """A figure of a publisher, a chain, and further chains beside it."""

    def make(
        publisher: str | None, *chain: str, beside: tuple[str, ...] = (), words: str | None = None
    ) -> RecordedFigure:
        from dataclasses import replace

        one = recorded(10)
        names = Chain(attribution=chain, parallel=(beside,) if beside else (), issuer_words=words)
        figure: Figure = one.figure.model_copy(update={"publisher": publisher, "chain": names})
        return replace(one, figure=figure)

    return make


def test_every_step_of_every_chain_is_a_link(carried: RecordFigure) -> None:
    found = relaying(
        [
            carried("Paper", "Wire", "Ministry"),
            carried("Wire", "Ministry"),
            carried("Paper", "Office", beside=("Wire",)),
        ]
    )
    assert [(link.carrier, link.source, link.figures) for link in found.links] == [
        ("Paper", "Wire", 2),
        ("Wire", "Ministry", 2),
        ("Paper", "Office", 1),
    ]


def test_a_publisher_in_its_own_voice_carries_nobody(carried: RecordFigure) -> None:
    found = relaying([carried("Ministry"), carried("Ministry"), carried("Ministry", "Ministry")])
    assert (found.links, found.own) == ((), (("Ministry", 2),))
    assert relay_graph(found) is None


def test_a_hidden_issuer_is_nobody_and_a_missing_publisher_is_called_so(carried: RecordFigure) -> None:
    found = relaying([carried(None, "Wire", words="officials said")])
    assert [(link.carrier, link.source) for link in found.links] == [(UNSTATED, "Wire")]
    assert found.own == ()


def test_a_link_knows_its_first_and_last_day(recorded: RecordFigure) -> None:
    days = [recorded(n, by="Ministry", publisher="Paper", on=f"2023-10-{n:02}") for n in (9, 7, 8)]
    (link,) = relaying(days).links
    assert link.days == (date(2023, 10, 7), date(2023, 10, 9))


def test_a_carrier_stands_left_of_what_it_carries(carried: RecordFigure) -> None:
    graph = relay_graph(relaying([carried("Paper", "Wire", "Ministry"), carried("Radio", "Ministry")]))
    assert graph is not None
    places = {node.name: node.x for node in graph.nodes}
    assert places["Paper"] < places["Wire"] < places["Ministry"]
    assert places["Radio"] < places["Ministry"]
    assert all(places[edge.link.carrier] < places[edge.link.source] for edge in graph.edges)


def test_two_that_carry_each_other_are_drawn_all_the_same(carried: RecordFigure) -> None:
    graph = relay_graph(relaying([carried("Paper", "Radio"), carried("Radio", "Paper")]))
    assert graph is not None
    assert {(edge.link.carrier, edge.link.source) for edge in graph.edges} == {("Paper", "Radio"), ("Radio", "Paper")}


def test_names_that_would_not_fit_are_cut_and_links_too_many_are_counted() -> None:
    many = [Link(f"Paper {n} {'of a long name' * 4}", "Ministry", n, None) for n in range(1, MOST_IN_COLUMN + 6)]
    graph = relay_graph(Relaying(tuple(many), ()))
    assert graph is not None
    assert graph.omitted == 5
    assert {len(node.label) for node in graph.nodes if node.name != "Ministry"} == {34}


names = st.sampled_from([f"Source {n}" for n in range(8)])


@given(st.dictionaries(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), st.integers(1, 99), min_size=1))
def test_every_drawn_link_joins_two_drawn_names_within_the_frame(counted: dict[tuple[str, str], int]) -> None:
    graph = relay_graph(Relaying(tuple(Link(*pair, number, None) for pair, number in counted.items()), ()))
    assert graph is not None
    placed = {node.name: node for node in graph.nodes}
    assert len(placed) == len(graph.nodes)
    assert {name for edge in graph.edges for name in (edge.link.carrier, edge.link.source)} == set(placed)
    assert len(graph.edges) + graph.omitted == len(counted)
    assert all(0 < node.x < WIDTH and 0 < node.y < graph.height for node in graph.nodes)
