"""Who is counted: the noun phrase after a number, read into the facets of a population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sources.extract.english.outcomes import ADJECTIVES as OUTCOME_ADJECTIVES
from sources.extract.english.outcomes import LIVES, NOUNS, PARTICIPLES, STATES
from sources.extract.english.people import (
    ADJECTIVES,
    AFFILIATIONS,
    DETERMINERS,
    FILLERS,
    NATIONS_IN_LETTERS,
    PART_AFTER,
    PEOPLE,
    PERSON_ENDINGS,
    STOPS,
    THINGS,
    WHOLES,
    with_singulars,
)
from sources.extract.numbers import Number
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

Groups = Mapping[int, tuple[int, str]]
"""Group names by the offset where their word begins: (offset where it ends, name)."""

_PEOPLE = Phrasebook(with_singulars(PEOPLE))
_NOUNS = Phrasebook(NOUNS)
_PART_AFTER = Phrasebook(dict.fromkeys(PART_AFTER, True))
_AFFILIATIONS = Phrasebook(AFFILIATIONS)
_HAPPENED = frozenset(phrase.split()[0] for phrase in (*PARTICIPLES, *STATES)) | frozenset(OUTCOME_ADJECTIVES)
_LONGEST_PHRASE = 9
_WERE = frozenset({"were", "are", "was", "is"})
_AGO = frozenset({"earlier", "ago", "before", "later", "after"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A number with the noun phrase after it.

    `after` is the token after the phrase. `people` is True where the head noun is known to mean people, False
    where it means something else, None where the head is unknown or absent (`headless`). `outcome` is what the
    phrase itself says ("12 deaths", "12 wounded soldiers"); `part` whether it says that it is a part ("12 of
    them"), and `whole` the outcome its whole is named by ("12 of the dead");
    `of_next` that its whole is the next number ("60 per cent of the 2,000 dead").
    """

    number: Number
    after: int
    facets: Mapping[str, str]
    people: bool | None
    headless: bool
    outcome: str | None = None
    lives: bool = False
    bodies: bool = False
    part: bool = False
    whole: str | None = None
    of_next: bool = False


def phrase_after(found: Sequence[Token], number: Number, groups: Groups) -> Phrase:
    """
    Read the noun phrase that follows a number.

    Reading stops at a mark, a verb, a preposition or another number. Facets that two joined nouns do not share
    ("12 soldiers and policemen") are left out.
    """
    part = _PART_AFTER.at(found, number.after)
    if part is not None:
        return _part_phrase(found, number, groups, part[0])
    read = _Reader(found, number, groups, number.after).read()
    return (_predicate(found, number, groups) or read) if read.headless else read


def _predicate(found: Sequence[Token], number: Number, groups: Groups) -> Phrase | None:
    """Read "12 were children": who a part of the people counted before were."""
    place = number.after
    if place + 1 >= len(found) or found[place].low not in _WERE:
        return None
    place += 1 + (found[place + 1].low in ("a", "an"))
    inner = _Reader(found, number, groups, place).read()
    if inner.people is not True or inner.headless or inner.outcome is not None:
        return None
    return replace(inner, part=True)


def _part_phrase(found: Sequence[Token], number: Number, groups: Groups, length: int) -> Phrase:
    """Read "12 of them [were] children", "12 of the dead were soldiers"."""
    whole = WHOLES.get(" ".join(token.low for token in found[number.after : number.after + length]))
    place = number.after + length
    if place < len(found) and (found[place].low in _WERE or found[place].low in ("-", ",")):
        place += 1
    inner = _Reader(found, number, groups, place).read()
    known = inner.people is True or inner.outcome is not None
    return Phrase(
        number,
        inner.after if known else number.after + length,
        inner.facets if known else {},
        True,
        False,
        inner.outcome,
        part=True,
        whole=whole,
    )


_LONGEST_ADJUNCT = 12
"""Words between a whole and what is said of its part, at most."""


def share_of_next(found: Sequence[Token], share: Phrase, whole: Phrase, groups: Groups) -> Phrase:
    """
    Read "60 per cent of the 2,000 dead were women": the next number is the whole, the predicate says who.

    Where and until when the whole was counted may stand between ("killed in Gaza by 8 May").
    """
    between = [token.low for token in found[share.number.after : whole.number.first]]
    if between[:1] != ["of"] or not set(between) <= {"of", "the", "those", "these", "all"}:
        return share
    place = whole.after
    while place < len(found) and found[place].low in _HAPPENED and found[place].low != "in":
        place += 1
    told = next((at for at in range(place, min(place + _LONGEST_ADJUNCT, len(found))) if found[at].low in _WERE), None)
    if told is None or (told > place and not _is_adjunct(found[place:told])):
        return share
    place = told
    inner = _Reader(found, share.number, groups, place + 1).read()
    return replace(share, after=inner.after, facets=inner.facets, people=inner.people, headless=False, of_next=True)


