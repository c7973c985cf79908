"""A server on loopback in a process of its own: feeds, pages with two figures each, pages that never change."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
    wbufsize = -1
    """One packet an answer: without it, Nagle and delayed acknowledgement make each wait for 40 ms."""

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
        return PAGE.format(number=1_000 + sum(map(int, parts[1:])), other=1_007 + sum(map(int, parts[1:])))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve() -> None:
    """Answer until the process is ended."""
    ThreadingHTTPServer(("127.0.0.1", PORT), Site).serve_forever()
