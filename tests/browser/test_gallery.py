"""The gallery: its script makes the files, the pictures and the page that it says it makes."""

import runpy
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "docs" / "gallery.py"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Any]:
    """A gallery of the demonstration alone, and the script's names."""
    script = runpy.run_path(str(SCRIPT))
    parts = [part for part in script["PARTS"] if part.series is None]
    given = {"HERE": tmp_path, "GALLERY": tmp_path / "gallery", "PARTS": parts}
    for name in ("main", "make", "page", "section"):
        for key, value in given.items():
            monkeypatch.setitem(script[name].__globals__, key, value)
    script["main"](None)
    return tmp_path, parts


def test_every_file_and_picture_of_the_page_is_made(made: tuple[Path, Any]) -> None:
    folder, (part,) = made
    page = (folder / "gallery.md").read_text(encoding="utf-8")
    names = {path.name for path in (folder / "gallery").iterdir()}
    assert {file for file, _ in part.renders} | {f"{part.name}-desktop.png", f"{part.name}-phone.png"} == names
    assert all(f"(gallery/{name})" in page or f'"gallery/{name}"' in page for name in names)
    assert all((folder / "gallery" / name).stat().st_size > 1_000 for name in names)
