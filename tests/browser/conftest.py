"""A real Chromium, and reports for it to open from disk."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from db.records import Chain, Count, Definition, Evidence, Figure, RecordedFigure
from reports.disagreements import disagreements
from reports.history import histories
from reports.provenance import Checkpoint, build_report
from reports.render.html import html

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=30_000)  # machines of a build are busy
EVENT = "Flood in the Example Valley"
HOSTILE = '<script>document.title="run"</script><img src="http://gazette.example/x.png" onerror="alert(1)">'
ARABIC = "قالت الوزارة إن "
START = date(2023, 10, 7)


def figure(number: int, people: int, day: int, authority: str, text: str = "", **facets: str) -> RecordedFigure:
    """One figure: the authority's, carried by a gazette of ours, on a day after the start."""
    count = (
        Count.exactly(people, f"{people:,}")
        if number % 5
        else Count(low=people - 9, high=people + 9, qualifier="range", text="some")
    )
    on = START + timedelta(days=day)
    return RecordedFigure(
        id=f"{number:012x}" + "0" * 52,
        figure=Figure(
            count=count,
            definition=Definition.model_validate({"outcome": "killed", "tally": "cumulative", **facets}),
            chain=Chain(attribution=(authority,), written=((authority,),), issuer=authority, authority=authority),
            evidence=Evidence(
                quote=f"{people} people", start=9, end=9 + len(f"{people} people"),
                prefix=text or "It said: ", suffix=f" were killed, as told in dispatch {number}.",
            ),
            publisher="The Example Gazette" if number % 3 else "The Valley Courier",
            published=on,
            as_of=on,
            as_of_basis="stated",
            origin="manual",
            event=EVENT,
        ),
        state="recorded",
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        document=f"{number // 4:064x}",
        address=f"https://gazette.example/{number // 4}",
        title=HOSTILE if number == 1 else f"Dispatch {number}",
        snapshot=f"{number // 4:064x}",
    )  # fmt: skip


def figures(number: int) -> list[RecordedFigure]:
    """So many figures of two authorities, which contradict each other; one has hostile words, one Arabic ones."""
    made = []
    for place in range(1, number + 1):
        day, authority = place // 2, ("Ministry of the Valley", "Relief Fund")[place % 2]
        people = 100 + 3 * day + (400 if place % 2 else 0) - (40 if place == 14 else 0)
        text = {1: HOSTILE, 2: ARABIC}.get(place, "")
        made.append(figure(place, people, day, authority, text, **({"age": "child"} if place % 7 == 0 else {})))
    return made


def written(path: Path, number: int) -> Path:
    """A report of so many figures as a page on disk."""
    found = figures(number)
    report = build_report(
        found,
        histories(found),
        disagreements(found),
        event=EVENT,
        checkpoint=Checkpoint(number, "ab" * 32, datetime(2024, 1, 2, tzinfo=UTC)),
        generated=datetime(2024, 1, 2, tzinfo=UTC),
    )
    path.write_text(html(report), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page with every row in it, and one whose rows are in compressed blocks."""
    folder = tmp_path_factory.mktemp("reports")
    return {"small": written(folder / "small.html", 60), "large": written(folder / "large.html", 2_500)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """
    A function that opens a page from disk: `open_page(path, "#figures", width=390, dark=True, script=False)`.

    Afterwards no page may have asked for anything, written to its console or failed.
    """
    contexts, complaints = [], []

    def opened(path: Path, anchor: str = "", *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url.split("#")[0] != path.as_uri() else None
        )
        page.goto(path.as_uri() + anchor)
        if script:
            page.wait_for_selector("html.ready", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
