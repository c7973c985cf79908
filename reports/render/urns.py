"""The names (URNs) that the record's ids have in formats of the semantic web: the same on every machine."""

import hashlib

from reports.figure_json import exact_instant_text
from reports.provenance import Report

BASE = "urn:casualty-figures:"


def snapshot_name(document: str, sha256: str) -> str:
    """A name for a snapshot (ids in hex): the same bytes may have been retrieved as two documents."""
    return f"{document[:16]}-{sha256}"


def report_name(report: Report) -> str:
    """A name for a report: what was asked, when, of which state of the ledger."""
    root = report.checkpoint.root if report.checkpoint else None
    asked = repr((report.event, report.filters, exact_instant_text(report.generated), root))
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


def term_name(name: str) -> str:
    """
    A field of ours as the vocabulary of the semantic formats writes it.

    >>> term_name("counted_by")
    'countedBy'
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
