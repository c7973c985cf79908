"""
The provenance report in the W3C's provenance data model (PROV-DM), as PROV-JSON and as PROV-N.

Figures, documents, snapshots, readings and the statements that a chain names are entities; sources and programs are
agents; reading a document and every act about a figure are activities. A figure is quoted from the snapshot, generated
by the reading, attributed to its issuer, derived from the statements of the sources that its text names, and a revision
(5.2.2) of the figure before it in its series. The first withdrawal invalidates it. Names are URNs made of the ids of
the record, the same on every machine.
"""

from collections.abc import Iterable
from typing import Any

from prov.identifier import QualifiedName
from prov.model import ProvDocument

from db.records import Act, Definition, KeptSnapshot, RecordedFigure, Source
from reports import narration, sentences
from reports.cited import CitedSource
from reports.positions import Disagreement
from reports.provenance import CitedDocument, Report
from reports.render.prov_terms import (
    ACTS,
    DOCUMENTS,
    FIGURES,
    NAMESPACES,
    READINGS,
    REPORTS,
    SNAPSHOTS,
    SOFTWARE,
    SOURCES,
    STATEMENTS,
    TERM,
    Attributes,
    definition_terms,
    facts_of,
    local_name,
    terms,
    value_of,
)
from reports.render.urns import report_name, snapshot_name
from reports.series import Step

WITHDRAWING = frozenset({"void", "correct", "retract", "disown"})
"""Acts after which a figure no longer stands."""


def prov_json(report: Report) -> str:
    """The report as PROV-JSON (W3C Member Submission, 24 April 2013)."""
    return str(prov_document(report).serialize(format="json", indent=1)) + "\n"


def prov_n(report: Report) -> str:
    """The report as PROV-N (W3C Recommendation, 30 April 2013)."""
    return str(prov_document(report).get_provn()) + "\n"


def prov_document(report: Report) -> ProvDocument:
    """The report as a PROV document."""
    document = ProvDocument()
    for namespace in (TERM, *NAMESPACES):
        document.add_namespace(namespace)
    _Telling(document, report).tell()
    return document


