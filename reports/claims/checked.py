"""A checked claim: its verdict, one sentence of reason, and the evidence, nearest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.records import RecordedFigure
from reports.claims.claim import Claim
from reports.claims.telling import because, evidence_words, would_have_matched
from reports.claims.verdicts import Decided, Verdict, decide
from reports.claims.weighing import Weighed, Weighing
from reports.independence import independent
from reports.positions import PairRelation

MOST_EVIDENCE = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """A recorded figure beside the claim, with one sentence of how it stands to it."""

    relation: PairRelation
    figure: RecordedFigure
    because: str


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A claim with its verdict.

    Attributes:
        because: one plain sentence.
        evidence: nearest first.
        independent_authorities: how many authorities stand behind the number, those joined by relay, by
            compilation or by one text counted as one; hidden issuers count zero.
        would_have_matched: what the record gives in place of the claimed number, sentence by sentence.
        differing: for `conflated` the facets that set the recorded number apart.
    """

    claim: Claim
    verdict: Verdict
    because: str
    evidence: tuple[Evidence, ...]
    independent_authorities: int
    would_have_matched: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def is_borne_out(self) -> bool:
        """Whether what was recorded carries the claim: the sense in which `--exit-code` passes it."""
        return self.verdict in ("supported", "consistent")


def check(weighing: Weighing) -> Checked:
    """Decide on a claim and show what decides it."""
    decided = decide(weighing)
    shown = _shown(weighing, decided)
    whole = weighing.lines.whole([one for _, one, _ in shown])
    evidence = tuple(Evidence(relation, whole[one.id], words) for relation, one, words in shown)
    return Checked(
        claim=weighing.claim,
        verdict=decided.verdict,
        because=because(weighing, decided),
        evidence=evidence,
        independent_authorities=independent([one.recorded for one in decided.matches]),
        would_have_matched=tuple(would_have_matched(weighing, decided)),
        differing=decided.apart[0].comparison.facets if decided.apart else (),
    )


def _shown(weighing: Weighing, decided: Decided) -> list[tuple[PairRelation, RecordedFigure, str]]:
    """The figures of the evidence: what decides first, then what else was in force, the nearest number first."""
    found: dict[str, tuple[PairRelation, RecordedFigure, str]] = {}

    def take(relation: PairRelation, one: RecordedFigure, words: str) -> None:
        found.setdefault(one.id, (relation, one, words))

    for match in _one_of_each_voice(decided.matches):
        take("agree", match.recorded, evidence_words(weighing, match))
    for apart in decided.apart[:3]:
        take("not_comparable", apart.recorded, evidence_words(weighing, apart))
    if decided.near is not None:
        take(decided.near.relation, decided.near.recorded, decided.near.because)
    for opposed in decided.opposed[:3]:
        take("contradict", opposed.recorded, opposed.because)
    bearing = [one.recorded for one in decided.matches]
    for one in weighing.in_force:
        if not bearing or any(weighing.count_alike(one.recorded, other) for other in bearing):
            take(one.relation, one.recorded, one.because)
        if len(found) >= MOST_EVIDENCE:
            break
    return list(found.values())[:MOST_EVIDENCE]


def _one_of_each_voice(matches: Sequence[Weighed]) -> Iterable[Weighed]:
    """The first match of each authority and publisher: repetitions add nothing."""
    seen: set[tuple[str | None, str | None]] = set()
    for one in matches:
        voice = (one.recorded.figure.chain.authority, one.recorded.figure.publisher)
        if voice not in seen:
            seen.add(voice)
            yield one
        if len(seen) >= MOST_EVIDENCE // 2:
            return
