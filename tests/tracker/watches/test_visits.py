"""A visit records what changed, asks politely, and says what came of it, on both databases."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from werkzeug import Response

from db.watches import change_watch, runs, visited, watch_named
from tracker.readers import Readers
from tracker.visiting import PAUSED_AFTER, READ_APART

Page = Callable[..., str]


def test_a_page_is_recorded_once_and_noted_as_unchanged_after(site: Any, make_page: Page) -> None:
    address = site.serve("/a", make_page(1_377))
    site.watch(address)
    first = site.visit()
    assert (first.outcome, first.pages, first.new, first.failed) == ("changed", 1, 1, 0)
    assert site.told() == ["new_figure"]
    second = site.visit()
    assert (second.outcome, second.unchanged, second.new) == ("unchanged", 1, 0)
    assert site.told() == []
    assert site.numbers() == [1_377]
    seen = visited(site.store, address)
    assert seen is not None
    assert seen.last_seen - seen.first_seen == timedelta(hours=1)


def test_a_server_that_knows_conditional_requests_sends_the_page_once(site: Any, make_page: Page) -> None:
    address = site.serve("/a", make_page(1_377), ETag='"one"')
    site.watch(address)
    site.visit()
    site.serve("/a", b"", status=304)
    assert site.visit().unchanged == 1
    request = next(request for request, _ in reversed(site.server.log) if request.path == "/a")
    assert request.headers["If-None-Match"] == '"one"'
    assert request.headers["User-Agent"].startswith("casualty-figures/")


def test_a_page_that_changes_a_number_is_recorded_again_and_told(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)))
    site.visit()
    site.serve("/a", make_page(1_512))
    run = site.visit()
    assert (run.outcome, run.new) == ("changed", 1)
    assert site.told() == ["new_figure", "silently_edited"]
    assert site.numbers() == [1_377, 1_512]
    from tracker.filtering import Asked
    from tracker.questions import history_of

    changes = [step.change for series in history_of(site.store, Asked()) for step in series.steps]
    assert changes == ["first", "silently_edited"]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>A fictional feed</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{link}</link></item>"


def feed(*items: tuple[str, str]) -> str:
    return FEED.format(items="".join(ITEM.format(title=title, link=link) for title, link in items))


def test_a_feed_s_documents_are_visited_once_each(site: Any, make_page: Page) -> None:
    site.serve("/a", make_page(1_377))
    second = site.serve("/b", make_page(1_512, "30 January 2024"))
    site.watch(site.serve("/feed", feed(("one", "/a")), kind="application/rss+xml"), "feed")
    assert site.visit().new == 1
    site.serve("/feed", feed(("two", second), ("one", "/a")), kind="application/rss+xml")
    run = site.visit()
    assert (run.pages, run.new) == (2, 1)
    assert (site.asked("/a"), site.asked("/b")) == (1, 1)
    assert site.numbers() == [1_377, 1_512]


def test_only_entries_that_fit_are_visited(site: Any, make_page: Page) -> None:
    site.serve("/a", make_page(1_377))
    site.serve("/b", make_page(1_512))
    address = site.serve("/feed", feed(("Sport", "/a"), ("Killed in Sudan", "/b")), kind="application/rss+xml")
    site.watch(address, "feed", match="sudan")
    site.visit()
    assert (site.asked("/a"), site.asked("/b")) == (0, 1)


def test_a_news_sitemap_is_a_list_too(site: Any, make_page: Page) -> None:
    address = site.serve("/a", make_page(1_377))
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{address}</loc></url></urlset>'
    site.watch(site.serve("/sitemap.xml", body, kind="application/xml"), "sitemap")
    assert site.visit().new == 1


def test_a_dataset_is_imported_by_its_mapping_and_its_changed_cells_are_recorded(site: Any) -> None:
    row = {"report_date": "2023-10-20", "report_source": "mohtel", "report_period": 24, "killed": 352}
    address = site.serve("/daily.json", json.dumps([{**row, "killed_cum": 4_137}]), kind="application/json")
    site.watch(address, "dataset", mapping="techforpalestine-gaza-daily", publisher=None)
    assert site.visit().new == 2
    site.serve("/daily.json", json.dumps([{**row, "killed_cum": 4_200}]), kind="application/json")
    assert site.visit().new == 1
    assert site.numbers() == [352, 4_137, 4_200]


def test_what_robots_txt_asks_is_kept(site: Any, make_page: Page) -> None:
    site.robots("User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site.watch(site.serve("/private/a", make_page(1_377)))
    run = site.visit(spacing=1)
    assert (run.outcome, site.asked("/private/a")) == ("failed", 0)
    assert "robots.txt asks" in (run.cause or "")
    site.serve("/a", make_page(1_377))
    site.serve("/b", make_page(1_512))
    site.watch(site.serve("/feed", feed(("one", "/a"), ("two", "/b")), kind="application/rss+xml"), "feed", name="f")
    site.visit("f", spacing=1)
    assert site.waited == [7.0, 14.0]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(site: Any, make_page: Page, status: int) -> None:
    site.robots("", status=status)
    site.watch(site.serve("/a", make_page(1_377)))
    assert site.visit().outcome == "failed"
    assert site.asked("/a") == 0


def test_a_site_without_robots_txt_has_no_wishes(site: Any, make_page: Page) -> None:
    site.robots("", status=404)
    site.watch(site.serve("/a", make_page(1_377)))
    assert site.visit().new == 1


def test_a_watch_that_keeps_failing_slows_down_then_pauses_with_a_notice(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", "", status=500), every="1m")
    waits = []
    for _ in range(PAUSED_AFTER):
        before = site.now = max(site.now, watch_named(site.store, "w").next_due)
        run = site.visit(later=timedelta(0))
        assert (run.outcome, run.failed) == ("failed", 1)
        waits.append(watch_named(site.store, "w").next_due - before)
    assert waits == sorted(waits)
    assert (waits[0], waits[3], waits[-1]) == (timedelta(minutes=5), timedelta(minutes=40), timedelta(days=1))
    watch = watch_named(site.store, "w")
    assert (watch.state, watch.failures) == ("paused", PAUSED_AFTER)
    assert "500" in (watch.why or "")
    assert site.told() == ["watch_failing", "watch_paused"]
    assert [run.outcome for run in runs(site.store, failing=True)] == ["failed"] * PAUSED_AFTER
    site.serve("/a", make_page(1_377))
    change_watch(site.store, "w", state="active", failures=0, next_due=site.now + timedelta(minutes=1))
    assert site.visit().outcome == "changed"
    assert watch_named(site.store, "w").failures == 0


@pytest.mark.parametrize("said", ["7200", "Fri, 01 Mar 2024 14:00:00 GMT"])
def test_a_server_that_says_when_to_come_again_is_heard(site: Any, said: str) -> None:
    site.watch(site.serve("/a", "", status=503, Retry_After=said), every="15m")
    site.visit(later=timedelta(0))
    assert watch_named(site.store, "w").next_due == site.now + timedelta(hours=2)


def test_a_page_that_is_gone_is_told_once(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)))
    site.visit()
    site.serve("/a", "", status=410)
    site.visit()
    assert "document_gone" in site.told()
    site.visit()
    assert "document_gone" not in site.told()
    assert site.numbers() == [1_377]


def test_a_redesigned_page_that_gives_nothing_is_flagged(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/a", make_page(1_377)))
    site.visit()
    words = "The pages of this bureau have moved, and its numbers are to be found elsewhere from now on. "
    site.serve("/a", f"<html lang='en'><body><article><p>{words * 5}</p></article></body></html>")
    run = site.visit()
    assert (run.outcome, site.told()) == ("nothing_found", ["nothing_found"])
    assert [one.outcome for one in runs(site.store, failing=True)] == ["nothing_found"]


def test_one_bad_document_of_a_list_stops_none_of_the_others(site: Any, make_page: Page) -> None:
    site.serve("/bad", "", status=500)
    site.serve("/a", make_page(1_377))
    site.watch(site.serve("/feed", feed(("bad", "/bad"), ("good", "/a")), kind="application/rss+xml"), "feed")
    run = site.visit()
    assert (run.outcome, run.new, run.failed) == ("changed", 1, 1)
    assert "500" in (run.cause or "")


def test_a_list_that_is_none_fails_with_its_cause(site: Any) -> None:
    site.watch(site.serve("/feed", "<html><body>No feed</body></html>"), "feed")
    run = site.visit()
    assert run.outcome == "failed"
    assert "no feed that can be read" in (run.cause or "")


def test_an_address_on_a_private_network_is_not_visited(site: Any, make_page: Page) -> None:
    from datetime import UTC, datetime

    from tracker.visiting import Visit

    site.watch(site.serve("/a", make_page(1_377)))
    watch = watch_named(site.store, "w")
    visit = Visit(site.store, site.archive, watch, watch.next_due, clock=lambda: datetime.now(UTC))
    run = visit.make()
    assert run.outcome == "failed"
    assert site.server.log == []


def timemap(site: Any, *captures: tuple[str, str]) -> str:
    original = '<https://bureau.example/toll>; rel="original",\n'
    links = (f'<{address}>; rel="memento"; datetime="{at}"' for address, at in captures)
    return str(site.serve("/timemap", original + ",\n".join(links), kind="application/link-format"))


def test_the_captures_of_a_web_archive_become_the_page_s_past(site: Any, make_page: Page) -> None:
    late = site.serve("/web/2", make_page(1_512))
    early = site.serve("/web/1", make_page(1_377))
    when = ("Tue, 20 Feb 2024 10:00:00 GMT", "Mon, 22 Jan 2024 10:00:00 GMT")
    site.watch(timemap(site, (late, when[0]), (early, when[1])), "history")
    run = site.visit()
    assert (run.outcome, run.pages, run.new) == ("changed", 3, 2)
    from db.find import find_figures
    from db.known import snapshot_of
    from tracker.filtering import Asked
    from tracker.questions import history_of

    found = find_figures(site.store)
    assert {one.address for one in found} == {"https://bureau.example/toll"}
    days = {snapshot_of(site.store, one)[0].retrieved_at.day for one in found}
    assert days == {20, 22}
    (series,) = history_of(site.store, Asked())
    assert [(step.change, step.difference) for step in series.steps] == [("first", None), ("silently_edited", 135)]
    third = site.serve("/web/3", make_page(1_600))
    timemap(site, (late, when[0]), (early, when[1]), (third, "Fri, 01 Mar 2024 10:00:00 GMT"))
    assert (site.visit().new, site.asked("/web/1")) == (1, 1)


def test_a_long_list_is_read_in_processes_of_its_own_and_recorded_in_its_order(site: Any, make_page: Page) -> None:
    readers = Readers(1)
    addresses = [site.serve(f"/{number}", make_page(1_000 + number)) for number in range(READ_APART + 4)]
    site.serve("/1", "<p></p>")
    site.watch(site.serve("/feed", feed(*((one, one) for one in addresses)), kind="application/rss+xml"), "feed")
    try:
        run = site.visit(readers=readers)
    finally:
        readers.close()
    assert (run.new, run.failed) == (READ_APART + 3, 1)
    assert site.recorded() == [1_000, *(1_000 + number for number in range(2, READ_APART + 4))]


def test_a_server_that_fails_for_a_moment_is_asked_again(site: Any, make_page: Page) -> None:
    answers = [Response(status=503), Response(status=500), Response(make_page(1_200), content_type="text/html")]
    site.server.expect_request("/toll").respond_with_handler(lambda _: answers.pop(0))
    site.watch(site.server.url_for("/toll"))
    assert site.visit().outcome == "changed"
    assert site.asked("/toll") == 3


def test_a_server_that_says_when_to_come_again_is_not_asked_before(site: Any, make_page: Page) -> None:
    site.watch(site.serve("/toll", "later", status=503, Retry_After="7200"))
    assert site.visit().outcome == "failed"
    assert site.asked("/toll") == 1


def test_a_list_is_asked_for_whole_until_all_that_may_still_come_has_come(site: Any, make_page: Page) -> None:
    good, late = site.serve("/good", make_page(1_200)), site.serve("/late", "busy", status=500)
    address = site.serve("/feed", feed(("one", good), ("two", late)), kind="application/rss+xml", ETag='"one"')
    site.watch(address, "feed")
    assert (site.visit().new, site.numbers()) == (1, [1_200])
    site.serve("/late", make_page(1_300))
    assert (site.visit().new, site.numbers()) == (1, [1_200, 1_300])
    assert site.asked("/good") == 1


def test_a_document_that_gives_no_text_is_asked_for_once(site: Any, make_page: Page) -> None:
    empty, good = site.serve("/empty", "<p></p>"), site.serve("/good", make_page(1_200))
    site.watch(site.serve("/feed", feed(("one", empty), ("two", good)), kind="application/rss+xml"), "feed")
    run = site.visit()
    assert (run.new, run.failed) == (1, 1)
    assert "no HTML that can be parsed" in run.cause
    assert site.visit().failed == 0
    assert site.asked("/empty") == 1


def test_bytes_are_archived_before_they_are_read(site: Any) -> None:
    site.watch(site.serve("/toll", "<p></p>"))
    assert site.visit().outcome == "failed"
    assert [file.suffix for file in site.archive.folder.rglob("*.warc.gz")] == [".gz"]


@pytest.mark.parametrize("form", ["json", "cdxj"])
def test_the_captures_that_a_cdx_server_lists_become_the_page_s_past(site: Any, make_page: Page, form: str) -> None:
    page = "https://bureau.example/toll"
    rows = [("20240122100000", "200", "A"), ("20240123100000", "200", "A"), ("20240124100000", "301", "-")]
    rows.append(("20240220100000", "200", "B"))
    for timestamp, number in (("20240122100000", 1_377), ("20240220100000", 1_512)):
        site.serve(f"/figures/{timestamp}id_/{page}", make_page(number))
    if form == "json":
        body = json.dumps([["timestamp", "original", "statuscode", "digest"], *([t, page, s, d] for t, s, d in rows)])
    else:
        said = ({"url": page, "status": status, "digest": digest} for _, status, digest in rows)
        body = "\n".join(f"key {row[0]} {json.dumps(one)}" for row, one in zip(rows, said, strict=True))
    site.watch(site.serve("/figures/cdx", body, kind="application/json"), "history")
    run = site.visit()
    assert (run.outcome, run.pages, run.new, run.failed) == ("changed", 3, 2, 0)
    assert site.numbers() == [1_377, 1_512]
    from tracker.filtering import Asked
    from tracker.questions import history_of

    (series,) = history_of(site.store, Asked())
    assert [(step.change, step.difference) for step in series.steps] == [("first", None), ("silently_edited", 135)]
    assert site.visit().new == 0


def test_an_index_whose_captures_cannot_be_found_fails_with_the_remedy(site: Any) -> None:
    body = json.dumps([["timestamp", "original"], ["20240122100000", "https://bureau.example/toll"]])
    site.watch(site.serve("/search", body, kind="application/json"), "history")
    run = site.visit()
    assert (run.outcome, run.pages) == ("failed", 1)
    assert "/COLLECTION/cdx" in (run.cause or "")


def test_a_list_that_named_documents_and_names_none_is_flagged_once(site: Any, make_page: Page) -> None:
    document = site.serve("/a", make_page(1_377))
    site.watch(site.serve("/feed", feed(("one", document)), kind="application/rss+xml"), "feed")
    assert site.visit().outcome == "changed"
    assert site.visit().outcome == "unchanged"
    site.serve("/feed", feed(), kind="application/rss+xml")
    assert site.visit().outcome == "nothing_found"
    assert site.told() == ["nothing_found"]
    assert site.visit().outcome == "unchanged"


def test_a_list_that_named_nothing_from_the_first_is_only_empty(site: Any) -> None:
    site.watch(site.serve("/feed", feed(), kind="application/rss+xml"), "feed")
    assert site.visit().outcome == "unchanged"
