"""What waits is told to a file and to a signed webhook, and forgotten only when it was."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from db.notices import Waiting, forget_notices, keep_notices, waiting_notices
from db.store import Store
from tracker.settings import Settings
from tracker.telling import AT_ONCE, PAUSES, is_heard, tell

SECRET = "a secret of this test"  # noqa: S105


def kept(store: Store, *numbers: int, watch: str = "w") -> None:
    notices = [(number.to_bytes(32, "big"), json.dumps({"id": number})) for number in numbers]
    keep_notices(store, watch, notices)


class Hook:
    """A webhook that refuses as often as it is told to."""

    def __init__(self, server: HTTPServer) -> None:
        self.refusals = 0
        self.received: list[list[int]] = []
        self.signatures: list[bool] = []
        server.expect_request("/hook", method="POST").respond_with_handler(self.take)
        self.settings = Settings(
            "sqlite:///unused", None, ("127.0.0.0/8",), webhook=server.url_for("/hook"), webhook_secret=SECRET
        )

    def take(self, request: Request) -> Response:
        if self.refusals:
            self.refusals -= 1
            return Response(status=500)
        body = request.get_data()
        at, sign = (part.split("=")[1] for part in request.headers["Casualty-Figures-Signature"].split(","))
        expected = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        self.signatures.append(hmac.compare_digest(sign, expected))
        self.received.append([notice["id"] for notice in json.loads(body)["notices"]])
        return Response(status=204)


@pytest.fixture
def hook(httpserver: HTTPServer) -> Hook:
    return Hook(httpserver)


NOWHERE = Settings("sqlite:///unused", None)


def test_notices_are_told_in_their_order_and_then_forgotten(store: Store) -> None:
    kept(store, 2, 1)
    kept(store, 3, watch="another")
    lines: list[str] = []
    tell(store, "w", NOWHERE, lines.append)
    assert [json.loads(line)["id"] for line in lines] == [2, 1]
    tell(store, "w", NOWHERE, lines.append)
    assert len(lines) == 2
    assert [json.loads(one.content)["id"] for one in waiting_notices(store, "another", 9)] == [3]


def test_a_notice_that_waits_already_is_kept_once_as_it_is_now(store: Store) -> None:
    kept(store, 1)
    keep_notices(store, "w", [((1).to_bytes(32, "big"), '{"id": 1, "again": true}')])
    keep_notices(store, "w", [])
    assert [one.content for one in waiting_notices(store, "w", 9)] == ['{"id": 1, "again": true}']


def test_two_that_tell_the_same_notices_forget_no_other_one(store: Store) -> None:
    kept(store, 1)
    one, other = waiting_notices(store, "w", 9), waiting_notices(store, "w", 9)
    forget_notices(store, one)
    kept(store, 2)  # takes the place in the queue that is free now
    forget_notices(store, other)
    assert [json.loads(one.content)["id"] for one in waiting_notices(store, "w", 9)] == [2]


def test_a_webhook_gets_signed_notices_in_messages_of_a_bounded_size(store: Store, hook: Hook) -> None:
    kept(store, *range(AT_ONCE + 1))
    tell(store, "w", hook.settings, None)
    assert [len(message) for message in hook.received] == [AT_ONCE, 1]
    assert hook.signatures == [True, True]
    assert waiting_notices(store, "w", 9) == []


def test_a_webhook_that_refuses_is_asked_again_with_growing_pauses(store: Store, hook: Hook) -> None:
    kept(store, 1)
    hook.refusals, waited = 2, list[float]()
    tell(store, "w", hook.settings, None, waited.append)
    assert (waited, hook.received) == (list(PAUSES[:2]), [[1]])


def test_what_a_webhook_did_not_take_waits_for_the_next_visit_and_is_written_once(store: Store, hook: Hook) -> None:
    kept(store, 1)
    hook.refusals = len(PAUSES) + 1
    lines: list[str] = []
    tell(store, "w", hook.settings, lines.append, lambda _pause: None)
    first, failed = (json.loads(line) for line in lines)
    assert (first, failed["kind"], failed["watch"]) == ({"id": 1}, "webhook_failed", "w")
    assert "500" in failed["what"]
    assert waiting_notices(store, "w", 9) == [Waiting((1).to_bytes(32, "big"), '{"id": 1}', is_written=True)]
    kept(store, 2)
    tell(store, "w", hook.settings, lines.append)
    assert [json.loads(line)["id"] for line in lines[2:]] == [2]
    assert hook.received == [[1, 2]]
    hook.refusals = len(PAUSES) + 1
    kept(store, 3)
    tell(store, "w", hook.settings, None, lambda _pause: None)
    assert len(waiting_notices(store, "w", 9)) == 1


def test_a_process_that_dies_while_it_tells_leaves_the_notice_to_the_next(store: Store) -> None:
    def dies(_line: str) -> None:
        raise KeyboardInterrupt

    kept(store, 1)
    with pytest.raises(KeyboardInterrupt):
        tell(store, "w", NOWHERE, dies)
    lines: list[str] = []
    tell(store, "w", NOWHERE, lines.append)
    assert lines == ['{"id": 1}']


def test_nobody_listens_unless_somebody_says_so(hook: Hook) -> None:
    assert not is_heard(NOWHERE, None)
    assert is_heard(hook.settings, None)
    assert is_heard(NOWHERE, print)


@pytest.mark.parametrize("torn", ["", '{"kind": "new_fig', '{"kind": "whole"}\n'])
def test_a_file_of_notices_begins_a_line_of_its_own_after_one_that_was_torn(tmp_path: Path, torn: str) -> None:
    from tracker.cli.watching import _telling

    file = tmp_path / "notices.jsonl"
    file.write_text(torn)
    with _telling(str(file)) as on_notice:
        assert on_notice is not None
        on_notice('{"kind": "né"}')
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines == [*torn.splitlines(), '{"kind": "né"}']
