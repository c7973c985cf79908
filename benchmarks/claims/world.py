"""The store that the claims are checked against: the public series by their mappings, and real cases typed in."""

import json
import subprocess
import sys
from pathlib import Path

SERIES = (
    ("techforpalestine/casualties_daily.json", "techforpalestine-gaza-daily"),
    ("techforpalestine/west_bank_daily.json", "techforpalestine-west-bank-daily"),
    ("techforpalestine/lebanon_casualties_daily.json", "techforpalestine-lebanon-daily"),
    ("economist-ukraine/estimates.csv", "economist-ukraine-estimates"),
)
ATTACK = "Attack on Israel of 7 October 2023"
BLAST = "Blast at al-Ahli hospital"
MARIA = "Hurricane Maria"
DERNA = "Derna floods"
THEATRE = "Bombing of the Mariupol theatre"
AL_ASAD = "Attack on Al-Asad air base"
HOSTAGES = "Hostages taken on 7 October 2023"
EVENTS = (
    (ATTACK, "--place", "Israel", "--from", "2023-10-07", "--to", "2023-10-07"),
    (BLAST, "--within", "Gaza war", "--place", "Gaza City", "--from", "2023-10-17", "--to", "2023-10-17"),
    (MARIA, "--place", "Puerto Rico", "--from", "2017-09-20", "--to", "2017-09-20"),
    (DERNA, "--place", "Derna", "--from", "2023-09-10", "--to", "2023-09-11"),
    (THEATRE, "--place", "Mariupol", "--from", "2022-03-16", "--to", "2022-03-16"),
    (AL_ASAD, "--place", "Iraq", "--from", "2020-01-08", "--to", "2020-01-08"),
    (HOSTAGES, "--from", "2023-10-07"),
)
KILLED = ("--outcome", "killed", "--tally", "incident")
INJURED = ("--outcome", "injured", "--tally", "incident", "--status", "soldier", "--group", "Americans")
HELD = ("--outcome", "held", "--tally", "stock", "--status", "hostage", "--event", HOSTAGES)
ESTIMATE = ("--basis", "estimated")
RETRACTED = ("100000", "2022-11-30", "European Commission")
# number, published, who speaks, and the options that say what is counted
FIGURES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("1400", "2023-10-15", "Prime Minister's Office of Israel",
     (*KILLED, "--qualifier", "more_than", "--group", "Israelis", "--place", "Israel", "--event", ATTACK)),
    ("1200", "2023-11-10", "Israel's Ministry of Foreign Affairs",
     (*KILLED, "--qualifier", "approximately", "--group", "Israelis", "--place", "Israel", "--event", ATTACK)),
    ("471", "2023-10-18", "Gaza Ministry of Health", (*KILLED, "--place", "Gaza City", "--event", BLAST)),
    ("64", "2017-12-09", "Government of Puerto Rico",
     (*KILLED, "--basis", "certified", "--place", "Puerto Rico", "--event", MARIA)),
    ("2975", "2018-08-28", "George Washington University",
     (*KILLED, "--basis", "excess", "--low", "2658", "--high", "3290", "--qualifier", "range", "--place",
      "Puerto Rico", "--event", MARIA)),
    ("11300", "2023-09-17", "Libyan Red Crescent", (*KILLED, "--place", "Derna", "--event", DERNA)),
    ("3958", "2023-09-18", "World Health Organization",
     (*KILLED, "--basis", "identified", "--place", "Derna", "--event", DERNA)),
    ("300", "2022-03-25", "Mariupol City Council",
     (*KILLED, *ESTIMATE, "--qualifier", "approximately", "--place", "Mariupol", "--event", THEATRE)),
    ("600", "2022-05-04", "Associated Press",
     (*KILLED, *ESTIMATE, "--qualifier", "nearly", "--place", "Mariupol", "--event", THEATRE)),
    ("0", "2020-01-08", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("11", "2020-01-16", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("34", "2020-01-24", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("50", "2020-01-28", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("64", "2020-01-30", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("109", "2020-02-10", "US Department of Defense", (*INJURED, "--event", AL_ASAD)),
    ("48", "2025-09-29", "Government of Israel", HELD),
    ("6", "2025-11-05", "Government of Israel", HELD),
)  # fmt: skip
BLAST_ESTIMATE = (
    "--low", "100", "--high", "300", "--qualifier", "range", *KILLED, *ESTIMATE, "--place", "Gaza City",
    "--event", BLAST, "--publisher", "US intelligence community", "--published", "2023-10-18",
    "--as-of", "2023-10-18", "--as-of-basis", "statement", "--words", "100 to 300", "--quote", "100 to 300",
)  # fmt: skip


def run(url: str, *words: str) -> str:
    """Run the command on the store; its standard output."""
    command = [str(Path(sys.executable).with_name("casualty-figures")), *words, "--db", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def build(url: str, data: Path) -> None:
    """Import the series and type the cases into an empty store."""
    for name, mapping in SERIES:
        run(url, "import", str(data / name), "--map", mapping)
    for name, *options in EVENTS:
        run(url, "events", "add", name, *options)
    for number, published, publisher, options in FIGURES:
        qualified = "--low" in options
        words = ("--words", number, "--quote", f"{number} people")
        value = ("--best", number) if qualified else ("--number", number)
        days = ("--published", published, "--as-of", published, "--as-of-basis", "statement")
        run(url, "add", *value, *days, "--publisher", publisher, *words, *options)
    run(url, "add", *BLAST_ESTIMATE)
    _withdraw(url)


def _withdraw(url: str) -> None:
    """Two numbers that did not stand: one retracted by its publisher, one disowned by the issuer it was ascribed to."""
    number, published, publisher = RETRACTED
    soldiers = ("--outcome", "killed", "--tally", "cumulative", "--group", "Ukrainians", "--status", "soldier")
    days = ("--published", published, "--as-of", published, "--as-of-basis", "statement")
    added = run(
        url, "add", "--number", number, *days, "--publisher", publisher, "--quote", number, "--words", number,
        *soldiers, "--event", "Russian invasion of Ukraine", "--json",
    )  # fmt: skip
    run(url, "retract", json.loads(added)["id"], "--reason", "killed and injured was meant", "--on", "2022-11-30")
    disowned = json.loads(run(url, "figures", "--event", DERNA, "--issuer", "Libyan Red Crescent", "--json"))
    identifier = disowned["figures"][0]["id"]
    denial = ("--by", "Libyan Red Crescent", "--reason", "denied by its spokesman", "--on", "2023-09-18")
    run(url, "disown", identifier, *denial)
