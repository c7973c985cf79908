"""The record: what was reported, by whom, when and about what, kept append-only."""
