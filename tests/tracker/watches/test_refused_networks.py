"""A watch reaches no network that nobody opened: in no spelling, by no redirect, by no change of a name's answer."""

import ipaddress
import json
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from sources.errors import RefusedAddress, SourceError
from sources.fetch import Limits, send

Page = Callable[..., str]
QUICK = Limits(connect=2.0, read=1.0, total=3.0)
ONLY_THE_SITE = ("127.0.0.1/32",)

connected: list[str] = []
"""Every network address that this process connected to."""


def _record(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        connected.append(str(arguments[1][0]))


sys.addaudithook(_record)


@pytest.fixture(autouse=True)
def only_loopback_is_reached() -> Iterator[None]:
    connected.clear()
    yield
    assert [address for address in connected if not ipaddress.ip_address(address).is_loopback] == []


@pytest.fixture
def neighbour() -> Iterator[socket.socket]:
    """Someone who listens on every network address of this machine, and should hear nothing."""
    with socket.create_server(("", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


FORMS = [
    "http://127.0.0.1:{}/", "http://127.1:{}/", "http://127.0.0.2:{}/", "http://0:{}/", "http://0.0.0.0:{}/",
    "http://2130706433:{}/", "http://0x7f000001:{}/", "http://0x7f.1:{}/", "http://0177.0.0.1:{}/",
    "http://①②⑦.0.0.1:{}/", "http://127。0。0。1:{}/", "http://localhost:{}/", "http://LOCALHOST.:{}/",
    "http://[::1]:{}/", "http://[::]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://[64:ff9b::7f00:1]:{}/",
    "http://[2002:7f00:1::]:{}/", "http://169.254.169.254:{}/latest/meta-data/", "http://[fd00:ec2::254]:{}/",
    "http://10.0.0.1:{}/", "http://172.16.0.1:{}/", "http://192.168.1.1:{}/", "http://100.64.0.1:{}/",
    "http://[fe80::1]:{}/", "http://224.0.0.1:{}/", "http://127.0.0.1:22/{}", "http://ledger.example@127.0.0.1:{}/",
    "http://127.0.0.1:{}\\@ledger.example/", "file:///etc/hosts?{}", "gopher://127.0.0.1:{}/", "//127.0.0.1:{}/",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_spelling_of_a_private_address_is_watched(site: Any, neighbour: socket.socket, form: str) -> None:
    """It is refused when it is added, or each visit says why it was not made; both in one line."""
    connected.clear()
    try:
        site.watch(form.format(neighbour.getsockname()[1]))
    except RefusedAddress as refusal:
        said = str(refusal)
    else:
        run = site.visit(limits=QUICK, allow_networks=())
        assert (run.outcome, run.pages, run.new) == ("failed", 1, 0)
        said = run.cause or ""
        assert "is not fetched" in said
    assert said
    assert "\n" not in said
    assert connected == []


@pytest.mark.parametrize("form", FORMS)
def test_no_spelling_of_a_private_address_is_sent_notices(neighbour: socket.socket, form: str) -> None:
    with pytest.raises(SourceError) as refusal:
        send(form.format(neighbour.getsockname()[1]), b"{}", {}, limits=QUICK)
    assert "\n" not in str(refusal.value)
    assert connected == []


@pytest.mark.parametrize("list_kind", ["feed", "sitemap", "history"])
def test_what_a_list_names_is_checked_like_what_an_operator_names(
    site: Any, neighbour: socket.socket, list_kind: str
) -> None:
    bad = f"http://127.0.0.2:{neighbour.getsockname()[1]}/a"
    body, kind = {
        "feed": (f"<rss version='2.0'><channel><item><link>{bad}</link></item></channel></rss>", "application/rss+xml"),
        "sitemap": (f"<urlset><url><loc>{bad}</loc></url></urlset>", "application/xml"),
        "history": (
            '<https://bureau.example/toll>; rel="original",\n'
            f'<{bad}>; rel="memento"; datetime="Tue, 20 Feb 2024 10:00:00 GMT"',
            "application/link-format",
        ),
    }[list_kind]
    address = site.serve("/list", body, kind=kind).replace("localhost", "127.0.0.1")
    site.watch(address, list_kind)
    run = site.visit(limits=QUICK, allow_networks=ONLY_THE_SITE)
    assert (run.pages, run.failed, run.new) == (2, 1, 0)
    assert "127.0.0.2" in (run.cause or "")


@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
@pytest.mark.parametrize("target", ["http://127.0.0.2:{}/", "http://[::1]:{}/", "http://0x7f.2:{}/", "//127.0.0.2:{}/"])
def test_a_redirect_leads_a_visit_to_no_network_that_nobody_opened(
    site: Any, neighbour: socket.socket, path: str, target: str
) -> None:
    site.watch(site.server.url_for("/a").replace("localhost", "127.0.0.1"))
    site.serve(path, "", status=302, Location=target.format(neighbour.getsockname()[1]))
    run = site.visit(limits=QUICK, allow_networks=ONLY_THE_SITE)
    assert (run.outcome, run.new) == ("failed", 0)
    assert "is not fetched" in (run.cause or "")


class Names:
    """A name server that gives another answer each time; only for names that end in `.example`."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, _seconds: float) -> Callable[..., Any]:
        return self._resolve

    def _resolve(self, _host: str, port: int, *_: Any) -> list[Any]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


@pytest.mark.parametrize(
    "answers",
    [
        (["127.0.0.1"], ["127.0.0.2"]),  # after the robots.txt was had
        (["127.0.0.2"], ["127.0.0.1"]),
        (["127.0.0.1", "127.0.0.2"],),  # a good one and a bad one at once
        (["127.0.0.2", "127.0.0.1"],),
    ],
)
def test_a_name_that_changes_its_answer_leads_to_no_network_that_nobody_opened(
    site: Any,
    make_page: Page,
    neighbour: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[list[str], ...],
) -> None:
    names = Names(*answers)
    monkeypatch.setattr("sources.fetch.resolver", names)
    site.serve("/a", make_page(1_377))
    site.watch(f"http://changing.example:{site.server.port}/a")
    site.visit(limits=QUICK, allow_networks=ONLY_THE_SITE)
    assert "127.0.0.2" not in connected
    assert names.asked <= 2, "asked once for each connection: never again between the check and the use"


def test_a_name_is_asked_once_and_the_connection_goes_to_the_answer_that_was_checked(
    site: Any, make_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(["127.0.0.1"])
    monkeypatch.setattr("sources.fetch.resolver", names)
    site.serve("/a", make_page(1_377))
    site.watch(f"http://steady.example:{site.server.port}/a")
    assert site.visit(limits=QUICK, allow_networks=ONLY_THE_SITE).new == 1
    assert (names.asked, set(connected)) == (2, {"127.0.0.1"})


@pytest.mark.long
@pytest.mark.parametrize("hook", ["http://127.0.0.2:{}/", "http://169.254.169.254/?{}", "redirect"])
def test_notices_for_a_private_address_are_not_sent_and_the_visit_stands(
    make_workers: Callable[[str], Any],
    tmp_path: Any,
    httpserver: HTTPServer,
    make_page: Page,
    neighbour: socket.socket,
    hook: str,
) -> None:
    port = neighbour.getsockname()[1]

    def leads_elsewhere(_: Request) -> Response:
        return Response(status=307, headers={"Location": f"http://127.0.0.2:{port}/"})

    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    httpserver.expect_request("/robots.txt").respond_with_data("")
    httpserver.expect_request("/a").respond_with_data(make_page(1_377), content_type="text/html")
    httpserver.expect_request("/hook").respond_with_handler(leads_elsewhere)
    workers.watch(httpserver.url_for("/a").replace("localhost", "127.0.0.1"), "page")
    out = workers.done(
        "run", "--once", "--notices", "-",
        CASUALTY_FIGURES_ALLOW_NETWORKS="127.0.0.1/32",
        CASUALTY_FIGURES_WEBHOOK=httpserver.url_for("/hook").replace("localhost", "127.0.0.1")
        if hook == "redirect" else hook.format(port),
        CASUALTY_FIGURES_WEBHOOK_SECRET="a secret of this test",  # noqa: S106 - of this test
    )  # fmt: skip
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["new_figure", "webhook_failed"]
    assert workers.numbers() == [1_377]
