"""How many authorities remain when those that are not independent of each other count as one."""

from collections.abc import Hashable, Iterable

from db.records import RecordedFigure
from reports.lines import components


def independent(figures: Iterable[RecordedFigure]) -> int:
    """
    The number of authorities behind some figures, connected ones counted once; hidden issuers count zero.

    Two are connected where one is named in the other's chain or compiled from it, and where both give the same
    number in their own voice in documents with nearly the same text: that is one text, printed twice.
    """
    named: dict[str, set[str]] = {}
    printed: dict[str, set[Hashable]] = {}
    for one in figures:
        chain = one.figure.chain
        if chain.authority is not None:
            beside = (name for names in chain.parallel for name in names)
            links = {*chain.compiled_from, *chain.attribution, *beside}
            named.setdefault(chain.authority, {chain.authority}).update(links)
            printed.setdefault(chain.authority, set()).update(_in_copies(one))

    def are_connected(one: str, other: str) -> bool:
        return bool(named[one] & named[other] & {one, other} or printed[one] & printed[other])

    return len(components(list(named), are_connected))


def _in_copies(recorded: RecordedFigure) -> Iterable[Hashable]:
    """The text and number that a figure shares with copies of its document; none for what its publisher relays."""
    figure = recorded.figure
    number = figure.count or figure.share
    if recorded.same_text is not None and number is not None and not figure.chain.attribution:
        yield recorded.same_text, figure.definition.outcome, number.low, number.best, number.high
