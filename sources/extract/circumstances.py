"""Where, by what and by whom: the place, cause and actor that the sentence itself names for a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.records import ScopeNote
from sources.extract.english.attribution import BODIES
from sources.extract.english.circumstances import (
    BASIS,
    CAUSES,
    FORCES,
    KINDS_OF_PLACE,
    NOBODYS,
    PLACE_BEFORE,
    SCOPES,
    STRIKES,
)
from sources.extract.english.outcomes import HAVE, NOT
from sources.extract.english.people import AFFILIATIONS, NATIONS_IN_LETTERS
from sources.extract.grounds import Ground, Grounds, ground
from sources.extract.linking import Link
from sources.extract.passage import Passage
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token
from sources.places import Mention

_CAUSES = Phrasebook(CAUSES)
_AFFILIATIONS = Phrasebook(AFFILIATIONS)
_SCOPES = Phrasebook(SCOPES)
_FARTHEST_BASIS = 6
_BEFORE_A_PLACE = PLACE_BEFORE - {"of", "from"}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the sentence says around a count, and in which words (`grounds`); absent is not said."""

    place: str | None = None
    cause: str | None = None
    actor: str | None = None
    basis: str | None = None
    includes: tuple[ScopeNote, ...] = ()
    excludes: tuple[ScopeNote, ...] = ()
    doubts: tuple[str, ...] = ()
    grounds: Grounds = ()


def circumstances(passage: Passage, counted: Link) -> Circumstances:
    """Read the place, cause, actor, basis and scope that the sentence gives one of its counts."""
    place, doubts, place_words = _place(passage, counted)
    cause, cause_at, cause_words = _cause(passage, counted)
    actor, actor_words = _actor(passage, counted, cause_at)
    basis, basis_words = _basis(passage.tokens, counted)
    if basis is None:
        basis, basis_words = _estimated_by_speaker(passage, counted)
    includes, excludes, scope_words = _scope(passage.tokens, counted)
    grounds = (*place_words, *cause_words, *actor_words, *basis_words, *scope_words)
    return Circumstances(place, cause, actor, basis, includes, excludes, doubts, grounds)


def _place(passage: Passage, counted: Link) -> tuple[str | None, tuple[str, ...], Grounds]:
    """The nearest place after the count and before the next, else the nearest before it, else any after it."""
    located = [mention for mention in passage.places if _is_located(passage, mention)]
    start = passage.tokens[counted.phrase.number.first].start
    following = [
        passage.tokens[other.phrase.number.first].start
        for other in passage.links
        if other.outcome and passage.tokens[other.phrase.number.first].start > start
    ]
    limit = min(following, default=passage.sentence.end)
    after = [mention for mention in located if start < mention.start < limit]
    before = [mention for mention in located if mention.start < start]
    later = [mention for mention in located if mention.start >= limit and not _is_of_part(passage, counted, mention)]
    for chosen in (after[:1], before[-1:], later[:1]):
        if chosen:
            place = _innermost(passage, chosen[0])
            return *_named(passage, place), (Ground("place", place.start, place.end),)
    return None, (), ()


def _is_of_part(passage: Passage, counted: Link, mention: Mention) -> bool:
    """As in "17 were killed, 12 of them in Rafah": the place stands right behind a later count, and is its own."""
    place = passage.token_at(mention.start)
    return any(
        other.is_part
        and other.phrase.number.first > counted.phrase.number.first
        and 0 < place - other.phrase.after <= 2
        for other in passage.links
    )


def _innermost(passage: Passage, place: Mention) -> Mention:
    """As in "in Ukraine's Kharkiv region": the place that belongs to the one named."""
    owner = passage.token_at(place.start)
    while owner < len(passage.tokens) and passage.tokens[owner].end < place.end:
        owner += 1
    if owner + 1 >= len(passage.tokens) or not passage.tokens[owner].low.endswith("'s"):
        return place
    within = (other for other in passage.places if passage.token_at(other.start) in (owner + 1, owner + 2))
    return next(within, place)


