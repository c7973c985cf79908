"""
What can go wrong in the application itself; errors of the record and of sources are theirs.

    TrackerError
    ├── NoArchive          a store whose archive nobody named
    ├── AmbiguousName      a name in a filter that fits several sources
    ├── DifferentSubject   an earlier report on another event, or with other filters
    ├── RefusedFigure      a figure typed by hand that contradicts itself
    ├── UnusableSetting    an environment variable that says nothing usable
    ├── UnusableKey        a file of a key that cannot be used
    ├── UnusableSchedule   words that say no time of a watch
    ├── UnusableClaim      a claim without a number that can be checked
    ├── NothingToDraw      a chart of which the figures show nothing
    ├── TooManyFigures     more figures than a format holds
    ├── UnrenderableAnswer an answer that a format cannot be made of
    ├── MissingExtra       a format whose library is not installed
    └── UnwritableFile     an answer that cannot be written where it was asked for
"""


class TrackerError(Exception):
    """The root of what the application refuses; its message says what, where and what to do."""


class NoArchive(TrackerError):
    """A store whose archive nobody named."""


class AmbiguousName(TrackerError):
    """A name in a filter that fits several sources."""


class DifferentSubject(TrackerError):
    """An earlier report on another event, or with other filters, than the one that is set beside it."""


class RefusedFigure(TrackerError):
    """A figure typed by hand that contradicts itself."""


class UnusableSetting(TrackerError):
    """An environment variable that says nothing usable."""


class UnusableKey(TrackerError):
    """A file of a key that cannot be used: unreadable, of another kind, or locked by a passphrase."""


class UnusableSchedule(TrackerError):
    """Words that say no time of a watch: its interval, cron line or time zone."""


class UnusableClaim(TrackerError):
    """A claim without a number that can be checked."""


class NothingToDraw(TrackerError):
    """A chart of which the figures show nothing; the message says what it would need."""


class TooManyFigures(TrackerError):
    """A report with more figures than the format holds that was asked for."""


class UnrenderableAnswer(TrackerError):
    """An answer that a format cannot be made of; the message says what was in the way."""


class MissingExtra(TrackerError):
    """A format whose library is not installed; the message says which extra brings it."""


class UnwritableFile(TrackerError):
    """An answer that cannot be written where it was asked for."""
