"""
What a site asks of robots (RFC 9309): which addresses are not fetched, and how slowly it wants to be asked.

The only importer of Protego.
"""

import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sources.errors import FetchFailed, SourceError
from sources.fetch import Limits, fetch

MOST_BYTES = 512_000
"""Of a robots.txt; RFC 9309 2.5 asks for at least 500 KiB."""
AGENT = "casualty-figures"
MOST_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks: its text; `unreachable` where it could not be asked, which forbids everything (2.3.1.4)."""

    text: str = ""
    unreachable: str | None = None

    def allows(self, address: str) -> bool:
        """Whether an address of the site may be fetched."""
        if self.unreachable is not None:
            return False
        from protego import Protego

        return bool(Protego.parse(self.text).can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 where it does not."""
        from protego import Protego

        return float(Protego.parse(self.text).crawl_delay(AGENT) or 0)


class Robots:
    """The rules of sites, each asked once an hour at most (RFC 9309 2.4 allows a day); may be shared by threads."""

    def __init__(self, *, allow_networks: tuple[str, ...] = (), limits: Limits | None = None) -> None:
        """The same networks and times as for any other fetch."""
        self._allow_networks = allow_networks
        self._limits = replace(limits or Limits(), most_bytes=MOST_BYTES)
        self._rules: dict[str, tuple[Rules, float]] = {}

    def rules(self, address: str) -> Rules:
        """What the site of an address asks."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._rules.get(site)
        if known is None or time.monotonic() - known[1] > MOST_SECONDS:
            known = self._rules[site] = (self._asked(f"{site}/robots.txt"), time.monotonic())
        return known[0]

    def _asked(self, address: str) -> Rules:
        try:
            answer = fetch(address, allow_networks=self._allow_networks, limits=self._limits)
        except FetchFailed as failure:
            if failure.status is not None and 400 <= failure.status < 500 and failure.status != 429:
                return Rules()  # no robots.txt: no wishes (2.3.1.3)
            return Rules(unreachable=str(failure))
        except SourceError as failure:
            return Rules(unreachable=str(failure))
        return Rules(answer.body.decode("utf-8", errors="replace"))
