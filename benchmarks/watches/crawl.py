"""
The same feeds through Scrapy: robots.txt kept, pages read by trafilatura, each kept in SQLite as one transaction.

Run by speed.py:  python crawl.py DATABASE CONCURRENT FEED…

It neither archives, extracts, gates nor proves anything: what it does is what every crawler must.
"""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from trafilatura import bare_extraction


class Keep:
    """A pipeline that keeps each page."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(sys.argv[1], isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = NORMAL")
        self.database.execute(
            "CREATE TABLE page (address TEXT PRIMARY KEY, sha256 BLOB, title TEXT, day TEXT, text TEXT, body BLOB)"
        )

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Keep one."""
        self.database.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)", tuple(item.values()))
        return item


class Feeds(scrapy.Spider):
    """Feeds and the pages that they name."""

    name = "feeds"
    start_urls = sys.argv[3:]

    def parse(self, response: Any) -> Iterator[Any]:
        """A feed."""
        response.selector.remove_namespaces()
        for link in response.xpath("//item/link/text()").getall():
            yield response.follow(link, self.page)

    def page(self, response: Any) -> Iterator[dict[str, Any]]:
        """A page as it is kept."""
        read = bare_extraction(response.body, url=response.url, with_metadata=True)
        digest = hashlib.sha256(response.body).digest()
        yield {"address": response.url, "sha256": digest, "title": read.title, "day": read.date, "text": read.text,
               "body": response.body}  # fmt: skip


process = CrawlerProcess(
    {
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[2]),
        "DOWNLOAD_DELAY": 0,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ITEM_PIPELINES": {Keep: 1},
    }
)
process.crawl(Feeds)
process.start()
