"""Figures as rows and rows as figures: the one place where the columns of `figure` are spelt out, both ways."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from db.identity import Identity, Particulars
from db.records import Chain, Count, Definition, Evidence, Figure, Position, ScopeNote, Share
from db.unchecked import day_of_row, period_of_row, unchecked
from db.vocabulary import AsOfBasis, Modality, Origin, Zone

Day = date | str | None
"""A day as a row holds it: SQLite keeps ISO 8601 text; canonical JSON writes both alike."""


class FigureColumns(NamedTuple):
    """The columns of `figure`, in the table's order."""

    key: int
    id: bytes
    document: int
    reading: int
    entry: int
    definition: int
    chain: int
    authority: int | None
    event: int | None
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    words: str
    is_share: int
    share_of: bytes | None
    modality: Modality
    as_of: Day
    as_of_time: str | None
    as_of_basis: AsOfBasis | None
    published: Day
    from_day: Day
    to_day: Day
    part_of: bytes | None
    earlier_value_of: bytes | None
    doubts: str | None
    origin: Origin
    quote: str
    prefix: str
    suffix: str
    start_at: int | None
    end_at: int | None
    zone: Zone
    locator: str | None
    row_key: str | None
    nth: int


FIGURE_COLUMNS = FigureColumns._fields


class Keys(NamedTuple):
    """The local keys that a figure's row refers to."""

    document: int
    reading: int
    definition: int
    chain: int
    authority: int | None
    event: int | None


class Links(NamedTuple):
    """The ids of the figures that a figure refers to."""

    part_of: bytes | None
    earlier_value_of: bytes | None
    share_of: bytes | None


def identity_of(figure: Figure, document: str, nth: int) -> Identity:
    """The identity of a figure before recording; `document` is the document's id in hex."""
    number = figure.count or figure.share
    assert number is not None  # noqa: S101 - a shape holds one or the other
    evidence, period, chain = figure.evidence, figure.period, figure.chain
    return Identity(
        document,
        figure.definition.key.hex(),
        chain.written,
        chain.issuer_words,
        evidence.row_key or evidence.quote,
        nth,
        figure.count is None,
        number.low,
        number.best,
        number.high,
        number.qualifier,
        number.text,
        figure.modality,
        figure.as_of,
        figure.as_of_time,
        figure.as_of_basis,
        figure.published,
        period.from_day if period else None,
        period.to_day if period else None,
    )


def figure_row(
    key: int, entry: int, content: Identity, figure_id: bytes, figure: Figure, keys: Keys, links: Links
) -> FigureColumns:
    """One row, from a figure whose identity, keys and links are known."""
    evidence = figure.evidence
    return FigureColumns(
        key, figure_id, keys.document, keys.reading, entry, keys.definition, keys.chain, keys.authority, keys.event,
        content.low, content.best, content.high, content.qualifier, content.words,
        int(content.is_share), links.share_of, content.modality,
        content.as_of, content.as_of_time, content.as_of_basis, content.published, content.from_day, content.to_day,
        links.part_of, links.earlier_value_of,
        json.dumps(figure.doubts, ensure_ascii=False) if figure.doubts else None, figure.origin,
        evidence.quote, evidence.prefix, evidence.suffix, evidence.start, evidence.end,
        evidence.zone, evidence.locator, evidence.row_key, content.nth,
    )  # fmt: skip


def row_particulars(row: FigureColumns, chain: str, event: str | None) -> Particulars:
    """What an entry hashes of a row beside its identity; `chain` is an id in hex, `event` a name."""
    links = (_hex(row.share_of), _hex(row.part_of), _hex(row.earlier_value_of))
    said = (row.doubts, row.origin, row.prefix, row.suffix, row.start_at, row.end_at, row.zone, row.locator, row.quote)
    return (chain, event, *links, *said)


def figure_particulars(figure: Figure, event: str | None) -> Particulars:
    """The same of a recorded figure; `event` is the name of the event that it was recorded with."""
    share, evidence = figure.share, figure.evidence
    links = (_name(share.of if share else None), _name(figure.part_of), _name(figure.earlier_value_of))
    doubts = json.dumps(figure.doubts, ensure_ascii=False) if figure.doubts else None
    around = (evidence.prefix, evidence.suffix, evidence.start, evidence.end, evidence.zone, evidence.locator)
    return (figure.chain.key.hex(), event, *links, doubts, figure.origin, *around, evidence.quote)


