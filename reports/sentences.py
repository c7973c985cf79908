"""
The exact, neutral words for a count, a definition, a chain and a day.

Every report, table and page takes its words from here, so that one figure reads the same everywhere. The
words say what was reported and never whether it was right; who did it is "attributed to", as the text has it.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from db.records import Chain, Count, Definition, Figure, Share
from reports.words import (
    AGE_AND_SEX_NOUNS,
    AS_OF_NOTES,
    BASES,
    CONDITIONS,
    COUNTED_BY,
    DIRECTNESS,
    MODALITIES,
    MONTHS,
    OUTCOME_NOUNS,
    OUTCOMES,
    PLACES_WITH_ARTICLE,
    QUALIFIERS,
    STATUS_NOUNS,
    TALLIES,
)

ARROW = "←"
"""Between a publisher and the source that it quotes: "The Astana Times ← Al Jazeera"."""


def day_words(day: date) -> str:
    """
    A local calendar day, never shifted.

    >>> day_words(date(2023, 10, 17))
    '17 October 2023'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def instant_words(instant: datetime) -> str:
    """
    An instant in UTC, to the minute.

    >>> instant_words(datetime(2023, 10, 17, 9, 5, tzinfo=UTC))
    '17 October 2023, 09:05 UTC'
    """
    in_utc = instant.astimezone(UTC)
    return f"{day_words(in_utc.date())}, {in_utc:%H:%M} UTC"


def number_words(number: int) -> str:
    """
    A whole number, its thousands parted by commas.

    >>> number_words(2808)
    '2,808'
    """
    return f"{number:,}"


def difference_words(difference: int | None) -> str:
    """
    A signed difference in people; nothing where either text gave no number to subtract.

    >>> difference_words(-200), difference_words(58), difference_words(0), difference_words(None)
    ('−200', '+58', '0', '')
    """
    if difference is None:
        return ""
    if difference < 0:
        return f"−{number_words(-difference)}"
    return f"+{number_words(difference)}" if difference else "0"


def count_words(count: Count) -> str:
    """
    A count with its hedge; words that name no number stay the text's own, in quotes.

    >>> count_words(Count(low=100, high=300, qualifier="range", text="100 to 300"))
    'between 100 and 300'
    """
    if count.value is None:
        return f"“{count.text}”"
    if count.qualifier == "vague":
        return f"“{count.text}” ({number_words(count.value)} or more)"
    if count.qualifier == "range" and count.low is not None and count.high is not None:
        best = "" if count.best is None else f" (best {number_words(count.best)})"
        return f"between {number_words(count.low)} and {number_words(count.high)}{best}"
    return QUALIFIERS[count.qualifier] + number_words(count.value) + _other_bounds(count)


def _other_bounds(count: Count) -> str:
    if count.low is None or count.high is None or count.low == count.high:
        return ""
    return f" ({number_words(count.low)} to {number_words(count.high)})"


def share_words(share: Share) -> str:
    """
    A part of another figure, from parts per million.

    >>> share_words(Share(best=705000, text="70.5%"))
    '70.5 per cent'
    """
    bounds = [part for part in (share.best, share.low, share.high) if part is not None]
    if not bounds:
        return f"“{share.text}”"
    if share.qualifier == "range" and share.low is not None and share.high is not None:
        return f"between {_percent(share.low)} and {_percent(share.high)} per cent"
    return f"{QUALIFIERS[share.qualifier]}{_percent(bounds[0])} per cent"


def _percent(parts_per_million: int) -> str:
    return f"{Decimal(parts_per_million) / 10_000:f}"


def people_words(definition: Definition, *, one: bool = False) -> str:
    """
    Whom a figure counts.

    >>> people_words(Definition(outcome="killed", group="Israelis", status="soldier"))
    'Israeli soldiers'
    """
    noun, says_group = _noun(definition, one)
    before: list[str] = []
    after: list[str] = []
    if definition.group and not says_group:
        adjective = _adjective(definition.group)
        (before if adjective else after).append(adjective or f"among {_joined(definition.group)}")
    if definition.status:
        before += [word for word in (definition.sex, definition.age) if word]
    if definition.affiliation:
        after.append(f"of {definition.affiliation}")
    if definition.condition:
        after.append(f"({CONDITIONS[definition.condition]})")
    return " ".join([*before, noun, *after])


