"""The report in PROV: it validates, comes back as it was, and says who had what from whom."""

from dataclasses import replace
from datetime import date

import pytest
from prov.model import (
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvInfluence,
    ProvInvalidation,
    ProvRecord,
)

from db.records import Act, RecordedFigure
from reports.provenance import Report
from reports.render.prov_terms import FIGURES, SNAPSHOTS, SOURCES, TERM, local_name
from reports.render.urns import snapshot_name
from reports.render.w3c_prov import prov_document, prov_json, prov_n


@pytest.fixture
def document(report: Report) -> ProvDocument:
    return prov_document(report)


def of(document: ProvDocument, kind: type[ProvRecord], first: object) -> list[ProvRecord]:
    """The relations of a kind that begin with an element."""
    return [one for one in document.get_records(kind) if one.args and one.args[0] == first]


def quoting(report: Report, words: str) -> RecordedFigure:
    return next(one for one in report.figures if words in one.figure.evidence.quote)


def test_prov_json_and_prov_n_read_back_as_the_same_document(report: Report, document: ProvDocument) -> None:
    assert ProvDocument.deserialize(content=prov_json(report), format="json") == document
    assert ProvDocument.deserialize(content=prov_n(report), format="provn") == document


def test_no_name_is_given_two_meanings(document: ProvDocument) -> None:
    """PROV-CONSTRAINTS 6.1: unifying finds nothing to merge, and nothing that cannot be."""
    assert document.unified() == document


def test_each_entity_is_generated_and_invalidated_once(document: ProvDocument) -> None:
    """PROV-CONSTRAINTS, 24 and 25: unique generation and invalidation."""
    for kind in (ProvGeneration, ProvInvalidation):
        entities = [one.args[0] for one in document.get_records(kind)]
        assert len(entities) == len(set(entities))


def test_nothing_is_derived_from_itself_by_way_of_others(document: ProvDocument) -> None:
    """PROV-CONSTRAINTS 6.2: generations are ordered, so derivations make no cycle."""
    earlier: dict[object, set[object]] = {}
    for one in document.get_records(ProvDerivation):
        earlier.setdefault(one.args[0], set()).add(one.args[1])

    def reach(start: object) -> set[object]:
        seen: set[object] = set()
        left = [start]
        while left:
            for found in earlier.get(left.pop(), set()) - seen:
                seen.add(found)
                left.append(found)
        return seen

    assert [one for one in earlier if one in reach(one)] == []


def test_a_figure_has_its_number_its_words_and_its_day(report: Report, document: ProvDocument) -> None:
    one = quoting(report, "at least 2,808")
    (entity,) = document.get_record(FIGURES[one.id])
    assert isinstance(entity, ProvEntity)
    assert entity.value == {2808}
    assert entity.get_attribute(TERM["qualifier"]) == {"at_least"}
    assert entity.get_attribute(TERM["high"]) == set()
    (day,) = entity.get_attribute(TERM["asOf"])
    assert (day.value, str(day.datatype)) == ("2023-10-17", "xsd:date")


def test_a_figure_is_quoted_from_its_snapshot_and_generated_by_its_reading(
    report: Report, document: ProvDocument
) -> None:
    one = quoting(report, "at least 2,808")
    sources = {derived.args[1]: derived for derived in of(document, ProvDerivation, FIGURES[one.id])}
    quoted = sources[SNAPSHOTS[snapshot_name(one.document, one.snapshot)]]
    assert "prov:Quotation" in {str(kind) for kind in quoted.get_asserted_types()}
    (generation,) = of(document, ProvGeneration, FIGURES[one.id])
    (activity,) = document.get_record(generation.args[1])
    assert str(next(iter(activity.get_asserted_types()))) == "cf:Reading"


def test_what_a_publisher_relays_is_derived_from_what_each_source_said(report: Report, document: ProvDocument) -> None:
    """The chain Example Notes, The Astana Times, Al Jazeera: each statement has its own author."""
    one = quoting(report, "at least 2,808")
    names, said = [], FIGURES[one.id]
    while statements := [d.args[1] for d in of(document, ProvDerivation, said) if "statement:" in str(d.args[1])]:
        said = statements[0]
        (attributed,) = of(document, ProvAttribution, said)
        names.append(attributed.args[1])
    ids = {source.name: SOURCES[source.id] for source in report.sources}
    assert names == [ids["The Astana Times"], ids["Al Jazeera"]]


def test_a_figure_is_attributed_to_its_issuer_and_to_the_authority(report: Report, document: ProvDocument) -> None:
    one = quoting(report, "more than 1,400")
    attributed = {
        str(next(iter(found.get_asserted_types()))): found.args[1]
        for found in of(document, ProvAttribution, FIGURES[one.id])
    }
    ids = {source.name: SOURCES[source.id] for source in report.sources}
    assert attributed == {
        "cf:Issuer": ids["Israel Prime Minister's Office"],
        "cf:Authority": ids["Government of Israel"],
    }


def test_a_hidden_issuer_is_no_agent(report: Report, document: ProvDocument) -> None:
    one = quoting(report, "300 people killed")
    assert of(document, ProvAttribution, FIGURES[one.id]) == []
    (entity,) = document.get_record(FIGURES[one.id])
    assert entity.get_attribute(TERM["issuerWords"]) == {"officials"}


def test_a_step_is_a_revision_that_says_what_changed(report: Report, document: ProvDocument) -> None:
    earlier, later = quoting(report, "more than 1,400"), quoting(report, "around 1,200")
    (revision,) = [one for one in of(document, ProvDerivation, FIGURES[later.id]) if one.args[1] == FIGURES[earlier.id]]
    assert "prov:Revision" in {str(kind) for kind in revision.get_asserted_types()}
    assert revision.get_attribute(TERM["change"]) == {"revised_down"}
    assert revision.get_attribute(TERM["difference"]) == {-200}


def test_a_withdrawal_invalidates_a_figure_on_a_day_that_the_act_says(report: Report, document: ProvDocument) -> None:
    one = quoting(report, "9,000 displaced")
    (invalidation,) = of(document, ProvInvalidation, FIGURES[one.id])
    (act,) = document.get_record(invalidation.args[1])
    (day,) = act.get_attribute(TERM["onDay"])
    assert day.value == "2023-12-01"


def test_a_second_withdrawal_and_a_correction_are_told_beside_the_first(report: Report) -> None:
    one, other = report.figures[-1], report.figures[0]
    acts = (
        Act("b1", "retract", one.id, None, "Example Notes", date(2024, 1, 1), "an error", report.generated),
        Act("b2", "correct", one.id, other.id, None, None, "misread", report.generated),
        Act("b3", "reason", one.id, None, "A source that no chain names", None, "counted twice", report.generated),
    )
    told = prov_document(replace(report, figures=(*report.figures[:-1], replace(one, acts=acts))))
    assert len(of(told, ProvInvalidation, FIGURES[one.id])) == 1
    assert len(of(told, ProvInfluence, FIGURES[one.id])) == 2
    assert FIGURES[one.id] in [found.args[1] for found in of(told, ProvDerivation, FIGURES[other.id])]
    assert told.unified() == told


def test_a_report_without_a_store_names_no_checkpoint(nothing: Report) -> None:
    assert "checkpointRoot" not in prov_n(nothing)


@pytest.mark.parametrize(("name", "local"), [("read-1+extract 2", "read-1-extract-2"), ("..", "none"), ("ü", "none")])
def test_a_name_in_a_urn_needs_no_escape(name: str, local: str) -> None:
    assert local_name(name) == local
