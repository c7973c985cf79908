"""The demo's notes: their form, and whom they name."""

import re
from datetime import date
from importlib.resources import files

import pytest

NOTES = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in files("tracker").joinpath("demo_notes").iterdir()
    if entry.name.endswith(".txt")
}
HEADER = ["title", "published", "address", "event"]
ATTRIBUTION = re.compile(
    r"(?P<publisher>[A-Z][\w. -]+?)(?: also)? reported(?: on \d+ \w+ \d{4})?"
    r"(?:, citing (?P<first>[^,]+)(?:, which cited (?P<second>[^,]+))?,)? that "
)


def header(text: str) -> dict[str, str]:
    lines = text.split("\n\n", 1)[0].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def body(text: str) -> str:
    return text.split("\n\n", 1)[1]


def chains(text: str) -> list[list[str]]:
    return [[link for link in found.groups() if link] for found in ATTRIBUTION.finditer(body(text))]


CHAINS = [chain for text in NOTES.values() for chain in chains(text)]
each_note = pytest.mark.parametrize("name", sorted(NOTES))


def test_there_are_at_least_fourteen_notes() -> None:
    assert len(NOTES) >= 14


@each_note
def test_a_note_begins_with_its_title_day_address_and_event(name: str) -> None:
    assert list(header(NOTES[name])) == HEADER
    assert all(value.strip() == value != "" for value in header(NOTES[name]).values())


@each_note
def test_a_note_is_dated_in_october_or_november_2023_and_named_for_its_day(name: str) -> None:
    published = header(NOTES[name])["published"]
    assert date(2023, 10, 7) <= date.fromisoformat(published) <= date(2023, 11, 30)
    assert name.startswith(f"{published}-")


@each_note
def test_a_note_gives_the_whole_https_address_of_one_report(name: str) -> None:
    address = header(NOTES[name])["address"]
    assert re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}/\S+", address)
    assert "example" not in address


def test_no_two_notes_speak_of_the_same_report() -> None:
    addresses = [header(text)["address"] for text in NOTES.values()]
    assert len(set(addresses)) == len(addresses)


@each_note
def test_a_note_puts_no_words_between_quotation_marks(name: str) -> None:
    assert not re.search(r"[\"“”„‟«»‹›‘`]", NOTES[name])
    assert not re.search(r"(?<!\w)['’]|['’](?!\w)", NOTES[name])


@each_note
def test_a_note_names_who_reported_on_which_day_in_its_first_sentence(name: str) -> None:
    assert ATTRIBUTION.match(body(NOTES[name]))
    day = date.fromisoformat(header(NOTES[name])["published"])
    assert f" reported on {day.day} {day:%B %Y}" in body(NOTES[name]).split(". ", 1)[0]


def test_the_notes_hold_chains_of_one_two_and_three_links() -> None:
    assert {len(chain) for chain in CHAINS} == {1, 2, 3}


def test_the_notes_name_at_least_six_relays_and_four_issuers() -> None:
    relays = {name for chain in CHAINS for name in chain[:-1]}
    issuers = {chain[-1] for chain in CHAINS if len(chain) > 1}
    assert len(relays) >= 6
    assert len(issuers) >= 4


@pytest.mark.parametrize(
    ("event", "number"),
    [
        ("Attack on Israel of 7 October 2023", "more than 1,400 people"),
        ("Attack on Israel of 7 October 2023", "about 1,200 people"),
        ("Blast at al-Ahli hospital of 17 October 2023", "at least 500 people"),
        ("Blast at al-Ahli hospital of 17 October 2023", "471 people"),
        ("Blast at al-Ahli hospital of 17 October 2023", "between 100 and 300 people"),
        ("War in Gaza and Israel since 7 October 2023", "2,808 Palestinians"),
        (
            "War in Gaza and Israel since 7 October 2023",
            "1,400 Israeli casualties, including 286 soldiers",
        ),
    ],
)
def test_the_notes_hold_the_numbers_that_the_demo_is_about(event: str, number: str) -> None:
    assert any(number in body(text) for text in NOTES.values() if header(text)["event"] == event)
