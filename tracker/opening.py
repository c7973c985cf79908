"""Opening the store with all that is known of sources, and the archive beside it."""

from collections.abc import Iterable
from pathlib import Path

from db.known import stored_events, stored_links, stored_methods, stored_sources
from db.store import Store
from db.writer import SourceFacts
from reports.comparison import Surroundings
from reports.nesting import Nesting
from sources.catalogue import Catalogue
from tracker.settings import Settings


def open_store(where: Settings) -> Store:
    """The store; a second writer waits with a line on stderr."""
    return Store(where.store_url, on_wait=_say_waiting, facts_of=_facts_of)


def _say_waiting() -> None:
    import sys

    print("waiting: another writer is at work on this store", file=sys.stderr)  # noqa: T201 - a line for the reader


def _facts_of(names: Iterable[str]) -> SourceFacts:
    return Catalogue.shipped().records_for(names)


def known_sources(store: Store) -> Catalogue:
    """The shipped catalogue with what the store has of its own."""
    links, rules = stored_links(store)
    shipped = Catalogue.shipped()
    added = [source for source in stored_sources(store) if source.name not in shipped.entries or source.aliases]
    return shipped.extended(added, links, rules)


def surroundings_of(store: Store) -> Surroundings:
    """How the store's events nest."""
    return Surroundings(events=Nesting(stored_events(store)))


def usual_definitions(store: Store) -> dict[str, dict[str, str]]:
    """For each authority the facets its figures mean when they do not say, from its latest method version."""
    return {method.source: dict(method.usual) for method in stored_methods(store) if method.usual}


def store_at_hand(where: Settings) -> bool:
    """Whether there is a store to open, so that asking about a file makes none."""
    if not where.store_url.startswith("sqlite:///"):
        return True
    return Path(where.store_url.removeprefix("sqlite:///")).is_file()
