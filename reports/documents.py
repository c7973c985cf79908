"""What is said of a document: when its address answered that it is gone, and which others have nearly its text."""

from collections.abc import Iterator

from db.documents import AboutDocument, Alike, Deletion
from db.resemblance import PARTS, Likeness
from reports.sentences import day_words, number_words


def about_words(about: AboutDocument, address: str | None = None) -> Iterator[str]:
    """
    One phrase for each thing that is recorded of a document.

    Args:
        address: the document's own, which a deletion need not name.
    """
    for deletion in about.deletions:
        yield deletion_words(deletion, address)
    if about.same_text is not None:
        yield alike_words(about.same_text)
    if about.copies:
        others = "1 other document" if about.copies == 1 else f"{number_words(about.copies)} other documents"
        yield f"nearly the same text in {others}"


def deletion_words(deletion: Deletion, address: str | None = None) -> str:
    """What an address answered and when; why it did is not known."""
    again = f"; seen again on {deletion.seen_again:%Y-%m-%d %H:%M} UTC" if deletion.seen_again else ""
    named = "" if deletion.address == address else f"{deletion.address} "
    return f"{named}answered {deletion.status} when visited on {deletion.seen_at:%Y-%m-%d %H:%M} UTC{again}"


def alike_words(alike: Alike) -> str:
    """Which document has nearly the same text, and how nearly; not who took it from whom."""
    day = f", {day_words(alike.published)}" if alike.published else ""
    named = f"{alike.publisher or 'publisher not stated'}{day}, {alike.address or alike.document}"
    return likeness_words(alike.likeness, named)


def likeness_words(likeness: Likeness, named: str) -> str:
    """
    How far a document's text is like that of another.

    >>> likeness_words(Likeness(930_000, 980_000), "https://wire.example/1")
    'nearly the same text as https://wire.example/1 (resemblance 0.93)'
    >>> likeness_words(Likeness(480_000, 970_000), "https://wire.example/1")
    'of its text and that of https://wire.example/1 the shorter stands nearly whole in the longer (containment 0.97)'
    """
    if likeness.is_whole:
        return f"nearly the same text as {named} (resemblance {_part(likeness.resemblance)})"
    both = f"of its text and that of {named} the shorter stands nearly whole in the longer"
    return f"{both} (containment {_part(likeness.containment)})"


def _part(parts_per_million: int) -> str:
    """Two decimals, cut and not rounded: 1.00 is said only of texts that are the same."""
    hundredths = parts_per_million * 100 // PARTS
    return f"{hundredths // 100}.{hundredths % 100:02}"
