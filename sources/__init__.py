"""The outside world: fetching, archiving, reading and extracting what publishers put out."""
