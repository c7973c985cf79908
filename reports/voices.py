"""Where one document gives two numbers for one count: they are one voice, and a careful reader is told."""

from collections.abc import Hashable, Iterator, Sequence

from db.records import Figure, RecordedFigure

CODE = "differs_within_document"
_ONE_AT_A_TIME = frozenset({"cumulative", "stock", "added", "period"})


def voice_doubts(figures: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    """
    The doubt of each figure (its place) whose document gives another number of its definition, authority and day.

    Args:
        figures: those of one document and publication day.
    """
    if len({figure.definition.key for figure in figures}) == len(figures):
        return
    groups: dict[Hashable, list[int]] = {}
    for place, figure in enumerate(figures):
        if (key := _count_of(figure)) is not None:
            groups.setdefault(key, []).append(place)
    for group in (_rivals(figures, group) for group in groups.values()):
        texts = {_value(figures[place]): _text(figures[place]) for place in reversed(group)}
        if len(texts) < 2:
            continue
        for place in group:
            others = ", ".join(text for value, text in texts.items() if value != _value(figures[place]))
            yield place, f"differs_within_document: the document also gives {others} for the same count"


def _rivals(figures: Sequence[Figure], group: list[int]) -> list[int]:
    """Those that may speak for the count: a stated part that is told in the words of its whole does not."""
    return [place for place in group if figures[place].part_of is None] or group


def has_voice_doubt(recorded: RecordedFigure) -> bool:
    """Whether its document gives another number for the same count."""
    return any(doubt.startswith(CODE) for doubt in recorded.figure.doubts)


def is_one_voice(one: RecordedFigure, other: RecordedFigure) -> bool:
    """Whether two figures of one line are what one document says in two places."""
    return (
        one.document == other.document
        and one.snapshot == other.snapshot
        and has_voice_doubt(one)
        and has_voice_doubt(other)
        and _count_of(one.figure) == _count_of(other.figure)
    )


def _count_of(figure: Figure) -> Hashable:
    """What is counted, by whom and for when; None for what may be of two incidents, or of no known day or speaker."""
    definition, authority = figure.definition, figure.chain.authority
    if figure.count is None or figure.as_of is None or authority is None or figure.earlier_value_of is not None:
        return None
    which_incident = figure.event or (definition.place and definition.since)
    if definition.tally not in _ONE_AT_A_TIME and not (definition.tally == "incident" and which_incident):
        return None
    days = (figure.period.from_day, figure.period.to_day) if figure.period else None
    return definition.key, authority, figure.as_of, figure.as_of_time, figure.event, days


def _value(figure: Figure) -> int | None:
    return figure.count.value if figure.count is not None else None


def _text(figure: Figure) -> str:
    return figure.count.text if figure.count is not None else ""
