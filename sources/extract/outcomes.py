"""What happened: the words of a sentence that say killed, injured, missing, and on which side their count stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sources.extract.english import listed
from sources.extract.english.changes import CHANGE_VERBS
from sources.extract.english.numbers import MONTHS
from sources.extract.english.outcomes import (
    ACTIVE,
    ADVERBS,
    BE,
    FUTURE_FORMS,
    HAVE,
    HYPOTHETICAL,
    NOT,
    OTHER,
    PARTICIPLES,
    PASSIVE,
    STATES,
    TOLLS,
)
from sources.extract.english.people import STOPS
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

Side = Literal["before", "after", "toll", "state", "other"]
"""Where a cue's count stands: before it, right after it, later in its clause, right beside it, nowhere."""

_FRAMES: Phrasebook[tuple[str, str]] = Phrasebook(
    {
        **{phrase: ("active", outcome) for phrase, outcome in ACTIVE.items()},
        **{phrase: ("passive", outcome) for phrase, outcome in PASSIVE.items()},
        **{phrase: ("state", outcome) for phrase, outcome in STATES.items()},
        **{phrase: ("toll", outcome) for phrase, outcome in TOLLS.items()},
        **{phrase: ("participle", outcome) for phrase, outcome in PARTICIPLES.items()},
        **dict.fromkeys(OTHER, ("other", "")),
    }
)
_DAYS = frozenset(listed("monday tuesday wednesday thursday friday saturday sunday"))
_OBJECT_BEGINS = frozenset(
    listed(
        "a an the his her its their my our one several many another other both all himself herself themselves itself"
    )
)
_COUNTING = frozenset(listed("number numbers toll count tally estimate estimates figure figures total"))
_TOLL_REACH = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say an outcome, from token `first` up to token `after`; `sure` is False for "could kill"."""

    first: int
    after: int
    outcome: str
    side: Side
    sure: bool = True
    passive: bool = False


def cues(found: Sequence[Token], counted: frozenset[int]) -> list[Cue]:
    """
    The outcome words of a sentence, in order.

    `counted` holds the tokens at which a number begins: "killed" before one of them is active.
    """
    cued: list[Cue] = []
    place = 0
    while place < len(found):
        is_first = found[place].low in _FRAMES.firsts and found[place].kind == "word"
        entry = _FRAMES.at(found, place) if is_first else None
        if entry is None:
            place += 1
            continue
        length, (frame, outcome) = _split(found, place, entry, counted)
        cued.append(_cue(found, place, place + length, frame, outcome, counted))
        place += length
    return cued


def _split(
    found: Sequence[Token], place: int, entry: tuple[int, tuple[str, str]], counted: frozenset[int]
) -> tuple[int, tuple[str, str]]:
    """As in "Left 4 people dead and injured 3": two counts, so two cues, although "dead and injured" is one phrase."""
    length, _ = entry
    if length < 3 or found[place + length - 2].low != "and":
        return entry
    after = place + length + (place + length < len(found) and found[place + length].low == "another")
    if after not in counted or not any(place - 6 <= begun < place for begun in (*counted, *_objects(found, place))):
        return entry
    return _FRAMES.at(found[: place + 1], place) or entry


def _objects(found: Sequence[Token], place: int) -> list[int]:
    """Where an article begins a noun phrase that ends at a place: "shot a civilian" before "dead"."""
    return [at for at in range(max(0, place - 4), place) if found[at].low in ("a", "an", "the")]


def _cue(found: Sequence[Token], first: int, after: int, frame: str, outcome: str, counted: frozenset[int]) -> Cue:
    side: Side
    passive = frame in ("passive", "state")
    counting = _counting_word(found, first, counted) if passive or frame == "participle" else None
    if counting is not None:
        return Cue(counting, after, outcome, "toll", _is_sure(found, first))
    if frame == "participle":
        passive = not _takes_object(found, first, after, counted)
        side = "before" if passive else "after"
    else:
        side = {"active": "after", "passive": "before", "state": "state", "toll": "toll"}.get(frame, "other")  # type: ignore[assignment]
    return Cue(first, after, outcome, side, _is_sure(found, first), passive)


def _counting_word(found: Sequence[Token], first: int, counted: frozenset[int]) -> int | None:
    """Where "the number of people killed" begins: a word for a count before the outcome, with no number between."""
    for place in range(first - 1, max(-1, first - _TOLL_REACH), -1):
        if found[place].low in _COUNTING and place + 1 < len(found) and found[place + 1].low in ("of", "for"):
            return place
        if place in counted or found[place].low in BE or found[place].kind == "mark":
            return None
    return None


def _takes_object(found: Sequence[Token], first: int, after: int, counted: frozenset[int]) -> bool:
    """Whether a form like "killed" is active here ("killed 12") rather than passive ("12 were killed")."""
    place = first - 1
    while (
        place >= 0 and (found[place].low in ADVERBS or found[place].low.endswith("ly")) and found[place].low != "have"
    ):
        place -= 1
    before = found[place].low if place >= 0 else ""
    if before in BE:
        return False
    while after < len(found) and found[after].low.endswith("ly"):
        after += 1
    if after >= len(found):
        return False
    if before in HAVE or after in counted:
        return True
    following = found[after]
    if following.low in ("and", "or") and after + 1 < len(found):
        entry = _FRAMES.at(found, after + 1)
        return entry is not None and entry[1][0] in ("participle", "active") and after + 1 + entry[0] in counted
    if following.low in _OBJECT_BEGINS:
        return True
    if following.kind != "word" or following.low in STOPS:
        return False
    is_name = following.text[:1].isupper() and following.low not in _DAYS | MONTHS
    return is_name or following.low.endswith("s")


def _is_sure(found: Sequence[Token], first: int) -> bool:
    """As in "could kill", "did not kill", "to kill": said of nobody who is known to have died."""
    before = {token.low for token in found[max(0, first - 4) : first]}
    if found[first].low in FUTURE_FORMS:
        return not before & (HYPOTHETICAL | NOT) or bool(before & HAVE)
    negated = any(token.low in NOT or token.low.endswith("n't") for token in found[max(0, first - 3) : first])
    return not negated


def changes_value(found: Sequence[Token], first: int, after: int) -> bool:
    """Whether a verb of change ("rose", "revised") stands between two places."""
    return any(token.low in CHANGE_VERBS for token in found[max(0, first) : after])
