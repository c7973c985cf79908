"""
The geometry of the graph of relays: who only carries stands left, who is only carried right, the others between.

Pure numbers in user units of an SVG; a template draws and escapes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.relaying import Link, Relaying

MOST_IN_COLUMN = 16
"""More names than this in a column cannot be read; the table of relays has them all."""
WIDTH = 1000
_ROW = 28
_TOP = 46
_NAME = 34
_COLUMNS = {2: (300, 700), 3: (230, 510, 770)}
_BULGE = 70


@dataclass(frozen=True, slots=True)
class Node:
    """One source: where its dot lies, on which side its name stands (`start`, `middle`, `end`: SVG text-anchor)."""

    name: str
    label: str
    x: float
    y: float
    anchor: str
    figures: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A link as SVG path data; `width` in user units grows with the root of the number of figures."""

    link: Link
    path: str
    width: float
    style: int


@dataclass(frozen=True, slots=True)
class RelayGraph:
    """A graph ready to be drawn; `omitted` counts the links that it leaves to the table."""

    width: int
    height: int
    columns: tuple[tuple[float, str, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    omitted: int


def relay_graph(relaying: Relaying) -> RelayGraph | None:
    """The graph of what is carried; None where every figure is in its publisher's own voice."""
    if not relaying.links:
        return None
    carriers, sources = {link.carrier for link in relaying.links}, {link.source for link in relaying.links}
    weights = _weights(relaying.links)
    names = [carriers - sources, carriers & sources, sources - carriers]
    columns = [sorted(column, key=lambda name: (-weights[name], name))[:MOST_IN_COLUMN] for column in names]
    if not columns[1]:
        columns.pop(1)
    kept = {name for column in columns for name in column}
    shown = [link for link in relaying.links if link.carrier in kept and link.source in kept]
    nodes = _nodes(columns, shown, weights)
    placed = {node.name: node for node in nodes}
    # Colours by the source carried: the last column first, in its order.
    styles = {name: place % 8 for place, name in enumerate([*columns[-1], *(columns[1] if len(columns) == 3 else ())])}
    most = max((link.figures for link in shown), default=1)
    edges = [_edge(link, placed, most, styles.get(link.source, 7)) for link in reversed(shown)]
    heads = ("carries others", "carries and is carried", "is carried")
    told = heads if len(columns) == 3 else (heads[0], heads[2])
    xs, height = _COLUMNS[len(columns)], int(_TOP + _ROW * max(len(column) for column in columns) + 8)
    anchors = ("end", "middle", "start") if len(columns) == 3 else ("end", "start")
    return RelayGraph(
        width=WIDTH,
        height=height,
        columns=tuple(zip(xs, told, anchors, strict=True)),
        nodes=tuple(nodes),
        edges=tuple(edges),
        omitted=len(relaying.links) - len(shown),
    )


def _weights(links: Iterable[Link]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for link in links:
        for name in (link.carrier, link.source):
            weights[name] = weights.get(name, 0) + link.figures
    return weights


def _nodes(columns: Sequence[Sequence[str]], links: Sequence[Link], weights: dict[str, int]) -> list[Node]:
    """Carriers stand near what they carry: each column is sorted by the mean place of its sources."""
    height = max(len(column) for column in columns)
    places: dict[str, float] = {}
    for column in reversed(columns):
        ordered = column if column is columns[-1] else sorted(column, key=lambda name: _mean_place(name, links, places))
        start = (height - len(column)) / 2
        places |= {name: start + place for place, name in enumerate(ordered)}
    xs = _COLUMNS[len(columns)]
    anchors = ("end", "middle", "start") if len(columns) == 3 else ("end", "start")
    return [
        Node(name, _label(name), xs[number], _TOP + _ROW * (places[name] + 0.5), anchors[number], weights[name])
        for number, column in enumerate(columns)
        for name in column
    ]


def _mean_place(name: str, links: Sequence[Link], places: dict[str, float]) -> tuple[float, str]:
    carried = [(places[link.source], link.figures) for link in links if link.carrier == name and link.source in places]
    total = sum(figures for _, figures in carried)
    return (sum(place * figures for place, figures in carried) / total if total else 0.0, name)


def _label(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _edge(link: Link, placed: dict[str, Node], most: int, style: int) -> Edge:
    one, other = placed[link.carrier], placed[link.source]
    width = round(1 + 5 * (link.figures / most) ** 0.5, 1)
    if one.x == other.x:
        out = one.x - _BULGE
        return Edge(
            link, f"M{one.x:g} {one.y:g}C{out:g} {one.y:g} {out:g} {other.y:g} {other.x:g} {other.y:g}", width, style
        )
    middle = (one.x + other.x) / 2
    curve = f"C{middle:g} {one.y:g} {middle:g} {other.y:g} {other.x:g} {other.y:g}"
    return Edge(link, f"M{one.x:g} {one.y:g}{curve}", width, style)
