"""Documents read in processes of their own, and what becomes of those processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from tracker.ingesting import Stated, find
from tracker.readers import Readers

MakePage = Callable[..., str]
STATED = Stated(publisher="The Fictional Ledger")


def retrieved(text: str) -> Retrieved:
    return Retrieved(
        "https://ledger.example/1", text.encode(), 200, "text/html", "utf-8", datetime(2024, 3, 1, tzinfo=UTC), (), "a"
    )


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers(1)
    yield made
    made.close()


def children_of(process: int) -> list[int]:
    """Each process tells its parent: the kernel's own list of children may lack one while others come and go."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            parent = stat.read_text().rpartition(")")[2].split()[1]
            found += [int(stat.parent.name)] if int(parent) == process else []
    return found


def readers_of(process: int) -> list[int]:
    """The processes that read documents for it: the children of the server that it started for them."""
    servers = [child for child in children_of(process) if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return [reader for server in servers for reader in children_of(server)]


def test_a_document_gives_the_same_there_as_here(readers: Readers, make_page: MakePage) -> None:
    document = retrieved(make_page(1_200))
    assert readers.find(document, STATED)() == find(document, STATED)


def test_what_cannot_be_read_says_why_and_the_next_is_read(readers: Readers, make_page: MakePage) -> None:
    with pytest.raises(UnreadableInput, match="no HTML that can be parsed"):
        readers.find(retrieved("<p></p>"), STATED)()
    assert readers.find(retrieved(make_page(1_200)), STATED)().figures


def test_a_process_that_ends_under_its_documents_costs_none_of_them(readers: Readers, make_page: MakePage) -> None:
    readers.find(retrieved(make_page(1)), STATED)()
    (process,) = readers_of(os.getpid())
    os.kill(process, signal.SIGSTOP)
    waiting = [readers.find(retrieved(make_page(number)), STATED) for number in (1_200, 1_300)]
    os.kill(process, signal.SIGKILL)
    counts = [found().figures[0].count for found in waiting]
    assert [count.best for count in counts if count] == [1_200, 1_300]
    assert readers.find(retrieved(make_page(1_400)), STATED)().figures


def test_processes_are_let_go_when_nothing_comes(readers: Readers, make_page: MakePage) -> None:
    readers.find(retrieved(make_page(1)), STATED)()
    readers.rest()
    assert readers_of(os.getpid())
    readers.close()
    deadline = time.monotonic() + 30
    while readers_of(os.getpid()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert readers_of(os.getpid()) == []


READING = """
import sys, time
from datetime import UTC, datetime
from sources.fetch import Retrieved
from tracker.ingesting import Stated
from tracker.readers import Readers
if __name__ == "__main__":
    page = Retrieved(None, b"Twelve people were killed.", None, "text/plain", "utf-8", datetime.now(UTC), (), "a")
    readers = Readers(1)
    readers.find(page, Stated())()
    print("read", flush=True)
    time.sleep(600)
"""


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "reading.py"
    script.write_text(READING)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        said = parent.stdout.readline()
        reading = readers_of(parent.pid)
        parent.kill()
    assert (said, len(reading)) == ("read\n", 1)
    deadline = time.monotonic() + 30
    while Path(f"/proc/{reading[0]}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{reading[0]}").exists()
