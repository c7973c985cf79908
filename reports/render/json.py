"""The provenance report as JSON: figures once, in full; series and disagreements name them by id."""

from collections.abc import Iterable
from typing import Any

import orjson

from reports.figure_json import (
    Json,
    about_json,
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
    members = {
        "report": _one(_about(report)),
        "checkpoint": _one(_checkpoint(report.checkpoint)),
        "latest": _many(_heading(heading) for heading in report.headings),
        "figures": _many(figure_json(figure) for figure in report.figures),
        "series": _many(series_json(line.series, named=figure_id) for line in report.lines),
        "disagreements": _many(found["disagreements"]),
        "summary": _one(found["summary"]),
        "documents": _many(_document(document) for document in report.documents),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}\n"


def _one(content: Any) -> str:
    return orjson.dumps(content).decode()


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
        **about_json(document.about),
    }
