"""A figure read back from its JSON: the inverse of `reports.figure_json` for recorded figures."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter

from db.records import Definition, RecordedFigure

_RECORDED = TypeAdapter(RecordedFigure)
_PLAIN = (
    "count", "share", "modality", "as_of", "as_of_time", "as_of_basis", "published", "publisher", "part_of",
    "earlier_value_of", "doubts", "origin",
)  # fmt: skip
_CHAIN = ("attribution", "written", "parallel", "issuer", "issuer_words", "authority", "compiled_from")
_EVIDENCE = ("quote", "start", "end", "prefix", "suffix", "zone", "locator", "row_key")
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_HEX = TypeAdapter(Hex64)


def figure_of(told: Mapping[str, Any]) -> RecordedFigure:
    """
    The recorded figure that its JSON tells.

    Raises:
        KeyError, TypeError, ValueError: something that a figure has is missing, or is no such thing.
    """
    evidence = told["evidence"]
    figure = {name: told[name] for name in _PLAIN} | {
        "definition": definition_of(told["definition"]),
        "event": told["definition"]["event"],
        "chain": {name: told[name] for name in _CHAIN},
        "evidence": {name: evidence[name] for name in _EVIDENCE},
        "period": _period(told["period"]),
    }
    found: RecordedFigure = _RECORDED.validate_python(
        {
            "id": _HEX.validate_python(told["id"]),
            "figure": figure,
            "state": told["state"],
            "recorded_at": told["recorded_at"],
            "document": _HEX.validate_python(evidence["document"]),
            "address": evidence["address"],
            "title": evidence["title"],
            "snapshot": _HEX.validate_python(str(evidence["snapshot"]).removeprefix("sha256:")),
            "hold": told["hold"],
            "acts": [_act(act, told["id"]) for act in told["acts"]],
            "nth": evidence["nth"],
        }
    )
    if found.recorded_at.tzinfo is None:
        raise ValueError("the time of recording needs its offset from UTC")
    return found


def definition_of(told: Mapping[str, Any]) -> Definition:
    """What is counted; the event that stands beside it is left out."""
    return Definition(**{name: value for name, value in told.items() if name != "event"})


def _period(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {"from_day": told["from"], "to_day": told["to"]} if told is not None else None


def _act(told: Mapping[str, Any], figure: str) -> dict[str, Any]:
    plain = {name: told[name] for name in ("kind", "other", "by", "reason", "recorded_at")}
    return {**plain, "id": _HEX.validate_python(told["id"]), "figure": figure, "on_day": told["on"]}
