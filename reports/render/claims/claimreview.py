"""
A checked claim as schema.org ClaimReview, in JSON-LD.

Our verdict stands as the `alternateName` of the rating. There is no `ratingValue`: a number between worst and best
would be a grade of truth, which a verdict on what was recorded is not (docs/claims.md says what each may be read as).
"""

import orjson

from reports.claims.answer import Answer
from reports.claims.checked import Checked, Evidence
from reports.figure_json import Json, day_text, instant_text
from reports.render.addresses import web_address
from reports.sentences import chain_words, figure_words
from reports.words import VERDICTS

REVIEWER = "casualty-figures"


def claimreview(answer: Answer, reviewer: str | None = None) -> str:
    """One ClaimReview for each claim, as a graph; `reviewer` is whoever publishes the review."""
    graph = [_review(one, answer, reviewer or REVIEWER) for one in answer.checked]
    content = {"@context": "https://schema.org", "@graph": graph}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n"


def _review(one: Checked, answer: Answer, reviewer: str) -> Json:
    claim = one.claim
    reviewed: Json = {"@type": "Claim", "text": claim.text}
    if claim.is_dated:
        reviewed["datePublished"] = day_text(claim.made_on)
    if claim.source is not None:
        reviewed["author"] = {"@type": "Organization", "name": claim.source}
    return {
        "@type": "ClaimReview",
        "datePublished": instant_text(answer.generated),
        "author": {"@type": "Organization", "name": reviewer},
        "claimReviewed": claim.text,
        "itemReviewed": reviewed,
        "reviewRating": {"@type": "Rating", "alternateName": VERDICTS[one.verdict], "ratingExplanation": one.because},
        "reviewBody": " ".join((one.because, *one.would_have_matched)),
        "identifier": f"ledger {answer.checkpoint.size} {answer.checkpoint.root}",
        "citation": [_cited(piece) for piece in one.evidence],
    }


def _cited(piece: Evidence) -> Json:
    figure = piece.figure.figure
    cited: Json = {
        "@type": "Quotation",
        "text": figure.evidence.quote,
        "description": f"{figure_words(figure)} ({chain_words(figure)}). {piece.because}",
        "identifier": piece.figure.id,
    }
    if figure.published is not None:
        cited["datePublished"] = day_text(figure.published)
    if address := web_address(piece.figure.address):
        cited["isPartOf"] = {"@type": "CreativeWork", "url": address}
    return cited
