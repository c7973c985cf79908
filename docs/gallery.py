"""
Make the gallery: reports of the demonstration and of public series, their charts and pictures, and docs/gallery.md.

    make docs SERIES=FOLDER

FOLDER holds the public series as `PARTS` names their files. Without it only the demonstration is made anew, and the
other reports stay as they are. Needs a Chromium for the pictures: /usr/bin/chromium, or the one that CHROMIUM names.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
GALLERY = HERE / "gallery"
COMMAND = Path(sys.executable).with_name("casualty-figures")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HEAD = """\
# Gallery

Reports as `casualty-figures report` writes them, and charts as `casualty-figures chart` draws them, with the commands
that made them. `make docs SERIES=FOLDER` makes this page anew.

The numbers are those of the sources that each report names; nothing here says which of them is true. The pages are
one file each: save one, and it opens without a network. A series stands as it was on the day its report gives.

"""
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}


@dataclass(frozen=True)
class Part:
    """
    One report of the gallery.

    Attributes:
        name: what its files are called.
        about: whose words or numbers it rests on.
        endings: the formats that are kept here.
        charts: chart and what it is limited to.
        series: the file of the dataset, below the folder of the public series, and the mapping that reads it; None
            for the demonstration.
    """

    name: str
    title: str
    about: str
    event: str
    endings: tuple[str, ...] = (".html", ".pdf")
    charts: tuple[tuple[str, ...], ...] = (("history",),)
    series: tuple[str, str] | None = None

    @property
    def store(self) -> str:
        """The file of its store; the demonstration makes one in its folder."""
        return f"{self.name}.db" if self.series else "demo/store.db"

    @property
    def records(self) -> list[str]:
        """The command that records what the report is about."""
        if self.series is None:
            return ["demo", "--folder", "demo"]
        file, mapping = self.series
        return ["import", file, "--map", mapping]

    @property
    def renders(self) -> Iterator[tuple[str, list[str]]]:
        """Each file of the part and the command that writes it."""
        for ending in self.endings:
            yield (file := f"{self.name}{ending}"), ["report", self.event, "-o", file]
        for kind, *limits in self.charts:
            yield (file := f"{self.name}-{kind}.svg"), ["chart", kind, self.event, *limits, "-o", file]


PARTS = (
    Part(
        "demonstration",
        "A short record, in every format",
        "The notes that come with the project: in its own words, on real reports of October and November 2023, each "
        "with the address of its report. `make demo` makes the same record.",
        "War in Gaza and Israel since 7 October 2023",
        (".html", ".pdf", ".md", ".json", ".csv", ".xlsx", ".prov.json", ".provn", ".jsonld", ".zip"),
        (("history", "--outcome", "killed", "--place", "Israel"), ("disagreement",), ("relay",)),
    ),
    Part(
        "gaza",
        "A long daily series",
        "The daily casualties of the Gaza Strip, as Tech for Palestine compiles them and has placed them in the public "
        "domain (Unlicense).",
        "Gaza war",
        (".html",),
        series=("techforpalestine/casualties_daily.json", "techforpalestine-gaza-daily"),
    ),
    Part(
        "west-bank",
        "One authority that counts in two ways",
        "The daily casualties of the West Bank, compiled by Tech for Palestine (Unlicense).",
        "Violence in the West Bank since October 2023",
        (".html",),
        (("history",),),
        ("techforpalestine/west_bank_daily.json", "techforpalestine-west-bank-daily"),
    ),
    Part(
        "lebanon",
        "A count that begins anew",
        "The daily casualties of Lebanon, compiled by Tech for Palestine (Unlicense).",
        "Israel-Hezbollah conflict since October 2023",
        series=("techforpalestine/lebanon_casualties_daily.json", "techforpalestine-lebanon-daily"),
    ),
    Part(
        "ukraine",
        "Estimates with ranges, by parties and by others",
        "Estimates of soldiers killed and wounded in Ukraine, collected by The Economist (MIT licence, (c) 2023 The "
        "Economist Newspaper); the numbers are their sources'.",
        "Russian invasion of Ukraine",
        charts=(("history", "--outcome", "killed"), ("disagreement",), ("relay",)),
        series=("economist-ukraine/estimates.csv", "economist-ukraine-estimates"),
    ),
)


def make(part: Part, series: Path | None, browser: Browser) -> None:
    """Record what a part is about in a store of its own, write its files, and take its pictures."""
    print(f"{part.name} ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="casualty-figures-gallery-") as scratch:
        for path in series.iterdir() if series else ():
            (Path(scratch) / path.name).symlink_to(path.resolve())
        store = f"sqlite:///{scratch}/{part.store}"
        run(part.records, scratch, store)
        for file, command in part.renders:
            run(command, scratch, store)
            (GALLERY / file).write_bytes((Path(scratch) / file).read_bytes())
    for screen, (width, height) in SCREENS.items():
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
        page.goto((GALLERY / f"{part.name}.html").as_uri())
        page.screenshot(path=GALLERY / f"{part.name}-{screen}.png")
        page.close()


def run(command: list[str], folder: str, store: str) -> None:
    """Run one command of ours, and stop with what it said where it fails."""
    known = {**os.environ, "CASUALTY_FIGURES_DB": store, "CASUALTY_FIGURES_ARCHIVE": f"{folder}/archive"}
    done = subprocess.run([COMMAND, *command], cwd=folder, env=known, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(['casualty-figures', *command])}: {done.stderr.strip()}")


def page() -> str:
    """The gallery's page: for each part its pictures, its files with their sizes, and the commands that made them."""
    sections = "\n".join(section(part) for part in PARTS)
    return HEAD + sections


def section(part: Part) -> str:
    """One part of the page."""
    alt = {
        "history": "Figures over time, a line an authority",
        "disagreement": "Figures of sources that cannot both stand, the days hatched",
        "relay": "Who carries whose figures",
    }
    files = [(file, GALLERY / file) for file, _ in part.renders]
    listed = " · ".join(f"[{file}](gallery/{file}) ({size(path)})" for file, path in files)
    pictures = [
        f"![The first screen of the page on a desktop](gallery/{part.name}-desktop.png)",
        f'<img alt="The same on a phone" src="gallery/{part.name}-phone.png" width="260">',
        *(f"![{alt[kind]}](gallery/{part.name}-{kind}.svg)" for kind, *_ in part.charts),
    ]
    commands = [part.records, *(command for _, command in part.renders)]
    store = f"export CASUALTY_FIGURES_DB=sqlite:///{part.store}"
    shown = "\n".join([store, *(shlex.join(["casualty-figures", *command]) for command in commands)])
    return (
        f"## {part.title}\n\n{part.about}\n\n" + "\n\n".join(pictures) + f"\n\nFiles: {listed}\n\n```sh\n{shown}\n```\n"
    )


def size(path: Path) -> str:
    """The size of a file, in kB or MB."""
    number = path.stat().st_size
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(round(number / 1e3), 1)} kB"


def main(series: Path | None) -> None:
    """Make the demonstration's part, and those of the series where their folder is named; then the page."""
    GALLERY.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for part in PARTS:
            if part.series is None or series is not None:
                make(part, series, browser)
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
