"""What is checked before a row is read: the columns, the document, the event."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.catalogue import Catalogue
from sources.datasets import load_mapping, read_dataset
from sources.datasets.problems import MOST_KEPT, Problems
from sources.errors import MappingError, TooLarge, UnreadableInput

Import = Callable[..., Any]
MAPPING = """
[event]
name = "Fire of Aldport"
within = "Fires of 2024"
place = "Aldport"
from = 2024-01-01
to = 2024-01-05
aliases = ["Aldport fire"]
[row]
key = ["day", "who"]
as_of = { column = "day" }
[[figures]]
column = "dead"
outcome = "killed"
"""


def test_the_document_is_the_datasets_address(imported: Import) -> None:
    dataset = imported("day,who,dead\n2024-01-01,a,1\n", MAPPING).dataset
    assert (dataset.document.address, dataset.document.publisher) == (
        "https://ledger.example/toll",
        "The Harbour Ledger",
    )


def test_without_an_address_the_document_is_its_bytes(imported: Import) -> None:
    content = "day,who,dead\n2024-01-01,a,1\n"
    dataset = imported(content, '[dataset]\npublisher = "The Harbour Ledger"\nformat = "csv"\n' + MAPPING).dataset
    assert dataset.document.bytes_sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_the_event_is_declared_and_every_figure_is_filed_under_it(imported: Import) -> None:
    read = imported("day,who,dead\n2024-01-01,a,1\n", MAPPING)
    event = read.dataset.event
    assert event is not None
    assert (event.name, event.within, event.place, event.aliases) == (
        "Fire of Aldport",
        "Fires of 2024",
        "Aldport",
        ("Aldport fire",),
    )
    assert (event.from_day, event.to_day) == (date(2024, 1, 1), date(2024, 1, 5))
    assert read.only("dead").event == "Fire of Aldport"


def test_the_key_columns_and_the_column_are_the_rows_identity(imported: Import) -> None:
    assert imported("day,who,dead\n2024-01-01,a,1\n", MAPPING).only("dead").evidence.row_key == (
        "day=2024-01-01 who=a dead"
    )


@pytest.mark.parametrize(
    ("added", "key", "column"),
    [
        ('[[figures]]\ncolumn = "deaths"\noutcome = "killed"', "figures[2]", "deaths"),
        ('[[figures]]\ncolumn = "dead"\noutcome = { column = "type" }', "figures[2]", "type"),
        ('[[cases]]\nif = { region = "x" }', "cases[1].if", "region"),
        ('[[cases]]\nset = { place = { column = "town" } }', "cases[1].set", "town"),
        ('[[refuse]]\nif = { region = "x" }\nreason = "far"', "refuse[1].if", "region"),
        ('[defaults]\nplace = { column = "town" }', "defaults", "town"),
        ('[defaults]\nsource = "s"\n[sources.s]\ncolumn = "by"\nas_printed = true', "defaults", "by"),
    ],
)
def test_a_column_that_the_file_lacks_is_named_with_its_key(
    imported: Import, added: str, key: str, column: str
) -> None:
    with pytest.raises(MappingError) as refused:
        imported("day,who,dead\n2024-01-01,a,1\n", MAPPING + added)
    said = str(refused.value)
    assert f"toll.toml: {key}: toll.csv has no column {column!r}" in said
    assert "it has day, who, dead" in said


def test_period_and_day_columns_must_be_there(imported: Import) -> None:
    period = MAPPING + 'period = { from = "first", to = "last" }'
    with pytest.raises(MappingError, match=r"figures\[1\].period.from: toll.csv has no column 'first'"):
        imported("day,who,dead\n2024-01-01,a,1\n", period)
    with pytest.raises(MappingError, match=r"row.key: toll.csv has no column 'who' \(did you mean 'whom'\?\)"):
        imported("day,whom,dead\n2024-01-01,a,1\n", MAPPING)


def test_an_optional_column_may_be_missing(imported: Import) -> None:
    hurt = '[[figures]]\ncolumn = "hurt"\noutcome = "injured"\noptional = true'
    assert len(imported("day,who,dead\n2024-01-01,a,1\n", MAPPING + hurt).figures) == 1


def test_an_unknown_column_is_reported_once_and_an_ignored_one_is_not(imported: Import) -> None:
    content = "day,who,dead,est_dead,note,link\n2024-01-01,a,1,2,x,y\n2024-01-02,a,1,2,x,y\n"
    ignoring = 'ignore = ["link"]\n[dataset]\npublisher = "The Harbour Ledger"\nformat = "csv"\n'
    refusing = '[[refuse]]\ncolumns = ["est_*"]\nreason = "estimated"'
    read = imported(content, ignoring + MAPPING + refusing)
    assert [(where, what.partition(":")[0]) for where, what in read.problems] == [("col=5", "unknown column 'note'")]
    assert read.dataset.problems[0].where == "toll.csv#col=5"


def test_a_wide_file_is_described_in_one_line(imported: Import) -> None:
    header = ",".join(f"c{place}" for place in range(100))
    with pytest.raises(MappingError, match="c29 and 70 more"):
        imported(header + "\n", MAPPING)


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(tmp_path: Path, imported: Import) -> None:
    imported("day,who,dead\n", MAPPING)
    mapping = load_mapping(str(tmp_path / "toll.toml"))
    for path in (tmp_path / "none.csv", tmp_path, Path("x" * 5000)):
        with pytest.raises(UnreadableInput):
            read_dataset(path, mapping, Catalogue.shipped())


def test_a_file_beyond_the_limits_is_refused_before_it_is_opened(tmp_path: Path, imported: Import) -> None:
    imported("day,who,dead\n", MAPPING)
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
    with pytest.raises(
        TooLarge, match="huge: 5,000,000,000 bytes; at most 4,000,000,000 bytes of csv are read: split it"
    ):
        read_dataset(path, load_mapping(str(tmp_path / "toll.toml")), Catalogue.shipped(), name="huge")


def test_problems_beyond_the_limit_are_counted() -> None:
    problems = Problems("toll.csv")
    for number in range(MOST_KEPT + 3):
        problems.add(f"row={number}", f"bad {number}")
    assert len(problems.listed) == MOST_KEPT + 1
    assert (problems.listed[-1].where, problems.listed[-1].what) == ("toll.csv", "3 further problems are not listed")
