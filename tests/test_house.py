"""The house rules that no other tool checks: who imports what, what is pinned, what is never committed."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ["db", "sources", "reports", "tracker"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# What .gitignore leaves out of the repository.
LEFT_OUT = {".git", ".venv", "__pycache__", "dist", "build", "htmlcov", "demo"}
LEFT_OUT |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
# Put together here, so that this file passes its own test.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "ana" + "conda.org", "/simple" + "/"]
HOME_FOLDERS = re.compile(r"(?<![\w.:/~$}\-])/(?:home|root|Users|work|workspace|mnt)/\w+")
MADE_UP = {"/home/reader", "/home/reporter"}
"""Folders of nobody, for tests that need such a path."""
# A module, and the only places that may import it.
ONLY_IN = {
    "croniter": ["tracker/schedules.py"],
    "dbos": ["tracker/jobs/"],
    "fastfeedparser": ["sources/listings.py"],
    "protego": ["sources/robots.py"],
    "httpx": ["sources/fetch.py"],
    "ssrfguard": ["sources/fetch.py"],
    "dateparser": ["sources/dates.py"],
    "sqlmodel": ["db/"],
    "alembic": ["db/"],
    "typer": ["tracker/"],
    "rich": ["tracker/"],
}


def repository_files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT and not name.endswith(".egg-info")]
        yield from (Path(folder, name) for name in names if not name.startswith(".coverage"))


def texts() -> Iterator[tuple[str, str]]:
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


@cache
def modules() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


@cache
def imported(module: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it the import stands."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def declared() -> dict[str, Requirement]:
    """Every requirement of pyproject.toml by its name: core, extras, development, build."""
    project = PYPROJECT["project"]
    lines = [*project["dependencies"], *PYPROJECT["build-system"]["requires"]]
    for group in [*project["optional-dependencies"].values(), *PYPROJECT["dependency-groups"].values()]:
        lines += group
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def pinned() -> dict[str, list[Requirement]]:
    """The requirements of the lock by name, without their hashes; more than one where markers tell them apart."""
    pins: dict[str, list[Requirement]] = {}
    for entry in re.split(r"\n(?=\S)", LOCK.strip()):
        requirement = Requirement(entry.split(" \\\n")[0])
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_imported_only_where_the_house_keeps_it(library: str) -> None:
    importers = [module.relative_to(ROOT).as_posix() for module in modules() if library in imported(module)]
    assert [name for name in importers if not name.startswith(tuple(ONLY_IN[library]))] == []


def test_no_module_is_named_for_a_kind_of_code() -> None:
    kinds = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert [str(module) for module in modules() if module.stem.lower() in kinds or module.parent.name in kinds] == []


def test_every_module_says_in_its_docstring_what_it_is_about() -> None:
    silent = [str(module) for module in modules() if not ast.get_docstring(ast.parse(module.read_text("utf-8")))]
    assert [name for name in silent if "migrations" not in name] == []


def test_the_wheel_and_the_repository_hold_all_four_packages() -> None:
    assert PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == PACKAGES
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in ignored if line.strip("/") in PACKAGES] == []


def test_no_folder_of_tests_is_a_package_that_would_hide_ours() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_dependency_has_its_line_and_every_line_its_dependency() -> None:
    lines = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^- \*\*([\w.-]+)\*\*: \S", lines, re.MULTILINE)
    assert sorted(explained) == sorted(declared())


def test_every_dependency_is_pinned_to_a_version_that_it_allows() -> None:
    pins = pinned()
    assert sorted(set(declared()) - set(pins)) == []
    for name, requirement in declared().items():
        for pin in pins[name]:
            assert requirement.specifier.contains(str(pin.specifier).removeprefix("==")), f"{pin} against {requirement}"


def test_every_pin_is_exact_and_carries_hashes_and_no_address() -> None:
    assert "://" not in LOCK
    for entry in re.split(r"\n(?=\S)", LOCK.strip()):
        assert re.match(r"[a-z0-9][a-z0-9._-]*==[\w.!+]+(?: ; [^\\]+)? \\\n", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_no_file_holds_the_address_of_a_package_registry() -> None:
    assert [(name, address) for name, text in texts() for address in REGISTRIES if address in text] == []


def test_no_file_holds_a_path_into_the_folders_of_one_machine() -> None:
    found = [(name, match.group()) for name, text in texts() for match in HOME_FOLDERS.finditer(text)]
    assert [one for one in found if one[1] not in MADE_UP or not one[0].startswith("tests/")] == []


def test_every_target_of_make_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for name, text in texts() if name.endswith(".md") for word in re.findall(r"`make ([a-z]+)", text)}
    assert named >= {"demo", "test"}
    assert named - targets == set()


def test_every_link_between_the_documents_leads_to_a_file() -> None:
    for name, text in texts():
        if name.endswith(".md"):
            links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
            assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == [], name


def test_the_changelog_speaks_of_the_version_that_is_built() -> None:
    assert f"[{PYPROJECT['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_the_whole_apache_licence() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
