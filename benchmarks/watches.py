"""
How fast watches are visited: documents a second from loopback to the record, and what an unchanged page costs.

    .venv/bin/python benchmarks/watches.py [DOCUMENTS] [WATCHES]

A server in another process answers at once. Spacing between requests to one host is lifted for it, and for it only;
every other guarantee is on: robots.txt, archive before reading, one transaction a document, one job a visit.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process
from pathlib import Path

PORT = 8798
PAGE = (
    "<html lang='en'><head><title>A fictional page</title></head><body><article><h1>A fictional page</h1>"
    "<p>The Invented Health Bureau said on 20 January 2024 that {number:,} people had been killed in Sudan and "
    "{other:,} injured. Roads were closed.</p>" + "<p>Nothing else was counted on that day.</p>" * 20 + "</article>"
    "</body></html>"
)


class Site(BaseHTTPRequestHandler):
    """Feeds at /feed/N/DOCUMENTS, pages at /page/N/M, pages that never change at /same/N."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a page, a feed, or that a page is unchanged."""
        parts = self.path.strip("/").split("/")
        if parts[0] == "same" and self.headers.get("If-None-Match"):
            self.send_response(304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = self._body(parts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if parts[0] == "feed" else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"same"')
        self.end_headers()
        self.wfile.write(body)

    def _body(self, parts: list[str]) -> str:
        if parts[0] == "feed":
            items = "".join(
                f"<item><title>n</title><link>/page/{parts[1]}/{n}</link></item>" for n in range(int(parts[2]))
            )
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
        if parts[0] == "robots.txt":
            return ""
        number = 1_000 + sum(int(part) for part in parts[1:])
        return PAGE.format(number=number, other=number + 7)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve() -> None:
    ThreadingHTTPServer(("127.0.0.1", PORT), Site).serve_forever()


def run(folder: str, *words: str) -> tuple[float, str]:
    """Run the command on the store of this folder; seconds and output."""
    given = {
        "CASUALTY_FIGURES_DB": f"sqlite:///{folder}/store.db",
        "CASUALTY_FIGURES_ALLOW_NETWORKS": "127.0.0.0/8",
        "CASUALTY_FIGURES_HOST_SPACING": "0",
    }
    command = [str(Path(sys.executable).with_name("casualty-figures")), *words]
    start = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - start, done.stdout


def documents_a_second(documents: int, jobs: int) -> float:
    """End to end: feeds of so many documents in all, shared by so many visits at a time."""
    with tempfile.TemporaryDirectory() as folder:
        for feed in range(jobs):
            address = f"http://127.0.0.1:{PORT}/feed/{feed}/{documents // jobs}"
            run(folder, "watch", "add", address, "--kind", "feed", "--every", "1h", "--name", f"feed {feed}")
        seconds, out = run(folder, "run", "--once", "--json", "--jobs", str(jobs))
        pages = sum(one["pages"] - 1 for one in json.loads(out)["runs"])
        return pages / seconds


def unchanged(watches: int, visited: int) -> tuple[float, int]:
    """Seconds a visit of a page that answers 304 takes with so many watches registered; and the memory of the run."""
    from db.store import Store
    from db.watches import change_watch
    from tracker.watching import new_watch

    with tempfile.TemporaryDirectory() as folder:
        with Store(f"sqlite:///{folder}/store.db") as store:
            for place in range(watches):
                address = f"http://127.0.0.1:{PORT}/same/{place}"
                new_watch(store, address, "page", name=f"w{place:05}", every="1d")
                if place >= visited:
                    change_watch(store, f"w{place:05}", state="paused")
        run(folder, "run", "--once")
        for place in range(visited):
            with Store(f"sqlite:///{folder}/store.db") as store:
                from datetime import UTC, datetime

                change_watch(store, f"w{place:05}", next_due=datetime.now(UTC))
        seconds, _ = run(folder, "run", "--once")
        return seconds / visited, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 180
    watches = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    server = Process(target=serve, daemon=True)
    server.start()
    time.sleep(0.5)
    for jobs in (1, 2, 4):
        print(f"{jobs} at a time: {documents_a_second(documents, jobs):.1f} documents a second, start-up included")
    each, memory = unchanged(watches, 200)
    told = f"{watches:,} watches, 200 due and unchanged: {each * 1e3:.1f} ms a visit, start-up included"
    print(f"{told}; {memory} MB at most")
    server.terminate()


if __name__ == "__main__":
    main()
