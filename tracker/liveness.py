"""Who of the workers has died: whose last word stands unchanged for a minute of a clock that nobody sets."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

DEAD_AFTER = timedelta(seconds=60)


class Heartbeats:
    """What one process knows of the last words of the others."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        """`steady` gives seconds that only ever grow."""
        self._steady = steady
        self._known: dict[str, tuple[datetime, float]] = {}

    def silent(self, last_words: Mapping[str, datetime], now: datetime) -> list[str]:
        """
        The workers whose last word has not changed for `DEAD_AFTER`.

        Clocks jump, and those of machines differ: only a worker that is met for the first time is judged by them.
        """
        at = self._steady()
        for name, said in last_words.items():
            if name not in self._known:
                self._known[name] = (said, at - max((now - said).total_seconds(), 0.0))
            elif self._known[name][0] != said:
                self._known[name] = (said, at)
        self._known = {name: known for name, known in self._known.items() if name in last_words}
        return [name for name, (_, since) in self._known.items() if at - since > DEAD_AFTER.total_seconds()]

    def forgive(self) -> None:
        """Count every silence from now: while the database was away nobody could say anything."""
        self._known = {name: (said, self._steady()) for name, (said, _) in self._known.items()}
