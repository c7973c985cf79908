"""How the speaker commits to a number: confirmed, reported, claimed, feared, projected."""

from sources.extract.attribution import Attribution
from sources.extract.english import listed
from sources.extract.english.attribution import CLAIMING, CONFIRMING, UNVERIFIED
from sources.extract.english.changes import CHANGE_VERBS
from sources.extract.linking import Link
from sources.extract.passage import Passage

_FEARED = frozenset({"feared", "presumed", "believed", "thought"})
_MAY = frozenset({"may", "might", "could"})
_PROJECTED = frozenset(listed("expected projected could would might predicted forecast likely"))


def modality(passage: Passage, counted: Link, said: Attribution) -> tuple[str, frozenset[str]]:
    """
    The modality of a count, from the words beside it and from the verb of the one who said it; and those words.

    "Feared" and "may have" stand right beside the outcome; "could rise to 500" is projected.
    """
    beside = _words_beside(passage, counted)
    alive = any(token.low == "alive" for token in passage.tokens[counted.phrase.after : counted.phrase.after + 6])
    number = counted.phrase.number
    before = frozenset(token.low for token in passage.tokens[max(0, number.first - 6) : number.first])
    grows = (counted.cue is not None and counted.cue.side == "toll") or before & CHANGE_VERBS
    if grows and before & _PROJECTED:
        return "projected", before & _PROJECTED
    if (beside & _FEARED and not alive) or (beside & _MAY and "have" in beside):
        return "feared", beside & (_FEARED | _MAY)
    written = " ".join(token.low for token in passage.tokens)
    unverified = next((phrase for phrase in UNVERIFIED if phrase in written), None)
    if said.claiming or unverified is not None:
        return "claimed", CLAIMING if unverified is None else frozenset(unverified.split())
    if said.confirming or "confirmed" in beside:
        return "confirmed", CONFIRMING
    return "reported", frozenset()


def _words_beside(passage: Passage, counted: Link) -> frozenset[str]:
    """The words from three before the number to its outcome's end, other counts left out."""
    first, after = max(0, counted.phrase.number.first - 3), counted.phrase.after + 4
    if counted.cue is not None:
        first = max(0, min(counted.cue.first - 3, first))
        after = min(counted.cue.after, after) if counted.cue.after > counted.phrase.after else after
    return frozenset(token.low for token in passage.tokens[first:after])
