"""
Bytes from a web address, bounded in size and time, and never from a network that nobody opened.

The only importer of httpx and ssrfguard. Every hop of a redirect is checked again, and the connection goes to
the very network address that was checked, so a name that changes its answer in between gains nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from sources.addresses import canonical_address, printable
from sources.content_encoding import decoded
from sources.deadlines import Deadline, resolver
from sources.errors import FetchFailed, RefusedAddress, TooLarge

if TYPE_CHECKING:
    import socket
    import ssl

    import httpx
    from ssrfguard import Policy, SSRFGuardError
    from ssrfguard.httpx import Client

# fmt: off
BLOCKED_PORTS = frozenset((
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))
# fmt: on
"""Ports of other services, which no browser sends a request to (WHATWG Fetch, "bad port")."""

_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (500, 502, 503, 504)
"""Answers that a server gives for a moment (RFC 9110, 15.6), unless it says when to come again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much of the outside world one fetch takes.

    Attributes:
        connect, read: seconds for a connection (name resolution included), and between two arrivals of data.
        total: seconds for everything, redirects included.
        most_bytes: of the body after decompression.
        redirects: how many are followed.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    most_bytes: int = 50_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Retrieved:
    """
    Bytes as they came, and all that is known of where they came from.

    Attributes:
        address: the final web address after redirects; None for a file or standard input.
        body: the bytes, decompressed.
        status, headers: of the HTTP response; None and empty otherwise.
        media_type: such as `text/html`, lower-case, as declared by the server or implied by a file's ending.
        charset: as declared by the server.
        retrieved_at: in UTC.
        name: what messages call it: the path, "standard input" or the address.
    """

    address: str | None
    body: bytes
    status: int | None
    media_type: str | None
    charset: str | None
    retrieved_at: datetime
    headers: tuple[tuple[str, str], ...]
    name: str


NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Known:
    """What an address answered before (RFC 9110 13.1): it is asked for what changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers that say so."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def fetch(
    address: str, *, allow_networks: Sequence[str] = (), limits: Limits = Limits(), known: Known = Known()
) -> Retrieved:
    """
    Get what an http or https address serves.

    Args:
        address: with `http://` or `https://`.
        allow_networks: networks (CIDR) that are reached although they are private, loopback or link-local.
        limits: how much of it, and how long to wait.
        known: what it answered before; if that still stands, the answer has the status 304 and no body.

    Raises:
        RefusedAddress: the address, or one it redirects to, is not fetched.
        TooLarge: more bytes than `limits.most_bytes`.
        FetchFailed: no answer, too slow an answer, an answer other than success, or one that cannot be decoded.
    """
    with Connections(allow_networks=allow_networks, limits=limits) as connections:
        return connections.fetch(address, known)


class Connections:
    """Connections that are kept open from one fetch to the next, for the many that a visit makes; of one thread."""

    def __init__(self, *, allow_networks: Sequence[str] = (), limits: Limits = Limits()) -> None:
        """The same networks and limits for every fetch."""
        self._client = _client(_policy(tuple(allow_networks)), limits)
        self._limits = limits
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def fetch(self, address: str, known: Known = Known()) -> Retrieved:
        """Get what an address serves (see `fetch`); nothing but the connection is remembered, no cookie either."""
        canonical_address(address)  # refuses what is no web address before anything else looks at it
        self._client.cookies.clear()
        self._sockets[:] = [one for one in self._sockets if one.fileno() >= 0]
        with Deadline(self._limits.total, self._sockets) as deadline, _translated(address, deadline):
            return _follow(self._client, address.strip(), self._limits, deadline, known)


def send(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_networks: Sequence[str] = (),
    limits: Limits = Limits(),
) -> int:
    """
    Send bytes to an http or https address by POST; gives the status of the answer, redirects not followed.

    Raises:
        RefusedAddress: the address is not sent to.
        FetchFailed: no answer, too slow an answer, or an answer other than success.
    """
    with _posted(address, body, headers, allow_networks, limits) as (response, _):
        return int(response.status_code)


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_networks: Sequence[str] = (),
    limits: Limits = Limits(),
) -> Retrieved:
    """
    Send bytes to an http or https address by POST and get its answer, redirects not followed.

    Raises:
        RefusedAddress, FetchFailed: see `send`.
        TooLarge: an answer of more bytes than `limits.most_bytes`.
    """
    with _posted(address, body, headers, allow_networks, limits) as (response, deadline):
        return _retrieved(response, limits, deadline)


@contextmanager
def _posted(
    address: str, body: bytes, headers: Mapping[str, str], allow_networks: Sequence[str], limits: Limits
) -> Iterator[tuple["httpx.Response", Deadline]]:
    canonical_address(address)
    policy = _policy(tuple(allow_networks))
    with Deadline(limits.total) as deadline, _client(policy, limits) as client, _translated(address, deadline):
        _check(client, address)
        request = client.build_request(
            "POST", address, content=body, headers=dict(headers), extensions={"trace": deadline.watch}
        )
        request.extensions["timeout"] = deadline.timeouts(limits.connect, limits.read)
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            if not response.is_success:
                raise FetchFailed(
                    f"{printable(address)}: the server answered {response.status_code}", status=response.status_code
                )
            yield response, deadline
        finally:
            response.close()


def _follow(client: "Client", address: str, limits: Limits, deadline: Deadline, known: Known) -> Retrieved:
    """Follow redirects by hand: httpx would read the body of each one, however large."""
    _check(client, address)
    request = client.build_request("GET", address, headers=known.headers(), extensions={"trace": deadline.watch})
    for _ in range(limits.redirects + 1):
        request.extensions["timeout"] = deadline.timeouts(limits.connect, limits.read)
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code not in _REDIRECTS or response.next_request is None:
                return _retrieved(response, limits, deadline)
            request = response.next_request
        finally:
            response.close()
        _check(client, str(request.url))
    raise FetchFailed(f"{printable(address)}: redirected more than {limits.redirects} times; give the final address")


def _check(client: "Client", address: str) -> None:
    """Refuse by the address alone; the network address is checked when the connection is made."""
    if (port := urlsplit(address).port) in BLOCKED_PORTS:
        raise RefusedAddress(f"{printable(address)}: port {port} belongs to another service and is not fetched from")
    client.policy.check_url(address)


def _retrieved(response: "httpx.Response", limits: Limits, deadline: Deadline) -> Retrieved:
    address = str(response.url)
    if not response.is_success and response.status_code != NOT_MODIFIED:
        phrase = f"{response.status_code} {printable(response.reason_phrase, 60)}".strip()
        raise FetchFailed(
            f"{printable(address)}: the server answered {phrase}; check the address in a browser",
            status=response.status_code,
            retry_after=response.headers.get("retry-after"),
            may_pass=response.status_code in _PASSING and "retry-after" not in response.headers,
        )
    body = b"".join(_bounded(response, limits.most_bytes))
    if deadline.has_cut:  # a body without a length ends where its connection ends: this one was not whole
        raise FetchFailed(f"{printable(address)}: {deadline.said}")
    media_type, charset = _content_type(response.headers.get("content-type", ""))
    return Retrieved(
        address=address,
        body=body,
        status=response.status_code,
        media_type=media_type,
        charset=charset,
        retrieved_at=datetime.now(UTC),
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
        name=printable(address),
    )


def _bounded(response: "httpx.Response", most_bytes: int) -> Iterator[bytes]:
    """Decode as it streams, a bounded piece at a time, and stop at the first byte over the limit."""
    left, name = most_bytes, printable(str(response.url))
    for piece in decoded(response.headers.get("content-encoding", ""), response.iter_raw(), name):
        left -= len(piece)
        if left < 0:
            raise TooLarge(f"{name}: more than {most_bytes:,} bytes; get the file by other means")
        yield piece


def _content_type(value: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, lower-case (RFC 9110 8.3)."""
    media_type, *parameters = value.split(";")
    for parameter in parameters:
        name, _, setting = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower() or None, setting.strip().strip("\"'").lower() or None
    return media_type.strip().lower() or None, None


