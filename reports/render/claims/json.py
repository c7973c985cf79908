"""A checked claim as JSON (interface: `check --json`)."""

import orjson

from reports.claims.answer import Answer
from reports.claims.checked import Checked
from reports.figure_json import Json, day_text, exact_instant_text, figure_json


def checked_json(one: Checked) -> Json:
    """The claim as understood, the verdict with its sentence, and the evidence nearest first."""
    claim = one.claim
    return {
        "text": claim.text,
        "understood": {
            **figure_json(claim.figure, event=claim.event),
            "source": claim.source,
            "counts_until": day_text(claim.until),
            "made_on": day_text(claim.made_on),
            "states_day": claim.states_day,
            "notes": list(claim.notes),
        },
        "verdict": one.verdict,
        "because": one.because,
        "would_have_matched": list(one.would_have_matched),
        "differing": list(one.differing),
        "evidence": [
            {"relation": piece.relation, "figure": figure_json(piece.figure), "because": piece.because}
            for piece in one.evidence
        ],
        "independent_authorities": one.independent_authorities,
    }


def answer_json(answer: Answer) -> Json:
    """All claims of an answer, with the checkpoint on which it rests (`verify` reads it) and how to repeat it."""
    at = answer.checkpoint.at
    return {
        "claims": [checked_json(one) for one in answer.checked],
        "asked": dict(answer.asked),
        "checkpoint": {
            "size": answer.checkpoint.size,
            "root": answer.checkpoint.root,
            "time": exact_instant_text(at) if at else None,
        },
        "repeat": answer.command,
        "software": answer.software,
        "notes": list(answer.notes),
    }


def json(answer: Answer) -> str:
    """The same as text."""
    return orjson.dumps(answer_json(answer), option=orjson.OPT_INDENT_2).decode() + "\n"
