"""The provenance report as JSON: figures once, in full; series and disagreements name them by id."""

from collections.abc import Iterable
from typing import Any

import orjson

from db.records import KeptSnapshot, Method
from reports.cited import CitedSource
from reports.figure_json import (
    Json,
    SharedParts,
    day_text,
    definition_json,
    disagreements_json,
    figure_id,
    figure_json,
    instant_text,
    series_json,
)
from reports.positions import Disagreements
from reports.provenance import Checkpoint, CitedDocument, Heading, Report


def json(report: Report) -> str:
    """
    The report as one JSON object, one figure, series, disagreement or document a line.

    The same report gives the same text, so two reports can be compared line by line.
    """
    found = disagreements_json(Disagreements(report.disagreements, report.summary), named=figure_id)
    shared = SharedParts()
    members = {
        "report": _one(_about(report)),
        "checkpoint": _one(_checkpoint(report.checkpoint)),
        "latest": _many(_heading(heading) for heading in report.headings),
        "figures": _many(figure_json(figure, shared=shared) for figure in report.figures),
        "series": _many(series_json(line.series, named=figure_id) for line in report.lines),
        "disagreements": _many(found["disagreements"]),
        "summary": _one(found["summary"]),
        "documents": _many(_document(document) for document in report.documents),
        "snapshots": _many(_snapshot(snapshot) for snapshot in report.snapshots),
        "sources": _many(_source(source) for source in report.sources),
        "methods": _many(_method(method) for method in report.methods),
        "doubts": _many({"text": doubt.text, "figures": len(doubt.figures)} for doubt in report.doubts),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}\n"


def _one(content: Any) -> str:
    text = orjson.dumps(content).decode()
    # Line ends to some readers, though not to JSON: each member stands on one line for all of them.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _many(content: Iterable[Json]) -> str:
    return "[" + ",".join(f"\n{_one(member)}" for member in content) + "]"


def _about(report: Report) -> Json:
    return {
        "title": report.title,
        "event": report.event,
        "filters": dict(report.filters),
        "generated": instant_text(report.generated),
        "software": report.software,
    }


def _checkpoint(checkpoint: Checkpoint | None) -> Json | None:
    if checkpoint is None:
        return None
    at = instant_text(checkpoint.at) if checkpoint.at else None
    return {"size": checkpoint.size, "root": checkpoint.root, "time": at}


def _heading(heading: Heading) -> Json:
    return {
        "event": heading.event,
        "definition": definition_json(heading.definition, heading.event),
        "standings": [
            {
                "authority": standing.figure.figure.chain.authority,
                "figure": standing.figure.id,
                "change": standing.step.change,
                "difference": standing.step.difference,
            }
            for standing in heading.standings
        ],
    }


def _document(document: CitedDocument) -> Json:
    return {
        "id": document.id,
        "address": document.address,
        "title": document.title,
        "publisher": document.publisher,
        "published": day_text(document.published),
        "snapshots": [f"sha256:{snapshot}" for snapshot in document.snapshots],
        "figures": document.figures,
    }


def _snapshot(snapshot: KeptSnapshot) -> Json:
    return {
        "snapshot": f"sha256:{snapshot.sha256}",
        "document": snapshot.document,
        "retrieved_at": instant_text(snapshot.retrieved_at) if snapshot.retrieved_at else None,
        "media_type": snapshot.media_type,
        "size": snapshot.size,
        "language": snapshot.language,
        "readers": list(snapshot.readers),
    }


def _source(source: CitedSource) -> Json:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "country": source.country,
        "party": source.party,
        "roles": list(source.roles),
        "figures": source.figures,
    }


def _method(method: Method) -> Json:
    return {
        "source": method.source,
        "from": day_text(method.from_day),
        "text": method.text,
        "criteria": list(method.criteria),
        "evidence": method.evidence,
    }
