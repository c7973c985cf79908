"""Importing datasets by declarative mappings: a file of rows and a TOML file in, figures out (docs/mappings.md)."""

from sources.datasets.dataset import Dataset, read_dataset
from sources.datasets.loading import load_mapping, shipped_mappings
from sources.datasets.mapping import Mapping
from sources.datasets.problems import Problem

__all__ = ["Dataset", "Mapping", "Problem", "load_mapping", "read_dataset", "shipped_mappings"]
