"""
From text to figures, by rules: each module is one room, and `english/` holds the words they work with.

sentences -> tokens -> numbers -> people -> outcomes -> linking make the counts of a sentence; attribution,
circumstances, timing, changes and commitment read what stands around them; assemble makes the figures.
bulletins reads Arabic bulletins, `arabic/` holds their words.
"""

from sources.extract.assemble import LANGUAGES, extract

__all__ = ["LANGUAGES", "extract"]
