import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from sources.errors import RefusedAddress, TooLarge, UnreadableInput
from sources.retrieve import retrieve


def test_a_file_comes_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "Bericht.HTML"
    path.write_bytes(b"\xffwords")
    before = datetime.now(UTC)
    found = retrieve(str(path))
    assert (found.body, found.media_type, found.name) == (b"\xffwords", "text/html", str(path))
    assert (found.address, found.status, found.charset, found.headers) == (None, None, None, ())
    assert before <= found.retrieved_at <= datetime.now(UTC)


def test_a_file_with_an_unknown_ending_has_no_media_type(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("words")
    assert retrieve(str(tmp_path / "notes")).media_type is None


def test_a_dash_is_standard_input() -> None:
    found = retrieve("-", standard_input=io.BytesIO(b"words"))
    assert (found.body, found.name, found.address) == (b"words", "standard input", None)


def test_a_dash_is_the_standard_input_of_the_process() -> None:
    reading = "from sources.retrieve import retrieve; print(retrieve('-').body)"
    done = subprocess.run([sys.executable, "-c", reading], input=b"words", capture_output=True, check=True)
    assert done.stdout.strip() == b"b'words'"


def test_an_address_is_fetched(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/toll").respond_with_data("words")
    found = retrieve(httpserver.url_for("/toll"), allow_networks=("127.0.0.0/8",))
    assert (found.body, found.status) == (b"words", 200)


def test_an_address_is_not_fetched_from_a_network_that_nobody_opened(httpserver: HTTPServer) -> None:
    with pytest.raises(RefusedAddress):
        retrieve(httpserver.url_for("/"))


def test_an_address_of_another_kind_is_refused_and_not_taken_for_a_path() -> None:
    with pytest.raises(RefusedAddress, match="not an http or https address"):
        retrieve("file:///etc/hosts")


@pytest.mark.parametrize(
    ("name", "said"), [("missing.txt", "no such file"), (".", "a folder, not a file"), ("a\0b", "cannot be read")]
)
def test_what_is_no_file_gets_one_clear_line(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said) as failure:
        retrieve(str(tmp_path / name))
    assert "\n" not in str(failure.value)


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(UnreadableInput, match=r"cannot be read \(Not a directory\)"):
        retrieve(str(tmp_path / "file" / "below"))


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user who may not read everything, even where the tests run as root."""
    user = os.geteuid()
    os.seteuid(user or 65_534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.touch(mode=0)
    with without_privileges(), pytest.raises(UnreadableInput, match="no permission"):
        retrieve(str(path))


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as failure:
        retrieve(str(tmp_path / "a\nb"))
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("where", ["empty.txt", "-"])
def test_nothing_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(UnreadableInput, match="nothing in it"):
        retrieve("-" if where == "-" else str(tmp_path / where), standard_input=io.BytesIO())


def test_an_empty_page_is_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"")
    with pytest.raises(UnreadableInput, match="nothing in it"):
        retrieve(httpserver.url_for("/"), allow_networks=("127.0.0.0/8",))


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path, httpserver: HTTPServer) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 1001)
    httpserver.expect_request("/").respond_with_data(b"x" * 1001)
    assert len(retrieve(str(path), most_bytes=1001).body) == 1001
    with pytest.raises(TooLarge, match="more than 1,000 bytes"):
        retrieve(str(path), most_bytes=1000)
    with pytest.raises(TooLarge):
        retrieve("-", most_bytes=1000, standard_input=io.BytesIO(b"x" * 1001))
    with pytest.raises(TooLarge):
        retrieve(httpserver.url_for("/"), most_bytes=1000, allow_networks=("127.0.0.0/8",))


def test_a_device_without_end_stops_at_the_limit() -> None:
    with pytest.raises(TooLarge):
        retrieve("/dev/zero", most_bytes=1000)


def test_a_standard_input_that_is_closed_gets_one_clear_line() -> None:
    closed = io.BytesIO(b"words")
    closed.close()
    with pytest.raises(UnreadableInput, match="standard input: cannot be read"):
        retrieve("-", standard_input=closed)


def test_reading_a_file_loads_no_network_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    reading = (
        "import sys; from sources.retrieve import retrieve; retrieve(sys.argv[1]);"
        "print(sorted({'httpx', 'ssrfguard', 'trafilatura', 'lxml', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", reading, str(tmp_path / "a.txt")], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"
