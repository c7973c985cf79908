"""How a relay's number or words differ from those of the figure it relays."""

from db.records import Count, RecordedFigure
from reports.positions import Relay, Variant
from reports.voices import is_one_voice


def variant_of(relayed: Count, relay: Count, *, stale: bool = False) -> Variant | None:
    """The name of the difference; None where number and hedge are the same."""
    if stale:
        return "stale"
    if relayed.value != relay.value:
        return "rounded"
    if relayed.qualifier == relay.qualifier:
        return None
    return "hedge_dropped" if relay.qualifier == "exact" else "hedge_added"


def relay_of(relayed: RecordedFigure, relay: RecordedFigure, *, stale: bool = False) -> Relay:
    """A relay with its variant named and told in one sentence."""
    one, other = relayed.figure.count, relay.figure.count
    if one is not None and other is not None and is_one_voice(relayed, relay):
        return Relay(relay, None, f"the same document gives {one.text!r} and {other.text!r}: one voice")
    variant = variant_of(one, other, stale=stale) if one is not None and other is not None else None
    if one is None or other is None or variant is None:
        return Relay(relay)
    carrier = relay.figure.publisher or "a relay"
    said = "a later number stood" if variant == "stale" else variant.replace("_", " ")
    given = repr(other.text) if variant == "stale" else f"{other.text!r} for {one.text!r}"
    return Relay(relay, variant, f"{carrier} gives {given}: {said}")
