"""Which addresses from outside may become links in a report."""

from urllib.parse import urlsplit


def web_address(address: str | None) -> str | None:
    """
    An address that may become a link: http or https with a host, and nothing else.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("https:///a")
    ('https://example.org/a', None, None)
    """
    if not address or " " in address or not address.isprintable():  # no other space is printable
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None
