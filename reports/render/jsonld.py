"""
The provenance report as JSON-LD 1.1: schema.org's words for datasets, claims and observations, PROV's for descent.

Each figure is a schema.org `Claim` that is also an `Observation`: who claims it (`author`), where it appears (a
`Quotation` in a document), what was counted and until when. The context stands in the file, so that nothing is
fetched to read it. What schema.org has no word for (qualifier, tally, party) is named in a vocabulary of our own.
"""

from collections.abc import Iterable, Iterator

import orjson

from db.records import Act, Definition, KeptSnapshot, RecordedFigure, Source
from reports import narration, sentences
from reports.cited import CitedSource
from reports.figure_json import Json, day_text, definition_json, instant_text
from reports.positions import Disagreement
from reports.provenance import CitedDocument, Report
from reports.render.addresses import web_address
from reports.render.urns import BASE, report_name, snapshot_name, term_name
from reports.series import Step

CONTEXT: Json = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "cf": {"@id": f"{BASE}term:", "@prefix": True},
    **{
        name: {"@id": f"{BASE}{name}:", "@prefix": True}
        for name in ("figure", "document", "snapshot", "source", "act", "report")
    },
    "datePublished": {"@type": "Date"},
    "dateCreated": {"@type": "DateTime"},
    "observationDate": {"@type": "Date"},
    "url": {"@type": "@id"},
    **{
        f"cf:{name}": {"@type": "xsd:date"}
        for name in ("since", "until", "periodFrom", "periodTo", "from", "to", "onDay")
    },
    "cf:recordedAt": {"@type": "xsd:dateTime"},
    **{
        name: {"@type": "@id"}
        for name in (
            "author", "publisher", "isPartOf", "hasPart", "exampleOfWork", "prov:wasRevisionOf", "prov:wasQuotedFrom",
            "prov:wasAttributedTo", "prov:wasInvalidatedBy", "prov:wasInfluencedBy", "prov:hadMember",
            "prov:wasAssociatedWith", "cf:authority", "cf:partOf", "cf:earlierValueOf", "cf:shareOf", "cf:carriedBy",
            "cf:compiledFrom",
        )
    },
    **{name: {"@type": "@id", "@container": "@list"} for name in ("cf:attribution",)},
}  # fmt: skip
"""Every word that the graph uses, so that expanding it drops nothing."""


def jsonld(report: Report) -> str:
    """
    The report as one JSON-LD document, a node a line.

    It may stand in a `script` element of a page: no character of it ends one.
    """
    names = {source.name for source in report.sources}
    snapshots: dict[str, list[Json]] = {}
    for snapshot in report.snapshots:
        snapshots.setdefault(snapshot.document, []).append(_snapshot(snapshot))
    nodes = [
        *(_source(source) for source in report.sources),
        *(_agent(name) for name in _acting(report) if name not in names),
        *(_document(document, snapshots.get(document.id, [])) for document in report.documents),
        *(_figure(recorded, report.steps.get(recorded.id, ())) for recorded in report.figures),
        *(_act(act) for act in _acts(report)),
        *(_disagreement(number, one, report) for number, one in enumerate(report.disagreements, start=1)),
        # Last, so that its checkpoint is the last one in the file, whatever a document quotes.
        _about(report),
    ]
    graph = ",\n".join(_safe(node) for node in nodes)
    return f'{{"@context": {_safe(CONTEXT)},\n"@graph": [\n{graph}\n]}}\n'


def _safe(content: Json) -> str:
    """JSON whose strings hold no character that ends a script element or, to some readers, a line."""
    text = orjson.dumps(content).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _stated(content: Json) -> Json:
    """Without what is not stated: in linked data an absent property says just that."""
    return {name: value for name, value in content.items() if value is not None and value != []}


def _source_id(name: str) -> str:
    return f"source:{Source(name=name).id.hex()}"


