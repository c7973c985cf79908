"""Figures typed by hand, and our corrections of figures that were misread."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from db.acts import correct as record_correction
from db.acts import find_id
from db.find import figure_by_id
from db.known import event_named, snapshot_of
from db.places import Places
from db.records import Chain, Count, Definition, Document, Evidence, Figure, Period, Reading, Recording, ScopeNote
from db.store import Store
from reports.gate import gate
from sources.addresses import canonical_address
from sources.archive import Archive
from sources.catalogue import Catalogue
from tracker.errors import RefusedFigure
from tracker.ingesting import typed
from tracker.opening import known_sources

READER_VERSION = "typed-1"
BOUNDS_OF = {
    "exact": ("low", "best", "high"),
    "at_least": ("low", "best"),
    "more_than": ("low", "best"),
    "at_most": ("high",),
    "less_than": ("high",),
    "approximately": ("best",),
    "nearly": ("best",),
}
HEDGES = {
    "exact": "",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "up to ",
    "less_than": "fewer than ",
    "approximately": "about ",
    "nearly": "nearly ",
}
"""How a hedge is written where only a number and a qualifier were typed."""
_COPIED = frozenset(Definition.model_fields) - {"includes", "excludes"}


def add(store: Store, archive: Archive, given: Mapping[str, Any]) -> tuple[str, bool]:
    """
    Record one typed figure; gives its id, and whether it is new.

    Raises:
        RefusedFigure: it lacks its number, outcome or publisher, or contradicts itself.
        UnknownRecord: the event, whole or newer figure is not recorded.
    """
    for name in ("outcome", "publisher"):
        if name not in given:
            raise RefusedFigure(f"a figure needs its {name}: give --{name}")
    figure = _checked(_figure(store, given, known_sources(store)))
    text = figure.evidence.quote
    retrieved = typed(text, "a typed figure")
    document = Document(
        address=canonical_address(given["address"]) if "address" in given else None,
        publisher=figure.publisher,
        published=figure.published,
        bytes_sha256=hashlib.sha256(retrieved.body).hexdigest(),
    )
    reading = Reading(reader_version=READER_VERSION, text=text, published=figure.published)
    recorded = store.record(Recording(document, archive.keep(retrieved), reading, [(figure, None)]))
    return next(recorded.figure_ids()), bool(recorded.new)


def correct(store: Store, figure: str, given: Mapping[str, Any], *, reason: str, by: str | None) -> str:
    """
    Record what a document really says in place of a figure (its whole id) that was misread; gives the new id.

    Raises:
        RefusedFigure: the correction contradicts itself, or names what only another document could change.
    """
    fixed = {"address", "publisher", "published"} & set(given)
    if fixed:
        raise RefusedFigure(f"--{min(fixed)} belongs to the document: void the figure and ingest the document again")
    old = figure_by_id(store, figure)
    snapshot, reading = snapshot_of(store, old)
    document = Document(
        address=old.address,
        publisher=old.figure.publisher,
        published=reading.published,
        bytes_sha256=old.snapshot,
    )
    corrected = _placed(_checked(_figure(store, given, known_sources(store), old.figure)), given, reading)
    recorded = record_correction(
        store, figure, Recording(document, snapshot, reading, [(corrected, None)]), reason=reason, by=by
    )
    return next(recorded.figure_ids())


def _placed(figure: Figure, given: Mapping[str, Any], reading: Reading) -> Figure:
    """A corrected quote stands in the document that it corrects the reading of."""
    if "quote" not in given:
        return figure
    quote, text = figure.evidence.quote, reading.text or ""
    start = text.find(quote)
    if start < 0:
        raise RefusedFigure(f"the words {quote!r} do not stand in the document")
    where = {"start": start, "end": start + len(quote), "prefix": "", "suffix": ""}
    evidence = figure.evidence.model_copy(update=where)
    return figure.model_copy(update={"evidence": evidence})


def _figure(store: Store, given: Mapping[str, Any], catalogue: Catalogue, old: Figure | None = None) -> Figure:
    """The figure that options give, the rest from the figure they correct."""
    try:
        count = _count(given, old)
        evidence = _evidence(given, count, old)
        fields: dict[str, Any] = (
            old.model_dump(exclude={"count", "share", "definition", "chain", "evidence"}) if old else {}
        )
        fields |= {
            name: given[name]
            for name in ("as_of", "as_of_time", "as_of_basis", "modality", "published")
            if name in given
        }
        fields["publisher"] = old.publisher if old else _canonical(catalogue, given["publisher"])
        if fields.get("as_of") and not fields.get("as_of_basis"):
            fields["as_of_basis"] = "stated"
        if fields.get("published") and not fields.get("as_of"):
            fields |= {"as_of": fields["published"], "as_of_basis": "publication"}
        chain, doubts = _chain(given, catalogue, fields, old)
        if "quote" not in given and old is None:
            doubts = (*doubts, "quote_missing: typed without the words of the document")
        for link in ("part_of", "earlier_value_of"):
            if link in given:
                fields[link] = find_id(store, given[link])
        if "event" in given:
            fields["event"] = event_named(store, given["event"]).name
        if "period_from" in given or "period_to" in given:
            fields["period"] = Period(from_day=given.get("period_from"), to_day=given.get("period_to"))
        kept = old.doubts if old else ()
        fields["doubts"] = tuple(dict.fromkeys((*kept, *given.get("doubt", ()), *doubts)))
        definition = definition_from(given, old)
        return Figure(
            **{
                **fields,
                "count": count,
                "definition": definition,
                "chain": chain,
                "evidence": evidence,
                "origin": "manual",
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise RefusedFigure(f"{place}: {what}" if place else what) from error


def _canonical(catalogue: Catalogue, name: str) -> str:
    known = catalogue.named(name)
    return known.name if known else name


def _count(given: Mapping[str, Any], old: Figure | None) -> Count:
    named = {name: given[name] for name in ("low", "best", "high") if name in given}
    if not named and "number" not in given and old is not None and old.count is not None:
        return old.count if "qualifier" not in given else old.count.model_copy(update={"qualifier": given["qualifier"]})
    qualifier = given.get("qualifier", "range" if {"low", "high"} <= set(named) and "number" not in given else "exact")
    if "number" in given:
        if qualifier not in BOUNDS_OF:
            raise RefusedFigure(f"--qualifier {qualifier} needs its bounds: give --low and --high, not --number")
        named = {**dict.fromkeys(BOUNDS_OF[qualifier], given["number"]), **named}
    if not named:
        raise RefusedFigure("a figure needs its number: give --number, or --low, --best, --high")
    return Count(**named, qualifier=qualifier, text=_words(given, named, qualifier))


def _words(given: Mapping[str, Any], bounds: Mapping[str, int], qualifier: str) -> str:
    """The number as printed: as typed, else as it stands in the quote, else written out."""
    quote = given.get("quote")
    if "words" in given:
        return str(given["words"])
    numbers = list(dict.fromkeys(bounds.values()))
    if quote is None:
        if qualifier in HEDGES:
            return f"{HEDGES[qualifier]}{numbers[0]:,}"
        return "-".join(f"{number:,}" for number in numbers)
    for number in numbers:
        for written in (f"{number:,}", str(number), f"{number:,}".replace(",", " "), f"{number:,}".replace(",", ".")):
            if written in quote:
                return written
    raise RefusedFigure(f"the number {numbers[0]} does not stand in the quote: give its words with --words")


def _evidence(given: Mapping[str, Any], count: Count, old: Figure | None) -> Evidence:
    quote = given.get("quote")
    if old is not None and quote is None:
        return old.evidence
    if quote is None:
        return Evidence(quote=count.text, start=0, end=len(count.text))
    if count.text not in quote:
        raise RefusedFigure(f"the words {count.text!r} do not stand in the quote")
    if old is not None:
        return old.evidence.model_copy(update={"quote": quote, "start": None, "end": None})
    return Evidence(quote=quote, start=0, end=len(quote))


def _chain(
    given: Mapping[str, Any], catalogue: Catalogue, fields: Mapping[str, Any], old: Figure | None
) -> tuple[Chain, tuple[str, ...]]:
    if old is not None and not {"attribution", "issuer_words", "compiled_from"} & set(given):
        return old.chain, ()
    written = (tuple(given["attribution"]),) if "attribution" in given else ()
    return catalogue.chain(
        written,
        publisher=fields["publisher"],
        issuer_words=given.get("issuer_words"),
        on_day=fields.get("published"),
        compiled_from=given.get("compiled_from", ()),
    )


def definition_from(given: Mapping[str, Any], old: Figure | None = None) -> Definition:
    """What typed options say that is counted, places and groups by the table's names; the rest as `old` has it."""
    facets: dict[str, Any] = old.definition.model_dump() if old else {}
    facets |= {name: given[name] for name in _COPIED if name in given}
    places = Places.shipped()
    if "place" in given and (place := places.named(given["place"])):
        facets["place"] = place.name
    if "group" in given and (group := places.group(given["group"])):
        facets["group"] = group.name
    for listed in ("includes", "excludes"):
        if listed in given:
            pairs = (entry.partition("=") for entry in given[listed])
            facets[listed] = tuple(ScopeNote.model_validate({"code": code, "text": words}) for code, _, words in pairs)
    return Definition(**facets)


def _checked(figure: Figure) -> Figure:
    """What a person types is refused where a document's figure would be held."""
    ((_, hold),) = gate([figure.model_copy(update={"part_of": None})], today=datetime.now(UTC).date())
    if hold is not None:
        raise RefusedFigure(f"{hold.rule}: {hold.reason}")
    return figure
