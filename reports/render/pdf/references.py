"""What figures rest on: sources, documents with their snapshots, and what is doubtful or not known."""

from collections.abc import Iterator, Mapping, Sequence

from db.records import KeptSnapshot
from reports import explanations, sentences
from reports.cited import CitedSource
from reports.documents import about_words
from reports.provenance import CitedDocument, Doubt, Report
from reports.render.pdf.blocks import (
    Block,
    Cell,
    Run,
    Words,
    address,
    bold,
    code,
    heading,
    items,
    paragraph,
    small,
    table,
    words,
)  # fmt: skip
from reports.render.pdf.named import number

_FEW_FIGURES = 5
"""So many of those that carry a doubt are named beside it."""


def sources(report: Report) -> Iterator[Block]:
    """Every source, and how it counts, as far as that is recorded."""
    yield heading(1, "Sources")
    if not report.sources:
        yield paragraph(explanations.NO_SOURCE)
        return
    columns = (("Source", 4.0), ("What it is", 4.0), ("Named as", 3.0), ("Figures", 1.5))
    yield table(columns, map(_source, report.sources))
    if report.methods:
        yield heading(2, "How they count")
        yield items(
            words(bold(one.source), f", from {sentences.day_words(one.from_day)}: {one.text}") for one in report.methods
        )


def _source(one: CitedSource) -> Sequence[Cell]:
    party = f"party: {one.party}" if one.party else None
    told = ((one.kind or "").replace("_", " "), one.country, party)
    return (
        [words(one.name)],
        [words(", ".join(word for word in told if word) or "not recorded")],
        [words(", ".join(one.roles).replace("_", " "))],
        [words(sentences.number_words(one.figures))],
    )


def documents(report: Report) -> Iterator[Block]:
    """Every document under its number, with its address and the SHA-256 of its snapshots."""
    yield heading(1, "Documents")
    if not report.documents:
        yield paragraph(explanations.NO_DOCUMENT)
        return
    kept = {(one.document, one.sha256): one for one in report.snapshots}
    yield table(
        (
            ("No.", 0.8),
            ("Publisher, title, address; document and snapshot", 10.8),
            ("Published", 2.6),
            ("Figures", 1.4),
        ),
        [_document(one, kept) for one in report.documents],
        [f"d{one.number}" for one in report.documents],
    )


def _document(one: CitedDocument, kept: Mapping[tuple[str, str], KeptSnapshot]) -> Sequence[Cell]:
    about = (small(f"{sentences.capital(told)}.") for told in about_words(one.about, one.address))
    snapshots = [_snapshot(sha256, kept.get((one.id, sha256))) for sha256 in one.snapshots]
    lines: list[Words] = [words(one.publisher or "publisher not stated", f", {one.title}" if one.title else "")]
    lines += [words(address(one.address))] if one.address else []
    lines += [words(run) for run in (*about, code(f"document {one.id}"))] + snapshots
    return (
        [words(str(one.number))],
        lines,
        [words(sentences.day_words(one.published) if one.published else "not known")],
        [words(sentences.number_words(one.figures))],
    )


def _snapshot(sha256: str, kept: KeptSnapshot | None) -> Words:
    when = f" retrieved {sentences.instant_words(kept.retrieved_at)}" if kept and kept.retrieved_at else ""
    return words(code(f"sha256:{sha256}"), small(when))


def doubts(report: Report) -> Iterator[Block]:
    """What is not known, and every doubt with figures that carry it."""
    yield heading(1, "Doubts and gaps")
    yield heading(2, "What is not known")
    unknown = list(explanations.unknown_sentences(report))
    yield items(map(words, unknown)) if unknown else paragraph(explanations.NOTHING_UNKNOWN)
    yield heading(2, "Doubts recorded with the figures")
    yield items(map(_doubt, report.doubts)) if report.doubts else paragraph(explanations.NO_DOUBT)


def _doubt(one: Doubt) -> Words:
    many = f"{sentences.number_words(len(one.figures))} {'figure' if len(one.figures) == 1 else 'figures'}: "
    named: list[Run] = [run for figure in one.figures[:_FEW_FIGURES] for run in (", ", number(figure, "small"))]
    more = " …" if len(one.figures) > _FEW_FIGURES else ""
    return words(f"{one.text} ", small(many), *named[1:], more)
