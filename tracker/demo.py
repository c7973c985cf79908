"""The main job on shipped material: dated notes on real reports, ingested, compared and reported, offline."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from db.records import Event
from db.store import Store
from reports.claims.checked import Checked
from reports.render.claims.terminal import short_lines
from reports.render.html import html
from reports.render.terminal import disagreements_tables, history_tables, plain
from sources.archive import Archive
from tracker.checking import checking
from tracker.filtering import Asked
from tracker.ingesting import Outcome, Stated, ingest_retrieved, typed
from tracker.questions import disagreements_of, history_of, report_of
from tracker.settings import settings

PUBLISHER = "casualty-figures notes"
WAR = "War in Gaza and Israel since 7 October 2023"
ATTACK = "Attack on Israel of 7 October 2023"
BLAST = "Blast at al-Ahli hospital of 17 October 2023"
CLAIMS = (
    "At least 2,808 Palestinians had been killed by 17 October 2023, Al Jazeera reported.",
    "More than 1,400 people were killed in Israel on 7 October 2023.",
    "471 people were killed in the blast at al-Ahli hospital.",
)
EVENTS = (
    Event(name=WAR, from_day=date(2023, 10, 7)),
    Event(name=ATTACK, within=WAR, place="Israel", from_day=date(2023, 10, 7), to_day=date(2023, 10, 7)),
    Event(name=BLAST, within=WAR, place="Gaza City", from_day=date(2023, 10, 17), to_day=date(2023, 10, 17)),
)


@dataclass(frozen=True, slots=True)
class Note:
    """One dated note in the project's own words on what a real report said, with that report's address."""

    name: str
    title: str
    published: date
    address: str
    event: str
    body: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration did, and where everything is."""

    notes: int
    outcome: Outcome
    store: Path
    report: Path
    history: tuple[str, ...]
    disagreements: tuple[str, ...]
    checks: tuple[Checked, ...]
    first_id: str

    def lines(self) -> Iterator[str]:
        """The demonstration told in the order in which it was done."""
        reports = f"{self.notes} dated notes on real reports of October and November 2023"
        yield f"1. {reports} were ingested: {self.outcome.new} new figures."
        yield ""
        yield "2. How the number of people killed in the attack on Israel of 7 October 2023 changed:"
        yield from self.history
        yield ""
        yield "3. Who disagrees on the blast at al-Ahli hospital of 17 October 2023:"
        yield from self.disagreements
        yield ""
        yield "4. Three claims, checked against the record as it stands today:"
        for one in self.checks:
            yield from short_lines(one)
        yield ""
        yield "5. The whole record as a page, with every quote, chain and date. Open it in a browser:"
        yield f"   {self.report}"
        yield ""
        yield "Four commands to try next:"
        db = f"--db sqlite:///{self.store}"
        yield f'   casualty-figures history --issuer "Gaza Ministry of Health" {db}'
        yield f"   casualty-figures show {self.first_id} {db}"
        yield f'   casualty-figures check "{CLAIMS[1]}" {db}'
        yield f"   casualty-figures verify {db}"

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "notes": self.notes,
            "figures": self.outcome.new,
            "checks": [{"text": one.claim.text, "verdict": one.verdict} for one in self.checks],
            "store": f"sqlite:///{self.store}",
            "report": str(self.report),
        }


def notes() -> list[Note]:
    """The shipped notes, oldest first."""
    folder = files("tracker") / "demo_notes"
    texts = sorted(
        (file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".txt")
    )
    return [_note(name, text) for name, text in texts]


def _note(name: str, text: str) -> Note:
    head, _, body = text.partition("\n\n")
    told = dict(line.split(": ", 1) for line in head.splitlines())
    return Note(
        name, told["title"], date.fromisoformat(told["published"]), told["address"], told["event"], body.strip()
    )


def run(folder: Path | None = None) -> Demonstration:
    """Ingest the notes into a scratch store and answer from it; running it twice in one folder changes nothing."""
    place = folder or Path(tempfile.mkdtemp(prefix="casualty-figures-demo-"))
    place = place.absolute()
    file = place / "store.db"
    where = settings(f"sqlite:///{file}")
    from tracker.opening import open_store

    with open_store(where) as store:
        shipped = notes()
        outcome = _ingest(store, Archive(where.archive_folder()), shipped)
        killed = history_of(store, Asked(event=ATTACK, outcome="killed"))
        found = disagreements_of(store, Asked(event=BLAST))
        report = place / "report.html"
        made = report_of(store, Asked(event=WAR), datetime.now(UTC))
        report.write_text(html(made), encoding="utf-8")
        contradicting = [one for one in found.disagreements if one.relation == "contradict"]
        return Demonstration(
            notes=len(shipped),
            outcome=outcome,
            store=file,
            report=report,
            history=tuple(line for table in history_tables(killed[:1]) for line in plain(table)),
            disagreements=tuple(_first_disagreement(found, contradicting)),
            checks=tuple(_checked(store)),
            first_id=made.figures[0].id[:12] if made.figures else "",
        )


def _checked(store: Store) -> Iterator[Checked]:
    with checking(store) as checker:
        for claim in CLAIMS:
            yield from checker.check(claim)


def _first_disagreement(found: Any, contradicting: list[Any]) -> Iterator[str]:
    from dataclasses import replace

    for table in disagreements_tables(replace(found, disagreements=tuple(contradicting[:1]))):
        yield from plain(table)


def _ingest(store: Store, archive: Archive, shipped: list[Note]) -> Outcome:
    with store.writing() as writer:
        for event in EVENTS:
            writer.add_event(event)
    outcome = Outcome()
    for note in shipped:
        text = f"{note.title}\n\n{note.body}\n\nThe report: {note.address}\n"
        stated = Stated(publisher=PUBLISHER, published=note.published, language="en", event=note.event)
        outcome.add(ingest_retrieved(store, archive, typed(text, note.name), stated))
    return outcome
