"""Questions to the record: comparison, history, disagreement, and the reports that print the answers."""
