"""
From text to figures, by rules: each module is one room, and `english/` holds the words they work with.

sentences -> tokens -> numbers -> people -> outcomes -> linking make the counts of a sentence; attribution,
circumstances, timing, changes and commitment read what stands around them; assemble makes the figures.
"""

from sources.extract.assemble import extract

__all__ = ["extract"]
