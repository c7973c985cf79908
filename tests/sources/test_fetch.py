import gzip
import ipaddress
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from sources.errors import FetchFailed, RefusedAddress, TooLarge
from sources.fetch import Connections, Limits, Retrieved, fetch, introduce, user_agent

LOOPBACK = ("127.0.0.0/8",)
QUICK = Limits(connect=2.0, read=0.3, total=0.6, most_bytes=100_000, redirects=3)

reached: list[str] = []
"""Every network address that this process connected to and every name that it looked up."""


def _record(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        reached.append(str(arguments[1][0]))
    elif event == "socket.getaddrinfo":
        reached.append(str(arguments[0]))


sys.addaudithook(_record)


@pytest.fixture(autouse=True)
def only_loopback_is_reached() -> Iterator[None]:
    reached.clear()
    yield
    assert [host for host in reached if not _is_loopback(host)] == []


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host in ("localhost", "0x7f.1", "0x7f000001")


@contextmanager
def speaking(
    *words: bytes, every: float = 0.0, forever: bytes = b"", tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """A server that says these words to every visitor, whatever is asked; the address of it."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            while True:
                visitor, _ = listener.accept()
                with suppress(OSError), tls.wrap_socket(visitor, server_side=True) if tls else visitor as visitor:
                    visitor.recv(65_536)
                    for word in words:
                        visitor.sendall(word)
                        stop.wait(every)
                    while forever and not stop.wait(every):
                        visitor.sendall(forever)

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        serving.join()


def get(server: HTTPServer, path: str, limits: Limits = Limits()) -> Retrieved:  # noqa: B008
    return fetch(server.url_for(path), allow_networks=LOOPBACK, limits=limits)


def test_what_an_address_serves_comes_with_all_that_is_known_of_it(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/toll").respond_with_data(
        "Zwölf Tote", content_type='Text/HTML; Charset="UTF-8"', headers={"ETag": "7"}
    )
    before = datetime.now(UTC)
    page = get(httpserver, "/toll")
    assert page.body == "Zwölf Tote".encode()
    assert (page.status, page.media_type, page.charset) == (200, "text/html", "utf-8")
    assert page.address == page.name == httpserver.url_for("/toll")
    assert before <= page.retrieved_at <= datetime.now(UTC)
    assert ("ETag", "7") in page.headers


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/plain", "text/plain", None),
        ("text/html; boundary=x; charset=windows-1251", "text/html", "windows-1251"),
        ("", None, None),
        ("; charset=", None, None),
    ],
)
def test_a_content_type_is_taken_as_declared(
    httpserver: HTTPServer, header: str, media_type: str | None, charset: str | None
) -> None:
    response = Response(b"words")
    response.headers["Content-Type"] = header
    httpserver.expect_request("/").respond_with_response(response)
    page = get(httpserver, "/")
    assert (page.media_type, page.charset) == (media_type, charset)


def test_the_product_says_who_it_is(httpserver: HTTPServer) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response("words")

    httpserver.expect_request("/").respond_with_handler(answer)
    get(httpserver, "/")
    assert asked[0].headers["User-Agent"] == user_agent()
    assert re.fullmatch(r"casualty-figures/\S+", user_agent())
    introduce("mailto:desk@newsroom.example")
    try:
        get(httpserver, "/")
    finally:
        introduce(None)
    assert re.fullmatch(r"casualty-figures/\S+ \(\+mailto:desk@newsroom\.example\)", asked[1].headers["User-Agent"])


# -- what is refused, without a packet to anywhere ------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8000/",
        "http://127.1/",
        "http://127.0.0.2/",
        "http://0/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "https://127.0.0.1/",
    ],
)
def test_a_private_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(RefusedAddress, match="is not fetched") as refusal:
        fetch(address, limits=QUICK)
    assert "\n" not in str(refusal.value)
    assert not [host for host in reached if re.match(r"[0-9]+\.", host)] or reached == ["127.0.0.1"]


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:text/plain,5", "127.0.0.1"]
)
def test_only_http_and_https_are_fetched(address: str) -> None:
    with pytest.raises(RefusedAddress, match="not an http or https address"):
        fetch(address, allow_networks=LOOPBACK)
    assert reached == []


def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(RefusedAddress, match="user name or password") as refusal:
        fetch("http://reader:secret@127.0.0.1/", allow_networks=LOOPBACK)
    assert "secret" not in str(refusal.value)


def test_the_port_of_another_service_is_refused() -> None:
    with pytest.raises(RefusedAddress, match="port 25 belongs to another service"):
        fetch("http://127.0.0.1:25/", allow_networks=LOOPBACK)
    assert reached == []


def test_a_refusal_of_a_network_says_how_to_open_it() -> None:
    with pytest.raises(RefusedAddress, match=r"Loopback.*--allow-network CIDR"):
        fetch("http://127.0.0.1:8000/")


def test_an_opened_network_opens_no_other() -> None:
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.0/8"):
        fetch("http://10.0.0.1/", allow_networks=LOOPBACK)


@pytest.mark.parametrize("network", ["intranet", "127.0.0.1/8", "10.0.0.0/99", "64:ff9b::/96"])
def test_a_network_that_cannot_be_meant_is_refused(network: str) -> None:
    with pytest.raises(RefusedAddress, match="--allow-network"):
        fetch("http://127.0.0.1/", allow_networks=(network,))


# -- redirects ------------------------------------------------------------------------------------


def test_a_redirect_is_followed_and_the_final_address_kept(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data("moved", status=301, headers={"Location": "/new?id=1"})
    httpserver.expect_request("/new").respond_with_data("words")
    page = get(httpserver, "/old")
    assert (page.body, page.address) == (b"words", httpserver.url_for("/new?id=1"))


@pytest.fixture
def neighbour() -> Iterator[socket.socket]:
    """Someone who listens on another loopback address, and should hear nothing."""
    with socket.create_server(("127.0.0.2", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_network_that_nobody_opened_is_refused_unsent(
    httpserver: HTTPServer, neighbour: socket.socket, status: int
) -> None:
    target = f"http://127.0.0.2:{neighbour.getsockname()[1]}/"
    httpserver.expect_request("/").respond_with_data("moved", status=status, headers={"Location": target})
    with pytest.raises(RefusedAddress, match=r"it leads to http://127\.0\.0\.2:\d+/") as refusal:
        fetch(httpserver.url_for("/"), allow_networks=("127.0.0.1/32", "::1/128"))
    assert httpserver.url_for("/") in str(refusal.value)
    with pytest.raises(BlockingIOError):
        neighbour.accept()


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/", "http://2130706433/", "http://[::1]:1/", "http://localhost:1/", "//10.0.0.1/x"],
)
def test_a_redirect_is_checked_like_an_address_that_was_typed(httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/").respond_with_data("moved", status=302, headers={"Location": target})
    with pytest.raises(RefusedAddress):
        fetch(httpserver.url_for("/").replace("localhost", "127.0.0.1"), allow_networks=("127.0.0.1/32",), limits=QUICK)


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://127.0.0.1/", "javascript:1", "http://a@127.0.0.1/"])
def test_a_redirect_out_of_the_web_is_refused(httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/").respond_with_data("moved", status=302, headers={"Location": target})
    with pytest.raises((RefusedAddress, FetchFailed)):
        get(httpserver, "/", QUICK)


def test_a_redirect_to_another_services_port_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "http://127.0.0.1:22/"})
    with pytest.raises(RefusedAddress, match="port 22 belongs to another service"):
        get(httpserver, "/", QUICK)


@pytest.mark.parametrize("target", ["http://[", "http://127.0.0.1:x/", "http://\u2009/"])
def test_a_redirect_to_nowhere_fails_in_one_line(httpserver: HTTPServer, target: str) -> None:
    response = Response("moved", status=302)
    response.autocorrect_location_header = False
    response.headers["Location"] = target.encode("utf-8").decode("latin-1")
    httpserver.expect_request("/").respond_with_response(response)
    with pytest.raises((RefusedAddress, FetchFailed)) as failure:
        get(httpserver, "/", QUICK)
    assert "\n" not in str(failure.value)


def test_a_circle_of_redirects_ends(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("moved", status=302, headers={"Location": "/"})
    with pytest.raises(FetchFailed, match="redirected more than 3 times"):
        get(httpserver, "/", QUICK)
    assert len(httpserver.log) == QUICK.redirects + 1


def test_the_body_of_a_redirect_is_not_read() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n"
    with speaking(answer, forever=b"x" * 65_536) as address, pytest.raises(RefusedAddress):
        fetch(address, allow_networks=LOOPBACK, limits=QUICK)


def test_a_redirect_without_a_target_is_no_success(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("moved", status=302)
    with pytest.raises(FetchFailed, match="answered 302 FOUND"):
        get(httpserver, "/", QUICK)


# -- answers that are none ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404 NOT FOUND"), (500, "500 INTERNAL SERVER ERROR"), (410, "410")]
)
def test_an_error_status_fails_and_is_named(httpserver: HTTPServer, status: int, words: str) -> None:
    httpserver.expect_request("/").respond_with_data("no such page", status=status)
    with pytest.raises(FetchFailed, match=f"the server answered {words}") as failure:
        get(httpserver, "/")
    assert httpserver.url_for("/") in str(failure.value)


def test_a_port_where_nobody_listens_fails_in_plain_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchFailed, match=rf"127\.0\.0\.1:{port}/: no connection \(Connection refused\)"):
        fetch(f"http://127.0.0.1:{port}/", allow_networks=LOOPBACK)


def test_a_server_that_accepts_nobody_fails_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(3):
            visitor = waiting.enter_context(socket.socket())
            visitor.setblocking(False)
            visitor.connect_ex(full.getsockname())
        address = f"http://127.0.0.1:{full.getsockname()[1]}/"
        with pytest.raises(FetchFailed, match="no connection in time"):
            fetch(address, allow_networks=LOOPBACK, limits=Limits(connect=0.2))


@pytest.mark.parametrize(
    "words",
    [b"", b"SSH-2.0-server\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfour", b"HTTP/1.1 200 OK\r\n"],
    ids=["nothing", "another protocol", "a short body", "half a header"],
)
def test_an_answer_that_breaks_off_fails(words: bytes) -> None:
    with speaking(words) as address, pytest.raises(FetchFailed, match="the answer cannot be read"):
        fetch(address, allow_networks=LOOPBACK, limits=QUICK)


def test_a_server_that_does_not_speak_tls_fails() -> None:
    with speaking(b"HTTP/1.1 400 Bad Request\r\n\r\n") as address, pytest.raises(FetchFailed):
        fetch(address.replace("http:", "https:"), allow_networks=LOOPBACK, limits=QUICK)


# -- bounded in time ------------------------------------------------------------------------------

OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("words", "every", "forever", "said"),
    [
        (OK + b"\r\n", 5.0, b"", "the server stopped sending"),
        (OK + b"\r\n", 0.1, b"x", "not finished within 0.6 seconds"),
        (OK, 0.1, b"A: b\r\n", "not finished within 0.6 seconds"),
        (OK + b"A: ", 0.1, b"b", "not finished within 0.6 seconds"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", 0.1, b"1\r\nx\r\n", "not finished within 0.6 seconds"),
    ],
    ids=["silence", "a slow body", "slow headers", "one slow header", "slow chunks"],
)
def test_a_slow_server_is_left_at_the_end_of_the_time(words: bytes, every: float, forever: bytes, said: str) -> None:
    started = time.monotonic()
    with speaking(words, every=every, forever=forever) as address:
        with pytest.raises(FetchFailed, match=said):
            fetch(address, allow_networks=LOOPBACK, limits=QUICK)
        assert time.monotonic() - started < 3


FETCH_WITHIN_HALF_A_SECOND = """
import sys
from sources.errors import FetchFailed
from sources.fetch import Connections, Limits, fetch
try:
    fetch(sys.argv[1], allow_networks=("127.0.0.0/8",), limits=Limits(connect=5.0, read=5.0, total=0.5))
except FetchFailed as failure:
    print(failure)
"""


def test_a_slow_server_behind_tls_is_left_at_the_end_of_the_time(tmp_path: Path) -> None:
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    trusting = {**os.environ, "SSL_CERT_FILE": str(tmp_path / "trusted.pem")}
    started = time.monotonic()
    with speaking(OK + b"\r\n", every=0.1, forever=b"x", tls=server) as address:
        told = subprocess.run(
            [sys.executable, "-c", FETCH_WITHIN_HALF_A_SECOND, address],
            env=trusting, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
    assert "not finished within 0.5 seconds" in told.stdout
    assert time.monotonic() - started < 30


def test_a_slow_handshake_is_left_at_the_end_of_the_time() -> None:
    started = time.monotonic()
    a_long_record = b"\x16\x03\x03\x40\x00"
    with speaking(a_long_record, every=0.1, forever=b"x") as address:
        with pytest.raises(FetchFailed, match=r"not finished within 0\.6 seconds"):
            fetch(address.replace("http:", "https:"), allow_networks=LOOPBACK, limits=QUICK)
        assert time.monotonic() - started < 3


def test_one_connection_serves_several_fetches_and_remembers_no_cookie() -> None:
    heard: list[tuple[int, str | None]] = []

    class KeptOpen(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            heard.append((self.client_address[1], self.headers["Cookie"]))
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.send_header("Set-Cookie", "who=1")
            self.end_headers()
            self.wfile.write(b"words")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), KeptOpen) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Connections(allow_networks=LOOPBACK) as connections:
            bodies = [connections.fetch(f"http://127.0.0.1:{server.server_port}/").body for _ in range(3)]
        server.shutdown()
    assert bodies == [b"words"] * 3
    assert len({port for port, _ in heard}) == 1
    assert [cookie for _, cookie in heard] == [None] * 3


def test_a_connection_that_was_used_before_is_cut_at_the_end_of_the_time_too() -> None:
    with (
        speaking(OK + b"Content-Length: 1\r\n\r\nx") as quick,
        speaking(OK + b"\r\n", every=0.1, forever=b"x") as slow,
        Connections(allow_networks=LOOPBACK, limits=QUICK) as connections,
    ):
        assert connections.fetch(quick).body == b"x"
        with pytest.raises(FetchFailed, match=r"not finished within 0\.6 seconds"):
            connections.fetch(slow)
        assert connections.fetch(quick).body == b"x"


def test_no_time_at_all_fails_at_once(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("words")
    with pytest.raises(FetchFailed, match="not finished within 0 seconds"):
        get(httpserver, "/", Limits(total=0.0))


# -- bounded in size ------------------------------------------------------------------------------


def serve_encoded(httpserver: HTTPServer, body: bytes, encoding: str) -> None:
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": encoding})


def test_a_body_at_the_limit_is_read_and_one_byte_more_is_not(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/fits").respond_with_data(b"x" * QUICK.most_bytes)
    httpserver.expect_request("/over").respond_with_data(b"x" * (QUICK.most_bytes + 1))
    assert len(get(httpserver, "/fits", QUICK).body) == QUICK.most_bytes
    with pytest.raises(TooLarge, match="more than 100,000 bytes"):
        get(httpserver, "/over", QUICK)


def test_a_body_without_end_stops_at_the_limit() -> None:
    with speaking(OK + b"\r\n", forever=b"x" * 65_536) as address, pytest.raises(TooLarge):
        fetch(address, allow_networks=LOOPBACK, limits=QUICK)


def gigabyte_of_zeros() -> bytes:
    """The gzip of 1,000,000,000 zero bytes (a hundred members), in under a megabyte."""
    return gzip.compress(bytes(10_000_000)) * 100


def test_a_gigabyte_of_zeros_in_a_megabyte_stops_at_the_limit(httpserver: HTTPServer) -> None:
    serve_encoded(httpserver, gigabyte_of_zeros(), "gzip")
    started = time.monotonic()
    with pytest.raises(TooLarge, match="more than 100,000 bytes"):
        get(httpserver, "/", Limits(most_bytes=100_000))
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("encoding", "squeeze"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP ", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("identity", bytes),
    ],
)
def test_each_encoding_that_is_asked_for_is_undone(
    httpserver: HTTPServer, encoding: str, squeeze: Callable[[bytes], bytes]
) -> None:
    body = bytes(range(256)) * 400
    serve_encoded(httpserver, squeeze(body), encoding)
    assert get(httpserver, "/").body == body


def test_gzip_members_one_after_another_are_all_read_and_padding_is_not(httpserver: HTTPServer) -> None:
    serve_encoded(httpserver, gzip.compress(b"one ") + gzip.compress(b"two") + bytes(512), "gzip")
    assert get(httpserver, "/").body == b"one two"


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        pytest.param(gzip.compress(b"words" * 1000)[:-9], "gzip", "breaks off", id="cut short"),
        pytest.param(b"plain words", "gzip", "not in the compression", id="not gzip"),
        pytest.param(b"plain words", "deflate", "not in the compression", id="not deflate"),
        pytest.param(gzip.compress(gzip.compress(b"words")), "gzip, gzip", "was not asked for", id="twice"),
        pytest.param(b"words", "br", "was not asked for", id="brotli"),
    ],
)
def test_a_body_that_cannot_be_decoded_fails(httpserver: HTTPServer, body: bytes, encoding: str, said: str) -> None:
    serve_encoded(httpserver, body, encoding)
    with pytest.raises(FetchFailed, match=said) as failure:
        get(httpserver, "/")
    assert httpserver.url_for("/") in str(failure.value)


def test_an_empty_compressed_body_is_empty(httpserver: HTTPServer) -> None:
    serve_encoded(httpserver, b"", "gzip")
    assert get(httpserver, "/").body == b""
