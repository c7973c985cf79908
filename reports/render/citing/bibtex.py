"""
A citation as a BibTeX entry (`@misc`), for LaTeX and reference managers.

Braces are written as commands: BibTeX counts them even where a backslash stands before one.
"""

from urllib.parse import quote

from reports.citations import UNTITLED, Citation

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    **{character: f"\\{character}" for character in "$&%#_"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_URL_SAFE = "!$&()*+,-./:;=?@_~%#"


def bibtex(citation: Citation) -> str:
    """One entry, its key made of the figure's id; the same citation gives the same text."""
    lines = [f"  {name} = {value}," for name, value in _fields(citation) if value]
    return "\n".join((f"@misc{{casualty-figure-{citation.figure[:12]},", *lines, "}"))


def _fields(citation: Citation) -> list[tuple[str, str]]:
    published, accessed = citation.published, citation.accessed
    note = f"“{citation.quote}”. {citation.chain}. Figure {citation.figure}, snapshot sha256:{citation.snapshot}"
    return [
        # Double braces keep a name whole and a title in its letter case.
        ("author", f"{{{{{escaped(citation.publisher)}}}}}" if citation.publisher else ""),
        ("title", f"{{{{{escaped(citation.title or UNTITLED)}}}}}"),
        ("year", f"{{{published.year}}}" if published else ""),
        ("month", _MONTHS[published.month - 1] if published else ""),
        ("date", f"{{{published.isoformat()}}}" if published else ""),
        ("url", _address(citation.address)),
        ("urldate", f"{{{accessed.isoformat()}}}" if accessed and citation.address else ""),
        ("note", f"{{{escaped(note)}}}"),
    ]


def escaped(text: str) -> str:
    r"""
    Text in which nothing is a command, a comment or a brace.

    >>> print(escaped(r"50% of {x} \input"))
    50\% of \textbraceleft{}x\textbraceright{} \textbackslash{}input
    """
    return "".join(_COMMANDS.get(character, character) for character in text)


def _address(address: str | None) -> str:
    return f"{{{quote(address, safe=_URL_SAFE)}}}" if address else ""
