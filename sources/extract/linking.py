"""
Which number tells which outcome: direct links first, then parts from their wholes and lists from their neighbours.

The order is that of certainty: the phrase itself ("12 deaths"), the words right beside it ("12 dead"), an
active verb before it ("killed 12"), a passive one after it ("12 people ... were killed"), a toll.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sources.extract.english import listed
from sources.extract.english.circumstances import ADDING, STILL
from sources.extract.english.outcomes import ADVERBS, BE, LABELS, LIFE_TAKING, NOT, SEVERELY, TAKING
from sources.extract.english.people import PART_BEFORE, PART_OF_OUTCOME
from sources.extract.outcomes import Cue
from sources.extract.people import Phrase
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

_PART_BEFORE = Phrasebook({**PART_BEFORE, **PART_OF_OUTCOME})
_PART_OF_OUTCOME = Phrasebook(PART_OF_OUTCOME)
_FILLERS = frozenset(
    listed(
        "a an the another also up to some and total of all as many around further additional or more least at"
        " other others entire whole family group families groups crowd"
    )
)
_JOINTS = frozenset(listed("and , or plus with as well along another a further the also"))
_FARTHEST_PASSIVE = 24
_FARTHEST_TOLL = 24
_FARTHEST_JOINT = 12
_LOSING = frozenset({"lost", "losing", "lose"})
_ARMED = frozenset({"soldier", "combatant", "police"})
_FARTHEST_SECOND = 5
_FARTHEST_STATE = 7
_THEN = frozenset(listed("and , then later subsequently afterwards"))
_STOCKS = frozenset({"held", "missing", "captured"})
_PRESUMED = frozenset({"believed", "presumed", "feared", "thought"})
_LONGEST_OBJECT = 10
_OBJECT_BEGINS = frozenset(listed("a an the his her its their himself herself themselves"))
_MAY_CHANGE = frozenset({"casualties", "injured", "captured", "missing", "held", "detained"})
_STOPS = frozenset(listed("; while whereas but although though"))


@dataclass(frozen=True, slots=True)
class Link:
    """
    A phrase with the outcome it counts.

    `cue` is the outcome's words where they stand apart from the phrase. `part_of` is the place of its whole
    among the sentence's links, `listed_with` that of the neighbour from which it has its outcome. `also` is a second
    thing that befell the same people ("40 people were kidnapped and later executed").
    """

    phrase: Phrase
    outcome: str | None
    cue: Cue | None = None
    is_part: bool = False
    part_of: int | None = None
    listed_with: int | None = None
    refused: bool = False
    also: Cue | None = None


def link(found: Sequence[Token], phrases: Sequence[Phrase], cues: Sequence[Cue]) -> list[Link]:
    """The outcome of each phrase of a sentence; None where none can be told."""
    sentence = _Sentence(found, phrases, cues)
    linked = [sentence.direct(index) for index in range(len(phrases))]
    for _ in range(2):
        for index in range(len(linked)):
            linked[index] = sentence.carried(linked, index)
        for index in reversed(range(len(linked))):
            linked[index] = sentence.carried(linked, index, backward=True)
    for index in range(len(linked)):
        linked[index] = sentence.with_total(linked, index)
    for index in range(len(linked) - 1):
        linked[index] = sentence.among_next(linked, index)
        linked[index : index + 2] = _within_next(linked[index], linked[index + 1], index + 1)
    return [sentence.with_second(_counted_before(linked, index)) for index in range(len(linked))]


def _within_next(part: Link, whole: Link, place: int) -> tuple[Link, Link]:
    """As in "three of the five hostages were freed": the verb is said of the three; of the five only their own noun."""
    if not part.phrase.number.after < whole.phrase.number.first < part.phrase.after or part.phrase.number.percent:
        return part, whole
    if whole.phrase.outcome is None:
        return part, replace(whole, outcome=None, cue=None, refused=True)
    outcome = part.outcome or whole.phrase.outcome
    return replace(part, outcome=outcome, is_part=True, part_of=place), replace(whole, outcome=whole.phrase.outcome)


def _counted_before(linked: Sequence[Link], index: int) -> Link:
    """As in "one was killed and another wounded": one more counts only beside a count, and is no part of it."""
    this = linked[index]
    if this.phrase.number.article:
        is_told = index + 1 < len(linked) and linked[index + 1].outcome is not None
        return this if is_told else replace(this, outcome=None, refused=True)
    if not this.phrase.number.one_more:
        return this
    is_counted = index > 0 and linked[index - 1].outcome is not None and not linked[index - 1].refused
    return replace(this, part_of=None, is_part=False) if is_counted else replace(this, outcome=None, refused=True)


class _Sentence:
    """The tokens, phrases and cues of one sentence, asked for one phrase at a time."""

    def __init__(self, found: Sequence[Token], phrases: Sequence[Phrase], cues: Sequence[Cue]) -> None:
        self.found, self.phrases, self.cues = found, phrases, cues
        self.cue_at = {cue.first: cue for cue in cues}
        self.cue_ending = {cue.after: cue for cue in cues}
        self.phrase_at = {phrase.number.first: index for index, phrase in enumerate(phrases)}

    def direct(self, index: int) -> Link:
        """What the phrase and the words around it say by themselves."""
        phrase = self._with_named_whole(self.phrases[index])
        is_part = phrase.part or self._part_marked(phrase)
        if phrase.people is False or phrase.number.percent:
            return Link(phrase, None, refused=phrase.people is False)
        if phrase.lives:
            return Link(phrase, "killed" if self._lives_taken(phrase) else None, refused=not self._lives_taken(phrase))
        if phrase.whole is not None and phrase.outcome is None:
            beside = self._beside(phrase) or self._passive_after(phrase)
            other = beside is not None and beside.sure and beside.outcome not in ("", phrase.whole)
            return Link(phrase, beside.outcome, beside) if beside and other else Link(phrase, phrase.whole, None, True)
        labelled = self._label(phrase)
        if labelled is not None and phrase.headless:
            return Link(phrase, labelled.outcome, labelled)
        if self._is_severe(phrase):
            return Link(replace(phrase, after=phrase.after + 1, headless=False), None, None, is_part)
        if phrase.outcome is not None:
            later = self._later(phrase)
            return Link(phrase, later.outcome if later else phrase.outcome, later, is_part)
        near = (
            self._taken,
            self._remaining,
            self._right_before,
            self._beside,
            self._lost,
            self._active_before,
            self._beside_another,
        )
        for find in near if is_part else (*near, self._passive_after, self._toll_before, self._toll_after):
            cue = find(phrase)
            if cue is not None:
                known = bool(cue.outcome) and cue.sure
                return Link(phrase, cue.outcome if known else None, cue, is_part, refused=not known)
        return Link(phrase, None, None, is_part)

    def _with_named_whole(self, phrase: Phrase) -> Phrase:
        """As in "among the dead were 11 children": the words before the number name its whole by the outcome."""
        place = phrase.number.first
        entry = _PART_OF_OUTCOME.ending(self.found, place)
        if entry is None or phrase.whole is not None or phrase.outcome is not None or phrase.people is not True:
            return phrase
        return replace(phrase, whole=entry[1])

    def _part_marked(self, phrase: Phrase) -> bool:
        place = phrase.number.first
        while place > 0 and self.found[place - 1].low in (
            "the",
            "a",
            "an",
            "another",
            ",",
            "at",
            "least",
            "were",
            "are",
        ):
            place -= 1
        if _PART_BEFORE.ending(self.found, place) or _PART_BEFORE.ending(self.found, phrase.number.first):
            return True
        if self._of_the_whole(phrase) or self._is_severe(phrase):
            return True
        if place > 3 and self.found[place - 1].low == "and" and self.found[place - 3].low in ("a", "an"):
            return _PART_BEFORE.ending(self.found, place - 3) is not None
        if self._follows_colon(phrase):
            return True
        opened = phrase.number.first - 1
        return (
            opened >= 1
            and self.found[opened].low in ("(", ":")
            and any(opened - 2 <= other.after <= opened for other in self.phrases)
        )

    def _follows_colon(self, phrase: Phrase) -> bool:
        """As in "471 deaths in a day: 116 bodies recovered and 320 deaths approved": what the first count holds."""
        colons = [place for place in range(phrase.number.first) if self.found[place].low == ":"]
        wholes = [other for other in self.phrases if colons and other.after <= colons[-1] and not other.part]
        if not wholes or wholes[-1].outcome is None or wholes[-1].number.value < phrase.number.value:
            return False
        return phrase.outcome == wholes[-1].outcome or (phrase.outcome is None and self._beside(phrase) is None)

    def _is_severe(self, phrase: Phrase) -> bool:
        """As in "1,500 people were injured, 300 seriously"."""
        if not phrase.headless or phrase.after >= len(self.found) or self.found[phrase.after].low not in SEVERELY:
            return False
        following = self.found[phrase.after + 1].kind if phrase.after + 1 < len(self.found) else "mark"
        return following == "mark"

    def _of_the_whole(self, phrase: Phrase) -> bool:
        """As in "of the 34,622 dead, 24,686 had been identified": the first number is the whole of the second."""
        first = self.phrases[0]
        if phrase is first or not 1 <= first.number.first <= 4:
            return False
        opening = tuple(token.low for token in self.found[: first.number.first])
        return opening[0] in ("of", "among") or opening[:2] == ("out", "of")

    def _label(self, phrase: Phrase) -> Cue | None:
        """As in "Dead: 12": the outcome that stands before a colon or dash as the number's label."""
        place = phrase.number.first
        if place < 2 or self.found[place - 1].low not in (":", "-", "–", "—"):
            return None
        outcome = LABELS.get(self.found[place - 2].low)
        return None if outcome is None else Cue(place - 2, place - 1, outcome, "state")

    def _lives_taken(self, phrase: Phrase) -> bool:
        before = {token.low for token in self.found[max(0, phrase.number.first - 3) : phrase.number.first]}
        after = [token.low for token in self.found[phrase.after : phrase.after + 4]]
        return bool(before & LIFE_TAKING) or "lost" in after or "claimed" in after

    def _beside(self, phrase: Phrase) -> Cue | None:
        """A cue right after the phrase: "12 dead", "12 people killed", "12 were injured", "12 are still missing"."""
        place = phrase.after
        while place < len(self.found) and place - phrase.after < 6:
            cue = self.cue_at.get(place)
            if cue is not None:
                return cue if cue.side in ("before", "state", "other") else None
            low = self.found[place].low
            relative = low == "," and place + 1 < len(self.found) and self.found[place + 1].low == "who"
            known = low in BE or low in ADVERBS or low in ("who", "people") or low.endswith("ly")
            if not known and not relative:
                return None
            if low in ("and", "or") and place == phrase.after:
                return None
            place += 1
        return None

    def _taken(self, phrase: Phrase) -> Cue | None:
        """As in "took 14 hostages": the noun says what became of them."""
        place = phrase.number.first
        taken = place > 0 and self.found[place - 1].low in TAKING and phrase.facets.get("status") == "hostage"
        return Cue(place - 1, place, "captured", "after") if taken else None

    def _remaining(self, phrase: Phrase) -> Cue | None:
        """As in "116 hostages remain in Gaza": hostages who are somewhere are held."""
        place = phrase.after + (phrase.after < len(self.found) and self.found[phrase.after].low in BE)
        remain = place < len(self.found) and self.found[place].low in STILL and phrase.facets.get("status") == "hostage"
        return Cue(place, place + 1, "held", "before", passive=True) if remain else None

    def _lost(self, phrase: Phrase) -> Cue | None:
        """As in "the army lost three soldiers": losses, which may hold the wounded, captured and missing."""
        place = phrase.number.first
        lost = place > 0 and self.found[place - 1].low in _LOSING and phrase.facets.get("status") in _ARMED
        return Cue(place - 1, place, "losses", "after") if lost else None

    def _right_before(self, phrase: Phrase) -> Cue | None:
        """An active cue with nothing between: "beheaded two sailors held hostage"."""
        cue = self.cue_ending.get(phrase.number.first)
        return cue if cue is not None and cue.side == "after" and not phrase.headless else None

    def _active_before(self, phrase: Phrase) -> Cue | None:
        """A cue right before the number: "killed 12", "killing at least 12", "the deaths of 12"."""
        place = phrase.number.first
        while place > 0 and phrase.number.first - place < 6:
            cue = self.cue_ending.get(place)
            if cue is not None and cue.side == "after":
                return cue
            low = self.found[place - 1].low
            if low not in _FILLERS and not low.endswith("ly"):
                return None
            place -= 1
        return None

    def _later(self, phrase: Phrase) -> Cue | None:
        """What became of those whom the phrase names by what befell them before: "two wounded soldiers died"."""
        cue = self._beside(phrase) if phrase.outcome in _MAY_CHANGE else None
        if cue is None and phrase.outcome == "casualties":
            cue = self._passive_after(phrase)
        return cue if cue is not None and cue.sure and cue.outcome and cue.side != "other" else None

    def _beside_another(self, phrase: Phrase) -> Cue | None:
        """An active cue whose first object is not counted: "killed a local judge and six others"."""
        joint = phrase.number.first - 1
        while joint > 0 and self.found[joint].low in ("at", "least", "another", "his", "her", "their"):
            joint -= 1
        if joint < 1 or self.found[joint].low != "and" or phrase.people is False:
            return None
        if phrase.people is None and not self._ends_phrase(phrase):
            return None
        for place in range(joint - 1, max(-1, joint - _LONGEST_OBJECT), -1):
            cue = self.cue_ending.get(place)
            if cue is not None:
                begins = self.found[place].low in _OBJECT_BEGINS or self.found[place].text[:1].isupper()
                return cue if cue.side == "after" and begins else None
            token = self.found[place]
            if token.kind != "word" or token.low in _STOPS or token.low in BE or place in self.phrase_at:
                return None
        return None

    def _passive_after(self, phrase: Phrase) -> Cue | None:
        """The next passive cue of the clause: "12 people, including five children, were killed"."""
        if phrase.headless and phrase.after < len(self.found) and self.found[phrase.after].kind == "number":
            return None
        place, parenthetical = phrase.after, False
        while place < len(self.found) and place - phrase.after < _FARTHEST_PASSIVE:
            low = self.found[place].low
            cue = self.cue_at.get(place)
            if cue is not None and cue.side in ("before", "other") and not (parenthetical and self._is_relative(cue)):
                if self._is_of_part(phrase, cue):
                    return None
                return cue if self._agrees(phrase, cue) else None
            if low in _STOPS or (cue is not None and cue.side != "state"):
                return None
            parenthetical = parenthetical or low == "(" or _PART_BEFORE.at(self.found, place) is not None
            other = self.phrase_at.get(place)
            beside = self.phrases[other] if other is not None else None
            if beside is not None and not parenthetical and not beside.part and not beside.number.percent:
                return None
            place += 1
        return None

    def _is_of_part(self, phrase: Phrase, cue: Cue) -> bool:
        """As in "14 hostages, of whom three were found dead": said of the three, as no comma closes their clause."""
        between = [token.low for token in self.found[phrase.after : cue.first]]
        if "whom" not in between:
            return False
        clause = range(phrase.after + between.index("whom"), cue.first)
        counted = [place for place in clause if place in self.phrase_at]
        return bool(counted) and not any(self.found[place].low in (",", ")") for place in range(counted[-1], cue.first))

    def _is_relative(self, cue: Cue) -> bool:
        """As in "including a woman who died": said of the woman alone; "all of whom died" is not."""
        if any(token.low == "all" for token in self.found[max(0, cue.first - 4) : cue.first]):
            return False
        return any(token.low in ("who", "whom") for token in self.found[max(0, cue.first - 3) : cue.first])

    def _agrees(self, phrase: Phrase, cue: Cue) -> bool:
        """Whether the verb before a passive cue can have this number as its subject."""
        place = cue.first - 1
        while place > phrase.after and self.found[place].low in ADVERBS and self.found[place].low not in BE:
            place -= 1
        verb = self.found[place].low
        if verb in ("was", "is"):
            return phrase.number.value == 1
        if cue.side == "other" or verb in ("were", "are", "been", "be", "being"):
            return True
        return self.found[cue.first].low in ("died", "perished", "drowned", "lost") or cue.first - phrase.after <= 12

    def _toll_before(self, phrase: Phrase) -> Cue | None:
        """The last toll before the number in its clause: "the death toll has risen to 12"."""
        if phrase.people is not True and not phrase.headless:
            return None
        best: Cue | None = None
        for cue in self.cues:
            if cue.after <= phrase.number.first and phrase.number.first - cue.after < _FARTHEST_TOLL:
                best = cue if cue.side == "toll" else (None if best is None or cue.outcome != best.outcome else best)
        if best is None or any(token.low == ";" for token in self.found[best.after : phrase.number.first]):
            return None
        return best

    def _toll_after(self, phrase: Phrase) -> Cue | None:
        """A toll right after the number: "raised to 12 the number of people killed"."""
        place = phrase.after
        while place < len(self.found) and place - phrase.after < 3:
            cue = self.cue_at.get(place)
            if cue is not None:
                return cue if cue.side == "toll" and phrase.headless else None
            place += 1
        return None

    def carried(self, linked: Sequence[Link], index: int, *, backward: bool = False) -> Link:
        """What the phrase has from its whole or from the neighbour that it is listed with."""
        this = linked[index]
        if not backward and self._joins_part(linked, index):
            return replace(this, is_part=True, part_of=linked[index - 1].part_of, outcome=linked[index - 1].outcome)
        if this.refused or (this.outcome is not None and (not this.is_part or this.part_of is not None)):
            return this
        if backward:
            return self._from_next(linked, index)
        if this.is_part:
            return self._from_whole(linked, index)
        return self._from_previous(linked, index)

    def with_second(self, this: Link) -> Link:
        """As in "40 were kidnapped and later executed", "kidnapped and executed 40": one count under two verbs."""
        if this.cue is None or this.outcome is None or this.refused or this.cue.side not in ("before", "after"):
            return this
        second = self._second_after(this.cue) if this.cue.side == "before" else self._second_before(this.cue)
        is_other = second is not None and second.sure and second.outcome not in ("", this.outcome)
        return replace(this, also=second) if is_other else this

    def _second_after(self, first: Cue) -> Cue | None:
        place, joined = first.after, False
        while place < len(self.found) and place - first.after < _FARTHEST_SECOND:
            cue, low = self.cue_at.get(place), self.found[place].low
            if cue is not None:
                return cue if joined and cue.side == "before" and cue.passive else None
            if not (low in _THEN or low in BE or low.endswith("ly")):
                return None
            joined = joined or low == "and"
            place += 1
        return None

    def _second_before(self, first: Cue) -> Cue | None:
        place, joined = first.first, False
        while place > 0 and first.first - place < _FARTHEST_SECOND:
            cue, low = self.cue_ending.get(place), self.found[place - 1].low
            if cue is not None:
                return cue if joined and cue.side in ("after", "before") and cue.first not in self.phrase_at else None
            if not (low in _THEN or low.endswith("ly")):
                return None
            joined = joined or low == "and"
            place -= 1
        return None

    def with_total(self, linked: Sequence[Link], index: int) -> Link:
        """As in "six people died, taking the total to 73": the total is of what the count before it counts."""
        this = linked[index]
        before = [token.low for token in self.found[max(0, this.phrase.number.first - 5) : this.phrase.number.first]]
        if index == 0 or this.outcome is not None or not this.phrase.headless or before[-1:] != ["to"]:
            return this
        if "total" not in before or not ADDING & set(before) or linked[index - 1].outcome is None:
            return this
        first = this.phrase.number.first - 1 - before[::-1].index("total")
        cue = Cue(first, first + 1, str(linked[index - 1].outcome), "toll")
        return replace(this, outcome=cue.outcome, cue=cue, refused=False)

    def among_next(self, linked: Sequence[Link], index: int) -> Link:
        """As in "two journalists were among the six people killed": a part whose whole comes after it."""
        this, whole = linked[index], linked[index + 1]
        between = [token.low for token in self.found[this.phrase.after : whole.phrase.number.first]]
        among = "among" in between[-3:] and bool(BE & set(between)) and len(between) <= _FARTHEST_JOINT
        if not among or this.outcome is not None or this.refused or whole.outcome is None or whole.refused:
            return this
        return replace(this, outcome=whole.outcome, is_part=True, part_of=index + 1) if _may_hold(whole, this) else this

    def _joins_part(self, linked: Sequence[Link], index: int) -> bool:
        """As in "Including five children and two women": the second count is a part as the first is."""
        if (
            index == 0
            or linked[index].part_of is not None
            or linked[index].refused
            or linked[index - 1].part_of is None
        ):
            return False
        first, second = linked[index - 1].phrase, linked[index].phrase
        between = [token.low for token in self.found[first.after : second.number.first]]
        far = linked[index].cue is None or linked[index].cue is linked[linked[index - 1].part_of or 0].cue
        return between in (["and"], [","]) and far and second.people is not False

    def _from_whole(self, linked: Sequence[Link], index: int) -> Link:
        this = linked[index]
        for place in range(index - 1, -1, -1):
            whole = linked[place]
            if whole.outcome is None or not _may_hold(whole, this):
                continue
            if whole.part_of is not None and _are_siblings(whole, this):
                place = whole.part_of
                whole = linked[place]
            dies = self.found[this.phrase.after : this.phrase.after + _FARTHEST_STATE]
            said_dead = this.outcome is None and this.cue is None and any(token.low == "dead" for token in dies)
            if whole.outcome in _STOCKS and (this.outcome == "killed" or said_dead):
                return self._condition(replace(this, outcome=whole.outcome, part_of=place))
            return replace(this, outcome=this.outcome or whole.outcome, part_of=place)
        return this

    def _condition(self, part: Link) -> Link:
        """As in "48 hostages, including six believed dead": the six are still held; dead is their condition."""
        words = {token.low for token in self.found[part.phrase.number.after : part.phrase.after + 4]}
        condition = "presumed_dead" if words & _PRESUMED else "dead"
        return replace(part, phrase=replace(part.phrase, facets={**part.phrase.facets, "condition": condition}))

    def _from_previous(self, linked: Sequence[Link], index: int) -> Link:
        if index == 0:
            return linked[index]
        this, previous = linked[index], linked[index - 1]
        if previous.outcome is None or not self._listed(previous.phrase, this.phrase, previous.cue):
            return this
        return replace(
            this, outcome=previous.outcome, cue=previous.cue, listed_with=index - 1,
            is_part=previous.is_part, part_of=previous.part_of,
        )  # fmt: skip

    def _from_next(self, linked: Sequence[Link], index: int) -> Link:
        if index + 1 >= len(linked) or linked[index].is_part:
            return linked[index]
        this, following = linked[index], linked[index + 1]
        if following.outcome is None or following.is_part or not self._listed(this.phrase, following.phrase, None):
            return this
        between = self.found[this.phrase.after : following.phrase.number.first]
        if any(token.low == "with" for token in between):
            return this  # "closer to 70,000, with 120,000 wounded": said of the second alone
        if following.cue is None or not following.cue.passive:
            return this
        return replace(this, outcome=following.outcome, cue=following.cue, listed_with=index + 1)

    def _listed(self, first: Phrase, second: Phrase, own: Cue | None) -> bool:
        """Whether two counts stand in one list: "12 soldiers and five policemen", "12 in Gaza City and 5 in Rafah".

        `own` is the first count's cue, which may stand between them ("12 died in Rafah and 5 in Gaza City").
        """
        if second.people is False or (second.people is None and not second.headless):
            return False
        begin = own.after if own is not None and first.after <= own.first < second.number.first else first.after
        between = self.found[begin : second.number.first]
        if not between or len(between) > _FARTHEST_JOINT:
            return False
        if all(token.low in _JOINTS for token in between):
            return second.people is True or self._ends_phrase(second) or self._beside(second) is not None
        joined = between[-1].low in ("and", ",", "another") and not any(
            token.low in NOT or token.low in _STOPS or token.low in BE or token.low.endswith(("ed", "ing"))
            for token in between
        )
        has_cue = any(begin <= cue.first < second.number.first for cue in self.cues)
        return joined and not has_cue and (second.people is True or self._ends_phrase(second))

    def _ends_phrase(self, phrase: Phrase) -> bool:
        """Whether a number without a noun is followed by what may follow a count ("and 5 in Rafah", "and 5.")."""
        if phrase.after >= len(self.found):
            return True
        return self.found[phrase.after].low in ("in", "at", "near", "on", ".", ",", "from", "and", "by", ";", ")")


def _are_siblings(first: Link, second: Link) -> bool:
    """As in "12 were children and nine were women": parts of one whole, of which neither holds the other."""
    theirs, ours = first.phrase.facets, second.phrase.facets
    return bool(theirs and ours) and dict(theirs) != dict(ours)


def _may_hold(whole: Link, part: Link) -> bool:
    """A part is no larger than its whole, as far as both numbers say, and of the outcome its words name."""
    if part.phrase.whole is not None and whole.outcome != part.phrase.whole:
        return False
    low, high = part.phrase.number.low, whole.phrase.number.high
    return low is None or high is None or low <= high