def _noun(definition: Definition, one: bool) -> tuple[str, bool]:
    """The noun, and whether it already says the group."""
    if definition.unit == "household":
        pair = ("household", "households")
    elif definition.subgroup:
        pair = ("woman or child", "women and children")
    elif definition.status:
        pair = STATUS_NOUNS[definition.status]
    elif (definition.age, definition.sex) != (None, None):
        pair = AGE_AND_SEX_NOUNS[definition.age, definition.sex]
    elif definition.group:
        adjective = _adjective(definition.group)
        return (adjective if one and adjective and definition.group.endswith("s") else _joined(definition.group)), True
    else:
        pair = ("person", "people")
    return pair[0 if one else 1], False


def _adjective(group: str) -> str | None:
    """The adjective of a demonym, "Israeli" of "Israelis"; None where it is not regular ("Kurds", "foreigners")."""
    if " + " in group:
        return None
    if group.endswith(("ians", "ans", "is")):
        return group[:-1]
    return group if group.endswith(("ese", "ish")) else None


def _joined(union: str) -> str:
    return " and ".join(union.split(" + "))


def outcome_words(definition: Definition, *, one: bool = False) -> str:
    """
    Whom a figure counts and what became of them.

    >>> outcome_words(Definition(outcome="casualties", group="Israelis"))
    'Israeli casualties'
    >>> outcome_words(Definition(outcome="casualties", group="Israelis", status="soldier"))
    'casualties among Israeli soldiers'
    """
    if definition.outcome not in OUTCOME_NOUNS:
        return f"{people_words(definition, one=one)} {OUTCOMES[definition.outcome]}"
    noun = OUTCOME_NOUNS[definition.outcome][0 if one else 1]
    people = people_words(definition)
    if people == "people":
        return noun
    if definition.group == people and (adjective := _adjective(people)):
        return f"{adjective} {noun}"
    return f"{noun} among {people}"


def scope_words(definition: Definition) -> tuple[str, ...]:
    """The facets beside people and outcome, one phrase each: place, cause, actor, basis, days, what is in or out."""
    place = f"in {_place_words(definition.place)}" if definition.place else None
    cause = f"cause: {definition.cause}" if definition.cause else None
    actor = f"attributed to {definition.actor}" if definition.actor else None
    phrases = [
        place,
        cause,
        actor,
        BASES.get(definition.basis or ""),
        DIRECTNESS.get(definition.directness or ""),
        _tally_words(definition),
        COUNTED_BY.get(definition.counted_by or ""),
        *(f"including {note.text or note.code.replace('_', ' ')}" for note in definition.includes),
        *(f"excluding {note.text or note.code.replace('_', ' ')}" for note in definition.excludes),
    ]
    return tuple(phrase for phrase in phrases if phrase)


def definition_words(definition: Definition) -> str:
    """
    What a figure counts, every stated facet.

    >>> definition_words(Definition(outcome="killed", group="Palestinians", place="Gaza Strip", tally="cumulative",
    ...                             since=date(2023, 10, 7)))
    'Palestinians killed in the Gaza Strip; cumulative since 7 October 2023'
    """
    phrases = scope_words(definition)
    head = outcome_words(definition)
    if definition.place:
        head, phrases = f"{head} {phrases[0]}", phrases[1:]
    return "; ".join((head, *phrases))


def _place_words(place: str) -> str:
    return " and ".join(f"the {name}" if name.endswith(PLACES_WITH_ARTICLE) else name for name in place.split(" + "))


def _tally_words(definition: Definition) -> str | None:
    words = TALLIES[definition.tally]
    if words and definition.hours:
        return f"{words} in {definition.hours} hours"
    return f"{words}{_days_words(definition)}" if words else None


