"""A report in a real browser: it opens from disk, shows its sentences and asks nothing of the network."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.records import Chain, Count, Definition, Evidence, Figure, RecordedFigure
from reports.history import histories
from reports.positions import Disagreements, Summary
from reports.provenance import build_report
from reports.render.html import html

pytestmark = pytest.mark.browser
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    # The browser's own errands find no host; what a page asks for is in the log all the same.
    "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
HOSTILE = '<script>document.title="run"</script><img src="http://gazette.example/x.png" onerror="alert(1)">'


def figure(number: int, count: Count, day: date, text: str) -> RecordedFigure:
    ministry = "Gaza Ministry of Health"
    return RecordedFigure(
        id=f"{number:012x}" + "0" * 52,
        figure=Figure(
            count=count,
            definition=Definition(outcome="killed", group="Palestinians", place="Gaza Strip", tally="cumulative"),
            chain=Chain(attribution=(ministry,), written=((ministry,),), issuer=ministry, authority=ministry),
            evidence=Evidence(quote=count.text, start=0, end=len(count.text), suffix=text),
            publisher="Example Notes",
            published=day,
            as_of=day,
            as_of_basis="stated",
            origin="manual",
        ),
        state="recorded",
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        document="d" * 64,
        address="https://notes.example/1",
        title=HOSTILE,
        snapshot="5" * 64,
    )


@pytest.fixture
def page(tmp_path: Path) -> Path:
    figures = [
        figure(1, Count.exactly(2808, "2,808"), date(2023, 10, 16), " Palestinians killed."),
        figure(2, Count.exactly(3000, "3,000"), date(2023, 10, 17), HOSTILE),
    ]
    report = build_report(
        figures,
        histories(figures),
        Disagreements((), Summary()),
        event="War in Gaza and Israel since 7 October 2023",
        generated=datetime(2024, 1, 2, tzinfo=UTC),
    )
    path = tmp_path / "report.html"
    path.write_text(html(report), encoding="utf-8")
    return path


def browse(page: Path, *more: str) -> str:
    """The page's document as the browser understood it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser, "install Chromium, or leave these tests out with -m 'not browser'"
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [browser, *QUIET, profile, *more, "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def asked_by(page: Path) -> Sequence[str]:
    """Every address that a page asked for, from the browser's network log; the browser's own errands left out."""
    log = page.parent / "net.json"
    browse(page, f"--log-net-log={log}")
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    parameters = [event.get("params", {}) for event in events]
    # A page from disk has the opaque origin "null"; the browser itself is "not an origin".
    return [
        each["url"] for each in parameters if str(each.get("initiator")).startswith(("null", "file")) and "url" in each
    ]


def test_a_page_that_asks_for_something_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "asking.html"
    page.write_text('<img src="http://gazette.example/x.png">', encoding="utf-8")
    assert "http://gazette.example/x.png" in asked_by(page)


def test_a_report_asks_nothing_of_the_network(page: Path) -> None:
    assert [address for address in asked_by(page) if not address.startswith(("file:", "data:"))] == []


def test_a_report_shows_its_sentences(page: Path) -> None:
    shown = browse(page)
    assert "Casualty figures: War in Gaza and Israel since 7 October 2023" in shown
    assert "rise of 192; before it 2,808, as of 16 October 2023" in shown
    assert "Example Notes ← Gaza Ministry of Health" in shown


def test_markup_in_a_quote_does_not_run(page: Path) -> None:
    shown = browse(page)
    assert "<title>Casualty figures: War in Gaza and Israel since 7 October 2023</title>" in shown
    assert "<script" not in shown
    assert "<img" not in shown


def test_the_page_also_has_its_chart_and_every_row_by_its_id(page: Path) -> None:
    shown = browse(page)
    assert '<svg viewBox="0 0 560 260" role="img"' in shown
    assert 'id="f-000000000001"' in shown
    assert 'id="f-000000000002"' in shown
