"""The overview of a whole record, its events shared among processes where there is enough to do."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from db.known import counts, stored_methods
from db.store import Store
from db.streaming import event_names, figures_by_event
from reports.overview import Overview, joined, overview
from tracker.collecting import without_cycle_search
from tracker.opening import surroundings_of, usual_definitions

SHARED_FROM = 200_000
"""From so many figures on, the work is shared: starting a process takes about a second."""
SHARES = 3
"""How many portions of events a process gets, one after another, so that none waits long for the last."""


def overview_of(store: Store, *, processes: int | None = None) -> Overview:
    """
    Since when the authorities of each count agree or contradict one another, over all that is recorded.

    Processes read the store each for itself: what is recorded meanwhile may be seen by some of them only.

    Args:
        processes: how many share the work; by default one for each processor where there are figures enough.
    """
    events = event_names(store)
    if processes is None:
        processes = (os.cpu_count() or 1) if counts(store)["figure"] >= SHARED_FROM else 1
    if processes == 1:
        return _portion(store, events)
    url = store.engine.url.render_as_string(hide_password=False)
    number = processes * SHARES
    portions = [portion for place in range(number) if (portion := events[place::number])]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return joined(pool.map(_in_process, [url] * len(portions), portions))


def _in_process(url: str, events: Sequence[str | None]) -> Overview:
    with Store(url) as store:
        return _portion(store, events)


def _portion(store: Store, events: Sequence[str | None]) -> Overview:
    usual, methods, around = usual_definitions(store), stored_methods(store), surroundings_of(store)
    with without_cycle_search():
        return joined(
            overview(figures, usual=usual, methods=methods, surroundings=around)
            for figures in figures_by_event(store, events)
        )
