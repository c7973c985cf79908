"""Reports made earlier, read back from their JSON: what they hold, and what can be checked from them alone."""
