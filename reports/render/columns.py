"""The columns of the tables in which a report is given: name, kind of value, and what stands there."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "day", "instant", "yes_no"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; an empty cell means not stated."""

    name: str
    kind: Kind
    words: str


def _columns(kind: Kind = "text", /, **words: str) -> tuple[Column, ...]:
    return tuple(Column(name.removesuffix("_"), kind, said) for name, said in words.items())


_NUMBER = (
    *_columns(
        "integer",
        low="the lower bound, in people (or households)",
        best="the number itself",
        high="the upper bound",
        share_low="the lower bound of a share, in parts per million",
        share_best="a share of another figure, in parts per million",
        share_high="the upper bound of a share, in parts per million",
    ),
    *_columns(
        share_of="the id of the figure of which this is a share",
        qualifier="the hedge: exact at_least more_than at_most less_than nearly approximately range vague",
        text="the number in the words of the text",
    ),
)
_COUNTED = (
    *_columns(
        outcome="what became of the people counted",
        group="nationality or side; a union is joined by ' + '",
        affiliation="the organisation to which they belong",
        status="civilian, soldier, journalist ...",
        age="child, adult or elderly",
        sex="female or male",
        subgroup="women and children counted as one",
        condition="alive, dead, presumed dead ...",
        unit="person or household",
        place="where; a union is joined by ' + '",
        cause="how, in the words recorded",
        actor="who did it, in the words recorded: attributed, not established",
        basis="how people were counted",
        directness="direct, indirect or both",
        counted_by="by occurrence, registration or recovery",
        includes="codes of what the count includes, parted by '; '",
        excludes="codes of what the count excludes, parted by '; '",
        tally="cumulative, incident, period, added, stock, rate or unstated",
    ),
    *_columns("day", since="the first day of a cumulative count", until="the last day of it"),
    *_columns("integer", hours="the length of a period or addition"),
)
_DATES = (
    *_columns("day", period_from="the first day of the period", period_to="the last day of the period"),
    *_columns("day", as_of="the local day up to which the figure counts"),
    *_columns(
        as_of_time="the time of that day, as the text gives it",
        as_of_basis="how that day is known; 'publication' is an upper bound only",
    ),
    *_columns("day", published="the day on which its document said so"),
)
_CHAIN = _columns(
    publisher="whose document it is",
    attribution="the named sources, nearest first, parted by '; '",
    parallel="further chains of sources, parted by ' | '",
    issuer="the source whose number it is",
    issuer_words="the words that hide the issuer",
    authority="the body that keeps the count",
    compiled_from="authorities whose numbers the issuer summed or modelled, parted by '; '",
    modality="how the speaker commits",
)
_EVIDENCE = (
    *_columns(change="how it stands to the figure before it in its series"),
    *_columns("integer", difference="this best number less the one before it"),
    *_columns(
        part_of="the id of the figure of which this counts a part",
        earlier_value_of="the id of the figure that replaces this one in the same text",
        doubts="parted by ' | '; each begins with a code",
        origin="extracted, imported or manual",
        quote="the exact words that carry the figure",
    ),
    *_columns("integer", start="where they begin in the text that was read, in code points", end="where they end"),
    *_columns(
        zone="headline, summary, body, caption or table",
        locator="the place of a row of data",
        title="the title of the document",
        address="the address of the document",
        document="the id of the document",
        snapshot="the SHA-256 of the bytes in which it was first seen",
    ),
    *_columns("instant", recorded_at="when this store took it in"),
    *_columns("integer", checkpoint_size="entries of the ledger when the report was made"),
    *_columns(checkpoint_root="its Merkle root (RFC 9162)"),
)
FIGURES = (
    *_columns(id="the figure's id: SHA-256, the same on every machine", state="whether it stands, or what was done"),
    *_columns(event="the event under which it is filed"),
    *_NUMBER,
    *_COUNTED,
    *_DATES,
    *_CHAIN,
    *_EVIDENCE,
)
"""In their order; later versions only add."""

