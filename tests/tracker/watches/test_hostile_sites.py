"""Sites that would stop or fill a worker: each visit ends with its cause, in bounded time and memory; others go on."""

import gzip
import json
import os
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from sources.fetch import Limits

Page = Callable[..., str]
Answer = Callable[["Visitor"], None]
SHORT = Limits(connect=2.0, read=0.5, total=1.5, most_bytes=400_000, redirects=3)
MEGABYTE = bytes(1_000_000)
BOMB = gzip.compress(bytes(10_000_000)) * 200
"""Two gigabytes of zeros in two megabytes."""
LAUGHS = "".join(f'<!ENTITY l{nth} "{f"&l{nth - 1};" * 10}">' for nth in range(1, 10))


class Visitor(BaseHTTPRequestHandler):
    """One request to a hostile site, answered by what the site was made with."""

    over: threading.Event

    def do_GET(self) -> None:
        site: Any = self.server
        try:
            (site.robots if self.path == "/robots.txt" else site.answer)(self)
        except OSError:
            self.close_connection = True  # the visitor has gone

    def say(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.begin(kind, status, **headers)
        self.wfile.write(body)

    def begin(self, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def hangs(visitor: Visitor) -> None:
    visitor.over.wait()


def drips(visitor: Visitor) -> None:
    visitor.begin()
    while not visitor.over.wait(0.1):
        visitor.wfile.write(b"x")


def circles(visitor: Visitor) -> None:
    visitor.begin(status=302, Location="/again")


def pours(visitor: Visitor) -> None:
    visitor.begin()
    for _ in range(2_000):
        visitor.wfile.write(MEGABYTE)


def explodes(visitor: Visitor) -> None:
    visitor.say(BOMB, Content_Encoding="gzip")


def expands_in_a_feed(visitor: Visitor) -> None:
    items = "<item><title>&l9;</title><link>/a</link></item>"
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss version="2.0"><channel>{items}'
    visitor.say(f"{body}</channel></rss>".encode(), "application/rss+xml")


def expands_in_a_sitemap(visitor: Visitor) -> None:
    body = f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "ha">{LAUGHS}]><urlset><url><loc>&l9;</loc></url>'
    visitor.say(f"{body}</urlset>".encode(), "application/xml")


def leads_elsewhere(visitor: Visitor) -> None:
    visitor.begin(status=302, Location="http://10.11.12.13/")


def is_calm(visitor: Visitor) -> None:
    visitor.say(b"", "text/plain")


@pytest.fixture
def hostile() -> Iterator[Callable[..., str]]:
    """`hostile(hangs)`: a site that does so, and its address; `robots` is how it answers for its robots.txt."""
    servers, over = [], threading.Event()

    def make(answer: Answer, robots: Answer = is_calm) -> str:
        server: Any = ThreadingHTTPServer(("127.0.0.1", 0), type("Visitor", (Visitor,), {"over": over}))
        server.answer, server.robots, server.daemon_threads = answer, robots, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/a"

    yield make
    over.set()
    for server in servers:
        server.shutdown()
        server.server_close()


HOSTILE: list[tuple[str, Answer, Answer, str]] = [
    ("page", hangs, is_calm, "the server stopped sending"),
    ("page", drips, is_calm, "not finished within"),
    ("page", circles, is_calm, "redirected more than"),
    ("page", pours, is_calm, "more than"),
    ("page", explodes, is_calm, "more than"),
    ("feed", expands_in_a_feed, is_calm, ""),
    ("sitemap", expands_in_a_sitemap, is_calm, "no sitemap that can be read"),
    ("page", hangs, pours, "robots.txt: more than"),
    ("page", hangs, hangs, "robots.txt: the server stopped sending"),
    ("page", leads_elsewhere, is_calm, "it leads to http://10.11.12.13/"),
]
NAMES = [f"{answer.__name__}-{robots.__name__}" for _, answer, robots, _ in HOSTILE]


@pytest.mark.parametrize(("kind", "answer", "robots", "cause"), HOSTILE, ids=NAMES)
def test_a_hostile_site_ends_its_visit_with_a_cause_and_another_watch_records(
    site: Any,
    make_page: Page,
    hostile: Callable[..., str],
    kind: str,
    answer: Answer,
    robots: Answer,
    cause: str,
) -> None:
    site.watch(hostile(answer, robots), kind, name="hostile")
    site.watch(site.serve("/good", make_page(1_377)), name="good")
    run = site.visit("hostile", limits=SHORT)
    assert (run.outcome, run.new) == (("failed" if cause else "unchanged"), 0)
    assert cause in (run.cause or "")
    assert len(run.cause or "") < 500
    assert site.visit("good", limits=SHORT).outcome == "changed"
    assert site.numbers() == [1_377]


def test_a_page_that_is_not_the_utf_8_it_says_is_read_with_what_can_be_read(site: Any, make_page: Page) -> None:
    body = make_page(1_377, more="<p>A line that is broken: ~.</p>").encode().replace(b"~", b"\xff\xfe\xc0\x80")
    site.watch(site.serve("/a", body, kind="text/html; charset=utf-8"))
    assert site.visit().outcome == "changed"
    assert site.numbers() == [1_377]


def test_of_a_feed_of_a_hundred_thousand_entries_only_so_many_are_taken(site: Any, make_page: Page) -> None:
    items = "".join(f"<item><title>{nth}</title><link>/page/{nth}</link></item>" for nth in range(100_000))
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    site.serve("/page/4999", make_page(1_377))
    site.watch(site.serve("/feed", body, kind="application/rss+xml"), "feed", match=r"/page/\d*4999$")
    run = site.visit()
    assert (run.pages, run.new, run.failed) == (2, 1, 0)


@pytest.mark.long
def test_hostile_sites_all_at_once_leave_a_worker_small_and_the_others_recorded(
    make_workers: Callable[[str], Any],
    tmp_path: Any,
    httpserver: HTTPServer,
    make_page: Page,
    hostile: Callable[..., str],
) -> None:
    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    httpserver.expect_request("/robots.txt").respond_with_data("")
    for number in range(1_000, 1_005):
        httpserver.expect_request(f"/{number}").respond_with_data(make_page(number), content_type="text/html")
        workers.watch(httpserver.url_for(f"/{number}"), "page", f"good-{number}")
    for name, (kind, answer, robots, _) in zip(NAMES, HOSTILE, strict=True):
        workers.watch(hostile(answer, robots), kind, name)
    process = workers.start("run", "--once", "--json", "--jobs", "4")
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 1
    told = {run["watch"]: run for run in json.loads(out)["runs"]}
    for name, (_, _, _, cause) in zip(NAMES, HOSTILE, strict=True):
        assert cause in (told[name]["cause"] or ""), name
    assert workers.numbers() == [1_000, 1_001, 1_002, 1_003, 1_004]
    kilobytes_a_megabyte = 1_024
    assert usage.ru_maxrss < 700 * kilobytes_a_megabyte, (
        "four bodies of fifty megabytes at once, and the program itself"
    )
