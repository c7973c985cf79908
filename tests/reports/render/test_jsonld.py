"""The report as JSON-LD: it expands offline, loses nothing, and its words are those of schema.org and PROV."""

import json
from typing import Any

import pytest
from pyld import jsonld as processor  # type: ignore[import-untyped]  # it ships no types

from reports.provenance import Report
from reports.render.jsonld import jsonld
from reports.shown import Shown, figure_report

SCHEMA, PROV, OURS = "https://schema.org/", "http://www.w3.org/ns/prov#", "urn:casualty-figures:"


def refuse(address: str, _options: dict[str, Any]) -> Any:
    raise AssertionError(f"{address} would be fetched")


def expanded(written: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = processor.expand(json.loads(written), {"documentLoader": refuse})
    return nodes


@pytest.fixture
def nodes(report: Report) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in expanded(jsonld(report))}


def node_of(nodes: dict[str, dict[str, Any]], report: Report, words: str) -> dict[str, Any]:
    one = next(one for one in report.figures if words in one.figure.evidence.quote)
    return nodes[f"{OURS}figure:{one.id}"]


def keys(content: Any) -> set[str]:
    if isinstance(content, list):
        return {key for member in content for key in keys(member)}
    if isinstance(content, dict):
        return set(content) | {key for member in content.values() for key in keys(member)}
    return set()


def test_every_word_expands_to_an_address_and_none_is_dropped(report: Report) -> None:
    written = keys(json.loads(jsonld(report))["@graph"])
    told = keys(expanded(jsonld(report)))
    assert {key for key in told if not key.startswith(("@", SCHEMA, PROV, f"{OURS}term:"))} == set()
    assert len({key for key in told if not key.startswith("@")}) == len({key for key in written if key[0] != "@"})


def test_it_becomes_statements_of_rdf(report: Report) -> None:
    quads = processor.normalize(
        json.loads(jsonld(report)),
        {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": refuse},
    )
    assert all(f"<{OURS}figure:{one.id}>" in quads for one in report.figures)


def test_a_figure_is_a_claim_with_its_bounds_author_and_quotation(nodes: dict[str, Any], report: Report) -> None:
    node = node_of(nodes, report, "at least 2,808")
    assert node["@type"] == [f"{SCHEMA}Claim", f"{SCHEMA}Observation", f"{PROV}Entity"]
    assert node[f"{SCHEMA}value"] == node[f"{SCHEMA}minValue"] == [{"@value": 2808}]
    assert f"{SCHEMA}maxValue" not in node
    assert node[f"{SCHEMA}observationDate"] == [{"@type": f"{SCHEMA}Date", "@value": "2023-10-17"}]
    assert nodes[node[f"{SCHEMA}author"][0]["@id"]][f"{SCHEMA}name"] == [{"@value": "Al Jazeera"}]
    (quotation,) = node[f"{SCHEMA}appearance"]
    assert quotation[f"{SCHEMA}text"] == [{"@value": "at least 2,808 Palestinians killed"}]
    document = nodes[quotation[f"{SCHEMA}isPartOf"][0]["@id"]]
    assert document[f"{SCHEMA}url"] == [{"@id": "https://notes.example/1"}]


def test_the_chain_keeps_its_order(nodes: dict[str, Any], report: Report) -> None:
    (chain,) = node_of(nodes, report, "at least 2,808")[f"{OURS}term:attribution"]
    names = [nodes[link["@id"]][f"{SCHEMA}name"][0]["@value"] for link in chain["@list"]]
    assert names == ["The Astana Times", "Al Jazeera"]


def test_a_step_is_a_revision_and_a_source_has_its_kind_and_party(nodes: dict[str, Any], report: Report) -> None:
    later = node_of(nodes, report, "around 1,200")
    earlier = node_of(nodes, report, "more than 1,400")
    assert later[f"{PROV}wasRevisionOf"] == [{"@id": earlier["@id"]}]
    assert later[f"{OURS}term:difference"] == [{"@value": -200}]
    authority = nodes[later[f"{OURS}term:authority"][0]["@id"]]
    assert authority[f"{OURS}term:party"] == [{"@value": "Israel"}]
    assert authority[f"{OURS}term:country"] == [{"@value": "IL"}]


def test_a_withdrawal_is_an_act_of_whoever_withdrew(nodes: dict[str, Any], report: Report) -> None:
    (act,) = node_of(nodes, report, "9,000 displaced")[f"{PROV}wasInfluencedBy"]
    agent = nodes[nodes[act["@id"]][f"{PROV}wasAssociatedWith"][0]["@id"]]
    assert agent[f"{SCHEMA}name"] == [{"@value": "The Example Gazette"}]


def test_every_node_that_is_named_is_there(nodes: dict[str, Any], report: Report) -> None:
    named = {
        one["@id"]
        for node in nodes.values()
        for values in node.values()
        if isinstance(values, list)
        for value in values
        if isinstance(value, dict)
        for one in (value, *value.get("@list", ()))
        if one.get("@id", "").startswith(OURS)
    }
    absent = {name for name in named - set(nodes) if ":snapshot:" not in name}
    share_of_another_record = {f"{OURS}figure:{'0' * 64}"}
    assert absent == share_of_another_record


def test_it_may_stand_in_a_script_element(report: Report) -> None:
    assert not set("<>&\u2028\u2029") & set(jsonld(report))


def test_no_address_but_a_web_address_becomes_a_link(report: Report) -> None:
    assert '"url":"javascript:' not in jsonld(report)
    assert '"cf:address":"javascript:alert(1)"' in jsonld(report)


def test_one_figure_has_its_neighbours(shown: Shown) -> None:
    written = jsonld(figure_report(shown))
    assert f"{OURS}figure:{shown.figure.id}" in {node["@id"] for node in expanded(written)}
