"""Which count replaced which: "rose to 41,000 from 40,000", "revised down to 1,200 from 1,400", "up from 12"."""

from collections.abc import Sequence

from sources.extract.english.changes import ANOTHER_YEAR, CHANGE_VERBS, COUNT_WORDS, EARLIER, EARLIER_WORDS, FROM_BEFORE
from sources.extract.linking import Link
from sources.extract.phrasebook import Phrasebook
from sources.extract.tokens import Token

_EARLIER = Phrasebook(EARLIER)
_FROM_BEFORE = Phrasebook(FROM_BEFORE)
_WINDOW = 14
_COMPARISON = 9


def earlier_values(found: Sequence[Token], linked: Sequence[Link]) -> dict[int, int]:
    """
    The older counts of a sentence, each with the place of the newer count that replaced it.

    A pair tells one outcome; where only one of the two tells it, the other has it from there.
    """
    older: dict[int, int] = {}
    for index, this in enumerate(linked):
        if this.refused or this.is_part:
            continue
        following = linked[index + 1] if index + 1 < len(linked) else None
        if following is not None and not following.refused and _gives_way(found, this, following):
            older[index] = index + 1
        elif _is_old(found, this):
            newer = [place for place in range(max(0, index - 3), index) if _may_pair(this, linked[place])]
            if newer:
                older[index] = newer[-1]
    return older


def is_of_another_year(found: Sequence[Token], old: Link) -> bool:
    """As in "up from 17 over the same period of 2023": a comparison with another time, no earlier value."""
    after = [token.low for token in found[old.phrase.after : old.phrase.after + _COMPARISON]]
    ends = next((place for place, low in enumerate(after) if low in (",", ";", ".")), len(after))
    return any(f" {words} " in f" {' '.join(after[:ends])} " for words in ANOTHER_YEAR)


def _is_old(found: Sequence[Token], link: Link) -> bool:
    """As in "... from 40,000", "up from 12", "compared with 12": the number says that it is the old one."""
    first = link.phrase.number.first
    if _EARLIER.ending(found, first) is not None or _names_earlier(found, first):
        return True
    return found[first - 1].low == "from" and _changed(found, first)


def _names_earlier(found: Sequence[Token], first: int) -> bool:
    """As in "down from an initial estimate of 70", "an earlier toll of two"."""
    before = {token.low for token in found[max(0, first - 5) : first]}
    return bool(before & EARLIER_WORDS) and bool(before & COUNT_WORDS) and bool(before & {"from", "of", "than"})


def _may_pair(old: Link, new: Link) -> bool:
    if new.refused or new.is_part or (old.outcome is None and new.outcome is None):
        return False
    return None in (old.outcome, new.outcome) or old.outcome == new.outcome


def _goes_from_to(found: Sequence[Token], first: Link, second: Link) -> bool:
    """As in "From 40,000 to 41,000" after a verb of change."""
    before = _FROM_BEFORE.ending(found, first.phrase.number.first)
    between = [token.low for token in found[first.phrase.after : second.phrase.number.first]]
    return before is not None and between == ["to"] and _changed(found, first.phrase.number.first)


def _gives_way(found: Sequence[Token], first: Link, second: Link) -> bool:
    """The first number is the old value of the second: "from N to M", "the initial toll of N was lowered to M"."""
    if _goes_from_to(found, first, second):
        return True
    between = [token.low for token in found[first.phrase.after : second.phrase.number.first]]
    moved = between[-1:] == ["to"] and bool(CHANGE_VERBS & set(between))
    return moved and len(between) <= _WINDOW and _names_earlier(found, first.phrase.number.first)


def _changed(found: Sequence[Token], place: int) -> bool:
    return any(token.low in CHANGE_VERBS for token in found[max(0, place - _WINDOW) : place])
