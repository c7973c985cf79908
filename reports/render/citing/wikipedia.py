"""
A citation as a template of the English Wikipedia (Citation Style 1): `{{cite news}}`, `cite web` or `cite report`.

News media are cited as news, anything else with a web address as a page of its publisher. A web archive's copy is given
only where the document's own address is one.
"""

import re
from urllib.parse import quote

from reports.citations import UNTITLED, Citation
from reports.sentences import day_words

_ACTIVE = re.compile(r"[&<>\[\]{}=~]|''+|__+|:(?=//)")
_URL_SAFE = "!#$%&()*+,-./:;=?@_~"
"""What an address keeps; brackets, braces, quotes, pipes and spaces would end the parameter or the link."""


def wikipedia(citation: Citation) -> str:
    """One template call on one line; the same citation gives the same text."""
    given = [f"|{name}={value}" for name, value in _parameters(citation) if value]
    return f"{{{{{_template(citation)} {' '.join(given)}}}}}"


def _template(citation: Citation) -> str:
    if citation.is_news:
        return "cite news"
    return "cite web" if citation.address else "cite report"


def _parameters(citation: Citation) -> list[tuple[str, str]]:
    publisher = escaped(citation.publisher or "")
    work = {"newspaper": "newspaper", "wire": "agency", "magazine": "magazine"}.get(citation.kind or "", "work")
    copy = citation.capture
    return [
        ("url", escaped_address(citation.address or "")),
        ("title", escaped(citation.title or UNTITLED)),
        (work if citation.is_news else "publisher", publisher),
        ("date", day_words(citation.published) if citation.published else ""),
        ("access-date", day_words(citation.accessed) if citation.accessed and citation.address else ""),
        ("archive-url", escaped_address(copy.address) if copy else ""),
        ("archive-date", day_words(copy.on) if copy else ""),
        ("language", escaped(citation.language or "")),
        ("quote", escaped(citation.quote)),
    ]


def escaped(text: str) -> str:
    """
    Text in which nothing is wiki markup: no template, link, tag, signature, italics or magic word.

    >>> escaped("1 | 2 }} [[x]] ''y''")
    '1 {{!}} 2 &#125;&#125; &#91;&#91;x&#93;&#93; &#39;&#39;y&#39;&#39;'
    """
    # The pipe last: the template that stands for it has braces of its own.
    return _ACTIVE.sub(lambda found: "".join(f"&#{ord(one)};" for one in found[0]), text).replace("|", "{{!}}")


def escaped_address(address: str) -> str:
    """A web address in which nothing ends the parameter or the link (RFC 3986 percent-encoding)."""
    return quote(address, safe=_URL_SAFE)