def _name(position: Position) -> str | None:
    return str(position) if position is not None else None


def row_identity(row: FigureColumns, document: str, definition: str, chain: Chain) -> Identity:
    """The identity of a stored row, for recomputing its id; `document` and `definition` are ids in hex."""
    return Identity(
        document,
        definition,
        chain.written,
        chain.issuer_words,
        row.row_key or row.quote,
        row.nth,
        bool(row.is_share),
        row.low,
        row.best,
        row.high,
        row.qualifier,
        row.words,
        row.modality,
        row.as_of,
        row.as_of_time,
        row.as_of_basis,
        row.published,
        row.from_day,
        row.to_day,
    )


def _hex(value: bytes | None) -> str | None:
    return bytes(value).hex() if value is not None else None


def figure_of(
    row: FigureColumns, definition: Definition, chain: Chain, publisher: str | None, event: str | None
) -> Figure:
    """The figure that a stored row holds. Recorded rows were checked when they were made, so this checks nothing."""
    number: dict[str, Any] = {
        "low": row.low,
        "best": row.best,
        "high": row.high,
        "qualifier": row.qualifier,
        "text": row.words,
    }
    evidence = {
        "quote": row.quote,
        "start": row.start_at,
        "end": row.end_at,
        "prefix": row.prefix,
        "suffix": row.suffix,
        "zone": row.zone,
        "locator": row.locator,
        "row_key": row.row_key,
    }
    return unchecked(Figure, {
        "count": None if row.is_share else unchecked(Count, number),
        "share": unchecked(Share, {**number, "of": _hex(row.share_of)}) if row.is_share else None,
        "definition": definition,
        "chain": chain,
        "evidence": unchecked(Evidence, evidence),
        "publisher": publisher,
        "published": day_of_row(row.published),
        "as_of": day_of_row(row.as_of),
        "as_of_time": row.as_of_time,
        "as_of_basis": row.as_of_basis,
        "period": period_of_row(row.from_day, row.to_day),
        "modality": row.modality,
        "part_of": _hex(row.part_of),
        "earlier_value_of": _hex(row.earlier_value_of),
        "doubts": tuple(json.loads(row.doubts)) if row.doubts else (),
        "origin": row.origin,
        "event": event,
    })  # fmt: skip


def definition_row(definition: Definition) -> dict[str, Any]:
    """The columns of `definition`, without keys; lists as JSON text."""
    columns = definition.model_dump()
    for listed in ("includes", "excludes"):
        columns[listed] = json.dumps(columns[listed], ensure_ascii=False)
    return columns


def definition_of(row: Mapping[Any, Any]) -> Definition:
    """The definition that a stored row holds."""
    facets = {name: row[name] for name in Definition.model_fields}
    for day in ("since", "until"):
        facets[day] = day_of_row(facets[day])
    for listed in ("includes", "excludes"):
        facets[listed] = tuple(ScopeNote(**note) for note in facets[listed])
    return Definition(**facets)


def chain_row(chain: Chain) -> dict[str, Any]:
    """The columns of `chain`, without keys; lists as JSON text."""
    columns = chain.model_dump()
    for listed in ("attribution", "written", "parallel", "compiled_from"):
        columns[listed] = json.dumps(columns[listed], ensure_ascii=False)
    return columns


def chain_of(row: Mapping[Any, Any]) -> Chain:
    """The chain that a stored row holds."""
    return Chain(
        attribution=tuple(row["attribution"]),
        written=_nested(row["written"]),
        parallel=_nested(row["parallel"]),
        issuer=row["issuer"],
        issuer_words=row["issuer_words"],
        authority=row["authority"],
        compiled_from=tuple(row["compiled_from"]),
    )


def _nested(value: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names) for names in value)


def placeholders(columns: Sequence[str], mark: str) -> str:
    """`?, ?, ?` or `%s, %s, %s`."""
    return ", ".join([mark] * len(columns))
