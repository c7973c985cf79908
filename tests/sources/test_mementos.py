"""TimeMaps of web archives: the captures that they list, and what is none."""

from datetime import UTC, datetime

import pytest

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.mementos import Memento, mementos

BASE = "https://archive.example/timemap/link/https://bureau.example/toll"
FIRST = datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC)


def timemap(body: str) -> Retrieved:
    return Retrieved(BASE, body.encode(), 200, "application/link-format", None, FIRST, (), BASE)


def test_captures_are_given_the_oldest_first_each_once() -> None:
    body = (
        '<https://bureau.example/toll>;rel="original",\n'
        '<https://archive.example/timegate/x>; rel="timegate",\n'
        '<https://archive.example/2>; rel="last memento"; datetime="Tue, 27 Oct 2009 20:49:54 GMT",\n'
        '<https://archive.example/1>; rel="first memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT",\n'
        '<https://archive.example/1>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT",\n'
        '<https://archive.example/undated>; rel="memento"\n'
    )
    assert mementos(timemap(body)) == [
        Memento("https://archive.example/1", "https://bureau.example/toll", FIRST),
        Memento(
            "https://archive.example/2", "https://bureau.example/toll", datetime(2009, 10, 27, 20, 49, 54, tzinfo=UTC)
        ),
    ]


def test_the_bytes_as_captured_are_asked_for_where_an_archive_rewrites_pages() -> None:
    body = (
        '<https://bureau.example/toll>; rel="original", '
        '<https://web.archive.org/web/20000620180259/https://bureau.example/toll>; rel="memento"; '
        'datetime="Tue, 20 Jun 2000 18:02:59 GMT"'
    )
    (capture,) = mementos(timemap(body))
    assert capture.address == "https://web.archive.org/web/20000620180259id_/https://bureau.example/toll"


@pytest.mark.parametrize(
    "body", ["", "<html>no</html>", '<ftp://bureau.example/>; rel="original"', '<x>; rel="memento"; datetime="x"']
)
def test_what_is_no_timemap_is_an_error(body: str) -> None:
    with pytest.raises(UnreadableInput, match="TimeMap"):
        mementos(timemap(body))
