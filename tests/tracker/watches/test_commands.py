"""`watch`, `run`, `runs` from the outside."""

import contextlib
import json
import os
import pty
import random
import re
import time
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
    assert "every 2h" in run("watch", "list").stdout
    assert "every: 2h\n" in run("watch", "show", "news").stdout
    assert "is paused" in run("watch", "pause", "news", "--reason", "moved").stderr
    assert (answer("watch", "show", "news")["watch"]["state"], answer("watch", "show", "news")["runs"]) == (
        "paused",
        [],
    )
    assert "why: moved" in run("watch", "show", "news").stdout
    assert run("watch", "resume", "news").exit_code == 0
    assert answer("watch", "show", "news")["watch"]["why"] is None
    paused = answer("watch", "pause", "news", "--reason", "again")
    assert (paused["name"], paused["state"], paused["why"]) == ("news", "paused", "again")
    assert answer("watch", "resume", "news")["state"] == "active"
    assert "what it recorded stays" in run("watch", "remove", "news").stderr
    assert answer("watch", "list")["watches"] == []
    answer("watch", "add", ADDRESS, "--kind", "feed", "--every", "2h", "--name", "news")
    assert answer("watch", "remove", "news")["name"] == "news"
    assert run("watch", "remove", "news", "--json").exit_code == 1


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


def test_a_watch_says_of_which_figures_there_are_notices(run: Command, answer: Command, tmp_path: Path) -> None:
    made = answer(
        "watch", "add", ADDRESS, "--kind", "feed", "--every", "1h", "--name", "news", "--notice-outcome", "killed",
        "--notice-place", "Gaza", "--notice-status", "civilian", "--notice-group", "Palestinians",
    )  # fmt: skip
    chosen = ("killed", "Gaza Strip", "civilian", "Palestinians", None)
    names = ("notice_outcome", "notice_place", "notice_status", "notice_group", "notice_event")
    assert tuple(made[name] for name in names) == chosen
    file = tmp_path / "watches.toml"
    file.write_text(WATCHES.replace('match = "killed"', 'match = "killed"\nnotice_outcome = "injured"'))
    assert answer("watch", "sync", file)["changed"] == ["news"]
    shown = answer("watch", "show", "news")["watch"]
    assert tuple(shown[name] for name in names) == ("injured", None, None, None, None)
    assert (
        run("watch", "add", "https://a.example/", "--kind", "page", "--every", "1h", "--notice-event", "x").exit_code
        == 1
    )


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
        (
            '[[watch]]\naddress = "https://a.example/"\nkind = "page"\nevery = "1h"\nnotice_status = "x"\n',
            "'notice_status' is one of civilian",
        ),
        (
            '[[watch]]\naddress = "https://a.example/"\nkind = "page"\nevery = "1h"\nnotice_event = "x"\n',
            "is not recorded",
        ),
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
    assert {json.loads(line)["kind"] for line in told.read_text().splitlines()} == {"new_figure"}
    assert workers.numbers() == [1_000, 1_001, 1_002]
    assert workers.answer("run", "--once") == {"runs": []}
    (run,) = workers.runs()
    assert (run.pages, run.failed) == (4, 0)
    (told_of,) = workers.answer("runs")["runs"]
    assert {name: answer["runs"][0][name] for name in ("slot", "started_at", "ended_at")} == {
        name: told_of[name] for name in ("slot", "started_at", "ended_at")
    }
    (due,) = (one["next_due"] for one in workers.answer("watch", "list")["watches"])
    assert told_of["next_due"] == due > told_of["ended_at"] >= told_of["started_at"] >= told_of["slot"]


