"""The English words that the rules of the extractor work with, as plain tables."""
