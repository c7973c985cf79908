"""The one spelling of a web address, so that a page shared with tracking parameters is the same document."""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit, urlunsplit

from sources.errors import RefusedAddress

TRACKING_PREFIXES = ("utm_", "at_campaign", "at_medium", "at_link_", "at_ptr_", "pk_", "mtm_", "hsa_")
# fmt: off
TRACKING_PARAMETERS = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
    "li_fat_id", "igshid", "igsh", "srsltid", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id",
    "oly_anon_id", "oly_enc_id", "__s", "s_cid", "rb_clickid", "wickedid", "guccounter", "guce_referrer",
    "guce_referrer_sig", "ref_src", "ref_url", "smid", "smtyp", "cmpid", "ocid", "ito", "xtor", "spm", "_ga", "_gl",
))
# fmt: on
"""Parameters that say how a reader came to a page, not which page it is: those that mail and advertising
networks document, and those that publishers put in their own share links (BBC at_, NYT smid, MSN ocid ...)."""

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 8192

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_CHARACTERS = _UNRESERVED | frozenset("!$&'()*+,;=:@/%")
_QUERY_CHARACTERS = _PATH_CHARACTERS | frozenset("?")
_HOST = re.compile(r"[a-z0-9_\-]+(\.[a-z0-9_\-]+)*|\[[0-9a-f:.]+\]")
_CREDENTIALS = re.compile(r"//[^/?#]*@")
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})


def canonical_address(url: str) -> str:
    """
    The address in one spelling (RFC 3986, section 6.2.2 and 6.2.3), without fragment and tracking parameters.

    Scheme and host are lower-cased, the host is in its ASCII form (UTS 46, non-transitional), a default port is
    dropped, percent-encoding is normalised, dot segments are removed. Other parameters stay, in their order.

    Raises:
        RefusedAddress: not an http or https address, without a host, or with a user name or password.

    >>> canonical_address("HTTPS://Example.org:443/a/../toll?utm_source=x&id=7#top")
    'https://example.org/toll?id=7'
    """
    parts = _split(url)
    host = _ascii_host(parts, url)
    port = f":{parts.port}" if parts.port not in (None, DEFAULT_PORTS[parts.scheme]) else ""
    path = _without_dot_segments(_escaped(parts.path, _PATH_CHARACTERS)) or "/"
    return urlunsplit((parts.scheme, host + port, path, _query(parts.query), ""))


def is_address(where: str) -> bool:
    """Whether words on a command line are an address (`scheme://`) rather than a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}://", where) is not None


def host_of(address: str) -> str:
    """The host of a canonical address, without its port."""
    return urlsplit(address).hostname or ""


def printable(where: str, longest: int = 200) -> str:
    r"""
    A path or address as a message shows it: one line, no control characters, no credentials.

    >>> printable("http://reader:secret@example.org/a\nb")
    'http://…@example.org/a\\x0ab'
    """
    hidden = _CREDENTIALS.sub("//…@", where[: longest * 4], count=1)
    shown = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in hidden)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST_ADDRESS:
        raise RefusedAddress(f"{printable(url, 80)}: the address is longer than {LONGEST_ADDRESS:,} characters")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as broken:
        raise RefusedAddress(f"{printable(url)}: not a usable address ({broken})") from broken
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or port == 0:
        raise RefusedAddress(f"{printable(url)}: not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress(f"{printable(url)}: an address with a user name or password is not used; leave them out")
    return parts


def _ascii_host(parts: SplitResult, url: str) -> str:
    """The host as DNS knows it; Unicode labels in Punycode, so that straße.example stays apart from strasse."""
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        mapped = unicodedata.normalize("NFKC", host.translate(_DOTS)).lower()
        host = ".".join(_ascii_label(label) for label in unicodedata.normalize("NFC", mapped).split("."))
    if not _HOST.fullmatch(host):
        raise RefusedAddress(f"{printable(url)}: the host is not a usable name")
    return host


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _is_tracking(part)]
    return "&".join(_escaped(part, _QUERY_CHARACTERS) for part in kept)


def _is_tracking(parameter: str) -> bool:
    name = _escaped(parameter.split("=", 1)[0], _QUERY_CHARACTERS).lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _escaped(text: str, allowed: frozenset[str]) -> str:
    """Percent-encoding as RFC 3986 6.2.2 wants it: upper-case, unreserved characters bare, all others escaped."""
    bare = _ESCAPE.sub(_unreserved_or_upper, text)
    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", bare)
    return "".join(character if character in allowed else _percent(character) for character in whole)


def _unreserved_or_upper(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else f"%{escape[1].upper()}"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _without_dot_segments(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)