def _is_located(passage: Passage, mention: Mention) -> bool:
    place = passage.token_at(mention.start) - 1
    while place >= 0 and (
        passage.tokens[place].low in ("the", "and", "northern", "southern", "eastern", "western", "central")
    ):
        place -= 1
    if place >= 0 and passage.tokens[place].low == "'s":
        return False
    if place > 0 and passage.tokens[place].low == "of":
        return passage.tokens[place - 1].low in KINDS_OF_PLACE
    return place >= 0 and passage.tokens[place].low in _BEFORE_A_PLACE


def _named(passage: Passage, mention: Mention) -> tuple[str | None, tuple[str, ...]]:
    """The place's name, joined with the next one where the text joins them ("in Gaza and the West Bank")."""
    if len(mention.names) > 1:
        return None, (f"place_ambiguous: the place named may be {' or '.join(mention.names[:4])}",)
    for other in passage.places:
        first, last = passage.token_at(mention.end), passage.token_at(other.start)
        between = {token.low for token in passage.tokens[first:last]}
        if 0 < last - first <= 2 and "and" in between and between <= {"and", "the"} and len(other.names) == 1:
            return " + ".join(sorted((mention.names[0], other.names[0]))), ()
    return mention.names[0], ()


def _cause(passage: Passage, counted: Link) -> tuple[str | None, int | None, Grounds]:
    """The cause named nearest before the count, else the first after it; and the token where its words begin."""
    found = passage.tokens
    named: list[tuple[int, int, str]] = []
    place = 0
    while place < len(found):
        entry = _CAUSES.at(found, place) if found[place].low in _CAUSES.firsts else None
        if entry is not None and not _names_a_body(passage, place, place + entry[0]):
            named.append((place, place + entry[0], entry[1]))
        place += entry[0] if entry is not None else 1
    before = [entry for entry in named if entry[0] < counted.phrase.number.first]
    for first, after, cause in before[-1:] or named[:1]:
        return cause, first, ground("cause", found, first, after)
    return None, None, ()


def _names_a_body(passage: Passage, first: int, after: int) -> bool:
    """As in "the fire service": the word is part of a name, or says what a body is for."""
    following = passage.tokens[after].low if after < len(passage.tokens) else ""
    return following in BODIES or any(voice.source.first <= first < voice.source.after for voice in passage.voices)


def _actor(passage: Passage, counted: Link, cause_at: int | None) -> tuple[str | None, Grounds]:
    """Who struck: "Israeli air strikes", "a Taliban attack", "attacks by Hamas"."""
    subject = _subject(passage, counted)
    if subject is not None:
        return subject[0], ground("actor", passage.tokens, subject[1])
    places = [cause_at] if cause_at is not None and passage.tokens[cause_at].low not in NOBODYS else []
    places += [place for place, token in enumerate(passage.tokens) if token.low in STRIKES]
    for place in sorted(set(places), key=lambda place: (place > counted.phrase.number.first, place)):
        actor = _before_noun(passage, place) or _after_by(passage, place)
        if actor is not None:
            return actor[0], ground("actor", passage.tokens, actor[1])
    return None, ()


Named = tuple[str, int]
"""A name with the token that gave it."""


def _subject(passage: Passage, counted: Link) -> Named | None:
    """As in "Israeli forces killed 12": whose forces stand right before an active verb."""
    cue = counted.cue
    if cue is None or cue.side != "after":
        return None
    place = cue.first
    while place > 0 and passage.tokens[place - 1].low in HAVE | frozenset({"also", "then", "later"}):
        place -= 1
    if place == 0 or passage.tokens[place - 1].low not in FORCES:
        return None
    return _before_noun(passage, place - 1)


def _before_noun(passage: Passage, place: int) -> Named | None:
    for back in range(place - 1, max(-1, place - 4), -1):
        token = passage.tokens[back]
        group = passage.groups.get(token.start)
        if group is not None:
            return (group.places[0], back) if group.places else None
        affiliation = _AFFILIATIONS.ending(passage.tokens, back + 1)
        if affiliation is not None and token.text[:1].isupper():
            return affiliation[1], back
        if token.text in NATIONS_IN_LETTERS:
            return NATIONS_IN_LETTERS[token.text][1], back
        if token.kind != "word" or token.low in ("in", "of", "the", "a", "and", "by", "an", "from"):
            return None
    return None


