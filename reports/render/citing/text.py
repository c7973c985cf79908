"""A citation in plain text: in full, and short for a footnote."""

from reports.citations import Citation
from reports.sentences import day_words


def plain(citation: Citation) -> str:
    """Who reported what and when, in which document, and where the record keeps it."""
    where = [f"“{citation.title}”"] if citation.title else []
    return (
        f"{citation.authority}: {citation.says}. {citation.chain}, {_published(citation)}. "
        f"{', '.join([*where, _where(citation)])}. "
        f"Figure {citation.figure[:12]}, snapshot sha256:{citation.snapshot}."
    )


def footnote(citation: Citation) -> str:
    """Publisher and source, title, day, address and the figure's short id."""
    parts = [citation.chain]
    if citation.title:
        parts.append(f"“{citation.title}”")
    parts += [day_words(citation.published) if citation.published else "undated", _where(citation)]
    return f"{', '.join(parts)}, figure {citation.figure[:12]}."


def _published(citation: Citation) -> str:
    return f"published {day_words(citation.published)}" if citation.published else "publication date unknown"


def _where(citation: Citation) -> str:
    if citation.address is None:
        return f"document {citation.document[:12]}"
    copy = f", archived {day_words(citation.capture.on)} at {citation.capture.address}" if citation.capture else ""
    accessed = f" (accessed {day_words(citation.accessed)})" if citation.accessed else ""
    return f"{citation.address}{copy}{accessed}"
