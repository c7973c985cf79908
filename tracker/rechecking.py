"""An earlier answer asked again: what its state of the record gave, what the present one gives, and what came since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db.store import Store
from reports.claims.answer import Answer
from reports.claims.checked import Checked
from reports.figure_json import instant_text
from reports.provenance import short_id
from reports.render.claims.json import checked_json
from reports.sentences import as_of_words, chain_words, figure_words, instant_words
from reports.words import STATES, VERDICTS
from sources.errors import UnreadableInput
from tracker.checking import Given, answer

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Again:
    """
    One claim's verdict then and now.

    Attributes:
        then: the verdict that the earlier answer gives.
        since: figures of the present evidence that were recorded, or about which something was done, since then.
    """

    then: str
    now: Checked
    since: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the verdict is another one now."""
        return self.then != self.now.verdict


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An earlier answer beside the present one."""

    at: datetime
    claims: tuple[Again, ...]
    answer: Answer

    def lines(self) -> Iterator[str]:
        """The comparison told claim by claim."""
        for one in self.claims:
            yield f"“{one.now.claim.text}”"
            yield f"  on {instant_words(self.at)}: {VERDICTS.get(one.then, one.then)}"
            yield f"  now: {VERDICTS[one.now.verdict]}{'' if one.differs else ' (as before)'}"
            yield f"  {one.now.because}"
            if one.differs:
                yield "  since then:" if one.since else "  nothing in the evidence was recorded since then"
                yield from (f"    {words}" for words in one.since)

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "at": instant_text(self.at),
            "claims": [
                {"then": one.then, "differs": one.differs, "since": list(one.since), "now": checked_json(one.now)}
                for one in self.claims
            ],
        }


def asked_again(store: Store, path: Path) -> AskedAgain:
    """
    Ask the store now what an earlier answer in JSON asked.

    Raises:
        UnreadableInput: the file is no answer of ours.
    """
    earlier = _earlier(path)
    try:
        at = datetime.fromisoformat(earlier["checkpoint"]["time"])
        asked: Mapping[str, str] = earlier["asked"]
        claims = [(one["text"], one["verdict"]) for one in earlier["claims"]]
        given = Given().completed({name: asked.get(name) for name in ("on", "source", "event")})
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(f"{path} is no answer of `check --json`: it lacks {error}") from error
    text = asked.get("text") or "\n\n".join(dict.fromkeys(text for text, _ in claims))
    found = answer(store, asked, given, text=text)
    told = [Again(then, now, _since(now, at)) for (_, then), now in zip(claims, found.checked, strict=False)]
    return AskedAgain(at, tuple(told), found)


def _earlier(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(f"{path} is larger than {MOST_BYTES:,} bytes: no answer is")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name an answer of `check --json`") from error
    except ValueError as error:
        raise UnreadableInput(f"{path} is not JSON: name an answer of `check --json`") from error


def _since(one: Checked, at: datetime) -> tuple[str, ...]:
    found = []
    for piece in one.evidence:
        recorded = piece.figure
        words = f"{figure_words(recorded.figure)}, {as_of_words(recorded.figure)}: {chain_words(recorded.figure)}"
        if recorded.recorded_at > at:
            found.append(f"recorded {instant_words(recorded.recorded_at)}: {words} ({short_id(recorded)})")
        elif any(act.recorded_at > at for act in recorded.acts):
            found.append(f"{STATES[recorded.state]} since: {words} ({short_id(recorded)})")
    return tuple(found)
