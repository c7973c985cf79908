"""The reference in docs/ has an entry for every command, option, setting, error and word that there is."""

import ast
import dataclasses
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

import db
import reports
import sources
import tracker
from db.errors import RecordError
from db.vocabulary import VOCABULARIES
from reports.positions import PairRelation, Variant
from reports.series import Change
from sources.errors import SourceError
from tracker import cli, settings
from tracker.cli.figure_options import FigureOptions
from tracker.cli.options import FilterOptions, Where
from tracker.errors import TrackerError

PACKAGES = [Path(str(package.__file__)).parent for package in (db, reports, sources, tracker)]
DOCS = Path(__file__).parent.parent / "docs"
GROUPS = {"filters": FilterOptions, "fields of a figure": FigureOptions, "store": Where}
COMMANDS = DOCS / "commands.md"
HEAD = """# Commands

Made from the command itself; a test compares the two. Data goes to stdout, words to stderr. Exit codes and settings
stand in [settings](settings.md), the words that options take in [vocabulary](vocabulary.md).
"""


def click_command() -> Any:
    return get_command(cli.app)


def entry(option: Any) -> str:
    name = option.opts[0] if option.param_type_name == "option" else ""
    words = "" if getattr(option, "is_flag", False) else option.metavar or "WORD"
    name = " ".join(part for part in (name, words) if part)
    required = " Required." if option.required and option.param_type_name == "option" else ""
    return f"- `{name}`: {option.help}{required}"


def options_of(command: Any) -> list[Any]:
    return [option for option in command.params if option.name != "help"]


def shared_groups(command: Any) -> list[str]:
    """Groups of which a command takes every option."""
    names = {option.name for option in options_of(command)}
    return [head for head, group in GROUPS.items() if names >= {field.name for field in dataclasses.fields(group)}]


def walk(command: Any, name: str = "casualty-figures") -> Iterator[tuple[str, Any]]:
    yield name, command
    for following, part in getattr(command, "commands", {}).items():
        yield from walk(part, f"{name} {following}")


def command_lines(name: str, command: Any) -> Iterator[str]:
    shared = shared_groups(command)
    taken = {field.name for head in shared for field in dataclasses.fields(GROUPS[head])}
    own = [option for option in options_of(command) if option.name not in taken]
    arguments = [option for option in own if option.param_type_name == "argument"]
    usage = [option.metavar if option.required else f"[{option.metavar.strip('[]')}]" for option in arguments]
    yield f"\n## {' '.join([name, *usage])}\n"
    yield f"{command.help}\n"
    yield from (entry(option) for option in own if option.help)
    if shared:
        links = [f"[{head}](#{head.replace(' ', '-')})" for head in shared]
        yield f"- and the {', the '.join(links)}"


def reference() -> str:
    lines = [HEAD]
    described: dict[str, dict[str, Any]] = {head: {} for head in GROUPS}
    for name, command in walk(click_command()):
        if name != "casualty-figures":
            lines += command_lines(name, command)
        for head in shared_groups(command):
            fields = {field.name for field in dataclasses.fields(GROUPS[head])}
            described[head] |= {one.name: one for one in options_of(command) if one.name in fields}
    for head, options in described.items():
        lines.append(f"\n## {head.capitalize()}\n")
        lines.append(f"{GROUPS[head].__doc__}\n")
        lines += [entry(option) for option in options.values()]
    return "\n".join(lines) + "\n"


def test_the_command_reference_is_what_the_command_says() -> None:
    if not COMMANDS.exists():
        COMMANDS.write_text(reference(), encoding="utf-8")
        pytest.fail(f"{COMMANDS} was missing and has been written: read it")
    assert COMMANDS.read_text(encoding="utf-8") == reference(), f"delete {COMMANDS} and run this test again"


def test_every_command_and_option_says_what_it_is_for() -> None:
    silent = [
        (name, option.name)
        for name, command in walk(click_command())
        for option in (command, *options_of(command))
        if not option.help
    ]
    assert silent == []


def rows(name: str, heading: str) -> list[str]:
    """The words that stand first in the rows of the table under a heading."""
    text = (DOCS / name).read_text(encoding="utf-8")
    section = re.search(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert section is not None, f"{name} has no heading {heading!r}"
    return re.findall(r"^\| `([\w.]+)` \| \S", section[1], re.MULTILINE)


@pytest.mark.parametrize("vocabulary", sorted(VOCABULARIES))
def test_every_word_of_a_vocabulary_is_explained(vocabulary: str) -> None:
    assert rows("vocabulary.md", vocabulary) == list(VOCABULARIES[vocabulary])


@pytest.mark.parametrize(
    ("heading", "words"),
    [("change", get_args(Change)), ("relation", get_args(PairRelation)), ("variant", get_args(Variant))],
)
def test_every_word_of_an_answer_is_explained(heading: str, words: tuple[str, ...]) -> None:
    assert sorted(rows("vocabulary.md", heading)) == sorted(words)


def errors_below(root: type[Exception]) -> Iterator[str]:
    for below in root.__subclasses__():
        yield below.__name__
        yield from errors_below(below)


def test_every_error_is_explained() -> None:
    there_are = {name for root in (RecordError, SourceError, TrackerError) for name in errors_below(root)}
    assert set(rows("settings.md", "Errors")) == there_are


def test_every_setting_is_explained() -> None:
    there_are = {value for name, value in vars(settings).items() if name.isupper() and isinstance(value, str)}
    assert there_are
    assert set(rows("settings.md", "Environment")) == there_are


def doubt_codes() -> set[str]:
    """The codes with which sentences begin that code and mappings write down as doubts."""
    begins_with_code = re.compile(r"([a-z]+(?:_[a-z]+)+)(?:: |$)")
    found = {"as_published"}
    for path in (module for package in PACKAGES for module in package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ": " in node.value:
                match = begins_with_code.match(node.value)
                found |= {match[1]} if match else set()
    for mapping in (PACKAGES[2] / "data" / "mappings").glob("*.toml"):
        said = repr(tomllib.loads(mapping.read_text(encoding="utf-8")))
        found |= set(re.findall(r"['\"]([a-z]+(?:_[a-z]+)+): ", said))
    return found


def test_every_doubt_is_explained() -> None:
    explained = {code for name in ("vocabulary.md", "extractor.md", "reading.md") for code in rows(name, "Doubts")}
    assert doubt_codes() - explained == set()
    assert len(doubt_codes()) > 10
