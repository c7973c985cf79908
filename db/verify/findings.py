"""What a verification checked and found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from db.checkpoints import Checkpoint
from db.records import Snapshot

ReadSnapshot = Callable[[Snapshot], bytes]
"""Gives a snapshot's bytes, their digest checked, or raises SnapshotMissing."""
HasValue = Callable[[Snapshot, str, str], bool]
"""Whether a data row's quote (`column: value`) stands at its locator in the snapshot."""
Progress = Callable[[int], None]
"""Told how many figures were checked so far, now and then."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One record that is missing or altered: what it is, its id, and how that shows."""

    what: str
    id: str
    why: str


@dataclass(slots=True)
class Verification:
    """How many records of each kind were checked, every fault, and the checkpoint that the entries themselves give."""

    checkpoint: Checkpoint
    checked: dict[str, int] = field(default_factory=dict)
    altered: list[Fault] = field(default_factory=list)
    missing: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing or altered."""
        return not self.altered and not self.missing

    def count(self, what: str, number: int = 1) -> None:
        """Note that so many records of a kind were checked."""
        self.checked[what] = self.checked.get(what, 0) + number

    def is_altered(self, what: str, identifier: str, why: str) -> None:
        """Name a record that is not what the ledger vouches for."""
        self.altered.append(Fault(what, identifier, why))

    def is_missing(self, what: str, identifier: str, why: str) -> None:
        """Name a record that the ledger vouches for and the store lacks."""
        self.missing.append(Fault(what, identifier, why))