_BOUNDS = (
    *_columns("integer", low="the lower bound", best="the number itself", high="the upper bound"),
    *_columns(qualifier="the hedge", text="the number in the words of the text"),
)
_WHAT = _columns(event="the event under which it is filed", definition="what is counted, in words")
LATEST = (
    *_WHAT,
    *_columns(authority="the body that keeps the count", reported="its last number, in words"),
    *_BOUNDS,
    *_columns("day", as_of="the day up to which it counts"),
    *_columns(
        as_of_basis="how that day is known", change="how it stands to the one before", chain="publisher ← source"
    ),
    *_columns("integer", difference="this best number less the one before it"),
    *_columns(figure="the id of the figure"),
)
STEPS = (
    *_columns("integer", series="the number of the series in this report"),
    *_columns(authority="the body that keeps the count"),
    *_WHAT,
    *_columns(change="what happened between a figure and the one before it"),
    *_columns("day", on="the day of a withdrawal", as_of="the day up to which the figure counts"),
    *_BOUNDS,
    *_columns("integer", difference="this best number less the one before it"),
    *_columns(
        reasons="as somebody reported them, or what the record shows",
        figure="the id of the figure",
        previous="the id of the figure before it",
    ),
)
DISAGREEMENTS = (
    *_columns("integer", disagreement="its number in this report; one row for each position"),
    *_WHAT,
    *_columns(other="the second definition, where two stand apart"),
    *_columns("day", from_="the first day on which it held", to="the last; empty: open at the last figure"),
    *_columns(relation="agree, compatible, contradict or not_comparable", authority="who stands here"),
    *_BOUNDS,
    *_columns(figures="the ids of its figures, parted by '; '", relays="the ids of figures that carry them"),
    *_columns(because="what decides the relation"),
    *_columns("integer", spread="the highest number less the lowest"),
    *_columns("number", spread_relative="the same as a part of the highest, 0 to 1"),
    *_columns("integer", independent_authorities="those joined by relay or compilation count as one"),
    *_columns("yes_no", resolved="whether it ended before the last figure"),
)
SOURCES = (
    *_columns(
        id="the source's id",
        name="its name in the catalogue, else as printed",
        kind="what it is; empty where nobody recorded it",
        country="ISO 3166-1 alpha-2",
        party="the party to a conflict to which it belongs",
        roles="publisher, relay, issuer, authority, compiled_from",
    ),
    *_columns("integer", figures="how many figures name it"),
)
METHODS = (
    *_columns(source="whose method"),
    *_columns("day", from_="the day from which it holds"),
    *_columns(text="how it counts", criteria="parted by '; '", evidence="where that stands"),
)
DOCUMENTS = (
    *_columns("integer", number="under which the report cites the document; one row for each snapshot"),
    *_columns(
        document="the id of the document", address="its address", title="its title", publisher="whose document it is"
    ),
    *_columns("day", published="the day of publication"),
    *_columns("integer", figures="how many figures stand in it"),
    *_columns(snapshot="the SHA-256 of its bytes"),
    *_columns("instant", retrieved_at="when they were retrieved"),
    *_columns(media_type="of the bytes", language="of the text (BCP 47)", readers="versions that read it"),
    *_columns("integer", size="in bytes"),
)
ACTS = (
    *_columns(
        figure="the id of the figure",
        act="what was done about it",
        by="who did",
        reason="why",
        other="the figure or event that the act names",
    ),
    *_columns("day", on="the day on which it was made public"),
    *_columns("instant", recorded_at="when this store took it in"),
    *_columns(id="the id of the act"),
)
DOUBTS = (
    *_columns("integer", number="of the doubt in this report; one row for each figure that carries it"),
    *_columns(doubt="in its exact words", figure="the id of a figure that carries it"),
)