def _days_words(definition: Definition) -> str:
    since, until = definition.since, definition.until
    if since and until:
        return f" of {day_words(since)}" if since == until else f" from {day_words(since)} to {day_words(until)}"
    if since:
        return f" {'of' if definition.tally == 'incident' else 'since'} {day_words(since)}"
    return f" until {day_words(until)}" if until else ""


def figure_words(figure: Figure) -> str:
    """
    The number with whom it counts and what became of them.

    >>> figure_words(Figure(count=Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808"),
    ...     definition=Definition(outcome="killed", group="Palestinians"), chain=Chain(),
    ...     evidence={"quote": "at least 2,808 Palestinians"}, origin="manual"))
    'at least 2,808 Palestinians killed'
    """
    modality = MODALITIES[figure.modality]
    ending = f" ({modality})" if modality else ""
    count = figure.count
    if count is None:
        return f"{number_of(figure)} of another figure: {outcome_words(figure.definition)}{ending}"
    between = ": " if count.value is None or count.qualifier == "vague" else " "
    return f"{count_words(count)}{between}{outcome_words(figure.definition, one=count.value == 1)}{ending}"


def number_of(figure: Figure) -> str:
    """The count or share alone, with its hedge."""
    if figure.count is not None:
        return count_words(figure.count)
    return share_words(figure.share) if figure.share is not None else ""


def as_of_words(figure: Figure) -> str:
    """
    The day up to which a figure counts and how that day is known.

    A publication date is an upper bound only: the number may be older.
    """
    if figure.as_of is None or figure.as_of_basis is None:
        return "as-of day not stated"
    time = f", {figure.as_of_time}" if figure.as_of_time else ""
    return f"as of {day_words(figure.as_of)}{time}{AS_OF_NOTES[figure.as_of_basis]}"


def short_as_of(figure: Figure) -> str:
    """
    The same for a table's narrow column: "17 Oct 2023 (publication date)".

    Only months of more than four letters are cut.
    """
    if figure.as_of is None or figure.as_of_basis is None:
        return "not stated"
    month = MONTHS[figure.as_of.month - 1]
    day = f"{figure.as_of.day} {month if len(month) <= 4 else month[:3]} {figure.as_of.year}"
    time = f", {figure.as_of_time}" if figure.as_of_time else ""
    return f"{day}{time}{AS_OF_NOTES[figure.as_of_basis]}"


def published_words(figure: Figure) -> str:
    """When its document said so."""
    return f"published {day_words(figure.published)}" if figure.published else "publication date unknown"


def period_words(figure: Figure) -> str:
    """The days that a period or added count covers; nothing where the figure names none."""
    if figure.period is None:
        return ""
    first, last = figure.period.from_day, figure.period.to_day
    return f"for {day_words(first)}" if first == last else f"for {day_words(first)} to {day_words(last)}"


def chain_words(figure: Figure) -> str:
    """
    Who carried the figure from whom, the publisher first: "The Astana Times ← Al Jazeera".

    A hidden issuer is given in the text's own words, in quotes.
    """
    chain = figure.chain
    links = [figure.publisher or "publisher not stated", *chain.attribution]
    if chain.issuer_words:
        links.append(f"“{chain.issuer_words}” (not named)")
    elif chain.issuer and chain.issuer not in links:
        links[-1] = f"{links[-1]} (for {chain.issuer})"
    words = f" {ARROW} ".join(links)
    words += "".join(f"; also {ARROW} {f' {ARROW} '.join(names)}" for names in chain.parallel)
    return words + _compiled_words(chain)


def _compiled_words(chain: Chain) -> str:
    return f"; compiled from {listed(chain.compiled_from)}" if chain.compiled_from else ""


def authority_words(figure: Figure) -> str:
    """The body that keeps the count; for a hidden issuer, the text's own words for it."""
    if figure.chain.authority:
        return figure.chain.authority
    return f"“{figure.chain.issuer_words}” (not named)" if figure.chain.issuer_words else "issuer not named"


def listed(names: Sequence[str]) -> str:
    """
    Names in a sentence.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def capital(text: str) -> str:
    """
    The text with a capital at its beginning.

    >>> capital("people killed")
    'People killed'
    """
    return text[:1].upper() + text[1:]