def _about(report: Report) -> Json:
    checkpoint = report.checkpoint
    return _stated(
        {
            "@id": f"report:{report_name(report)}",
            "@type": ["Dataset", "prov:Collection"],
            "name": report.title,
            "description": f"{narration.PURPOSE} {narration.method_words(report)}",
            "dateCreated": instant_text(report.generated),
            "creator": {"@type": ["SoftwareApplication", "prov:SoftwareAgent"], "name": report.software},
            "cf:filter": [f"{name}={value}" for name, value in report.filters],
            "cf:checkpointSize": checkpoint.size if checkpoint else None,
            "cf:checkpointRoot": checkpoint.root if checkpoint else None,
            "cf:summary": " ".join(narration.summary_sentences(report.summary)),
            "prov:hadMember": [f"figure:{one.id}" for one in report.figures],
        }
    )


def _source(source: CitedSource) -> Json:
    return _stated(
        {
            "@id": f"source:{source.id}",
            "@type": ["Person" if source.kind == "person" else "Organization", "prov:Agent"],
            "name": source.name,
            "cf:kind": source.kind,
            "cf:country": source.country,
            "cf:party": source.party,
        }
    )


def _agent(name: str) -> Json:
    return {"@id": _source_id(name), "@type": "prov:Agent", "name": name}


def _acts(report: Report) -> Iterable[Act]:
    return {act.id: act for _, act in report.acts}.values()


def _acting(report: Report) -> Iterable[str]:
    return dict.fromkeys(act.by for act in _acts(report) if act.by)


def _document(document: CitedDocument, snapshots: list[Json]) -> Json:
    return _stated(
        {
            "@id": f"document:{document.id}",
            "@type": ["CreativeWork", "prov:Entity"],
            "name": document.title,
            "url": web_address(document.address),
            "cf:address": document.address,
            "publisher": _source_id(document.publisher) if document.publisher else None,
            "datePublished": day_text(document.published),
            "encoding": snapshots,
        }
    )


def _snapshot(snapshot: KeptSnapshot) -> Json:
    return _stated(
        {
            "@id": f"snapshot:{snapshot_name(snapshot.document, snapshot.sha256)}",
            "@type": ["MediaObject", "prov:Entity"],
            "sha256": snapshot.sha256,
            "encodingFormat": snapshot.media_type,
            "contentSize": str(snapshot.size) if snapshot.size is not None else None,
            "dateCreated": instant_text(snapshot.retrieved_at) if snapshot.retrieved_at else None,
            "inLanguage": snapshot.language,
            "cf:readers": list(snapshot.readers),
        }
    )


def _figure(recorded: RecordedFigure, steps: Iterable[Step]) -> Json:
    figure = recorded.figure
    chain = figure.chain
    return _stated(
        {
            "@id": f"figure:{recorded.id}",
            "@type": ["Claim", "Observation", "prov:Entity"],
            "name": sentences.figure_words(figure),
            "identifier": recorded.id,
            **_number(recorded),
            "measuredProperty": sentences.definition_words(figure.definition),
            **_definition(figure.definition),
            "about": {"@type": "Event", "name": figure.event} if figure.event else None,
            **_days(recorded),
            "author": _source_id(chain.issuer) if chain.issuer else None,
            "cf:authority": _source_id(chain.authority) if chain.authority else None,
            "cf:issuerWords": chain.issuer_words,
            "cf:attribution": [_source_id(name) for name in chain.attribution],
            "cf:parallel": [" \u2190 ".join(names) for names in chain.parallel],
            "cf:compiledFrom": [_source_id(name) for name in chain.compiled_from],
            "cf:modality": figure.modality,
            "cf:origin": figure.origin,
            "cf:state": recorded.state,
            "cf:doubt": list(figure.doubts),
            "appearance": _quotation(recorded),
            "cf:partOf": _named(figure.part_of),
            "cf:earlierValueOf": _named(figure.earlier_value_of),
            **_descent(recorded, steps),
        }
    )


