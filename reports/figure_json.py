"""
A figure, a series and a disagreement as JSON: the one shape in which every command and report gives them.

Every key is always there; absent means not stated: null or an empty list, never 0 and never "all".
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db.records import Act, Chain, Count, Definition, Evidence, Figure, RecordedFigure, ScopeNote, Share
from reports.origin import Appearance, OriginTrace
from reports.positions import Attributed, Disagreement, Disagreements, Position, Relay, Summary
from reports.series import Reason, Series, Step

Json = dict[str, Any]
Naming = Callable[[RecordedFigure], Any]
"""How an answer names a figure: in full, or by its id where the figures stand beside it."""


class SharedParts:
    """
    The parts that many figures of one answer share (definition, chain, instant), each laid out once.

    Parts are told apart by identity, as the figures read from one store share them: keep the figures meanwhile.
    """

    def __init__(self) -> None:
        self._definitions: dict[tuple[int, str | None], Json] = {}
        self._chains: dict[int, Json] = {}
        self._instants: dict[datetime, str] = {}

    def definition(self, definition: Definition, event: str | None) -> Json:
        """The same as `definition_json`."""
        key = (id(definition), event)
        if key not in self._definitions:
            self._definitions[key] = definition_json(definition, event)
        return self._definitions[key]

    def chain(self, chain: Chain) -> Json:
        """Who stands behind a figure."""
        key = id(chain)
        if key not in self._chains:
            self._chains[key] = _chain(chain)
        return self._chains[key]

    def instant(self, instant: datetime) -> str:
        """The same as `instant_text`."""
        if instant not in self._instants:
            self._instants[instant] = instant_text(instant)
        return self._instants[instant]


def figure_json(
    figure: Figure | RecordedFigure, *, event: str | None = None, shared: SharedParts | None = None
) -> Json:
    """
    One figure in JSON.

    Args:
        figure: as extracted (`part_of`, `earlier_value_of` and `share.of` are places in the same list), or as
            recorded (they are ids; `id`, `recorded_at`, `state` and its document are added).
        event: the name of the event that it is filed under, where the figure itself does not carry it.
        shared: what the figures of one answer share; the dictionaries for it are then shared too.
    """
    parts = shared or SharedParts()
    if isinstance(figure, RecordedFigure):
        return _recorded(figure, event, parts)
    return _plain(figure, event, parts)


def day_text(day: date | None) -> str | None:
    """A local calendar day in ISO 8601, or None."""
    return day.isoformat() if day else None


def instant_text(instant: datetime) -> str:
    """
    An instant in UTC, ISO 8601, to the second.

    >>> instant_text(datetime(2023, 10, 17, 9, 0, tzinfo=UTC))
    '2023-10-17T09:00:00Z'
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact_instant_text(instant: datetime) -> str:
    """
    The same to the microsecond, for asking again what stood at that very instant.

    >>> exact_instant_text(datetime(2023, 10, 17, 9, 0, tzinfo=UTC))
    '2023-10-17T09:00:00.000000Z'
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def count_json(count: Count) -> Json:
    """The bounds, the qualifier and the words."""
    return {
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "qualifier": count.qualifier,
        "text": count.text,
    }


def definition_json(definition: Definition, event: str | None = None) -> Json:
    """What a figure counts; `event` stands in it for the reader's sake and is in no definition's key."""
    facets: Json = {"event": event}
    for name in Definition.model_fields:
        value = getattr(definition, name)
        facets[name] = day_text(value) if isinstance(value, date) else value
    facets["includes"] = _notes(definition.includes)
    facets["excludes"] = _notes(definition.excludes)
    # The order of the documentation, in which the days come last.
    return {name: facets[name] for name in _DEFINITION_ORDER}


_DEFINITION_ORDER = (
    "event", "outcome", "group", "affiliation", "status", "age", "sex", "subgroup", "condition", "unit",
    "place", "cause", "actor", "basis", "directness", "counted_by", "includes", "excludes",
    "tally", "since", "until", "hours",
)  # fmt: skip


def _notes(notes: Sequence[ScopeNote]) -> list[Json]:
    return [{"code": note.code, "text": note.text} for note in notes]


def _share(share: Share) -> Json:
    return {
        "low": share.low,
        "best": share.best,
        "high": share.high,
        "qualifier": share.qualifier,
        "text": share.text,
        "of": share.of,
    }


def _plain(figure: Figure, event: str | None, parts: SharedParts) -> Json:
    period = figure.period
    return {
        "count": count_json(figure.count) if figure.count else None,
        "share": _share(figure.share) if figure.share else None,
        "definition": parts.definition(figure.definition, event if event is not None else figure.event),
        "period": {"from": day_text(period.from_day), "to": day_text(period.to_day)} if period else None,
        "modality": figure.modality,
        "as_of": day_text(figure.as_of),
        "as_of_time": figure.as_of_time,
        "as_of_basis": figure.as_of_basis,
        "published": day_text(figure.published),
        "publisher": figure.publisher,
        **parts.chain(figure.chain),
        "part_of": figure.part_of,
        "earlier_value_of": figure.earlier_value_of,
        "doubts": list(figure.doubts),
        "origin": figure.origin,
        "evidence": _evidence(figure.evidence),
    }


def _chain(chain: Chain) -> Json:
    return {
        "attribution": list(chain.attribution),
        "parallel": [list(names) for names in chain.parallel],
        "issuer": chain.issuer,
        "issuer_words": chain.issuer_words,
        "authority": chain.authority,
        "compiled_from": list(chain.compiled_from),
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "zone": evidence.zone,
        "locator": evidence.locator,
        "document": None,
        "snapshot": None,
    }


def _recorded(recorded: RecordedFigure, event: str | None, parts: SharedParts) -> Json:
    content = _plain(recorded.figure, event, parts)
    content["evidence"] |= {
        "document": recorded.document,
        "snapshot": f"sha256:{recorded.snapshot}" if recorded.snapshot else None,
        "address": recorded.address,
        "title": recorded.title,
        "row_key": recorded.figure.evidence.row_key,
    }
    hold = recorded.hold
    return {
        "id": recorded.id,
        **content,
        "state": recorded.state,
        "recorded_at": parts.instant(recorded.recorded_at),
        "hold": {"rule": hold.rule, "reason": hold.reason} if hold else None,
        "acts": [_act(act) for act in recorded.acts],
    }


def _act(act: Act) -> Json:
    return {
        "id": act.id,
        "kind": act.kind,
        "other": act.other,
        "by": act.by,
        "on": day_text(act.on_day),
        "reason": act.reason,
        "recorded_at": instant_text(act.recorded_at),
    }


def figure_id(figure: RecordedFigure) -> str:
    """A figure named by its id, where the figures themselves stand beside the answer."""
    return figure.id


def series_json(
    series: Series,
    *,
    named: Naming = figure_json,
    on: date | None = None,
    origins: Mapping[str, RecordedFigure] | None = None,
) -> Json:
    """
    One series: how an authority's figures of one definition changed.

    Args:
        series: its steps in order.
        on: the day from which `days_since_last_report` is told; without it that is null.
        origins: for figures, by id, where their number was recorded first; without it no step has `origin`.
        named: how each step gives its figure, in full or as an id; `previous` is always an id of the same series.
    """
    return {
        "authority": series.authority,
        "publisher": series.publisher,
        "event": series.event,
        "definition": definition_json(series.definition, series.event),
        "steps": [_step(step, named) | _first_recorded(step, origins) for step in series.steps],
        "last_reported": day_text(series.last_reported),
        "days_since_last_report": series.days_since_last_report(on) if on else None,
        "carried_by": list(series.carried_by),
        "issuers": list(series.issuers),
        "assumed": list(series.assumed),
    }


def _first_recorded(step: Step, origins: Mapping[str, RecordedFigure] | None) -> Json:
    if origins is None:
        return {}
    first = origins.get(step.figure.id)
    if first is None:
        return {"origin": None}
    figure = first.figure
    said = {"issuer": figure.chain.issuer, "publisher": figure.publisher, "published": day_text(figure.published)}
    return {"origin": {"id": first.id, **said}}


def _step(step: Step, named: Naming) -> Json:
    return {
        "change": step.change,
        "figure": named(step.figure),
        "previous": step.previous.id if step.previous else None,
        "difference": step.difference,
        "reasons": [_reason(reason) for reason in step.reasons],
        "on": day_text(step.on_day),
    }


def _reason(reason: Reason) -> Json:
    return {"text": reason.text, "by": reason.by, "on": day_text(reason.on_day), "act": reason.act}


def disagreements_json(found: Disagreements, *, named: Naming = figure_json) -> Json:
    """Where sources disagree: the spans, and the three counts over all pairs."""
    return {
        "disagreements": [_disagreement(one, named) for one in found.disagreements],
        "summary": summary_json(found.summary),
    }


def _disagreement(one: Disagreement, named: Naming) -> Json:
    return {
        "event": one.event,
        "definition": definition_json(one.definition, one.event),
        "other": definition_json(one.other, one.event) if one.other else None,
        "from": day_text(one.from_day),
        "to": day_text(one.to_day),
        "relation": one.relation,
        "positions": [_position(position, named) for position in one.positions],
        "spread": {"absolute": one.spread.absolute, "relative": one.spread.relative},
        "lowest": one.lowest,
        "highest": one.highest,
        "because": one.because,
        "facets": list(one.facets),
        "attributed": [_attributed(word, named) for word in one.attributed],
        "independent_authorities": one.independent_authorities,
        "citations": one.citations,
        "resolved": one.resolved,
    }


def _position(position: Position, named: Naming) -> Json:
    return {
        "authority": position.authority,
        "count": count_json(position.count),
        "figures": [named(figure) for figure in position.figures],
        "relays": [relay_json(relay, named) for relay in position.relays],
        "issuers": list(position.issuers),
        "compiled_from": list(position.compiled_from),
    }


def relay_json(relay: Relay, named: Naming) -> Json:
    """A figure that carries a number on, and how it differs."""
    return {"figure": named(relay.figure), "variant": relay.variant, "because": relay.because}


def _attributed(word: Attributed, named: Naming) -> Json:
    return {
        "facet": word.facet,
        "value": word.value,
        "authority": word.authority,
        "figures": [named(figure) for figure in word.figures],
    }


def summary_json(summary: Summary) -> Json:
    """The three counts over pairs, and what set the rest apart, by facet."""
    return {
        "naive": summary.naive,
        "bound_aware": summary.bound_aware,
        "time_and_scope_aware": summary.time_and_scope_aware,
        "not_comparable": dict(summary.not_comparable),
    }


def origin_json(origin: OriginTrace) -> Json:
    """Where a number first appeared and who carried it since."""
    return {
        "earliest": _appearance(origin.earliest),
        "appearances": [_appearance(appearance) for appearance in origin.appearances],
        "issuers": list(origin.issuers),
        "note": origin.note,
    }


def _appearance(appearance: Appearance) -> Json:
    return {
        "figure": figure_json(appearance.figure),
        "day": day_text(appearance.day),
        "probably": appearance.probably,
        "because": appearance.because,
    }
