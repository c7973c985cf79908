"""
What can go wrong between the world and the record.

    SourceError
    ├── UnreadableInput    a file, stream or page that gives no text
    │   └── TooLarge       it passes the size that is read
    ├── RefusedAddress     an address that is not fetched (private network, unknown scheme)
    ├── FetchFailed        an address that did not answer as it should
    ├── UnreadableDate     words that do not name one day
    └── MappingError       a dataset mapping that cannot be used, or a file that does not fit it
"""


class SourceError(Exception):
    """The root of what reading the outside world refuses; its message says what, where and what to do."""


class UnreadableInput(SourceError):
    """A file, stream or page that gives no text: missing, empty, binary, truncated, wrongly encoded."""


class TooLarge(UnreadableInput):
    """More bytes than are read from one input."""


class RefusedAddress(SourceError):
    """An address that is not fetched: a private network, an unknown scheme, credentials in the address."""


class FetchFailed(SourceError):
    """
    An address that did not answer, or answered with an error.

    Attributes:
        status: of the answer; None where there was none.
        retry_after: as the server says when to ask again, a number of seconds or a date.
        may_pass: whether the same request may well succeed in a moment.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: str | None = None, may_pass: bool = False
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        self.may_pass = may_pass


class UnreadableDate(SourceError):
    """Words that do not name one day."""


class MappingError(SourceError):
    """A dataset mapping that cannot be used, or a file that does not fit it."""
