"""
Who a sentence names as the source of its numbers: "according to X", "X said", "X told Y", "citing X".

A chain runs from the publisher outward: "according to X" stands nearer than who "said" it, "citing X"
further off, and who "told Y" behind Y. Sources that the words hide ("officials said") keep their words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sources.extract.english import listed
from sources.extract.english.attribution import (
    ACCORDING,
    BODIES,
    CARRIED,
    CLAIMING,
    CONFIRMING,
    GIVING,
    NEEDS_SOURCE,
    NOT_SOURCES,
    PERSONS,
    PRONOUNS,
    SPEAKING_FOR,
    SPEECH,
    STATE_MEDIA,
    SUBJECT_STOPS,
    TITLES,
)
from sources.extract.english.outcomes import BE
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

_ACCORDING = Phrasebook(ACCORDING)
_AUXILIARIES = frozenset(
    listed(
        "has have had also later earlier further since already then now not will would separately initially"
        " officially previously meanwhile monday tuesday wednesday thursday friday saturday sunday on today"
        " yesterday"
    )
)
_ARTICLES = frozenset({"the", "a", "an", "and", "that"})
_LONGEST_NAME = 9
_LONGEST_HIDDEN = 5
_JOINTS = frozenset({"of", "for", "in", "at", "and", "by"})
_LONGEST_HEADED = 5
_DASHES = frozenset({"-", "–", "—", ":"})
_SPOKEN = frozenset({"said", "says", "told"})
_LONGEST_CLAUSE = 20
_CLAUSE_BEGINS = frozenset({";", ",", ".", "but", "while", "whereas", ":", '"'})
_LONGEST_APPOSITION = 14
_FARTHEST_GIVEN = 12
_UNNAMED_ON_REQUEST = frozenset(listed("anonymity of condition the on speaking who spoke requested requesting"))


@dataclass(frozen=True, slots=True)
class Named:
    """A source as the text writes it, from token `first` up to `after`; `hidden` where no name stands there."""

    words: str
    first: int
    after: int
    hidden: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """
    One place of a sentence that names a source.

    `role` is "outer" (according to), "said" or "inner" (citing); `place` is the token of the verb or preposition;
    `via` the one who was told ("told Y"); `claiming` and `confirming` how the speaker commits; `onward` where the
    source is that of the source before ("citing X, which cited Y"); `beside` a second source of the same words
    ("according to X and Y").
    """

    place: int
    role: str
    source: Named
    via: Named | None = None
    claiming: bool = False
    confirming: bool = False
    onward: bool = False
    beside: Named | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    The chain that a sentence gives a number, nearest first, as written.

    `hidden` are the words of a source without a name; `carried` holds a pronoun or short form,
    which stands for the source of the sentence before; `compiled` are the names "based on" introduces. `links` are
    the sources where the sentence names them; `parallel` the chains of those who say the same beside the first.
    """

    names: tuple[str, ...] = ()
    hidden: str | None = None
    carried: str | None = None
    claiming: bool = False
    confirming: bool = False
    compiled: tuple[str, ...] = ()
    parallel: tuple[tuple[str, ...], ...] = ()
    links: tuple[Named, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the sentence names nobody."""
        return not self.names and self.hidden is None and self.carried is None


Sources = Mapping[int, int]
"""Known sources by the offset where their name begins: the offset where it ends."""


def may_name_a_source(found: Sequence[Token]) -> bool:
    """Whether a sentence holds any of the words by which one is named."""
    return any(token.low in SPEECH or token.low in _ACCORDING.firsts for token in found)


def voices(found: Sequence[Token], sources: Sources, counted: frozenset[int]) -> list[Voice]:
    """Every place of a sentence that names a source, in order; `counted` holds where its numbers begin."""
    heard: list[Voice] = []
    read = 0
    for place, token in enumerate(found):
        entry = _ACCORDING.at(found, place) if place >= read and token.low in _ACCORDING.firsts else None
        if entry is not None:
            read = place + entry[0]
            after = _after(found, place + entry[0], sources)
            if after is not None:
                onward = place > 0 and found[place - 1].low in ("which", "who", "turn")
                beside = _beside(found, after, sources)
                heard.append(Voice(place, entry[1], after, onward=onward, beside=beside))
        elif token.low in SPEECH and token.kind == "word" and not _is_noun(found, place):
            voice = _speaker(found, place, sources, counted)
            if voice is not None:
                heard.append(_same_speaker(voice, heard))
    headed = None if heard or not counted else _of_headline(found, sources, counted)
    return heard if headed is None else [headed]


def _is_noun(found: Sequence[Token], place: int) -> bool:
    """As in "state news agency SANA reported", "Kaduna state police said", where "state" is no verb."""
    following = found[place + 1].low if place + 1 < len(found) else ""
    return found[place].low == "state" and following not in ("that", ",", ":")


def _of_headline(found: Sequence[Token], sources: Sources, counted: frozenset[int]) -> Voice | None:
    """As in "Police: 12 dead in blast", "12 dead in blast - officials": a source set off at an end of a headline."""
    for place, token in enumerate(found):
        if token.low == ":" and place <= _LONGEST_HEADED and max(counted) > place:
            return _set_off(found, 0, place, place, sources)
        if token.low in _DASHES and 0 < len(found) - place - 1 <= _LONGEST_HEADED and max(counted) < place:
            return _set_off(found, place + 1, len(found), place, sources)
    return None


def _set_off(found: Sequence[Token], first: int, after: int, place: int, sources: Sources) -> Voice | None:
    while first < after and (found[first].kind == "mark" or _is_clock(found[first]) or found[first].low in _ARTICLES):
        first += 1
    while first < after and found[after - 1].low == ".":
        after -= 1
    if first >= after:
        return None
    source = _known_ending(found, after, sources) or _known_within(found, first, after, sources)
    source = source or _unnamed(found, first, after)
    return (
        None
        if source is None or any(found[at].kind == "number" for at in range(first, after))
        else Voice(place, "said", source)
    )


def _beside(found: Sequence[Token], source: Named, sources: Sources) -> Named | None:
    """The second source of "according to X and Y", unless it begins a clause of its own ("... and Y said")."""
    joint = source.after
    if source.hidden or joint + 1 >= len(found) or found[joint].low != "and":
        return None
    second = _after(found, joint + 1, sources)
    if second is None or second.hidden or second.carried:
        return None
    return None if second.after < len(found) and found[second.after].low in SPEECH | BE else second


def _same_speaker(voice: Voice, heard: Sequence[Voice]) -> Voice:
    """As in "the board said it had verified 12": the pronoun is the one who spoke last in the sentence."""
    before = [other.source for other in heard if other.role in ("said", "outer") and not other.source.carried]
    if not (voice.source.carried and voice.source.words.lower() in PRONOUNS and before):
        return voice
    return replace(voice, source=before[-1])


def attribution_for(heard: Sequence[Voice], place: int, breaks: Sequence[int] = ()) -> Attribution:
    """
    The chain for a number at a token: the voice before it, else the next one after it in its clause.

    `breaks` are the tokens at which another clause begins ("but", "while"). "According to X" and "Y said" in
    one sentence are X, then Y; "citing Z" goes last.
    """
    ends = min((at for at in breaks if at > place), default=None)
    heard = [voice for voice in heard if ends is None or voice.place < ends]
    outer, said, inner = (_nearest(heard, role, place) for role in ("outer", "said", "inner"))
    chain: list[Named] = [outer.source] if outer else []
    if said is not None:
        chain += [said.via, said.source] if said.via else [said.source]
    if inner is not None:
        chain += [voice.source for voice in _relayed(heard, inner)]
    named = tuple(dict.fromkeys(link.words for link in chain if not link.hidden and not link.carried))
    hidden = chain[-1].words if chain and chain[-1].hidden else None
    twice = [voice for voice in (outer, said, inner) if voice is not None and voice.beside is not None]
    return Attribution(
        named,
        hidden,
        next((link.words for link in chain if link.carried), None),
        claiming=said is not None and said.claiming,
        confirming=said is not None and said.confirming,
        compiled=tuple(voice.source.words for voice in heard if voice.role == "compiled" and not voice.source.hidden),
        parallel=tuple(
            tuple(voice.beside.words if name == voice.source.words else name for name in named)
            for voice in twice
            if voice.beside is not None
        ),
        links=tuple(chain),
    )


def _relayed(heard: Sequence[Voice], last: Voice) -> list[Voice]:
    """The voices that lead to the last one cited: X and Y in "citing X, which cited Y"."""
    cited = [voice for voice in heard if voice.role == last.role]
    first = after = cited.index(last)
    while first and cited[first].onward:
        first -= 1
    while after + 1 < len(cited) and cited[after + 1].onward:
        after += 1
    return cited[first : after + 1]


def _nearest(heard: Sequence[Voice], role: str, place: int) -> Voice | None:
    of_role = [voice for voice in heard if voice.role == role]
    before = [voice for voice in of_role if voice.place < place]
    return before[-1] if before else (of_role[0] if of_role else None)


def _speaker(found: Sequence[Token], place: int, sources: Sources, counted: frozenset[int]) -> Voice | None:
    """The voice of a verb of speech: its subject before it, or after it at the end of a sentence (", said X")."""
    low = found[place].low
    if place + 1 < len(found) and found[place + 1].low in ("responsibility", "credit"):
        return None
    subject = _subject(found, place, sources, careful=low in NEEDS_SOURCE)
    if (
        subject is None
        and place
        and found[place - 1].low in (",", '"')
        and low in ("said", "says", "reported", "reports")
    ):
        subject = _after(found, place + 1, sources)
    if subject is None:
        return None
    if low in ("claimed", "claims", "claiming") and place + 1 in counted and subject.hidden:
        return None
    if low in GIVING and not any(place < at <= place + _FARTHEST_GIVEN for at in counted):
        return None
    via = _after(found, place + 1, sources) if low in ("told", "tells") else None
    if via is not None and via.hidden:
        via = None
    role = "inner" if low in GIVING else "said"
    return Voice(place, role, subject, via, low in CLAIMING, low in CONFIRMING)


def _subject(found: Sequence[Token], verb: int, sources: Sources, *, careful: bool) -> Named | None:
    """The noun phrase before a verb of speech, past its auxiliaries; an apposition that names a body is taken."""
    after = verb
    while after > 0 and (found[after - 1].low in _AUXILIARIES or found[after - 1].low.endswith("ly")):
        after -= 1
    if after and found[after - 1].low == "anonymity":
        while after > 0 and found[after - 1].low in _UNNAMED_ON_REQUEST:
            after -= 1
    if after == 0 or found[after - 1].low in BE:
        return None
    if found[after - 1].low == ",":
        return _apposition(found, after - 1, sources)
    if found[after - 1].low == "and":
        return _clause_subject(found, after - 1, sources)
    known = _known_ending(found, after, sources)
    if known is not None:
        return known
    first = after
    while first > 0 and after - first < _LONGEST_NAME and _belongs(found, first - 1):
        first -= 1
        if found[first].low in ("the", "a", "an") and found[max(0, first - 1)].low not in _JOINTS:
            break
    if first > 1 and found[first - 1].low == "on" and found[first - 2].low == "based":
        return _subject(found, first - 2, sources, careful=careful)
    return _named(found, first, after, sources, careful=careful)


def _clause_subject(found: Sequence[Token], place: int, sources: Sources) -> Named | None:
    """As in "the government denied the claim and said": the source with which the clause begins."""
    first = place
    while first > 0 and place - first < _LONGEST_CLAUSE and found[first - 1].low not in _CLAUSE_BEGINS:
        first -= 1
    while first < place and found[first].low in _ARTICLES:
        first += 1
    for at in range(first, min(first + 4, place)):
        end = sources.get(found[at].start)
        if end is not None:
            after = next(last for last in range(at, len(found)) if found[last].end >= end) + 1
            return Named(_as_printed(found, at, after), at, after)
        if found[at].low in BODIES | PERSONS:
            return _named(found, first, at + 1, sources, careful=True)
    return None


def _belongs(found: Sequence[Token], place: int) -> bool:
    token = found[place]
    if token.low in ("of", "for") and place:
        return True
    if token.low in ("in", "at"):
        return any(before.low in BODIES | PERSONS for before in found[max(0, place - 3) : place])
    return token.kind in ("word", "other") and token.low not in SUBJECT_STOPS | _SPOKEN


def _known_ending(found: Sequence[Token], after: int, sources: Sources) -> Named | None:
    """A known source whose name ends at a place, or one of its words before ("Reuters news agency said")."""
    for first in range(after - 1, max(-1, after - _LONGEST_NAME), -1):
        end = sources.get(found[first].start)
        if end is not None and end >= found[after - 1].end - len("'s"):
            return Named(_as_printed(found, first, after), first, after)
    return None


def _apposition(found: Sequence[Token], comma: int, sources: Sources) -> Named | None:
    """As in "N. N., a spokesman for the Health Ministry, said": the body where it is known, else the name."""
    first = comma
    while first > 0 and comma - first < _LONGEST_APPOSITION and found[first - 1].low != ",":
        first -= 1
    for place in range(first, comma):
        end = sources.get(found[place].start)
        if end is not None:
            after = next((at for at in range(place, comma) if found[at].end >= end), place) + 1
            return Named(_as_printed(found, place, after), place, after)
    if first == 0 or found[first - 1].low != ",":
        return None
    after, begin = first - 1, first - 1
    known = _known_ending(found, after, sources)
    if known is not None:
        return known
    while begin > 0 and after - begin < _LONGEST_NAME and _in_name(found, begin - 1):
        begin -= 1
    named = _named(found, begin, after, sources, careful=True) if begin < after else None
    return named or _spoken_of(found, after)


def _spoken_of(found: Sequence[Token], after: int) -> Named | None:
    """As in "A spokesman for the army, A. B., said": someone without a name of a body without one."""
    first = after
    while first > 0 and after - first < _LONGEST_NAME and _belongs(found, first - 1):
        first -= 1
    while first < after and found[first].low in _ARTICLES:
        first += 1
    speaks = any(token.low in PERSONS | BODIES for token in found[first:after])
    return Named(_as_printed(found, first, after), first, after, hidden=True) if speaks else None


def _in_name(found: Sequence[Token], place: int) -> bool:
    """Whether a word belongs to a name in capitals ("Observatory for Human Rights")."""
    joins = found[place].low in ("of", "for", "and", "the") and place > 0 and _is_capital(found, place - 1)
    return found[place].kind == "word" and (found[place].text[:1].isupper() or joins)


def _after(found: Sequence[Token], place: int, sources: Sources) -> Named | None:
    """The source that begins at a place, past its article: a known one, a name in capitals, or hidden words."""
    first = place
    while first < len(found) and found[first].low in ("the", "a", "an", "its", "local", "state", "news"):
        first += 1
    for begin in (place, first):
        if begin < len(found) and (end := sources.get(found[begin].start)) is not None:
            after = next(at for at in range(begin, len(found)) if found[at].end >= end) + 1
            return Named(_as_printed(found, begin, after), begin, after)
    after = first
    while after < len(found) and after - first < _LONGEST_NAME and _continues(found, after, first):
        end = sources.get(found[after].start)
        if end is not None and found[after].low not in ("of", "for"):
            last = next(at for at in range(after, len(found)) if found[at].end >= end) + 1
            if not (last < len(found) and found[last].low == "'s"):
                return Named(_as_printed(found, after, last), after, last)
        after += 1
    return _named(found, place, after, sources, careful=False) if after > first else None


def _continues(found: Sequence[Token], place: int, first: int) -> bool:
    token = found[place]
    if token.low == "." and found[place - 1].low in TITLES:
        return True
    if token.kind != "word" or token.low in SPEECH:
        return False
    if token.low in ("and", "to"):
        return place > first and _is_capital(found, place - 1) and _is_capital(found, place + 1)
    return token.low in ("of", "for") or token.low not in SUBJECT_STOPS


def _is_capital(found: Sequence[Token], place: int) -> bool:
    return place < len(found) and found[place].text[:1].isupper()


def _named(found: Sequence[Token], first: int, after: int, sources: Sources, *, careful: bool) -> Named | None:
    """
    Judge a stretch of words: a pronoun, a known source, a name, words that hide one, or no source at all.

    `careful` is set for verbs with other common uses ("put", "records"), whose subject must be known or named.
    """
    while first < after - 1 and (found[first].low in _ARTICLES or _is_clock(found[first])):
        first += 1
    if first >= after or found[after - 1].low in (NOT_SOURCES | _ARTICLES) - PRONOUNS:
        return None
    if after - first == 1 and found[first].low in PRONOUNS | CARRIED:
        return (
            None if careful and found[first].low in PRONOUNS else Named(found[first].text, first, after, carried=True)
        )
    if found[first].low in NOT_SOURCES:
        return None
    return (
        _known_within(found, first, after, sources)
        or _unnamed(found, first, after)
        or _printed_name(found, first, after, careful=careful)
        or (None if careful else _plain_words(found, first, after))
    )


def _is_clock(token: Token) -> bool:
    """As in "14:20 Police say": the time of an entry of a live page."""
    return ":" in token.text and token.text.replace(":", "").isdigit()


def _known_within(found: Sequence[Token], first: int, after: int, sources: Sources) -> Named | None:
    """A known source before a word that leaves it the speaker ("an AFP tally", "a Red Crescent spokesman")."""
    if found[after - 1].low not in SPEAKING_FOR:
        return None
    for place in range(first, after):
        end = sources.get(found[place].start)
        if end is not None:
            last = next(at for at in range(place, len(found)) if found[at].end >= end) + 1
            return Named(_as_printed(found, place, last), place, last)
    return None


def _unnamed(found: Sequence[Token], first: int, after: int) -> Named | None:
    """People ("the mayor of Odana") and bodies without a name; a body with one ("the Fictional army") is named."""
    last = found[after - 1]
    if found[first].low == "state" and last.low in STATE_MEDIA:
        return Named(_as_printed(found, first, after), first, after)
    if any(found[place].low in PERSONS and found[place + 1].low == "of" for place in range(first, after - 1)):
        return Named(_as_printed(found, first, after), first, after, hidden=True)
    if last.low in PERSONS and not (last.text[:1].isupper() and after - first > 1):
        return Named(_as_printed(found, first, after), first, after, hidden=True)
    if last.low in BODIES:
        is_first = first == 0 or found[first - 1].kind == "mark"
        begins_sentence = 1 if is_first and not found[first].low.endswith("'s") else 0
        own = found[first + begins_sentence : after]
        named = any((token.text[:1].isupper() and token.low not in BODIES) or token.kind == "other" for token in own)
        return Named(_as_printed(found, first, after), first, after, hidden=not named)
    return None


def _printed_name(found: Sequence[Token], first: int, after: int, *, careful: bool) -> Named | None:
    """A name in capitals, from its first capital on."""
    last = found[after - 1]
    if not last.text[:1].isupper() or last.kind != "word" or last.low in _AUXILIARIES:
        return None
    begin = first
    while begin < after - 1 and not _begins_name(found, begin):
        begin += 1
    if careful and begin == 0 and after == 1:
        return None
    return Named(_as_printed(found, begin, after), begin, after)


def _begins_name(found: Sequence[Token], place: int) -> bool:
    """A capital, an ordinal ("3rd Brigade"), or an office with its place ("health ministry in Gaza")."""
    token = found[place]
    following = {after.low for after in found[place + 1 : place + 3]}
    placed = token.low in BODIES and bool(following & {"in", "of"})
    return (
        token.text[:1].isupper()
        or token.kind == "other"
        or placed
        or (bool(following & BODIES) and bool(following & {"in", "of"}))
    )


def _plain_words(found: Sequence[Token], first: int, after: int) -> Named | None:
    """Other plain words before a verb that only a speaker takes ("regional governors said")."""
    if after - first > _LONGEST_HIDDEN or any(token.kind != "word" for token in found[first:after]):
        return None
    return Named(_as_printed(found, first, after), first, after, hidden=True)


def _as_printed(found: Sequence[Token], first: int, after: int) -> str:
    """The words with the spaces between them as the text has them, without a possessive at the end."""
    printed = found[first].text
    for before, token in zip(found[first:after], found[first + 1 : after], strict=False):
        printed += ("" if before.end == token.start else " ") + token.text
    return printed.removesuffix("'s").removesuffix("'")
