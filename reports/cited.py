"""What the figures of a report rest on beside documents: the sources in their chains, and the snapshots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from db.records import Chain, KeptSnapshot, Method, RecordedFigure, Source

Role = Literal["publisher", "relay", "issuer", "authority", "compiled_from"]
ROLES: tuple[Role, ...] = ("publisher", "relay", "issuer", "authority", "compiled_from")


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of sources, of how they count, and of snapshots; empty where nobody asked it."""

    sources: tuple[Source, ...] = ()
    methods: tuple[Method, ...] = ()
    snapshots: tuple[KeptSnapshot, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedSource:
    """
    One source that the figures of a report name.

    Attributes:
        id: its id (hex), the same on every machine.
        kind, country, party: as in the catalogue or the store; None where nobody recorded them.
        roles: what it is to the figures, in the order of `ROLES`.
        figures: how many of them name it.
    """

    id: str
    name: str
    kind: str | None
    country: str | None
    party: str | None
    roles: tuple[Role, ...]
    figures: int


def cited_sources(figures: Iterable[RecordedFigure], known: Iterable[Source]) -> tuple[CitedSource, ...]:
    """Every source that a figure names, by name."""
    roles: dict[str, set[Role]] = {}
    counted: dict[str, int] = {}
    for publisher, chain, number in _kinds(figures):
        named = _named(publisher, chain)
        for name, role in named:
            roles.setdefault(name, set()).add(role)
        for name in {name for name, _ in named}:
            counted[name] = counted.get(name, 0) + number
    recorded = {source.name: source for source in known}
    return tuple(_cited(name, recorded.get(name), roles[name], counted[name]) for name in sorted(roles))


def _kinds(figures: Iterable[RecordedFigure]) -> Iterable[tuple[str | None, Chain, int]]:
    """Each publisher with each chain, and how many figures have both; equal chains of one store are one object."""
    found: dict[tuple[str | None, int], tuple[str | None, Chain, int]] = {}
    for recorded in figures:
        figure = recorded.figure
        key = (figure.publisher, id(figure.chain))
        found[key] = (figure.publisher, figure.chain, found[key][2] + 1 if key in found else 1)
    return found.values()


def _named(publisher: str | None, chain: Chain) -> list[tuple[str, Role]]:
    named: list[tuple[str | None, Role]] = [(publisher, "publisher")]
    named += [(name, "relay") for names in (chain.attribution, *chain.parallel) for name in names]
    named += [(chain.issuer, "issuer"), (chain.authority, "authority")]
    named += [(name, "compiled_from") for name in chain.compiled_from]
    # The last link is whoever issued the number, not one more relay.
    return [(name, role) for name, role in named if name and not (role == "relay" and name == chain.issuer)]


def _cited(name: str, source: Source | None, roles: set[Role], figures: int) -> CitedSource:
    return CitedSource(
        id=Source(name=name).id.hex(),
        name=name,
        kind=source.kind if source else None,
        country=source.country if source else None,
        party=source.party if source else None,
        roles=tuple(role for role in ROLES if role in roles),
        figures=figures,
    )


def cited_methods(sources: Iterable[CitedSource], known: Iterable[Method]) -> tuple[Method, ...]:
    """The recorded method versions of these sources, by source and day."""
    names = {source.name for source in sources}
    return tuple(sorted((one for one in known if one.source in names), key=lambda one: (one.source, one.from_day)))


def cited_snapshots(figures: Sequence[RecordedFigure], known: Iterable[KeptSnapshot]) -> tuple[KeptSnapshot, ...]:
    """
    The snapshots in which figures were first seen, by document, then in the order of retrieval.

    What is not known of one is None.
    """
    seen = {(one.document, one.snapshot) for one in figures if one.snapshot}
    recorded = {(one.document, one.sha256): one for one in known}
    found = [recorded.get(key) or KeptSnapshot(*key) for key in seen]
    return tuple(sorted(found, key=_retrieval_order))


def _retrieval_order(snapshot: KeptSnapshot) -> tuple[str, str, str]:
    at = snapshot.retrieved_at
    return (snapshot.document, at.isoformat() if at else "", snapshot.sha256)
