"""The example services in the documents, for systemd and docker compose: their commands and settings exist."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # it ships no types
from typer.main import get_command

from tracker import settings
from tracker.cli import app

DOCS = Path(__file__).parent.parent / "docs"
COMPOSE = yaml.safe_load((DOCS / "compose.yaml").read_text(encoding="utf-8"))
PYPROJECT = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
WATCHING = (DOCS / "watching.md").read_text(encoding="utf-8")
SETTINGS = {value for name, value in vars(settings).items() if name.isupper() and isinstance(value, str)}
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def parsed(words: list[str]) -> Any:
    """The command that words call, its options understood; it is not run."""
    command: Any = get_command(app)
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    return command.make_context(command.name, list(words)).command


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_starts_a_command_that_exists(name: str) -> None:
    assert parsed(OURS[name]["command"]).name == {"schedule": "run", "worker": "worker"}[name]


def test_the_commands_that_the_documents_show_for_the_services_exist() -> None:
    shown = re.findall(r"run --rm schedule ([^`\n]+)", (DOCS / "compose.yaml").read_text(encoding="utf-8"))
    (unit,) = re.findall(r"^ExecStart=\S+/casualty-figures (.+)$", WATCHING, re.MULTILINE)
    assert len(shown) == 2
    for words in (*shown, unit):
        parsed(shlex.split(words))


def test_every_setting_of_the_services_exists() -> None:
    of_unit = {line.split("=")[0] for line in re.findall(r"^Environment=(.+)$", WATCHING, re.MULTILINE)}
    assert of_unit
    for service in OURS.values():
        assert set(service["environment"]) <= SETTINGS
    assert of_unit <= SETTINGS


def test_workers_share_one_store_and_one_archive_and_nothing_listens_outside() -> None:
    schedule, worker = OURS["schedule"], OURS["worker"]
    assert {key: schedule[key] for key in ("environment", "volumes")} == {
        key: worker[key] for key in ("environment", "volumes")
    }
    assert worker["scale"] > 1
    assert "scale" not in schedule
    assert all("ports" not in service for service in COMPOSE["services"].values())
    for service in COMPOSE["services"].values():
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(COMPOSE["volumes"])


def test_images_are_built_here_or_plain_and_what_is_built_is_what_the_wheel_needs() -> None:
    assert COMPOSE["services"]["database"]["image"] == "postgres:18"
    build = OURS["worker"]["build"]
    copied = re.findall(r"^COPY (.+) \S+$", build["dockerfile_inline"], re.MULTILINE)
    assert (DOCS / build["context"]).resolve() == DOCS.parent
    project, wheel = PYPROJECT["project"], PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", project["readme"], *project["license-files"], *wheel["packages"]}
    assert set(" ".join(copied).split()) == needed
