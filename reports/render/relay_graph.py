"""
The geometry of the graph of relays: whoever is only carried stands right, and each carrier left of what it carries.

Pure numbers in user units of an SVG; a template draws and escapes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.relaying import Link, Relaying

MOST_IN_COLUMN = 16
"""More names than this in a column cannot be read; the table of relays has them all."""
WIDTH = 1000
_ROW = 28
_TOP = 14
_NAME, _NAME_BETWEEN = 34, 24
_COLUMNS = {1: (300,), 2: (300, 700), 3: (225, 490, 745), 4: (215, 400, 580, 745)}
_BULGE = 60


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
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    omitted: int


def relay_graph(relaying: Relaying) -> RelayGraph | None:
    """The graph of what is carried; None where every figure is in its publisher's own voice."""
    if not relaying.links:
        return None
    weights = _weights(relaying.links)
    columns = _columns(relaying.links, weights)
    placed = {name for column in columns for name in column}
    shown = [link for link in relaying.links if link.carrier in placed and link.source in placed]
    joined = {name for link in shown for name in (link.carrier, link.source)}
    columns = [kept for column in columns if (kept := [name for name in column if name in joined])]
    nodes = _nodes(columns, shown, weights)
    # Colours by the source carried: the last column first, in its order.
    styles = {name: place % 8 for place, name in enumerate(name for column in reversed(columns) for name in column)}
    at = {node.name: node for node in nodes}
    most = max((link.figures for link in shown), default=1)
    return RelayGraph(
        width=WIDTH,
        height=_TOP + _ROW * max(len(column) for column in columns) + 8,
        nodes=tuple(nodes),
        edges=tuple(_edge(link, at, most, styles[link.source]) for link in reversed(shown)),
        omitted=len(relaying.links) - len(shown),
    )


def _columns(links: Sequence[Link], weights: Mapping[str, int]) -> list[list[str]]:
    """The names by how many steps they lie from a source that carries nobody, the farthest first; at most four."""
    carried: dict[str, list[str]] = {}
    for link in links:
        carried.setdefault(link.carrier, []).append(link.source)
    depth = dict.fromkeys(weights, 0)
    for _ in range(max(_COLUMNS) - 1):  # two that carry each other end in one column
        for name, sources in carried.items():
            depth[name] = min(max(_COLUMNS) - 1, 1 + max(depth[source] for source in sources))
    found = [[name for name in weights if depth[name] == place] for place in reversed(range(max(_COLUMNS)))]
    return [sorted(column, key=lambda name: (-weights[name], name))[:MOST_IN_COLUMN] for column in found if column]


def _weights(links: Iterable[Link]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for link in links:
        for name in (link.carrier, link.source):
            weights[name] = weights.get(name, 0) + link.figures
    return weights


def _nodes(columns: Sequence[Sequence[str]], links: Sequence[Link], weights: Mapping[str, int]) -> list[Node]:
    """Carriers stand near what they carry: each column is sorted by the mean place of its sources."""
    height = max(len(column) for column in columns)
    places: dict[str, float] = {}
    for column in reversed(columns):
        ordered = column if column is columns[-1] else sorted(column, key=lambda name: _mean_place(name, links, places))
        start = (height - len(column)) / 2
        places |= {name: start + place for place, name in enumerate(ordered)}
    xs = _COLUMNS[len(columns)]
    anchors = ["end", *["middle"] * (len(columns) - 2), "start"]
    return [
        Node(
            name,
            _label(name, _NAME_BETWEEN if anchors[number] == "middle" else _NAME),
            xs[number],
            _TOP + _ROW * (places[name] + 0.5),
            anchors[number],
            weights[name],
        )
        for number, column in enumerate(columns)
        for name in column
    ]


def _mean_place(name: str, links: Sequence[Link], places: dict[str, float]) -> tuple[float, str]:
    carried = [(places[link.source], link.figures) for link in links if link.carrier == name and link.source in places]
    total = sum(figures for _, figures in carried)
    return (sum(place * figures for place, figures in carried) / total if total else 0.0, name)


def _label(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


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