def _number(recorded: RecordedFigure) -> Json:
    figure = recorded.figure
    stated = figure.count or figure.share
    assert stated is not None  # noqa: S101 - a shape holds one or the other
    return {
        "value": stated.best,
        "minValue": stated.low,
        "maxValue": stated.high,
        "unitText": figure.definition.unit if figure.count else "parts per million",
        "cf:qualifier": stated.qualifier,
        "cf:text": stated.text,
        "cf:shareOf": _named(figure.share.of) if figure.share else None,
    }


def _named(figure: int | str | None) -> str | None:
    return f"figure:{figure}" if isinstance(figure, str) else None


def _definition(definition: Definition) -> Json:
    told = definition_json(definition) | {"event": None}
    for kind in ("includes", "excludes"):
        told[kind] = [note["text"] or note["code"] for note in told[kind]]
    return {f"cf:{term_name(name)}": value for name, value in told.items()}


def _days(recorded: RecordedFigure) -> Json:
    figure = recorded.figure
    return {
        "observationDate": day_text(figure.as_of),
        "cf:asOfTime": figure.as_of_time,
        "cf:asOfBasis": figure.as_of_basis,
        "datePublished": day_text(figure.published),
        "cf:periodFrom": day_text(figure.period.from_day) if figure.period else None,
        "cf:periodTo": day_text(figure.period.to_day) if figure.period else None,
        "cf:recordedAt": instant_text(recorded.recorded_at),
    }


def _quotation(recorded: RecordedFigure) -> Json:
    evidence = recorded.figure.evidence
    return _stated(
        {
            "@type": "Quotation",
            "text": evidence.quote,
            "isPartOf": f"document:{recorded.document}",
            "cf:start": evidence.start,
            "cf:end": evidence.end,
            "cf:zone": evidence.zone,
            "cf:locator": evidence.locator,
        }
    )


def _descent(recorded: RecordedFigure, steps: Iterable[Step]) -> Json:
    snapshot = f"snapshot:{snapshot_name(recorded.document, recorded.snapshot)}" if recorded.snapshot else None
    steps = list(steps)
    earlier = [step.previous.id for step in steps if step.previous and step.previous.id != recorded.id]
    return {
        "prov:wasQuotedFrom": snapshot,
        "prov:wasRevisionOf": [f"figure:{one}" for one in dict.fromkeys(earlier)],
        "cf:change": [step.change for step in steps],
        "cf:difference": next((step.difference for step in steps if step.difference is not None), None),
        "cf:reason": [narration.reason_sentence(reason) for step in steps for reason in step.reasons],
        "prov:wasInfluencedBy": [f"act:{act.id}" for act in recorded.acts],
    }


def _act(act: Act) -> Json:
    return _stated(
        {
            "@id": f"act:{act.id}",
            "@type": ["prov:Activity", f"cf:{act.kind}"],
            "prov:wasAssociatedWith": _source_id(act.by) if act.by else None,
            "cf:reason": act.reason,
            "cf:onDay": day_text(act.on_day),
            "cf:other": act.other,
            "cf:recordedAt": instant_text(act.recorded_at),
        }
    )


def _disagreement(number: int, one: Disagreement, report: Report) -> Json:
    return _stated(
        {
            "@id": f"report:{report_name(report)}-disagreement-{number}",
            "@type": ["cf:Disagreement", "prov:Collection"],
            "name": narration.disagreement_title(one),
            "cf:relation": one.relation,
            "cf:because": one.because,
            "cf:from": day_text(one.from_day),
            "cf:to": day_text(one.to_day),
            "prov:hadMember": list(dict.fromkeys(_members(one))),
        }
    )


def _members(one: Disagreement) -> Iterator[str]:
    for position in one.positions:
        yield from (f"figure:{figure.id}" for figure in position.figures)
        yield from (f"figure:{relay.figure.id}" for relay in position.relays)
