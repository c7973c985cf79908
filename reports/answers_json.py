"""Answers about many figures as JSON: envelopes, consistency, divergence, the overview of a whole record."""

from reports.consistency import RULES, Consistency
from reports.divergence import Divergence
from reports.envelope import Envelope
from reports.figure_json import Json, Naming, day_text, definition_json, figure_json, summary_json
from reports.marking import RULES as MARKING_RULES
from reports.overview import Overview


def overview_json(found: Overview) -> Json:
    """Since when the authorities of each count agree or contradict one another, without figures and positions."""
    return {
        "stretches": [
            {
                "event": one.event,
                "definition": definition_json(one.definition, one.event),
                "other": definition_json(one.other, one.event) if one.other else None,
                "relation": one.relation,
                "from": day_text(one.from_day),
                "to": day_text(one.to_day),
                "resolved": one.resolved,
            }
            for one in found.stretches
        ],
        "summary": summary_json(found.summary),
    }


def divergence_json(one: Divergence) -> Json:
    """The measures of one outcome; shares and means as numbers from 0."""
    return {
        "outcome": one.outcome,
        "events": one.events,
        "several_reports": one.several,
        "differing": one.differing,
        "share_differing": one.share,
        "mean_divergence": one.mean,
        "normalised_divergence": one.normalised,
    }


def envelope_json(one: Envelope, *, named: Naming = figure_json) -> Json:
    """All that is claimed of one count, stretch by stretch; `recommended` only where the reader chose a rule."""
    marked = one.recommended
    return {
        "event": one.event,
        "definition": definition_json(one.definition, one.event),
        "stretches": [
            {
                "from": day_text(stretch.from_day),
                "to": day_text(stretch.to_day),
                "lowest": stretch.lowest,
                "highest": stretch.highest,
                "open_below": stretch.open_below,
                "open_above": stretch.open_above,
                "claims": [
                    {
                        "number": claim.number,
                        "authorities": list(claim.authorities),
                        "independent_authorities": claim.independent_authorities,
                        "figures": [figure.id for figure in claim.figures],
                    }
                    for claim in stretch.claims
                ],
            }
            for stretch in one.stretches
        ],
        "lines": {authority: [named(figure) for figure in figures] for authority, figures in one.lines.items()},
        "recommended": {
            "rule": marked.rule,
            "rule_words": MARKING_RULES[marked.rule],
            "authority": marked.authority,
            "figure": marked.figure.id,
        }
        if marked
        else None,
    }


def consistency_json(found: Consistency, *, named: Naming = figure_json) -> Json:
    """Which of an authority's own numbers do not fit together, and how often each rule was put."""
    return {
        "misfits": [
            {
                "rule": misfit.rule,
                "authority": misfit.authority,
                "event": misfit.event,
                "day": day_text(misfit.day),
                "figures": [named(figure) for figure in misfit.figures],
                "difference": misfit.difference,
                "because": misfit.because,
            }
            for misfit in found.misfits
        ],
        "checked": {rule: found.checked.get(rule, 0) for rule in RULES},
    }
