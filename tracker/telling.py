"""
Telling the notices that wait: to a file or standard output as JSON lines, to a signed webhook, and nowhere else.

A notice is forgotten only after it was told everywhere; what a webhook did not take is tried again after the next
visit of its watch.
"""

import hmac
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import orjson

from db.notices import Waiting, forget_notices, say_written, waiting_notices
from db.store import Store
from reports.figure_json import instant_text
from reports.render.notices import Told, notice_json
from sources.errors import SourceError
from sources.fetch import send
from tracker.settings import Settings

SIGNATURE = "Casualty-Figures-Signature"
AT_ONCE = 100
"""Notices in one message."""
PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds between the attempts to send one message."""
OnNotice = Callable[[str], None]
"""Takes a notice as one line of JSON."""


def is_heard(where: Settings, on_notice: OnNotice | None) -> bool:
    """Whether anybody listens: where nobody does, nothing is worked out."""
    return on_notice is not None or where.webhook is not None


def tell(
    store: Store,
    watch: str,
    where: Settings,
    on_notice: OnNotice | None,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Tell what waits of a watch, the oldest first; `wait` is for tests."""
    while waiting := waiting_notices(store, watch, AT_ONCE):
        _write(store, waiting, on_notice)
        if where.webhook is not None:
            try:
                _send(waiting, where, wait)
            except SourceError as error:
                if on_notice is not None:
                    on_notice(_line(Told("webhook_failed", str(error), ()), watch))
                return
        forget_notices(store, waiting)


def _write(store: Store, waiting: Sequence[Waiting], on_notice: OnNotice | None) -> None:
    fresh = [one for one in waiting if not one.is_written]
    if on_notice is None or not fresh:
        return
    for one in fresh:
        on_notice(one.content)
    say_written(store, fresh)


def _line(told: Told, watch: str) -> str:
    return orjson.dumps(notice_json(told, watch=watch, address=None, at=instant_text(datetime.now(UTC)))).decode()


def _send(waiting: Sequence[Waiting], where: Settings, wait: Callable[[float], None]) -> None:
    """
    Send notices to the webhook, again with growing pauses while it does not take them.

    Raises:
        SourceError: it did not take them the last time either.
    """
    body = f'{{"notices":[{",".join(one.content for one in waiting)}]}}'.encode()
    for pause in (*PAUSES, None):
        at = str(int(datetime.now(UTC).timestamp()))
        sign = f"t={at},v1={signature(where.webhook_secret, at, body)}"
        headers = {"Content-Type": "application/json", SIGNATURE: sign}
        try:
            send(where.webhook or "", body, headers, allow_networks=where.allow_networks)
        except SourceError:
            if pause is None:
                raise
            wait(pause)
        else:
            return


def signature(secret: str | None, at: str, body: bytes) -> str:
    """What proves that a notice is ours: HMAC-SHA256 over its second, a full stop and its bytes, in hex."""
    return hmac.new((secret or "").encode(), at.encode() + b"." + body, "sha256").hexdigest()