def _is_adjunct(between: Sequence[Token]) -> bool:
    """Whether words between say where or until when, and begin no clause of their own."""
    return between[0].low in ("in", "by", "since", "across") and all(token.kind != "mark" for token in between)


def facets_within(found: Sequence[Token], first: int, after: int, groups: Groups) -> Mapping[str, str]:
    """What the nouns of a stretch say about who is counted ("the number of Israeli soldiers killed")."""
    facets: dict[str, str] = {}
    for place in range(first, after):
        noun = _PEOPLE.at(found, place)
        if noun is not None and found[place].low not in OUTCOME_ADJECTIVES:
            facets.update(noun[1])
        if found[place].start in groups:
            facets["group"] = groups[found[place].start][1]
    return facets


def _is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and not token.text.isupper()


class _Reader:
    """One noun phrase while it is being read."""

    def __init__(self, found: Sequence[Token], number: Number, groups: Groups, place: int) -> None:
        self.found, self.number, self.groups, self.place = found, number, groups, place
        self.begin = place
        self.facets: dict[str, str] = {}
        self.people: bool | None = None
        self.outcome: str | None = None
        self.lives = self.bodies = False
        self.after = place

    def read(self) -> Phrase:
        """Walk over the words of the phrase up to the first that cannot belong to it."""
        while self.place < len(self.found) and self.place - self.begin < _LONGEST_PHRASE and self._takes_word():
            pass
        self._joined_nouns()
        self._among()
        headless = self.after == self.begin
        return Phrase(
            self.number, self.after, self.facets, self.people, headless, self.outcome, self.lives, self.bodies
        )

    def _takes_word(self) -> bool:
        token = self.found[self.place]
        if token.low == "of" and self.place == self.begin:
            return self._opening_of()
        if token.kind != "word":
            return self._takes_hyphen(token)
        if self.people and token.low in ("hostage", "captive", "prisoner"):
            return False
        if token.low == "a" and self._begins_a_day():
            return False
        if self._takes_person() or self._takes_outcome_noun():
            return True
        if token.low == "of" or (token.low in DETERMINERS and self.found[self.place - 1].low != "of"):
            return False
        if token.low in FILLERS or token.low in DETERMINERS:
            return self._step(head=token.low in ("other", "others", "more"))
        if token.low in STOPS or token.low in _HAPPENED:
            return False
        affiliation = _AFFILIATIONS.at(self.found, self.place)
        if affiliation is not None and token.text[:1].isupper():
            return self._takes_affiliation(*affiliation)
        group = self.groups.get(token.start)
        if group is None and token.text in NATIONS_IN_LETTERS:
            group = token.end, NATIONS_IN_LETTERS[token.text][0]
        if group is not None:
            return self._takes_group(*group)
        return self._takes_adjective(token) or self._takes_unknown(token)

    def _begins_a_day(self) -> bool:
        """As in "from 40,000 a week earlier", which is no rate."""
        return any(token.low in _AGO for token in self.found[self.place + 2 : self.place + 4])

    def _takes_hyphen(self, token: Token) -> bool:
        """Ages as adjectives ("two 12-year-old boys") are passed over; any other mark or number ends the phrase."""
        return token.kind == "other" and "-year-old" in token.low and self._step(head=False)

    def _opening_of(self) -> bool:
        """As in "Hundreds of people", "one of the attackers", "dozens of its soldiers"."""
        self.place += 1
        return self.place < len(self.found)

    def _step(self, *, head: bool, length: int = 1) -> bool:
        self.place += length
        if head:
            self.after = self.place
        return True

    def _takes_person(self) -> bool:
        found = _PEOPLE.at(self.found, self.place)
        if found is None or (found[0] == 1 and self._is_participle()):
            return False
        length, facets = found
        self.facets = {**self.facets, **facets}
        self.people = True
        return self._step(head=True, length=length)

    def _is_participle(self) -> bool:
        """Whether "wounded" or "dead" here tells what happened rather than who it was."""
        return self.found[self.place].low in OUTCOME_ADJECTIVES

    def _takes_outcome_noun(self) -> bool:
        found = _NOUNS.at(self.found, self.place)
        if found is not None:
            length, outcome = found
            self.outcome, self.people = outcome, True
            self.bodies = self.found[self.place].low in ("bodies", "body", "corpses", "corpse")
            return self._step(head=True, length=length)
        if self.found[self.place].low in LIVES:
            self.lives, self.people = True, True
            return self._step(head=True)
        return self._outcome_adjective()

    def _outcome_adjective(self) -> bool:
        """As in "12 wounded soldiers": the outcome stands before a noun for people, else it is no adjective."""
        outcome = OUTCOME_ADJECTIVES.get(self.found[self.place].low)
        following = _PEOPLE.at(self.found, self.place + 1)
        if outcome is None or following is None or self.people:
            return False
        if following[0] == 1 and self.found[self.place + 1].low in OUTCOME_ADJECTIVES:
            return False
        self.outcome = outcome
        return self._step(head=False)

    def _takes_group(self, end: int, name: str) -> bool:
        length = 1
        while self.place + length < len(self.found) and self.found[self.place + length].start < end:
            noun = _PEOPLE.at(self.found, self.place + length)
            self.facets = {**self.facets, **(noun[1] if noun else {})}
            length += 1
        self.facets = {**self.facets, "group": name}
        self.people = True if self.people is None else self.people
        return self._step(head=True, length=length)

    def _takes_affiliation(self, length: int, name: str) -> bool:
        self.facets = {**self.facets, "affiliation": name}
        self.people = True if self.people is None else self.people
        return self._step(head=True, length=length)

    def _takes_adjective(self, token: Token) -> bool:
        facets = ADJECTIVES.get(token.low)
        if facets is None:
            return False
        self.facets = {**facets, **self.facets}
        return self._step(head=False)

    def _takes_unknown(self, token: Token) -> bool:
        """An unlisted word: a thing ends the matter, an ending like "-men" makes it people, else it stays open."""
        if self.people and (token.text[:1].isupper() or token.low.endswith(("ed", "ly", "ing"))):
            return False
        if token.low in THINGS and not self._ends_name(token):
            self.people, self.facets, self.outcome = False, {}, None
            return self._step(head=True)
        if token.low.endswith(PERSON_ENDINGS):
            self.people = True
        elif token.low.endswith("s") and not token.low.endswith(("ss", "'s")):
            self.people = None
        elif token.low.endswith(("ed", "ly")):
            return False
        else:
            return self._step(head=self._ends_here(token))
        return self._step(head=True)

    def _ends_name(self, token: Token) -> bool:
        """As in "four Assam Rifles were injured": a name ends in a word for things, and people belong to it."""
        before = self.found[self.place - 1]
        return self.place > self.begin and _is_capitalised(before) and _is_capitalised(token)

    def _ends_here(self, token: Token) -> bool:
        """Whether an unlisted name in capitals is the last word of its phrase ("5 Burkinabe and 4 civilians")."""
        following = self.found[self.place + 1].low if self.place + 1 < len(self.found) else ","
        return token.text[:1].isupper() and (following in STOPS | _HAPPENED or following in (",", ")", ".", ";"))

    def _among(self) -> None:
        """As in "no injuries among US troops", "three deaths among children": who they befell follows."""
        place = self.after + 1
        if self.outcome is None or self.lives or self.after >= len(self.found) or self.found[self.after].low != "among":
            return
        while place < len(self.found) and self.found[place].low in ("the", "its", "their", "his", "her"):
            place += 1
        inner = _Reader(self.found, self.number, self.groups, place).read()
        if inner.people is True and inner.outcome is None and not inner.headless:
            self.facets, self.after = {**inner.facets, **self.facets}, inner.after

    def _joined_nouns(self) -> None:
        """As in "12 soldiers and policemen": take the second noun in and keep what both share."""
        if self.people is not True or self.outcome is not None or self.after >= len(self.found):
            return
        joint = self.found[self.after].low
        place = self.after + 1
        while joint in ("and", "or") and place < len(self.found) and self.found[place].low in ADJECTIVES:
            place += 1
        second = _PEOPLE.at(self.found, place) if joint in ("and", "or") else None
        if second is None or self.found[place].low in OUTCOME_ADJECTIVES:
            return
        length, facets = second
        self.facets = {
            name: value for name, value in self.facets.items() if facets.get(name) == value or name == "group"
        }
        self.after = place + length
