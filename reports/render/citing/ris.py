"""A citation in the RIS format (tags of two characters, one a line), which reference managers import."""

from collections.abc import Iterator

from reports.citations import UNTITLED, Citation

_TYPES = {"newspaper": "NEWS", "wire": "NEWS", "magazine": "MGZN", "broadcaster": "NEWS", "news_site": "NEWS"}
_TYPES |= {"dataset": "DATA"}


def ris(citation: Citation) -> str:
    """One record; its values are single lines, so that none of them begins a tag."""
    return "".join(f"{tag}  - {value}\n" for tag, value in _tagged(citation) if value is not None)


def _tagged(citation: Citation) -> Iterator[tuple[str, str | None]]:
    published, accessed = citation.published, citation.accessed
    yield "TY", _TYPES.get(citation.kind or "", "ELEC" if citation.address else "GEN")
    yield "ID", f"casualty-figure-{citation.figure[:12]}"
    yield "TI", citation.title or UNTITLED
    yield ("T2" if citation.is_news else "AU"), citation.publisher
    yield "PB", citation.publisher
    yield "PY", str(published.year) if published else None
    yield "DA", f"{published:%Y/%m/%d}" if published else None
    yield "UR", citation.address
    yield "Y2", f"{accessed:%Y/%m/%d}" if accessed and citation.address else None
    yield "L2", citation.capture.address if citation.capture else None
    yield "LA", citation.language
    yield "AB", citation.quote
    yield "N1", f"{citation.says}. {citation.chain}. Figure {citation.figure}, snapshot sha256:{citation.snapshot}"
    yield "ER", ""
