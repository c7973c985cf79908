"""Which store, which archive, which networks: options first, then the environment, then defaults."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracker.errors import NoArchive, UnusableSetting

STORE = "CASUALTY_FIGURES_DB"
ARCHIVE = "CASUALTY_FIGURES_ARCHIVE"
NETWORKS = "CASUALTY_FIGURES_ALLOW_NETWORKS"
SPACING = "CASUALTY_FIGURES_HOST_SPACING"
CONTACT = "CASUALTY_FIGURES_CONTACT"
WEBHOOK = "CASUALTY_FIGURES_WEBHOOK"
WEBHOOK_SECRET = "CASUALTY_FIGURES_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
KEY = "CASUALTY_FIGURES_KEY"
KEY_PASSPHRASE = "CASUALTY_FIGURES_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
TRUSTED_KEYS = "CASUALTY_FIGURES_TRUSTED_KEYS"
AUTHORITY = "CASUALTY_FIGURES_TIMESTAMP_AUTHORITY"
LONGEST_CONTACT = 200
_MAIL = re.compile(r"(?:mailto:)?[^@:/]+@[^@:/]+\.[^@:/.]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Where the store and the archive are, and which private networks (CIDR) may be fetched from.

    `host_spacing` is the time, in seconds, between two requests of watches to one host; `contact` whom sites may write
    to, as a `mailto:` or web address; `webhook` the address to which notices are sent, if any, and `webhook_secret`
    what signs them. `key` is the file of the key that signs checkpoints, `trusted_keys` name the keys whose signatures
    are asked of a report, and `timestamp_authority` is the address (RFC 3161) that stamps checkpoints; without these,
    nothing is signed, asked or sent.
    """

    store_url: str
    archive: Path | None
    allow_networks: tuple[str, ...] = ()
    host_spacing: float = 1.0
    webhook: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    contact: str | None = None
    key: Path | None = None
    trusted_keys: tuple[str, ...] = ()
    timestamp_authority: str | None = None

    def archive_folder(self) -> Path:
        """
        The folder of snapshots: the one named, else beside an SQLite store.

        Raises:
            NoArchive: a PostgreSQL store, and no folder named.
        """
        if self.archive:
            return self.archive
        if self.store_url.startswith("sqlite:///"):
            return Path(self.store_url.removeprefix("sqlite:///") + ".archive")
        raise NoArchive(f"a PostgreSQL store needs a folder for its snapshots: --archive DIR or {ARCHIVE}")


def settings(
    db: str | None = None,
    archive: Path | None = None,
    allow_networks: Sequence[str] = (),
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """What options and environment say; an SQLite file in the user's data folder where they say nothing."""
    folder = archive or (Path(environment[ARCHIVE]) if environment.get(ARCHIVE) else None)
    networks = tuple(allow_networks) or _listed(environment.get(NETWORKS, ""))
    webhook, secret = environment.get(WEBHOOK) or None, environment.get(WEBHOOK_SECRET) or None
    if webhook and not secret:
        raise UnusableSetting(f"{WEBHOOK} needs {WEBHOOK_SECRET}: what signs the notices, so that nobody forges them")
    store_url = db or environment.get(STORE) or default_store()
    return Settings(
        store_url,
        folder,
        networks,
        _spacing(environment),
        webhook,
        secret,
        _contact(environment),
        key=Path(environment[KEY]) if environment.get(KEY) else None,
        trusted_keys=_listed(environment.get(TRUSTED_KEYS, "")),
        timestamp_authority=environment.get(AUTHORITY) or None,
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _spacing(environment: Mapping[str, str]) -> float:
    given = environment.get(SPACING, "")
    try:
        seconds = float(given) if given else 1.0
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3_600:
        raise UnusableSetting(f"{SPACING} is {given!r}: give seconds, such as 1, up to 3600")
    return seconds


def _contact(environment: Mapping[str, str]) -> str | None:
    """Whom sites may write to, as it stands in a comment of a header (RFC 9110 5.6.5): nothing that could end it."""
    from sources.addresses import canonical_address
    from sources.errors import RefusedAddress

    given = environment.get(CONTACT, "").strip()
    if not given:
        return None
    usable = len(given) <= LONGEST_CONTACT and given.isascii() and re.fullmatch(r"[^\s()<>\\\"\x00-\x1f\x7f]+", given)
    if usable and _MAIL.fullmatch(given):
        return f"mailto:{given.removeprefix('mailto:')}"
    try:
        if usable and canonical_address(given):
            return given
    except RefusedAddress:
        pass
    raise UnusableSetting(
        f"{CONTACT} is {given[:80]!r}: give a mail address such as desk@newsroom.example, or a web address; in ASCII, "
        f"without spaces and brackets, up to {LONGEST_CONTACT} characters"
    )


def default_store() -> str:
    """The URL of the store in the user's data folder."""
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('casualty-figures') / 'store.db'}"
