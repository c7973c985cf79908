"""
Which figures belong to one series, and which lines run side by side in it.

A series is one authority's figures under one event by core definition: without basis, includes, excludes and
baseline. Unsaid facets may be filled from the authority's usual definition, for grouping only.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from db.records import Definition, RecordedFigure, ScopeNote
from reports.comparison import Surroundings, compare
from reports.facets import COUNTS
from reports.series import PARALLEL_FACETS

Usual = Mapping[str, Mapping[str, str]]
"""For each authority, the facets that its figures mean when they do not say."""

USED = frozenset({"recorded", "retracted", "disowned"})
"""The states of figures that enter a series; what is held, voided or replaced by us does not."""
WHO_DID_IT = ("cause", "actor")
NO_DAY = date.max

_Value = TypeVar("_Value")
_Place = tuple[str | None, str | None, str | None, bytes]


@dataclass(slots=True)
class Bundle:
    """The figures of one series in the order in which they became known."""

    authority: str | None
    event: str | None
    core: Definition
    figures: list[RecordedFigure] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)

    def is_plain(self) -> bool:
        """
        Whether there is one line, on which each figure follows the one before by a later day that it states.

        Then nothing is restated, backfilled, edited or withdrawn.
        """
        known: date | None = None
        for recorded in self.figures:
            day = recorded.figure.as_of
            if day is None or (known is not None and day <= known) or recorded.state != "recorded":
                return False
            if known is not None and recorded.figure.as_of_basis == "publication":
                return False
            known = day
        counted = {id(recorded.figure.definition): recorded.figure.definition for recorded in self.figures}
        return len(counted) == 1 or len({_parallel_facets(definition) for definition in counted.values()}) == 1

    def parallel_keys(self, *, by_authority: bool = False) -> list[Hashable]:
        """
        For each figure the line it runs on: basis, includes, excludes and baseline, and for a publisher's line
        the authority too.

        Where the figures state one baseline, or one note, only, those that do not say are taken to mean it.
        """
        keys = [_parallel_facets(recorded.figure.definition) for recorded in self.figures]
        only = [_only([key[place] for key in keys]) for place in range(4)]
        filled = [(key[0], *(key[place] or only[place] for place in (1, 2, 3))) for key in keys]
        if not by_authority:
            return list(filled)
        return [(_voice(recorded), *key) for recorded, key in zip(self.figures, filled, strict=True)]


def _voice(recorded: RecordedFigure) -> str:
    chain = recorded.figure.chain
    return chain.authority or chain.issuer or f"hidden: {chain.issuer_words or ''}"


@lru_cache(maxsize=4096)
def _parallel_facets(definition: Definition) -> tuple[str, frozenset[str], frozenset[str], date | None]:
    basis = "count" if definition.basis in COUNTS else str(definition.basis)
    return basis, _codes(definition.includes), _codes(definition.excludes), definition.since


def _codes(notes: Iterable[ScopeNote]) -> frozenset[str]:
    return frozenset(note.code for note in notes)


def _only(values: Iterable[_Value]) -> _Value | None:
    stated = {value for value in values if value}
    return stated.pop() if len(stated) == 1 else None


def order(recorded: RecordedFigure) -> tuple[date, date, datetime, int, int, str]:
    """The order in which figures became known: publication, the day they speak of, recording, place in the text."""
    figure = recorded.figure
    known = figure.published or figure.as_of or NO_DAY
    # An earlier value ("from 12 to 15") stands before the newer one that it belongs to.
    speaks_of = figure.as_of or (date.min if figure.earlier_value_of is not None else known)
    headline = 1 if figure.evidence.zone == "headline" else 0
    return known, speaks_of, recorded.recorded_at, headline, figure.evidence.start or 0, recorded.id


def bundles(
    figures: Iterable[RecordedFigure], *, usual: Usual, surroundings: Surroundings, line: str | None = None
) -> list[Bundle]:
    """
    Sort n figures into series; figures without a count, held, voided or replaced by us are left out.

    A hidden issuer's figures, and an incident that names neither event nor place and day, belong to their document
    alone. Near-linear: definitions are compared once for each authority and event, never figure by figure.
    """
    made: dict[_Place, Bundle] = {}
    cores: dict[tuple[str | None, int], _Core] = {}
    figures = list(figures)
    unsaid_parts = _unsaid_parts(figures)
    for recorded in figures:
        figure = recorded.figure
        if recorded.state not in USED or figure.count is None or (line is not None and figure.publisher != line):
            continue
        if recorded.id in unsaid_parts:
            continue
        meant = usual.get(figure.chain.authority or "")
        known = (figure.chain.authority if meant else None, id(figure.definition))
        core = cores.get(known)
        if core is None:
            core = cores[known] = _core(figure.definition, meant or {})
        authority = None if line is not None else figure.chain.authority
        place = (authority, figure.event, _document_alone(recorded, core.core, line), core.core.key)
        bundle = made.setdefault(place, Bundle(authority, figure.event, core.core))
        bundle.figures.append(recorded)
        bundle.assumed |= core.assumed
    joined = list(_joined(made, surroundings))
    for bundle in joined:
        bundle.figures.sort(key=order)
    return joined


def _unsaid_parts(figures: Sequence[RecordedFigure]) -> set[str]:
    """
    Parts whose definition does not say what sets them apart from their whole ("of the 471, a committee added 320").

    They count fewer than their whole does, in words that would count as many: no later number can be set against them.
    """
    linked = [recorded for recorded in figures if isinstance(recorded.figure.part_of, str)]
    if not linked:
        return set()
    wholes = {recorded.id: recorded.figure.definition for recorded in figures}
    return {
        recorded.id
        for recorded in linked
        if (whole := wholes.get(str(recorded.figure.part_of))) is not None
        and _counted_alike(recorded.figure.definition, whole)
    }


def _counted_alike(one: Definition, other: Definition) -> bool:
    return one.core_key == other.core_key and _parallel_facets(one) == _parallel_facets(other)


@dataclass(frozen=True, slots=True)
class _Core:
    """A core definition, which facets were filled for it, and the definition it was made from (kept alive)."""

    core: Definition
    assumed: frozenset[str]
    made_from: Definition


def _core(definition: Definition, usual: Mapping[str, str]) -> _Core:
    """For an incident the core leaves out who did it; its day belongs to it."""
    facets = definition.model_dump()
    filled = {name: value for name, value in usual.items() if name in facets and facets[name] is None}
    facets.update(filled)
    for name in PARALLEL_FACETS:
        if not (name == "since" and definition.tally == "incident"):
            facets.pop(name)
    if definition.tally == "incident":
        for name in WHO_DID_IT:
            facets[name] = None
    return _Core(Definition.model_validate(facets), frozenset(filled).difference(PARALLEL_FACETS), definition)


def _document_alone(recorded: RecordedFigure, core: Definition, line: str | None) -> str | None:
    """
    The document, where its figure stands in no series with others; None where it may.

    A hidden issuer belongs to its document alone, and two hidden issuers of one document are not one.
    """
    which_incident = recorded.figure.event is not None or (core.place is not None and core.since is not None)
    if core.tally == "incident" and not which_incident:
        return recorded.document
    chain = recorded.figure.chain
    if line is not None or chain.authority is not None:
        return None
    return " / ".join((recorded.document, *chain.attribution, chain.issuer_words or ""))


def _joined(made: Mapping[_Place, Bundle], surroundings: Surroundings) -> Iterator[Bundle]:
    """Join series of one authority and event whose cores are all, each with each, probably the same."""
    together: dict[Hashable, list[Bundle]] = {}
    for place, bundle in made.items():
        together.setdefault((place[:3], who(bundle.core)), []).append(bundle)
    known: dict[Hashable, bool] = {}

    def comparable(one: Bundle, other: Bundle) -> bool:
        # Many authorities count the same two things: those are compared once.
        pair = (one.event, one.core.key, other.core.key)
        if pair not in known:
            known[pair] = _comparable(one, other, surroundings)
        return known[pair]

    for several in together.values():
        for component in components(several, comparable):
            yield from _merged(component, comparable)


def who(definition: Definition) -> Hashable:
    """The facets in which two definitions must be equal to be comparable at all."""
    said = definition
    return (said.outcome, said.unit, said.age, said.sex, said.subgroup, said.status, said.affiliation, said.condition)


def components(members: Sequence[_Value], linked: Callable[[_Value, _Value], bool]) -> list[list[_Value]]:
    """The connected components of a few members, in order of first member."""
    found: list[list[_Value]] = []
    for member in members:
        touching = [component for component in found if any(linked(member, other) for other in component)]
        kept = [component for component in found if component not in touching]
        found = [*kept, [*(other for component in touching for other in component), member]]
    return found


def _comparable(one: Bundle, other: Bundle, surroundings: Surroundings) -> bool:
    return compare(
        one.core, other.core, first_event=one.event, second_event=other.event, surroundings=surroundings
    ).is_comparable


def _merged(component: Sequence[Bundle], comparable: Callable[[Bundle, Bundle], bool]) -> Iterator[Bundle]:
    """One series where every two cores compare; else each on its own: "probably" does not chain."""
    pairs = ((one, other) for place, one in enumerate(component) for other in component[place + 1 :])
    if len(component) == 1 or not all(comparable(one, other) for one, other in pairs):
        yield from component
        return
    most_said = max(component, key=lambda bundle: len(bundle.core.model_dump(exclude_defaults=True)))
    merged = Bundle(most_said.authority, most_said.event, most_said.core)
    for bundle in component:
        merged.figures.extend(bundle.figures)
        merged.assumed |= bundle.assumed
    yield merged