class _Telling:
    """Puts one report into a document; what many figures share (reading, definition) is looked up once."""

    def __init__(self, document: ProvDocument, report: Report) -> None:
        self._document = document
        self._report = report
        self._snapshots = {(one.document, one.sha256): one for one in report.snapshots}
        self._figures = {one.id for one in report.figures}
        self._sources: dict[str, QualifiedName] = {one.name: SOURCES[one.id] for one in report.sources}
        self._definitions: dict[int, Attributes] = {}
        self._invalidated: set[str] = set()

    def tell(self) -> None:
        for source in self._report.sources:
            self._source(source)
        for cited in self._report.documents:
            self._cited(cited)
        for snapshot in self._report.snapshots:
            self._snapshot(snapshot)
        for recorded in self._report.figures:
            self._figure(recorded)
        for recorded, act in self._report.acts:
            self._act(recorded, act)
        for line in self._report.lines:
            for step in line.series.steps:
                self._step(step)
        for number, one in enumerate(self._report.disagreements, start=1):
            self._disagreement(number, one)
        self._whole()

    def _named(self, name: str) -> QualifiedName:
        """The agent of a source, made where only an act names it."""
        if name not in self._sources:
            self._sources[name] = SOURCES[Source(name=name).id.hex()]
            self._document.agent(self._sources[name], [("prov:label", name)])
        return self._sources[name]

    def _source(self, source: CitedSource) -> None:
        kind = "prov:Person" if source.kind == "person" else "prov:Organization"
        told = [("kind", source.kind), ("country", source.country), ("party", source.party)]
        self._document.agent(
            SOURCES[source.id],
            [("prov:type", self._document.valid_qualified_name(kind)), ("prov:label", source.name), *terms(told)],
        )

    def _cited(self, cited: CitedDocument) -> None:
        told = [("title", cited.title), ("address", cited.address), ("published", cited.published)]
        self._document.entity(DOCUMENTS[cited.id], [("prov:type", TERM["Document"]), *terms(told)])
        if cited.publisher:
            self._document.attribution(
                DOCUMENTS[cited.id], self._named(cited.publisher), None, [("prov:type", TERM["Publisher"])]
            )

    def _snapshot(self, snapshot: KeptSnapshot) -> None:
        name = SNAPSHOTS[snapshot_name(snapshot.document, snapshot.sha256)]
        told = [("sha256", snapshot.sha256), ("mediaType", snapshot.media_type), ("size", snapshot.size)]
        told.append(("language", snapshot.language))
        self._document.entity(name, [("prov:type", TERM["Snapshot"]), *terms(told)])
        self._document.specialization(name, DOCUMENTS[snapshot.document])
        if snapshot.retrieved_at:
            self._document.generation(name, None, snapshot.retrieved_at)
        for reader in snapshot.readers:
            self._reading(snapshot, reader, name)

    def _reading(self, snapshot: KeptSnapshot, reader: str, source: QualifiedName) -> None:
        """The text that one version read, the activity that read it, and the program."""
        name, program = _reading_of(snapshot, reader), SOFTWARE[local_name(reader)]
        text = READINGS[f"{name.localpart}-text"]
        software = self._document.valid_qualified_name("prov:SoftwareAgent")
        if not self._document.get_record(program):
            self._document.agent(program, [("prov:type", software), (TERM["version"], reader)])
        self._document.activity(name, None, None, [("prov:type", TERM["Reading"])])
        self._document.association(name, program)
        self._document.usage(name, source)
        self._document.entity(text, [("prov:type", TERM["ReadText"])])
        self._document.generation(text, name)
        self._document.derivation(text, source)

    def _figure(self, recorded: RecordedFigure) -> None:
        figure = recorded.figure
        name = FIGURES[recorded.id]
        self._document.entity(
            name,
            [
                ("prov:type", TERM["Figure"]),
                ("prov:label", sentences.figure_words(figure)),
                *value_of(figure),
                *self._definition(figure.definition),
                *terms(facts_of(recorded)),
                *((TERM["doubt"], doubt) for doubt in dict.fromkeys(figure.doubts)),
            ],
        )
        self._evidence(recorded, name)
        self._chain(recorded, name)

    def _definition(self, definition: Definition) -> Attributes:
        found = self._definitions.get(id(definition))
        if found is None:
            found = self._definitions[id(definition)] = definition_terms(definition)
        return found

    def _evidence(self, recorded: RecordedFigure, name: QualifiedName) -> None:
        self._document.wasDerivedFrom(name, DOCUMENTS[recorded.document])
        snapshot = self._snapshots.get((recorded.document, recorded.snapshot))
        if snapshot is None:
            return
        self._document.quotation(name, SNAPSHOTS[snapshot_name(recorded.document, recorded.snapshot)])
        # With several readings nobody knows which gave the figure first: then none is named.
        if len(snapshot.readers) == 1:
            self._document.generation(name, _reading_of(snapshot, snapshot.readers[0]))

    def _chain(self, recorded: RecordedFigure, name: QualifiedName) -> None:
        """Whose number it is, and the statement of each source that the text names, nearest first."""
        chain = recorded.figure.chain
        if chain.issuer:
            self._document.attribution(name, self._named(chain.issuer), None, [("prov:type", TERM["Issuer"])])
        if chain.authority and chain.authority != chain.issuer:
            self._document.attribution(name, self._named(chain.authority), None, [("prov:type", TERM["Authority"])])
        for place, names in enumerate((chain.attribution, *chain.parallel)):
            nearer = name
            for link, source in enumerate(names):
                said = STATEMENTS[f"{recorded.id}-{place}-{link}"]
                self._document.entity(said, [("prov:type", TERM["Statement"])])
                self._document.attribution(said, self._named(source), None, [("prov:type", TERM["Relay"])])
                self._document.derivation(nearer, said)
                nearer = said
            if names:
                self._document.primary_source(name, nearer)
        for source in chain.compiled_from:
            self._document.influence(name, self._named(source), None, [("prov:type", TERM["CompiledFrom"])])

    def _step(self, step: Step) -> None:
        if step.previous is None or step.previous.id == step.figure.id:
            return
        told = [("change", step.change), ("difference", step.difference)]
        reasons = [("reason", narration.reason_sentence(reason)) for reason in step.reasons]
        self._document.revision(
            FIGURES[step.figure.id], FIGURES[step.previous.id], None, None, None, None, terms([*told, *reasons])
        )

    def _act(self, recorded: RecordedFigure, act: Act) -> None:
        name = ACTS[local_name(act.id)]
        told = [("reason", act.reason), ("onDay", act.on_day), ("recordedAt", act.recorded_at), ("other", act.other)]
        if not self._document.get_record(name):
            self._document.activity(name, None, None, [("prov:type", TERM[act.kind]), *terms(told)])
            if act.by:
                self._document.association(name, self._named(act.by))
        if act.kind in WITHDRAWING and recorded.id not in self._invalidated:
            # A day is no instant, so the time of invalidation stays open; the act says the day.
            self._document.invalidation(FIGURES[recorded.id], name)
            self._invalidated.add(recorded.id)
        else:
            self._document.influence(FIGURES[recorded.id], name)
        if act.kind == "correct" and act.other in self._figures:
            self._document.revision(FIGURES[str(act.other)], FIGURES[recorded.id])

    def _disagreement(self, number: int, one: Disagreement) -> None:
        name = REPORTS[f"{report_name(self._report)}-disagreement-{number}"]
        told = [
            ("relation", one.relation),
            ("because", one.because),
            ("counted", sentences.definition_words(one.definition)),
            ("from", one.from_day),
            ("to", one.to_day),
            *(("position", f"{held.authority}: {sentences.count_words(held.count)}") for held in one.positions),
        ]
        self._collection(name, [("prov:type", TERM["Disagreement"]), *terms(told)], _members(one))

    def _whole(self) -> None:
        report = self._report
        name = REPORTS[report_name(report)]
        program = SOFTWARE[local_name(report.software)]
        software = self._document.valid_qualified_name("prov:SoftwareAgent")
        self._document.agent(program, [("prov:type", software), ("prov:label", report.software)])
        told: list[tuple[str, Any]] = [("filter", f"{filter_}={value}") for filter_, value in report.filters]
        told += [("method", narration.method_words(report)), ("summary", _summary(report))]
        if report.checkpoint:
            told += [("checkpointSize", report.checkpoint.size), ("checkpointRoot", report.checkpoint.root)]
        self._collection(
            name,
            [("prov:type", TERM["Report"]), ("prov:label", report.title), *terms(told)],
            (one.id for one in report.figures),
        )
        self._document.generation(name, None, report.generated)
        self._document.attribution(name, program)

    def _collection(self, name: QualifiedName, attributes: Attributes, figures: Iterable[str]) -> None:
        collection = self._document.valid_qualified_name("prov:Collection")
        self._document.entity(name, [("prov:type", collection), *attributes])
        for one in figures:
            self._document.membership(name, FIGURES[one])


def _members(one: Disagreement) -> Iterable[str]:
    held = [figure.id for position in one.positions for figure in position.figures]
    carried = [relay.figure.id for position in one.positions for relay in position.relays]
    return dict.fromkeys([*held, *carried])


def _summary(report: Report) -> str:
    return " ".join(narration.summary_sentences(report.summary))


def _reading_of(snapshot: KeptSnapshot, reader: str) -> QualifiedName:
    return READINGS[f"{snapshot_name(snapshot.document, snapshot.sha256)}-{local_name(reader)}"]
