"""An end in time for what takes no time limit itself: a whole exchange, and a name's resolution."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self


class Deadline:
    """
    The end of everything about one fetch.

    A time limit between two arrivals does not stop a server that sends one byte at a time; so at the end
    the connection under the request is cut, whatever it is doing.

    Attributes:
        has_cut: whether connections were cut; a body that was cut may look whole.
        said: what a message says about it.
    """

    def __init__(self, seconds: float, sockets: list[socket.socket] | None = None) -> None:
        """`sockets` are those of connections that were made before and may be used again; new ones are added."""
        self.said = f"not finished within {seconds:g} seconds; try again later"
        self.has_cut = False
        self._ends = time.monotonic() + seconds
        self._sockets = sockets if sockets is not None else []
        self._handshakes: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._handshakes:
                connection.close()

    @property
    def has_passed(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._ends

    def timeouts(self, connect: float, read: float) -> dict[str, float]:
        """What httpcore waits at each step of the next hop, in seconds: never longer than is left."""
        left = max(self._ends - time.monotonic(), 0.001)
        connect, read = min(connect, left), min(read, left)
        return {"connect": connect, "read": read, "write": read, "pool": connect}

    def watch(self, event: str, told: dict[str, Any]) -> None:
        """
        Remember each connection that httpcore makes (its "trace" extension).

        TLS takes the plain socket over and leaves an empty one; until it has, a second handle on the connection
        is held.
        """
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        connection = told["return_value"].get_extra_info("socket")
        with self._lock:
            self._sockets.append(connection)
            if event.startswith("connection.connect_tcp") and connection.fileno() >= 0:
                self._handshakes.append(connection.dup())
        if self.has_passed:
            self._cut()

    def _cut(self) -> None:
        self.has_cut = True
        with self._lock:
            for connection in (*self._handshakes, *self._sockets):
                with suppress(OSError):  # closed already
                    # the plain socket below TLS, so that a read in progress ends at once
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)


def resolver(seconds: float, look_up: Callable[..., Any] = socket.getaddrinfo) -> Callable[..., Any]:
    """
    `socket.getaddrinfo` that ends: it takes no time limit of its own.

    Raises (when called):
        TimeoutError: no answer within the seconds; the question is left to itself.
        OSError: the name does not resolve.
    """

    def resolve(*question: Any) -> Any:
        answers: list[Any] = []
        asking = threading.Thread(target=_ask, args=(look_up, question, answers), daemon=True)
        asking.start()
        asking.join(seconds)
        if not answers:
            raise TimeoutError(f"the name was not resolved within {seconds:g} seconds")
        if isinstance(answers[0], OSError):
            raise answers[0]
        return answers[0]

    return resolve


def _ask(look_up: Callable[..., Any], question: tuple[Any, ...], answers: list[Any]) -> None:
    try:
        answers.append(look_up(*question))
    except OSError as failure:
        answers.append(failure)
    except UnicodeError as unusable:
        answers.append(OSError(f"not a usable name ({unusable})"))
