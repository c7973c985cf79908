"""`watch`, `run`, `runs` from the outside."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

Command = Callable[..., Any]
MakeFeed = Callable[..., str]
ADDRESS = "https://ledger.example/feed"


@pytest.fixture(autouse=True)
def loopback_may_be_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUALTY_FIGURES_ALLOW_NETWORKS", "127.0.0.0/8")


def test_a_watch_is_added_listed_paused_resumed_and_removed(run: Command, answer: Command) -> None:
    made = answer("watch", "add", ADDRESS, "--kind", "feed", "--every", "2h", "--name", "news", "--match", "killed")
    assert (made["name"], made["every"], made["state"], made["failures"]) == ("news", 7_200, "active", 0)
    assert [one["name"] for one in answer("watch", "list")["watches"]] == ["news"]
    assert "every 7200 s" in run("watch", "list").stdout
    assert run("watch", "pause", "news", "--reason", "moved").exit_code == 0
    assert (answer("watch", "show", "news")["watch"]["state"], answer("watch", "show", "news")["runs"]) == (
        "paused",
        [],
    )
    assert "why: moved" in run("watch", "show", "news").stdout
    assert run("watch", "resume", "news").exit_code == 0
    assert answer("watch", "show", "news")["watch"]["why"] is None
    assert run("watch", "remove", "news").exit_code == 0
    assert answer("watch", "list")["watches"] == []


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("--kind", "feed"), 1, "say how often"),
        (("--kind", "feed", "--every", "1h", "--cron", "0 * * * *"), 1, "say how often"),
        (("--kind", "feed", "--every", "soon"), 1, "no length of time"),
        (("--kind", "feed", "--cron", "soon"), 1, "no cron line"),
        (("--kind", "feed", "--cron", "0 * * * *", "--timezone", "Nowhere"), 1, "no time zone"),
        (("--kind", "dataset", "--every", "1h"), 1, "needs its mapping"),
        (("--kind", "dataset", "--every", "1h", "--map", "nothing-such"), 1, "nothing-such"),
        (("--kind", "page", "--every", "1h", "--match", "x"), 1, "only the entries"),
        (("--kind", "feed", "--every", "1h", "--match", "("), 1, "no regular expression"),
        (("--kind", "feed", "--every", "1h", "--event", "An Unknown Flood"), 1, "is not recorded"),
    ],
)
def test_what_cannot_be_watched_is_refused_with_the_reason(
    run: Command, words: tuple[str, ...], exit_code: int, said: str
) -> None:
    result = run("watch", "add", ADDRESS, *words)
    assert result.exit_code == exit_code
    assert said in " ".join(result.stderr.split())
    assert json.loads(run("watch", "list", "--json").stdout)["watches"] == []


def test_an_address_that_is_none_and_a_name_that_is_taken_are_refused(run: Command) -> None:
    assert run("watch", "add", "ftp://ledger.example/", "--kind", "page", "--every", "1h").exit_code == 1
    assert run("watch", "add", ADDRESS, "--kind", "feed", "--every", "1h").exit_code == 0
    taken = run("watch", "add", ADDRESS, "--kind", "feed", "--every", "1h")
    assert taken.exit_code == 1
    assert "choose another name" in taken.stderr
    unknown = run("watch", "pause", "https://ledger.example/fed")
    assert unknown.exit_code == 1
    assert f"near: {ADDRESS}" in unknown.stderr


WATCHES = """
[[watch]]
name = "news"
address = "https://ledger.example/feed"
kind = "feed"
every = "1h"
match = "killed"

