"""Who carries whose figures: the links of every chain, counted, from the publisher outward to the source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from db.records import RecordedFigure
from reports.provenance import day_of

UNSTATED = "publisher not stated"


@dataclass(frozen=True, slots=True)
class Link:
    """How many figures one source carried of another, and the first and last day that they speak of."""

    carrier: str
    source: str
    figures: int
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Relaying:
    """The links, those with most figures first, and how many figures each source gave in its own voice."""

    links: tuple[Link, ...]
    own: tuple[tuple[str, int], ...]


def relaying(figures: Iterable[RecordedFigure]) -> Relaying:
    """
    Count every step of every chain: "A <- B <- C" is a link of A to B and one of B to C.

    A hidden issuer is no source: "officials said" ends the chain before it.
    """
    counted: dict[tuple[str, str], list[date | None]] = {}
    own: dict[str, int] = {}
    for recorded in figures:
        figure = recorded.figure
        publisher = figure.publisher or UNSTATED
        if not figure.chain.attribution and figure.chain.issuer_words is None:
            own[publisher] = own.get(publisher, 0) + 1
        for chain in (figure.chain.attribution, *figure.chain.parallel):
            names = (publisher, *chain)
            for carrier, source in pairwise(names):
                if carrier != source:
                    counted.setdefault((carrier, source), []).append(day_of(recorded))
    links = [_link(carrier, source, days) for (carrier, source), days in counted.items()]
    links.sort(key=lambda link: (-link.figures, link.carrier, link.source))
    return Relaying(tuple(links), tuple(sorted(own.items(), key=lambda item: (-item[1], item[0]))))


def _link(carrier: str, source: str, days: list[date | None]) -> Link:
    known = [day for day in days if day is not None]
    return Link(carrier, source, len(days), (min(known), max(known)) if known else None)
