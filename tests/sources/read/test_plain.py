import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import UnreadableInput
from sources.read.plain import published_in, read_plain

TOLD = date(2023, 10, 17)


def test_the_text_is_kept_exactly_as_it_was_given() -> None:
    given_text = " date 2023-10-17 PORT VELDT – Twelve\r\n\r\npeople\u00a0died.\t\n"
    page = read_plain(b"\xef\xbb\xbf" + given_text.encode(), None, "a.txt")
    assert page.text == given_text
    assert (page.published, page.title, page.publisher, page.zones, page.doubts) == (TOLD, None, None, (), ())


def test_doubts_of_the_bytes_and_of_the_day_are_both_told() -> None:
    text = "PORT VELDT, Oct. 17, 2023 (Lantern) — Zwölf Menschen starben."
    page = read_plain(text.encode("utf-8"), "windows-1252", "a.txt")
    assert [doubt.partition(":")[0] for doubt in page.doubts] == ["encoding_differs", "published_inferred"]


@pytest.mark.parametrize(
    "text",
    [
        " date 2023-10-17 PORT VELDT – In response to the fire, the ministry spoke on 3 October 2023.",
        "Fire kills twelve\n17 October 2023\n\nTwelve people died.",
        "Fire kills twelve\n\nTuesday, 17 October 2023\nTwelve people died.",
        "Published: Tuesday, 17 October 2023 at 14:05 GMT\nTwelve people died.",
        "**Date:** 2023-10-17\n\nTwelve people died.",
        "Posted on October 17, 2023 at 2:05 p.m.\nTwelve people died.",
        "2023-10-17T12:00:00Z\nTwelve people died.",
        "By Ann Lee | 17 October 2023\nTwelve people died.",
        "Updated 18 October 2023\nPublished 17 October 2023\nTwelve people died.",
    ],
)
def test_the_first_lines_tell_the_day_of_publication(text: str) -> None:
    assert published_in(text) == (TOLD, ())


def test_a_dateline_tells_it_with_a_doubt() -> None:
    found, doubts = published_in("PORT VELDT, Oct. 17, 2023 (Lantern) — Twelve people died.")
    assert found == TOLD
    assert doubts[0].startswith("published_inferred:")


def test_a_day_of_updating_serves_where_there_is_no_other() -> None:
    found, doubts = published_in("Last updated: 18 October 2023\nTwelve people died.\nUpdated 19 October 2023")
    assert found == date(2023, 10, 18)
    assert "last update" in doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Twelve people died on 17 October 2023 in Port Veldt.",
        "On 17 October 2023, twelve people died.",
        "PORT VELDT, Oct. 17 — Twelve people died.",
        "Published in October 2023\nTwelve people died.",
        "Twelve died.\n" * 12 + "Published: 17 October 2023",
        "x" * 2000 + "\nPublished: 17 October 2023",
        "a " * 200 + "published 17 October 2023",
        "17 October 2023 was the day on which twelve people died.",
    ],
)
def test_a_day_in_a_sentence_or_far_down_tells_nothing(text: str) -> None:
    assert published_in(text) == (None, ())


def test_lines_made_to_be_slow_are_not() -> None:
    started = time.monotonic()
    for filler in (" ", "*", "- ", "by ", "A ", "(", "|"):
        published_in((filler * 1400)[:1400] + "2023-10-17" + filler * 100)
    assert time.monotonic() - started < 2


def test_binary_input_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        read_plain(b"\0\1\2", None, "a.bin")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")))
def test_any_text_is_kept_exactly(text: str) -> None:
    assert read_plain(text.encode(), None, "a.txt").text == text
