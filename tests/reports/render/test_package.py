"""The report as a data package: valid by its published schema, whole, and checkable with ordinary tools."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from reports.provenance import Report
from reports.render.csv import FORMULA_STARTS
from reports.render.package import annotation, evidence_lines, package

PROFILE = json.loads((Path(__file__).parent / "schemas" / "datapackage-2.0.json").read_text(encoding="utf-8"))


@pytest.fixture
def files(report: Report) -> dict[str, bytes]:
    return unzipped(report)


def unzipped(report: Report) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package(report))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def described(files: dict[str, bytes]) -> dict[str, Any]:
    descriptor: dict[str, Any] = json.loads(files["datapackage.json"])
    return descriptor


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def test_its_description_is_valid_by_the_published_schema(files: dict[str, bytes], nothing: Report) -> None:
    jsonschema.validate(described(files), PROFILE)
    jsonschema.validate(described(unzipped(nothing)), PROFILE)


def test_every_file_is_described_or_explains_the_others(files: dict[str, bytes]) -> None:
    resources = {resource["path"] for resource in described(files)["resources"]}
    assert set(files) - resources == {"README.txt", "datapackage.json", "checkpoint.json", "SHA256SUMS"}
    assert next(iter(files)) == "README.txt"


def test_each_table_has_the_columns_that_its_schema_names(files: dict[str, bytes]) -> None:
    for resource in described(files)["resources"]:
        if resource.get("type") == "table":
            head = next(csv.reader(io.StringIO(files[resource["path"]].decode(), newline="")))
            assert head == [field["name"] for field in resource["schema"]["fields"]], resource["name"]
            assert all(field["description"] for field in resource["schema"]["fields"])


READ: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "boolean": {"True": True, "False": False}.__getitem__,
}


def test_each_cell_reads_as_the_type_that_the_schema_says(files: dict[str, bytes]) -> None:
    for resource in described(files)["resources"]:
        if resource.get("type") != "table":
            continue
        types = {field["name"]: READ[field["type"]] for field in resource["schema"]["fields"]}
        for row in rows(files, resource["path"]):
            assert all(cell == "" or types[name](cell) is not None for name, cell in row.items())


def test_keys_lead_to_the_figures(files: dict[str, bytes], report: Report) -> None:
    ids = {row["id"] for row in rows(files, "figures.csv")}
    assert ids == {one.id for one in report.figures}
    for resource in described(files)["resources"]:
        for key in resource.get("schema", {}).get("foreignKeys", ()):
            named = {row[key["fields"][0]] for row in rows(files, resource["path"])}
            assert named <= ids, resource["name"]


def test_no_cell_of_any_table_begins_a_formula(files: dict[str, bytes]) -> None:
    for name in (name for name in files if name.endswith(".csv")):
        cells = [cell for row in rows(files, name) for key, cell in row.items() if key != "difference"]
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == [], name


def test_checksums_are_those_of_the_files(files: dict[str, bytes]) -> None:
    told = {line[66:]: line[:64] for line in files["SHA256SUMS"].decode().splitlines()}
    assert told == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "SHA256SUMS"}
    for resource in described(files)["resources"]:
        assert resource["hash"] == f"sha256:{told[resource['path']]}"
        assert resource["bytes"] == len(files[resource["path"]])


def test_evidence_names_words_places_and_snapshots(report: Report, files: dict[str, bytes]) -> None:
    told = {line["id"].rsplit(":", 1)[1]: line for line in map(json.loads, files["evidence/quotes.jsonl"].splitlines())}
    one = next(one for one in report.figures if "at least 2,808" in one.figure.evidence.quote)
    quote, position = told[one.id]["target"]["selector"]
    assert quote["exact"] == one.figure.evidence.quote
    assert (position["start"], position["end"]) == (one.figure.evidence.start, one.figure.evidence.end)
    assert told[one.id]["target"]["state"]["value"] == f"sha256:{one.snapshot}"
    row = next(one for one in report.figures if one.figure.evidence.locator)
    assert annotation(row)["target"]["selector"][1] == {"type": "FragmentSelector", "value": "/0/killed_cum"}


def test_evidence_too_large_ends_and_says_how_many_are_left_out(report: Report) -> None:
    whole, none = evidence_lines(report.figures)
    assert none == 0
    some, left_out = evidence_lines(report.figures, most=len(whole) // 2)
    assert 0 < len(some.splitlines()) == len(report.figures) - left_out
    assert whole.startswith(some)


def test_the_readme_says_how_to_verify_it_on_lines_of_its_own(files: dict[str, bytes]) -> None:
    told = files["README.txt"].decode()
    assert "sha256sum -c SHA256SUMS" in told
    assert "Filter: outcome = killed" in told
    assert "\x1b" not in told


def test_its_files_bear_the_date_of_the_report(report: Report, make_report: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(package(report))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2024, 1, 2, 3, 4, 4)}
    early = make_report(report.figures, generated=datetime(1970, 1, 2, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(package(early))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
