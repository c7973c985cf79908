"""
What a report says of its own parts, the same in every format: how they are read, and what stands where nothing is.

Sentences about figures are in sentences.py, about what was found in narration.py.
"""

from collections.abc import Iterator

from reports import sentences
from reports.provenance import Report, unknowns

CHARTS = (
    "Each line is one authority's figures as reported, and stands until its next figure; nothing is filled in. An "
    "arrow is a bound without its other side (“at least”, “up to”), a filled mark a revision."
)
RELAYS = (
    "From the publisher of a document to the source it names for a number, link by link; each carrier left of what it "
    "carries; the wider a curve, the more figures. Figures in a publisher's own voice are not drawn."
)
RELAYS_DRAWN = "Curves from each publisher to the sources it carries. The table below holds every link."
SERIES = (
    "A series is one authority's figures of one definition. Each figure is compared with the one before it of its own "
    "series only."
)
REVISIONS = (
    "Every step but first figures, ordinary rises, falls and repetitions; with the reasons that somebody reported, and "
    "who did."
)
POSITIONS = "Who stands where, the lowest number first"

NO_SERIES_HERE = "No figure in a series is recorded for what was asked."
NO_SERIES = "No series is recorded for what was asked."
NO_REVISION = "No revision, correction or withdrawal is recorded."
NO_CONTRADICTION = (
    "No two figures recorded here contradict each other once their bounds, days and definitions are taken into account."
)
NO_DISAGREEMENT = "No two authorities stand on one count in what is recorded here."
NO_FIGURE = "No figure is recorded for what was asked."
NO_SOURCE = "No source is named."
NO_DOCUMENT = "No document is recorded for what was asked."
NOTHING_UNKNOWN = "Every figure here has its day, its publication date, its issuer and its address."
NO_DOUBT = "No doubt is recorded."

METHOD = (
    (
        "A figure",
        "One number as one document gave it, with the words it stands in. None is edited or deleted; one that was "
        "corrected, voided, retracted or disowned stays, and says so.",
    ),
    (
        "As of, published",
        "The day up to which a number counts, and the day on which a document said so. A publication date that stands "
        "for an unstated day is marked: the number may be older. Days are local days of the issuer.",
    ),
    (
        "Authority",
        "The body that keeps the count, whoever speaks for it or carries it. A figure whose issuer the text hides is "
        "joined to no other.",
    ),
    (
        "Change",
        "A figure is compared only with the earlier figure of the same authority and definition. Differences are the "
        "only arithmetic here; there are no averages, and nothing is filled in.",
    ),
    (
        "Disagreement",
        "Two authorities contradict each other when the bounds of one exclude the other's for the same days and the "
        "same people. Different numbers that can both stand are called so.",
    ),
)
"""How to read a report: terms, each with what is meant by it."""


def unknown_sentences(report: Report) -> Iterator[str]:
    """How many figures lack a fact that a reader would want, a sentence for each."""
    of_all = sentences.number_words(len(report.figures))
    for what, number in unknowns(report).items():
        yield f"{sentences.capital(what)}: {sentences.number_words(number)} of {of_all} figures."


def unplaced_sentence(report: Report) -> str:
    """How many figures are joined to no other, and why; nothing where none is."""
    number = len(report.unplaced)
    if not number:
        return ""
    return (
        f"{sentences.number_words(number)} of them {'stands' if number == 1 else 'stand'} in no series: their issuer "
        "or their incident is not named, or they were withdrawn from the record; they are joined to nothing."
    )
