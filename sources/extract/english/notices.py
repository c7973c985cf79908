"""Words by which English-language publishers say that a document was corrected, from their published standards."""

BEGINNINGS = (
    "correction:",
    "corrections:",
    "correction -",
    "correction –",
    "correction —",
    "correction (",
    "clarification:",
    "amendment:",
    "erratum:",
    "corrected:",
    "editor's note:",
    "editors' note:",
)
"""How such a line begins."""

_DOCUMENTS = ("article", "story", "report", "post", "page", "item", "version", "piece")
PHRASES = (
    *(f"an earlier version of this {document}" for document in _DOCUMENTS),
    *(f"a previous version of this {document}" for document in _DOCUMENTS),
    *(f"this {document} {was} {what}" for document in _DOCUMENTS for was in ("was", "has been")
      for what in ("corrected", "amended")),
)  # fmt: skip
"""What such a line says anywhere."""

STEMS = ("correction", "clarification", "amendment", "erratum", "editor", "corrected", "amended", "version of this")
"""One of these stands in every notice: a text without any is not read line by line."""
