"""
From text to figures, by rules: each module is one room, and `english/` holds the words they work with.

sentences -> tokens -> numbers -> people -> outcomes -> linking make the counts of a sentence; attribution,
circumstances, timing, changes and commitment read what stands around them; assemble makes the figures.
explaining keeps which words gave which field, and why a number is no figure.
bulletins reads Arabic bulletins, `arabic/` holds their words.
"""

from sources.extract.assemble import LANGUAGES, explain, extract
from sources.extract.explaining import Explained

__all__ = ["LANGUAGES", "Explained", "explain", "extract"]
