import socket
import threading
from typing import Any

import pytest

from sources.deadlines import Deadline, resolver


def test_a_lookup_gives_what_the_system_says() -> None:
    found = resolver(5.0)("127.0.0.1", 80, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
    assert found == socket.getaddrinfo("127.0.0.1", 80, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


def test_a_lookup_without_an_answer_ends() -> None:
    answered = threading.Event()

    def never(*_: Any) -> list[Any]:
        answered.wait()
        return []

    with pytest.raises(TimeoutError, match=r"not resolved within 0\.05 seconds"):
        resolver(0.05, never)("name.example", 80)
    answered.set()


def test_a_name_that_is_none_fails_as_the_system_says() -> None:
    with pytest.raises(socket.gaierror):
        resolver(5.0)("name.example", 80, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


def test_a_name_that_cannot_be_asked_for_fails_as_a_lookup() -> None:
    with pytest.raises(OSError, match="not a usable name"):
        resolver(5.0)("a" * 64 + ".example", 80)


def test_a_step_never_waits_longer_than_what_is_left() -> None:
    steps = Deadline(5.0).timeouts(connect=10.0, read=0.5)
    assert 0 < steps["connect"] <= 5.0
    assert steps["read"] == steps["write"] == 0.5


def test_a_connection_that_is_closed_already_is_no_trouble_at_the_end() -> None:
    class Stream:
        def get_extra_info(self, _: str) -> socket.socket:
            return closed

    with socket.socket() as closed:
        pass
    deadline = Deadline(0.0)
    deadline.watch("connection.connect_tcp.complete", {"return_value": Stream()})
    deadline.watch("http11.send_request_headers.started", {})
    assert deadline.has_cut
