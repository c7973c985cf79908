"""A checked claim as JSON (interface: `check --json`)."""

from reports.claims.checked import Checked
from reports.figure_json import Json, day_text, figure_json


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
