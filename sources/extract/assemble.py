"""
From a text to its figures: sentences one by one, each count with its facets, its chain, its days and its words.

The same text always gives the same figures: there is no clock and no network here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, cast

from db.records import Chain, Count, Definition, Evidence, Figure, Share
from db.vocabulary import Zone
from sources.catalogue import Catalogue
from sources.extract.arabic.script import has_arabic
from sources.extract.attribution import Attribution, attribution_for
from sources.extract.bulletins import bulletin_figures, is_of_health_ministry
from sources.extract.changes import earlier_values, is_of_another_year
from sources.extract.circumstances import Circumstances, circumstances, condition
from sources.extract.commitment import modality
from sources.extract.english.attribution import PRONOUNS
from sources.extract.explaining import Explained, Trace
from sources.extract.linking import Link
from sources.extract.notices import notices
from sources.extract.passage import Passage, read_passage
from sources.extract.people import facets_within
from sources.extract.sentences import Sentence, sentences
from sources.extract.tables import table_figures
from sources.extract.timing import Timing, timing
from sources.extract.tokens import plain
from sources.places import Places

_CONTEXT = 32
_NEAR = 4
_WHO = ("group", "affiliation", "status", "age", "sex", "subgroup")
_LONGEST_CONTEXT = 1_000
_LEAD = 2
"""Paragraphs with numbers that say what a text is about: its headline and its first."""
LANGUAGES = ("en", "ar")
"""What is read: English, and Arabic in official bulletins; a text in another language gives nothing."""


class ZonedSpan(Protocol):
    """A stretch of the text that is not body: headline, summary, caption or table."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends, in code points."""

    @property
    def zone(self) -> str:
        """What it is."""


def extract(
    text: str,
    *,
    published: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
    title: str | None = None,
    zones: Sequence[ZonedSpan] = (),
    catalogue: Catalogue | None = None,
) -> list[Figure]:
    """
    The figures that a text reports, in order of their place in it.

    Args:
        text: any text; evidence offsets are code points into it exactly as given.
        published: the day from which "Monday" and missing years are told; the as-of of current news.
        publisher: whose text it is; the issuer of what it says in its own voice.
        language: a language code; a text that is not English gives nothing, it is not read as English.
        title: the document's title, asked for context only.
        zones: stretches that are not body.
        catalogue: known sources; the shipped ones by default.
    Returns:
        Figures whose `part_of` and `earlier_value_of` are 0-based places in this list.

    >>> [figure.count.text for figure in extract("The army said at least 12 people were killed.")]
    ['at least 12']
    """
    if not _is_read(language):
        return []
    document = _Document(text, published, publisher, title, zones, catalogue or Catalogue.shipped())
    document.read()
    return _in_order(document.made)


def explain(
    text: str,
    *,
    published: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
    title: str | None = None,
    zones: Sequence[ZonedSpan] = (),
    catalogue: Catalogue | None = None,
) -> Explained:
    """
    The same figures as `extract` gives, with the words behind each field and the numbers that are no figures.

    >>> explained = explain("The army said 12 people died in 3 strikes.")
    >>> [(one.words, one.why) for one in explained.rejected]
    [('3', 'counts something other than people: “strikes”')]
    """
    if not _is_read(language):
        return Explained((), (), ())
    trace = Trace(text)
    document = _Document(text, published, publisher, title, zones, catalogue or Catalogue.shipped(), trace)
    document.read()
    return trace.explained(_in_order(document.made), _order(document.made))


def _is_read(language: str | None) -> bool:
    return language is None or language.lower().partition("-")[0] in LANGUAGES


@dataclass(slots=True)
class _Paragraph:
    """What one sentence of a paragraph leaves to the next."""

    number: int = -1
    start: int = 0
    words: frozenset[str] = frozenset()
    attribution: Attribution = field(default_factory=Attribution)
    wholes: list[int] = field(default_factory=list)