def test_sites_are_told_whom_to_write_to_and_an_operator_who_did_not_say_is_reminded(
    tmp_path: Path, make_workers: Callable[[str], Any], make_feed: MakeFeed, httpserver: HTTPServer
) -> None:
    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    reminded = workers.start("run", "--once", CASUALTY_FIGURES_CONTACT="").communicate(timeout=60)[1]
    assert reminded.count("set CASUALTY_FIGURES_CONTACT") == 1
    workers.watch(make_feed(1))
    quiet = workers.start("run", "--once")
    assert "CASUALTY_FIGURES_CONTACT" not in quiet.communicate(timeout=60)[1]
    asked = {request.path: request.headers["User-Agent"] for request, _ in httpserver.log}
    assert set(asked) == {"/robots.txt", "/feed", "/feed/page/1000"}
    assert all(said.endswith(" (+mailto:desk@newsroom.example)") for said in asked.values())
    assert "give a mail address" in workers.refusal("worker", CASUALTY_FIGURES_CONTACT="the desk")


@pytest.mark.long
def test_a_run_that_is_killed_again_and_again_tells_of_each_document(
    workers: Any, tmp_path: Path, make_feed: MakeFeed
) -> None:
    documents, chance = 12, random.Random(2024)  # noqa: S311 - when to kill, no secret
    workers.watch(make_feed(documents, pause=0.15))
    notices = tmp_path / "notices.jsonl"
    for _ in range(4):
        process = workers.start("run", "--once", "--notices", str(notices))
        time.sleep(chance.uniform(1.5, 3.0))
        process.kill()
        process.communicate()
    workers.done("run", "--once", "--json", "--notices", str(notices))
    told = {found["id"]: found for line in notices.read_text().splitlines() if (found := whole_line(line))}
    assert sorted(one["figure"]["count"]["best"] for one in told.values()) == [1_000 + n for n in range(documents)]


def whole_line(line: str) -> dict[str, Any] | None:
    """A notice; None for a line that a killed process left torn."""
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return found


def test_a_run_once_shows_how_far_it_is_on_a_terminal_and_nowhere_else(
    tmp_path: Path, make_workers: Callable[[str], Any], make_feed: MakeFeed
) -> None:
    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    workers.watch(make_feed(1))
    ours, theirs = pty.openpty()
    process = workers.start("run", "--once", errors=theirs, TERM="xterm")
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # that is how a terminal ends on Linux
        while piece := os.read(ours, 65_536):
            said += piece
    os.close(ours)
    assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == 0
    assert b"visiting" in said
    assert b"100%" in said
    workers.watch(make_feed(1, first=2_000, path="/other"), name="bureau")
    assert "visiting" not in workers.start("run", "--once").communicate(timeout=60)[1]


def test_a_quiet_run_prints_no_line_for_its_visits(
    tmp_path: Path, make_workers: Callable[[str], Any], make_feed: MakeFeed
) -> None:
    workers = make_workers(f"sqlite:///{tmp_path / 'store.db'}")
    workers.watch(make_feed(1))
    process = workers.start("run", "--quiet", "--notices", "-")
    process.stdout.readline()
    process.terminate()
    assert "visited" not in process.communicate(timeout=60)[1]


def test_a_run_until_stopped_ends_when_it_is_told_to(workers: Any, make_feed: MakeFeed) -> None:
    workers.watch(make_feed(2))
    process = workers.start("run", "--notices", "-")
    assert json.loads(process.stdout.readline())["watch"] == "news"
    process.terminate()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    (line,) = (line for line in err.splitlines() if line.startswith("visited"))
    assert re.fullmatch(r"visited news: changed; 3 pages, 2 new, 0 held, 0 failed; \d+\.\d s", line)
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
    assert "CASUALTY_FIGURES_WEBHOOK_SECRET" in workers.refusal("run", "--once")
    monkeypatch.setenv("CASUALTY_FIGURES_WEBHOOK_SECRET", "a secret of this test")
    workers.watch(make_feed(1))
    workers.done("run", "--once")
    assert len(received) == 2
    header, body = received[-1]
    assert [notice["kind"] for notice in json.loads(body)["notices"]] == ["new_figure"]
    at, sign = (part.split("=")[1] for part in header.split(","))
    import hashlib
    import hmac

    expected = hmac.new(b"a secret of this test", f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(sign, expected)
