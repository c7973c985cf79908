"""
What can go wrong with the record.

    RecordError
    ├── InvalidRecord      a shape that contradicts itself or leaves its vocabulary
    ├── UnknownRecord      an id, event or source that nobody recorded
    ├── AmbiguousRecord    an id prefix that fits several records
    ├── StoreUnavailable   the store cannot be opened, read or written
    │   ├── StoreTooOld    its schema is older than this version reads
    │   └── StoreTooNew    its schema is newer than this version reads
    └── SnapshotMissing    the archive lacks the bytes that a record names
"""


class RecordError(Exception):
    """The root of what the record refuses; its message says what, where and what to do."""


class InvalidRecord(RecordError):
    """A record that contradicts itself or uses a word outside its vocabulary."""


class UnknownRecord(RecordError):
    """An id, event or source that nobody recorded."""


class AmbiguousRecord(RecordError):
    """An id prefix that fits several records."""


class StoreUnavailable(RecordError):
    """The store cannot be opened, read or written."""


class StoreTooOld(StoreUnavailable):
    """The store's schema is older than this version reads: `casualty-figures db upgrade` brings it up."""


class StoreTooNew(StoreUnavailable):
    """The store's schema is newer than this version reads."""


class SnapshotMissing(RecordError):
    """The archive lacks the bytes that a record names."""
