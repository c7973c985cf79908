"""What the documents show is what the command prints."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tracker.cli import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
ARTICLE = """<html><head><title>Flood</title></head><body><article><h1>Flood in the east</h1>
<p>At least 40 people were killed and 12 injured in the flood in Libya on Sunday, according to the Ruritania
Relief Fund.
Rescue teams were still at work in the evening, and roads to the coast stayed closed for a second day.</p>
</article></body></html>"""


def test_the_tour_shows_what_the_demo_prints(tmp_path: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    printed = CliRunner().invoke(app, ["demo", "--folder", str(tmp_path)])
    assert printed.exit_code == 0
    lines = {line.rstrip() for line in printed.stdout.splitlines()}
    assert [line for line in shown[1].splitlines() if line not in lines] == []


def test_every_command_of_the_tour_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "article.html").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASUALTY_FIGURES_DB", f"sqlite:///{tmp_path / 'store.db'}")
    commands = re.findall(r"^casualty-figures (.+)$", README, re.MULTILINE)
    assert len(commands) >= 7
    import shlex

    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        assert result.exit_code == 0, (command, result.output)
    assert (tmp_path / "report.html").stat().st_size > 1000


def test_the_gallery_shows_files_that_are_there_and_commands_that_exist() -> None:
    from typer.main import get_command

    docs = Path(__file__).parent.parent / "docs"
    page = (docs / "gallery.md").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:\(|src=")(gallery/[^)"]+)', page))
    assert named == {f"gallery/{path.name}" for path in (docs / "gallery").iterdir()}
    commands: dict[str, object] = getattr(get_command(app), "commands")  # noqa: B009 - the class is typer's own
    assert set(re.findall(r"^casualty-figures (\S+)", page, re.MULTILINE)) == {"demo", "import", "report", "chart"}
    assert set(commands) > {"demo", "import", "report", "chart"}


def test_every_command_is_named_in_the_changelog() -> None:
    from typer.main import get_command

    changelog = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    commands: dict[str, object] = getattr(get_command(app), "commands")  # noqa: B009 - the class is typer's own
    assert [name for name in commands if f"`{name}`" not in changelog] == []
