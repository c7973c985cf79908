"""The English words that the rules of the extractor work with, as plain tables."""


def listed(words: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(words.split())