@contextmanager
def _translated(address: str, deadline: Deadline) -> Iterator[None]:
    """Turn what the libraries raise into one clear line."""
    import httpx
    from ssrfguard import SSRFGuardError

    try:
        yield
    except SSRFGuardError as refusal:
        raise RefusedAddress(_refusal(address, refusal)) from refusal
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as failure:
        is_broken_off = isinstance(failure, httpx.NetworkError | httpx.RemoteProtocolError)
        raise FetchFailed(
            f"{printable(address)}: {_cause(failure, deadline)}", may_pass=is_broken_off and not deadline.has_passed
        ) from failure


def _refusal(address: str, refusal: "SSRFGuardError") -> str:
    from ssrfguard import BlockedAddressError

    is_network = isinstance(refusal, BlockedAddressError) or isinstance(refusal.__cause__, BlockedAddressError)
    reason = printable(str(getattr(refusal, "reason", refusal)), 300)
    where = printable(str(getattr(refusal, "url", getattr(refusal, "address", address))))
    through = "" if where.rstrip("/") == printable(address).rstrip("/") else f" (it leads to {where})"
    hint = "; --allow-network CIDR opens a network that you trust" if is_network else ""
    return f"{printable(address)} is not fetched{through}: {reason}{hint}"


def _cause(failure: Exception, deadline: Deadline) -> str:
    import httpx

    said = printable(_root(failure) or type(failure).__name__, 160)
    if deadline.has_passed:
        return deadline.said
    if isinstance(failure, httpx.ConnectTimeout):
        return "no connection in time; check the address and try again later"
    if isinstance(failure, httpx.ConnectError):
        return f"no connection ({said}); check the address"
    if isinstance(failure, httpx.TimeoutException):
        return "the server stopped sending; try again later"
    return f"the answer cannot be read ({said}); check the address in a browser"


def _root(failure: BaseException) -> str:
    """The words of the first failure of a chain: the operating system's, where there are some."""
    while (before := failure.__cause__ or failure.__context__) is not None:
        failure = before
    return (failure.strerror if isinstance(failure, OSError) else None) or str(failure)


def _client(policy: "Policy", limits: Limits) -> "Client":
    from ssrfguard.httpx import Client

    return Client(
        policy=policy,
        resolver=resolver(limits.connect),
        trust_env=False,  # a proxy would resolve the name itself, behind the check
        verify=_certificates(),
        headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate"},
        timeout=limits.read,
    )


@cache
def _certificates() -> "ssl.SSLContext":
    """Whom connections trust; reading the certificates takes longer than most fetches, so it is done once."""
    import httpx

    return httpx.create_ssl_context(trust_env=True)


@cache
def _policy(allow_networks: tuple[str, ...]) -> "Policy":
    from ssrfguard import Policy

    try:
        return Policy(allowed_networks=allow_networks, allowed_ports=_ports())  # type: ignore[arg-type]  # parsed by it
    except ValueError as broken:
        raise RefusedAddress(f"--allow-network {printable(','.join(allow_networks))}: {broken}") from broken


@cache
def _ports() -> frozenset[int]:
    return frozenset(range(1, 65_536)) - BLOCKED_PORTS


_contact: str | None = None


def introduce(contact: str | None) -> None:
    """
    Say to every server that this process asks, from now on, whom to write to; None: nobody.

    Args:
        contact: a web address or a `mailto:` address in ASCII, without white space and brackets: whoever runs the
            process checks it.
    """
    global _contact  # a process has one operator, whichever of its threads asks
    _contact = contact


def user_agent() -> str:
    """The product, its version and whom to write to, as servers see them (RFC 9110 10.1.5)."""
    return f"{_product()} (+{_contact})" if _contact else _product()


@cache
def _product() -> str:
    from importlib.metadata import distributions

    installed = (found.version for found in distributions(name="casualty-figures"))
    return f"casualty-figures/{next(installed, 'uninstalled')}"