def _after_by(passage: Passage, place: int) -> Named | None:
    found = passage.tokens
    if place + 2 >= len(found) or found[place + 1].low != "by":
        return None
    begin = place + 2 + (found[place + 2].low == "the")
    affiliation = _AFFILIATIONS.at(found, begin)
    if affiliation is not None:
        return affiliation[1], begin
    group = passage.groups.get(found[begin].start) if begin < len(found) else None
    if group is not None:
        return (group.places[0], begin) if group.places else None
    place_named = next((m for m in passage.places if begin < len(found) and m.start == found[begin].start), None)
    return (place_named.names[0], begin) if place_named is not None and len(place_named.names) == 1 else None


def condition(passage: Passage, counted: Link) -> str | None:
    """As in "12 critically wounded", "three in critical condition", "20 are believed to be alive"."""
    number = counted.phrase.number
    following = (other.phrase.number.first for other in passage.links if other.phrase.number.first > number.first)
    ends = min(following, default=len(passage.tokens))
    beside = [token.low for token in passage.tokens[number.after : min(ends, counted.phrase.after + 6)]]
    if counted.outcome in ("held", "missing", "captured") and "alive" in beside:
        return "alive"
    if counted.outcome in ("injured", "hospitalised") and ("critically" in beside or "critical" in beside):
        return "critical"
    return None


def _basis(found: Sequence[Token], counted: Link) -> tuple[str | None, Grounds]:
    """How people were counted, where a word right beside the count says so."""
    number = counted.phrase.number
    if counted.phrase.bodies:
        identified = _identified_after(found, counted.phrase.after)
        if identified is not None:
            return "identified", ground("basis", found, identified)
        return "bodies", ground("basis", found, number.after, counted.phrase.after)
    if counted.cue is not None and found[counted.cue.first].low in ("bodies", "body", "remains"):
        return "bodies", ground("basis", found, counted.cue.first)
    beside = [*found[max(0, number.first - 2) : number.first], *found[number.after : counted.phrase.after + 3]]
    if counted.cue is not None and counted.cue.after == number.first:
        beside += found[max(0, counted.cue.first - 3) : counted.cue.first]
    if counted.cue is None and counted.is_part:
        beside += found[counted.phrase.after : counted.phrase.after + 5]
    named = {BASIS[token.low]: Ground("basis", token.start, token.end) for token in beside if token.low in BASIS}
    if number.estimated:
        named["estimated"] = ground("basis", found, number.first, number.after)[0]
    chosen = "excess" if "excess" in named else min(named, default=None)
    return chosen, (named[chosen],) if chosen else ()


def _identified_after(found: Sequence[Token], place: int) -> int | None:
    """As in "3,958 bodies have been recovered and identified": who was identified was counted by name."""
    for at in range(place, min(place + _FARTHEST_BASIS, len(found))):
        if found[at].low == "identified":
            return at
        if found[at].kind == "mark" or found[at].low in NOT:
            return None
    return None


def _estimated_by_speaker(passage: Passage, counted: Link) -> tuple[str | None, Grounds]:
    """As in "the study estimated on Monday that 12 had died": the verb of whoever says it."""
    first = counted.phrase.number.first
    ends = next((place for place in passage.breaks if place > first), len(passage.tokens))
    said = [voice.place for voice in passage.voices if voice.role == "said" and voice.place < ends]
    nearest = [place for place in said if place < first][-1:] or said[:1]
    if not nearest or not passage.tokens[nearest[0]].low.startswith("estimat"):
        return None, ()
    return "estimated", ground("basis", passage.tokens, nearest[0])


def _scope(found: Sequence[Token], counted: Link) -> tuple[tuple[ScopeNote, ...], tuple[ScopeNote, ...], Grounds]:
    includes: list[ScopeNote] = []
    excludes: list[ScopeNote] = []
    grounds: Grounds = ()
    place = counted.phrase.after
    while place < min(len(found), counted.phrase.after + 12):
        entry = _SCOPES.at(found, place)
        if entry is not None:
            side, code = entry[1]
            words = " ".join(token.text for token in found[place : place + entry[0]])
            (includes if side == "includes" else excludes).append(ScopeNote(code=code, text=words))
            grounds += ground(side, found, place, place + entry[0])
        place += entry[0] if entry is not None else 1
    return tuple(includes), tuple(excludes), grounds