class _Document:
    """A text while its figures are being put together."""

    def __init__(
        self,
        text: str,
        published: date | None,
        publisher: str | None,
        title: str | None,
        zones: Sequence[ZonedSpan],
        catalogue: Catalogue,
        trace: Trace | None = None,
    ) -> None:
        self.text, self.published, self.publisher, self.zones, self.catalogue = (
            text,
            published,
            publisher,
            zones,
            catalogue,
        )
        self.trace = trace
        self.plain = plain(text)
        self.title = f" {title or ''}"
        self.places = Places.shipped()
        self.made: list[Figure] = []
        self.paragraph = _Paragraph()
        self.lead: frozenset[str] = frozenset(self.title.lower().split())
        self.wholes: list[int] = []
        self.heard: list[Attribution] = []
        self.notices = notices(self.plain)

    def read(self) -> None:
        """Read every sentence that may hold a figure."""
        paragraphs = 0
        for sentence in sentences(self.plain, every=self.trace is not None):
            if not sentence.may_tell or self._is_notice(sentence):
                self._pass_over(sentence)
                continue
            if sentence.paragraph != self.paragraph.number:
                paragraphs += 1
                title_words = frozenset(self.title.lower().split())
                self.paragraph = _Paragraph(sentence.paragraph, sentence.start, title_words)
            passage = self._passage(sentence)
            self._read(passage)
            if self.trace is not None:
                self.trace.passed(passage)
            self.paragraph.attribution = self._hear(passage)
            self.paragraph.words |= {token.low for token in passage.tokens}
            if paragraphs <= _LEAD:
                self.lead |= self.paragraph.words
        if "|" in self.text or "\t" in self.text:
            self._read_tables()
        if has_arabic(self.text):
            self._read_bulletin()
        if self.notices:
            told = self.notices[0].doubt
            self.made = [figure.model_copy(update={"doubts": (*figure.doubts, told)}) for figure in self.made]

    def _is_notice(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a notice of correction, whose numbers are those that no longer hold."""
        return any(notice.start <= sentence.start < notice.end for notice in self.notices)

    def _passage(self, sentence: Sentence) -> Passage:
        return read_passage(
            self.plain, sentence, published=self.published, catalogue=self.catalogue, places=self.places
        )

    def _pass_over(self, sentence: Sentence) -> None:
        """Take from a sentence only who speaks: its paragraph tells of nothing that befell people."""
        passage = self._passage(sentence)
        if sentence.leads:
            self._hear(passage)
        if self.trace is not None:
            for counted in passage.links:
                self.trace.refused(passage, counted)
            self.trace.passed(passage)

    def _hear(self, passage: Passage) -> Attribution:
        """Who speaks in a sentence, kept for "he said" in a later one."""
        said = attribution_for(passage.voices, 0)
        heard = self._resolved(said) if not said.is_empty else Attribution()
        if not heard.is_empty:
            self.heard.append(heard)
        return heard

    def _read_tables(self) -> None:
        """Make the figures of the tables, which speak in their publisher's voice."""
        chain, _ = self.catalogue.chain([], publisher=self.publisher, on_day=self.published)
        found = list(
            table_figures(
                self.text, published=self.published, publisher=self.publisher, chain=chain, zone_at=self._zone
            )
        )
        self.made += found
        if self.trace is not None:
            self.trace.took_item(found)

    def _read_bulletin(self) -> None:
        """Make the figures of what is in Arabic; the text speaks in its publisher's voice."""
        chain, _ = self.catalogue.chain([], publisher=self.publisher, on_day=self.published)
        offset = len(self.made)
        found = bulletin_figures(
            self.text,
            published=self.published,
            publisher=self.publisher,
            chain=chain,
            registers=self._registers(chain) or is_of_health_ministry(self.text),
            zone_at=self._zone,
        )
        self.made += [
            figure.model_copy(update={"part_of": figure.part_of + offset})
            if isinstance(figure.part_of, int)
            else figure
            for figure in found
        ]
        if self.trace is not None:
            self.trace.took_item(found)

    def _read(self, passage: Passage) -> None:
        """Make the figures of one sentence, wholes and newer values named by their place in the list."""
        older = earlier_values(passage.tokens, passage.links)
        placed: dict[int, int] = {}
        for index in sorted(range(len(passage.links)), key=lambda at: (passage.links[at].part_of or 0) > at):
            counted, newer = passage.links[index], older.get(index)
            outcome = counted.outcome or self._outcome_of_pair(passage, index, older)
            whole = self._whole(counted, placed)
            if counted.phrase.number.percent:
                self._share(passage, index, whole)
            elif outcome is not None and not counted.refused and not self._is_nobodys_zero(passage, counted):
                placed[index] = len(self.made)
                self._count(passage, replace(counted, outcome=outcome), whole, is_old=newer is not None)
                if counted.also is not None:
                    second = replace(counted, outcome=counted.also.outcome, cue=counted.also)
                    self._count(passage, second, whole, is_old=newer is not None)
            else:
                self._refused(passage, counted, outcome)
        for index, newer in older.items():
            if index in placed and newer in placed:
                old, new = self.made[placed[index]], self.made[placed[newer]]
                is_compared = is_of_another_year(passage.tokens, passage.links[index])
                self.made[placed[index]] = _compared(old, new) if is_compared else _superseded(old, new, placed[newer])

    @staticmethod
    def _outcome_of_pair(passage: Passage, index: int, older: dict[int, int]) -> str | None:
        """What the other number of a change tells, where this one does not."""
        others = [older[index]] if index in older else [old for old, new in older.items() if new == index]
        return next((passage.links[other].outcome for other in others if passage.links[other].outcome), None)

    def _whole(self, counted: Link, placed: dict[int, int]) -> int | None:
        """The figure of which a count is a part: in its sentence, else the last one of its paragraph."""
        if counted.part_of is not None:
            return placed.get(counted.part_of)
        if not counted.is_part and not (counted.phrase.number.percent and counted.phrase.part):
            return None
        for whole in reversed(self.paragraph.wholes if counted.phrase.whole is None else self.wholes):
            if counted.phrase.whole in (None, self.made[whole].definition.outcome) and _fits_in(
                counted, self.made[whole]
            ):
                return whole
        return None

    def _is_nobodys_zero(self, passage: Passage, counted: Link) -> bool:
        """Whether the text says in its own voice that there were none; only somebody's word is a figure."""
        return counted.phrase.number.high == 0 and self._said(passage, counted)[0].is_empty

    def _count(self, passage: Passage, counted: Link, whole: int | None, *, is_old: bool) -> None:
        number = counted.phrase.number
        words = self._words(passage, number.first, number.after)
        count = Count(low=number.low, best=number.best, high=number.high, qualifier=number.qualifier, text=words)
        figure = self._figure(passage, counted, whole, is_old=is_old, count=count)
        if whole is None:
            self.paragraph.wholes.append(len(self.made))
            self.wholes.append(len(self.made))
        self.made.append(figure)

    def _share(self, passage: Passage, index: int, whole: int | None) -> None:
        """A percentage of a figure, in parts per million; one of anything else is no figure."""
        counted = passage.links[index]
        outcome = self.made[whole].definition.outcome if whole is not None else None
        if counted.phrase.of_next and not passage.links[index + 1].refused:
            whole, outcome = len(self.made) + 1, passage.links[index + 1].outcome  # type: ignore[assignment]
        if whole is None or outcome is None or not counted.phrase.facets:
            self._refused(passage, counted, None)
            return
        number = counted.phrase.number
        words = self._words(passage, number.first, number.after)
        share = Share(
            low=number.low, best=number.best, high=number.high, qualifier=number.qualifier, text=words, of=whole
        )
        counted = replace(counted, outcome=outcome)
        held = None if counted.phrase.of_next else whole
        self.made.append(self._figure(passage, counted, held, is_old=False, share=share))

    def _refused(self, passage: Passage, counted: Link, outcome: str | None) -> None:
        if self.trace is not None:
            nobodys = outcome is not None and not counted.refused
            self.trace.refused(passage, counted, "none, in the text's own voice and nobody's word" if nobodys else None)

    def _figure(
        self,
        passage: Passage,
        counted: Link,
        whole: int | None,
        *,
        is_old: bool,
        count: Count | None = None,
        share: Share | None = None,
    ) -> Figure:
        said, said_doubts = self._said(passage, counted)
        chain, chain_doubts = self._chain(passage, said)
        around = circumstances(passage, counted)
        counted = _with_facets_of_toll(passage, counted)
        when = timing(
            passage,
            counted,
            published=self.published,
            registers=self._registers(chain),
            around=(self.paragraph.words, self.lead),
        )
        if whole is not None:
            when = _as_whole(when, counted, self.made[whole])
        if is_old:
            when = replace(when, as_of=None, as_of_time=None, as_of_basis=None)
        modal, modal_words = modality(passage, counted, said)
        if self.trace is not None:
            held = self.made[whole] if whole is not None and whole < len(self.made) else None
            self.trace.took(passage, counted, said=said, around=around, when=when, modal=modal_words, whole=held)
        doubts = (*_outcome_doubts(counted, whole), *said_doubts, *chain_doubts, *around.doubts, *when.doubts)
        return Figure(
            count=count,
            share=share,
            definition=self._definition(passage, counted, around, when, whole),
            chain=chain,
            evidence=self._evidence(passage, counted),
            publisher=self.publisher,
            published=self.published,
            as_of=when.as_of,
            as_of_time=when.as_of_time,
            as_of_basis=when.as_of_basis,
            period=when.period,
            modality=modal,
            part_of=whole if count is not None else None,
            doubts=doubts,
            origin="extracted",
        )

    def _definition(
        self, passage: Passage, counted: Link, around: Circumstances, when: Timing, whole: int | None
    ) -> Definition:
        """The facets of a count; what a part leaves unsaid about who and where, it has from its whole."""
        facets = dict(counted.phrase.facets)
        held = self.made[whole].definition if whole is not None else None
        if held is not None:
            for name in ("group", "affiliation", "status", "age", "sex"):
                if name not in facets and getattr(held, name) is not None:
                    facets[name] = getattr(held, name)
        if "condition" not in facets and (state := condition(passage, counted)) is not None:
            facets["condition"] = state
        return Definition.model_validate(
            {
                **facets,
                "outcome": counted.outcome,
                "place": around.place or (held.place if held else None),
                "cause": around.cause or (held.cause if held else None),
                "actor": around.actor or (held.actor if held else None),
                "basis": around.basis or (held.basis if held else None),
                "includes": around.includes,
                "excludes": around.excludes,
                "tally": when.tally,
                "since": when.since,
                "until": when.until,
                "hours": when.hours,
                "counted_by": when.counted_by,
            }
        )

    def _said(self, passage: Passage, counted: Link) -> tuple[Attribution, tuple[str, ...]]:
        """Who the sentence says the number is from, a pronoun resolved; a doubt where only the sentence before says."""
        said = attribution_for(passage.voices, counted.phrase.number.first, passage.breaks)
        before = self.paragraph.attribution
        if not said.is_empty:
            return self._resolved(said), ()
        if before.names or before.hidden:
            named = " <- ".join(before.names) or str(before.hidden)
            return said, (f"attribution_carried: the sentence before cites {named}; this one does not say",)
        return said, ()

    def _resolved(self, said: Attribution) -> Attribution:
        """A pronoun or short form stands for the source of the sentence before, where there is one."""
        if said.carried is None:
            return said
        before = self._antecedent(said.carried.lower())
        if before.names or before.hidden:
            names = tuple(dict.fromkeys((*said.names, *before.names)))
            return replace(said, names=names, hidden=said.hidden or before.hidden, carried=None)
        return replace(said, hidden=said.hidden or said.carried, carried=None)

    def _antecedent(self, carried: str) -> Attribution:
        """Whom "he" or "the ministry" means: who spoke last, or the last one of that name."""
        if carried in PRONOUNS:
            return self.heard[-1] if self.heard else Attribution()
        named = (
            before
            for before in reversed(self.heard)
            if carried in " ".join((*before.names, before.hidden or "")).lower()
        )
        return next(named, self.paragraph.attribution)

    def _chain(self, passage: Passage, said: Attribution) -> tuple[Chain, tuple[str, ...]]:
        sentence = passage.sentence
        return self.catalogue.chain(
            [list(names) for names in (said.names, *said.parallel) if names],
            publisher=self.publisher,
            issuer_words=said.hidden,
            on_day=self.published,
            compiled_from=said.compiled,
            context=self.plain[max(self.paragraph.start, sentence.end - _LONGEST_CONTEXT) : sentence.end] + self.title,
        )

    def _registers(self, chain: Chain) -> bool:
        """Whether the issuer is a health ministry: by the catalogue, else by its name."""
        if chain.issuer is None:
            return False
        issuer = self.catalogue.named(chain.issuer)
        if issuer is not None:
            return issuer.kind == "health_ministry"
        words = chain.issuer.lower().split()
        return "ministry" in words and "health" in words

    def _words(self, passage: Passage, first: int, after: int) -> str:
        return self.text[passage.tokens[first].start : passage.tokens[after - 1].end]

    def _evidence(self, passage: Passage, counted: Link) -> Evidence:
        """The number with the words that say what it counts, and what stands before and after them."""
        first, after = _quoted(passage, counted)
        start, end = passage.tokens[first].start, passage.tokens[after - 1].end
        return Evidence(
            quote=self.text[start:end],
            start=start,
            end=end,
            prefix=self.text[max(0, start - _CONTEXT) : start],
            suffix=self.text[end : end + _CONTEXT],
            zone=self._zone(start),
        )

    def _zone(self, start: int) -> Zone:
        return next((cast(Zone, zone.zone) for zone in self.zones if zone.start <= start < zone.end), "body")


def _quoted(passage: Passage, counted: Link) -> tuple[int, int]:
    """
    The tokens of a quote: the noun phrase, or for a number without one the words of its outcome too.

    In a list ("killed 12 in Herat and 5 in Kabul") the outcome stands before another number; the second count
    is then quoted with its place.
    """
    phrase, cue = counted.phrase, counted.cue
    first, after = phrase.number.first, phrase.after
    if cue is None or not (phrase.headless or phrase.whole):
        return first, after
    listed = counted.listed_with is not None or any(
        cue.first < link.phrase.number.first < first for link in passage.links
    )
    if not listed or cue.side == "toll":
        return min(first, cue.first), max(after, cue.after)
    places = [
        passage.token_at(place.end - 1) for place in passage.places if place.start >= passage.tokens[after - 1].end
    ]
    return first, places[0] if places and places[0] - after <= _NEAR else after


def _order(made: Sequence[Figure]) -> list[int]:
    """The places of the figures, sorted by where they stand in the text."""
    return sorted(range(len(made)), key=lambda place: (made[place].evidence.start or 0, place))


def _in_order(made: Sequence[Figure]) -> list[Figure]:
    """The figures by their place in the text; what points at another figure follows it."""
    order = _order(made)
    now = {before: after for after, before in enumerate(order)}
    if all(before == after for before, after in now.items()):
        return list(made)
    return [_moved(made[place], now) for place in order]


def _moved(figure: Figure, now: dict[int, int]) -> Figure:
    moved = {
        name: now[place] for name in ("part_of", "earlier_value_of") if isinstance(place := getattr(figure, name), int)
    }
    if figure.share is None:
        return figure.model_copy(update=moved)
    whole = now[figure.share.of] if isinstance(figure.share.of, int) else None
    return figure.model_copy(update={**moved, "share": figure.share.model_copy(update={"of": whole})})


def _with_facets_of_toll(passage: Passage, counted: Link) -> Link:
    """As in "the number of Israelis killed rose to 12": who is counted stands in the words of the toll."""
    cue = counted.cue
    if cue is None or cue.side != "toll" or counted.phrase.facets:
        return counted
    groups = {at: (mention.end, mention.names[0]) for at, mention in passage.groups.items()}
    first = max(0, cue.first - 2)
    first = max((place + 1 for place in range(first, cue.first) if passage.tokens[place].kind == "mark"), default=first)
    facets = facets_within(passage.tokens, first, cue.after, groups)
    return replace(counted, phrase=replace(counted.phrase, facets=facets))


def _superseded(old: Figure, new: Figure, place: int) -> Figure:
    """The older value of a change: it counts what the newer one counts, as of a day that is not stated."""
    held = new.definition
    moved = {name: getattr(held, name) for name in ("tally", "since", "until", "hours", "counted_by", "place")}
    return old.model_copy(update={"earlier_value_of": place, "definition": _counting_as(old, new, moved)})


def _compared(old: Figure, new: Figure) -> Figure:
    """A count of the same thing in another year, with which the newer one is only compared: a span of its own."""
    moved = {"tally": "period", "since": None, "until": None, "hours": None, "place": new.definition.place}
    return old.model_copy(update={"definition": _counting_as(old, new, moved)})


def _counting_as(old: Figure, new: Figure, moved: Mapping[str, object]) -> Definition:
    """The older number's definition, with `moved`; one that names nobody counts whom the newer one counts."""
    names_somebody = any(getattr(old.definition, name) is not None for name in _WHO)
    who = {} if names_somebody else {name: getattr(new.definition, name) for name in (*_WHO, "unit")}
    return old.definition.changed(**who, **moved)


def _fits_in(part: Link, whole: Figure) -> bool:
    """A part is no larger than its whole, as far as both numbers say; a share always fits."""
    low, high = part.phrase.number.low, whole.count.high if whole.count else None
    return part.phrase.number.percent or low is None or high is None or low <= high


def _as_whole(when: Timing, part: Link, whole: Figure) -> Timing:
    """A part that says nothing else covers the time of its whole."""
    if when.since or when.hours or when.as_of_basis == "stated" or part.outcome != whole.definition.outcome:
        return when
    held = whole.definition
    return replace(
        when,
        tally=held.tally,
        since=held.since,
        until=held.until,
        hours=held.hours,
        counted_by=held.counted_by,
        period=whole.period,
        as_of=whole.as_of,
        as_of_time=whole.as_of_time,
        as_of_basis=whole.as_of_basis,
    )


def _outcome_doubts(counted: Link, whole: int | None) -> tuple[str, ...]:
    if counted.outcome == "casualties":
        if whole is not None:
            return ('outcome_from_whole: the text says only that these are part of the "casualties" before',)
        return ('outcome_ambiguous: "casualties" may mean killed, or killed and injured',)
    return ()
