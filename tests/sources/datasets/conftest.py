"""A dataset and its mapping on disk, read at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.records import Figure
from sources.catalogue import Catalogue
from sources.datasets import Dataset, load_mapping, read_dataset

ROWS = Path(__file__).with_name("rows")


@dataclass(frozen=True)
class Read:
    """What came of reading a dataset."""

    dataset: Dataset
    figures: list[Figure]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(problem.where.partition("#")[2], problem.what) for problem in self.dataset.problems]

    @property
    def refused(self) -> dict[str, int]:
        return dict(self.dataset.refused)

    def only(self, column: str, row: str = "") -> Figure:
        """The one figure of a column (and of the row whose key has these words)."""
        found = [
            figure
            for figure in self.figures
            if figure.evidence.row_key is not None
            and figure.evidence.row_key.endswith(f" {column}")
            and row in figure.evidence.row_key
        ]
        assert len(found) == 1, [figure.evidence.row_key for figure in self.figures]
        return found[0]


def read_file(path: Path, mapping: str) -> Read:
    dataset = read_dataset(path, load_mapping(mapping), Catalogue.shipped(), name=path.name)
    return Read(dataset, list(dataset.figures))


@pytest.fixture(scope="session")
def read_rows() -> Callable[[str, str], Read]:
    """Reads a file of tests/sources/datasets/rows by a shipped mapping."""
    return lambda file, mapping: read_file(ROWS / file, mapping)


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Read]:
    """Writes a file and a mapping (with [dataset] made up unless it is given), and reads them."""

    def read(content: str | bytes | Path, mapping: str, file_format: str = "csv") -> Read:
        path = tmp_path / f"toll.{file_format}"
        if isinstance(content, Path):
            path = content
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        toml = tmp_path / "toll.toml"
        toml.write_text(mapping if "[dataset]" in mapping else DATASET.format(file_format) + mapping, encoding="utf-8")
        return read_file(path, str(toml))

    return read


DATASET = """
[dataset]
publisher = "The Harbour Ledger"
address = "https://ledger.example/toll"
format = "{}"
"""
