"""Answers of CDX servers: the captures that they list, in every form they come in, and what is none."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import cdx
from sources.cdx import COLUMNS, cdx_captures, is_cdx
from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.mementos import Memento

WAYBACK = "https://web.archive.org/cdx/search/cdx?url=bureau.example/toll&output=json"
PYWB = "https://archive.example/figures/cdx?url=https://bureau.example/toll"
PAGE = "https://bureau.example/toll"
KEY = "example,bureau)/toll"
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def answer(body: str | bytes, address: str = WAYBACK) -> Retrieved:
    bytes_of_it = body if isinstance(body, bytes) else body.encode()
    return Retrieved(address, bytes_of_it, 200, "application/json", None, NOW, (), address)


def row(timestamp: Any, original: Any = PAGE, *, status: Any = "200", digest: Any = "A", key: Any = KEY) -> list[Any]:
    return [key, timestamp, original, "text/html", status, digest]


def array(*rows: list[Any]) -> str:
    return json.dumps([list(COLUMNS), *rows])


def times(captures: list[Memento]) -> list[str]:
    return [f"{capture.at:%Y%m%d%H%M%S}" for capture in captures]


def test_the_rows_of_the_wayback_machine_are_captures_as_they_were_served() -> None:
    assert cdx_captures(answer(array(row("20240220100000", digest="B"), row("20240122100000")))) == [
        Memento(f"https://web.archive.org/web/20240122100000id_/{PAGE}", PAGE, datetime(2024, 1, 22, 10, tzinfo=UTC)),
        Memento(f"https://web.archive.org/web/20240220100000id_/{PAGE}", PAGE, datetime(2024, 2, 20, 10, tzinfo=UTC)),
    ]


def test_columns_may_come_in_any_order_and_only_time_and_page_are_needed() -> None:
    body = json.dumps([["original", "length", "timestamp"], [PAGE, "7", "20240122100000"]])
    assert times(cdx_captures(answer(body))) == ["20240122100000"]


FIELDS = '"url": "https://bureau.example/toll", "status": "200"'
ONE, TWO = "20240122100000", "20240220100000"


@pytest.mark.parametrize(
    "lines",
    [
        f'{KEY} {ONE} {{{FIELDS}, "digest": "sha1:A"}}\n{KEY} {TWO} {{{FIELDS}}}\n',
        f'{{"urlkey": "{KEY}", "timestamp": "{ONE}", {FIELDS}}}\r\n{{"timestamp": "{TWO}", {FIELDS}}}',
        f"{KEY} {ONE} {PAGE} text/html 200 A 1045\n{KEY} {TWO} {PAGE} text/html 200 B - - 9 1 x.warc\n",
        f"\n{KEY} {ONE} {PAGE}\n\n{KEY} {TWO} {PAGE}\nno line of an index\n{{broken\nkey 20240101000000 {{",
    ],
)
def test_the_lines_of_pywb_are_captures_of_the_collection_that_was_asked(lines: str) -> None:
    assert is_cdx(answer(lines, PYWB))
    assert [capture.address for capture in cdx_captures(answer(lines, PYWB))] == [
        f"https://archive.example/figures/20240122100000id_/{PAGE}",
        f"https://archive.example/figures/20240220100000id_/{PAGE}",
    ]


def test_the_question_may_name_the_columns_of_lines() -> None:
    asked = "https://web.archive.org/cdx/search/cdx?url=x&fl=timestamp,original"
    found = answer(f"20240122100000 {PAGE}\n", asked)
    assert is_cdx(found)
    assert times(cdx_captures(found)) == ["20240122100000"]


@pytest.mark.parametrize(
    ("asked", "served"),
    [
        ("https://archive.example/wayback/cdx?url=x", "https://archive.example/wayback"),
        ("https://archive.example/figures-cdx/?url=x", "https://archive.example/figures"),
        ("http://archive.example:8080/a/b/cdx", "http://archive.example:8080/a/b"),
        ("http://archive.example/cdx", "http://archive.example"),
    ],
)
def test_where_an_archive_serves_its_captures_follows_from_its_index(asked: str, served: str) -> None:
    (capture,) = cdx_captures(answer(array(row("20240122100000")), asked))
    assert capture.address == f"{served}/20240122100000id_/{PAGE}"


@pytest.mark.parametrize("asked", ["https://archive.example/search?url=x", "https://archive.example/", ""])
def test_an_index_that_does_not_say_where_its_captures_are_is_refused(asked: str) -> None:
    with pytest.raises(UnreadableInput, match=r"cannot be told .* watch one that ends in /COLLECTION/cdx"):
        cdx_captures(answer(array(row("20240122100000")), asked))


def test_redirects_and_errors_are_passed_over_and_revisits_are_not() -> None:
    statuses = ["301", "404", "-", 200, "503", ""]
    rows = [row(f"2024010{n + 1}000000", status=status, digest=str(n)) for n, status in enumerate(statuses)]
    assert times(cdx_captures(answer(array(*rows)))) == ["20240103000000", "20240104000000", "20240106000000"]


def test_neighbours_with_the_same_bytes_are_one_capture_and_what_comes_back_is_another() -> None:
    digests = ["A", "A", "B", "sha1:B", "A", "-", "-", None]
    rows = [row(f"2024010{n + 1}000000", digest=digest) for n, digest in enumerate(digests)]
    rows.insert(1, row("20240101120000", status="302", digest="R"))
    assert [time[7] for time in times(cdx_captures(answer(array(*rows))))] == ["1", "3", "5", "6", "7", "8"]


def test_all_spellings_of_one_page_are_its_past_under_its_newest_address() -> None:
    rows = [row("20140101000000", "http://www.bureau.example:80/toll"), row("20240101000000", digest="B")]
    rows.append(row("20240301000000", "http://bureau.example/toll", status="301", digest="R"))
    other = row("20240102000000", "https://bureau.example/other", key="example,bureau)/other", digest="B")
    found = cdx_captures(answer(array(*rows, other)))
    assert [capture.original for capture in found] == [PAGE, PAGE, "https://bureau.example/other"]
    assert found[0].address.endswith("/20140101000000id_/http://www.bureau.example:80/toll")


@pytest.mark.parametrize(
    "odd",
    [
        row("20240230000000"), row("20240101000060"), row("2024"), row("99991231235959"), row("00000101000000"),
        row("19700101000000"), row(20240101000000), row(None), row("२०२४०१०१००००००"), row("20240101000000", None),
        row("20240101000000", "ftp://bureau.example/"), row("20240101000000", "https://"),
        row("20240101000000", "https://reader:secret@bureau.example/"), row("20240101000000", 7), ["x"], [],
        row("20240101000000", "https://bureau.example/" + "x" * 9_000), row("20240101000000", "x" * 30_000),
    ],
)  # fmt: skip
def test_what_no_archive_can_have_captured_is_passed_over(odd: list[Any]) -> None:
    assert times(cdx_captures(answer(array(odd, row("20240122100000", key=7))))) == ["20240122100000"]


@pytest.mark.parametrize("body", ["[]", " [ ] ", json.dumps([list(COLUMNS)]), "", "\n"])
def test_an_index_without_captures_is_an_empty_answer(body: str) -> None:
    assert is_cdx(answer(body))
    assert cdx_captures(answer(body)) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('[["urlkey", "timestamp"], ["x", "20240101000000"]]', "no column 'original'"),
        ('[["original", 7], ["x", "y"]]', "no column 'timestamp'"),
        (array(row("20240101000000"))[:-1], "breaks off or is broken at character"),
        (array(row("20240101000000"))[:-20], "breaks off or is broken at character"),
        ('[["timestamp", "original"], {"timestamp": "x"}]', "breaks off or is broken"),
        ('[["timestamp", "original"], [1, 2,]]', "breaks off or is broken"),
        ('["timestamp", "original"]', "breaks off or is broken"),
        ("[" * 100_000, "breaks off or is broken"),
        ('{"message": "no captures"}', "no line names a time and a page"),
        ('{"original_uri": "https://bureau.example/", "mementos": {}}', "no line names a time and a page"),
        ("x 20249999999999 y z", "no line names a time and a page"),
    ],
)
def test_what_is_no_index_is_refused(body: str, said: str) -> None:
    assert is_cdx(answer(body))
    with pytest.raises(UnreadableInput, match=said):
        cdx_captures(answer(body))


@pytest.mark.parametrize("body", ["<https://x.example/>; rel=original", "<html>20240101000000 x</html>", "words"])
def test_a_timemap_or_a_page_is_no_index(body: str) -> None:
    assert not is_cdx(answer(body))
    assert not is_cdx(answer("", "https://archive.example/timemap/link/x"))


def test_so_many_rows_are_read_and_so_many_captures_taken_the_oldest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [row(f"{start + timedelta(hours=n):%Y%m%d%H%M%S}", digest=str(n)) for n in range(50)]
    monkeypatch.setattr(cdx, "MOST_ROWS", 40)
    assert len(cdx_captures(answer(array(*rows)))) == 40
    monkeypatch.setattr(cdx, "MOST_CAPTURES", 10)
    found = cdx_captures(answer(array(*reversed(rows[:30]))))
    assert (len(found), found[0].at) == (10, start)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from([*COLUMNS, "20240101000000", PAGE]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.one_of(json_values.map(lambda value: json.dumps(value).encode()), st.binary(max_size=200)))
def test_whatever_comes_is_captures_or_one_refusal(body: bytes) -> None:
    try:
        found = cdx_captures(answer(body))
    except UnreadableInput:
        return
    assert found == sorted(found, key=lambda capture: capture.at)


@given(
    st.lists(
        st.tuples(st.datetimes(datetime(1995, 1, 1), datetime(2024, 5, 1)), st.sampled_from("AB")),
        unique_by=lambda one: one[0].replace(microsecond=0),
    )
)
def test_every_form_of_an_index_gives_the_same_captures(made: list[tuple[datetime, str]]) -> None:
    rows = [row(f"{at:%Y%m%d%H%M%S}", digest=digest) for at, digest in made]
    lines = "\n".join(" ".join(one) for one in rows)
    objects = "\n".join(json.dumps(dict(zip(COLUMNS, one, strict=True))) for one in rows)
    expected = cdx_captures(answer(array(*rows), PYWB))
    assert cdx_captures(answer(lines, PYWB)) == cdx_captures(answer(objects, PYWB)) == expected
