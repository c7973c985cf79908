"""
Checking a claim against what was recorded.

A claim is read (claim.py), its number set beside recorded ones (matching.py), the counts it may speak of are looked
up (candidates.py, weighing.py), and one of ten verdicts follows (verdicts.py), told in plain sentences (telling.py).
"""