[[watch]]
name = "bureau"
address = "https://bureau.example/toll"
kind = "page"
cron = "30 6 * * *"
timezone = "Africa/Khartoum"
"""


def test_a_file_of_watches_is_kept_like_code(answer: Command, tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(WATCHES)
    assert answer("watch", "sync", file)["added"] == ["news", "bureau"]
    assert answer("watch", "sync", file) == {"added": [], "changed": [], "unchanged": ["news", "bureau"], "removed": []}
    file.write_text(WATCHES.replace('"1h"', '"2h"').split('[[watch]]\nname = "bureau"')[0])
    assert answer("watch", "sync", file) == {"added": [], "changed": ["news"], "unchanged": [], "removed": []}
    assert answer("watch", "show", "news")["watch"]["every"] == 7_200
    assert answer("watch", "sync", file, "--prune")["removed"] == ["bureau"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("watch = 5", "something else than"),
        ("[[watch]\n", "is not TOML"),
        ('[[watch]]\naddress = "https://a.example/"\nkind = "page"\n', "say how often"),
        ('[[watch]]\naddress = "https://a.example/"\nkind = "book"\nevery = "1h"\n', "a kind of page, feed"),
        ('[[watch]]\naddress = "https://a.example/"\nkind = "page"\nevery = 5\n', "'every' is not a string"),
        ('[[watch]]\naddress = "https://a.example/"\nkind = "page"\nevery = "1h"\nx = "y"\n', "unknown key 'x'"),
        ('[[watch]]\naddress = "https://a.example/"\nkind = "page"\nevery = "1h"\n' * 2, "two watches are named"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(run: Command, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "watches.toml"
    file.write_text(content)
    result = run("watch", "sync", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert json.loads(run("watch", "list", "--json").stdout)["watches"] == []
    assert run("watch", "sync", tmp_path / "absent.toml").exit_code == 1


def test_where_nothing_is_due_nothing_is_visited(run: Command, answer: Command) -> None:
    assert answer("run", "--once") == {"runs": []}
    assert "no run yet" in run("runs").stderr
    assert run("run", "--json").exit_code == 2


def test_a_run_visits_what_is_due_and_tells_its_notices(workers: Any, tmp_path: Path, make_feed: MakeFeed) -> None:
    workers.watch(make_feed(3))
    told = tmp_path / "notices.jsonl"
    answer = json.loads(workers.done("run", "--once", "--json", "--notices", str(told)))
    assert [(run["watch"], run["outcome"], run["new"]) for run in answer["runs"]] == [("news", "changed", 3)]
    assert {json.loads(line)["kind"] for line in told.read_text().splitlines()} == {"figures_found"}
    assert workers.numbers() == [1_000, 1_001, 1_002]
    assert json.loads(workers.done("run", "--once", "--json")) == {"runs": []}
    (run,) = workers.runs()
    assert (run.pages, run.failed) == (4, 0)


def test_a_run_until_stopped_ends_when_it_is_told_to(workers: Any, make_feed: MakeFeed) -> None:
    workers.watch(make_feed(2))
    process = workers.start("run", "--notices", "-")
    assert json.loads(process.stdout.readline())["watch"] == "news"
    workers.stop()
    assert workers.numbers() == [1_000, 1_001]


def test_notices_go_to_a_webhook_that_an_operator_names_signed_and_tried_again(
    make_workers: Callable[[str], Any],
    tmp_path: Path,
    httpserver: HTTPServer,
    make_feed: MakeFeed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from werkzeug import Request, Response

    received: list[tuple[str, bytes]] = []

    def hook(request: Request) -> Response:
        received.append((request.headers["Casualty-Figures-Signature"], request.get_data()))
        return Response(status=500 if len(received) == 1 else 204)

    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    httpserver.expect_request("/hook", method="POST").respond_with_handler(hook)
    monkeypatch.setenv("CASUALTY_FIGURES_WEBHOOK", httpserver.url_for("/hook"))
    refused = workers.start("run", "--once")
    assert "CASUALTY_FIGURES_WEBHOOK_SECRET" in refused.communicate(timeout=60)[1]
    monkeypatch.setenv("CASUALTY_FIGURES_WEBHOOK_SECRET", "a secret of this test")
    workers.watch(make_feed(1))
    workers.done("run", "--once")
    assert len(received) == 2
    header, body = received[-1]
    assert [notice["kind"] for notice in json.loads(body)["notices"]] == ["figures_found"]
    at, sign = (part.split("=")[1] for part in header.split(","))
    import hashlib
    import hmac

    expected = hmac.new(b"a secret of this test", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(sign, expected)
