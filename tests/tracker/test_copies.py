"""One agency's text in two outlets: said once when it is ingested, shown with the figure, counted as one voice."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FILLING = (
    "Roads to the coast were closed for a second day and the river stood two metres above its banks. Teams from three"
    " districts searched the villages along the valley by boat, and schools were opened for families who had left"
    " their houses. The bridge at the old mill was carried away in the night. Fishermen brought food to those who had"
    " stayed on the roofs. The weather service expects the rain to move away to the south by the end of the week."
)


def article(toll: int = 41) -> str:
    return f"At least {toll} people were killed in a flood in Libya on 10 March 2024. {FILLING}\n"


@pytest.fixture
def ingest(answer: Run, tmp_path: Path) -> Callable[..., Any]:
    """`ingest("A Fictional Wire", text)`: a file of that publisher, and the command's answer."""

    def record(publisher: str, text: str, day: str = "2024-03-11") -> Any:
        file = tmp_path / f"{publisher}.txt"
        file.write_text(text, encoding="utf-8")
        return answer("ingest", file, "--publisher", publisher, "--published", day)

    return record


def shown(answer: Run, publisher: str) -> tuple[str, Any]:
    (figure,) = answer("figures", "--publisher", publisher)["figures"]
    return figure["id"], answer("show", figure["id"])


def test_ingest_says_once_that_a_text_is_nearly_the_same(run: Run, answer: Run, ingest: Run, tmp_path: Path) -> None:
    assert ingest("A Fictional Wire", article())["notes"] == []
    (note,) = ingest("A Fictional Gazette", f"A headline of the gazette.\n\n{article()}")["notes"]
    assert "nearly_same_text: nearly the same text as document " in note
    assert "(resemblance 0.9" in note
    said = run("ingest", tmp_path / "A Fictional Wire.txt", "--publisher", "A Fictional Courier").stdout
    assert "nearly the same text as an earlier document: 1" in said
    assert ingest("A Fictional Gazette", f"A headline of the gazette.\n\n{article()}")["notes"] == []
    assert answer("verify")["altered"] == []


def test_show_names_the_document_with_nearly_the_same_text_and_when_a_figure_was_seen(
    run: Run, answer: Run, ingest: Run
) -> None:
    ingest("A Fictional Wire", article(), "2024-03-11")
    ingest("A Fictional Gazette", f"A headline of the gazette.\n\n{article()}", "2024-03-12")
    _, first = shown(answer, "A Fictional Wire")
    identifier, copy = shown(answer, "A Fictional Gazette")
    assert copy["document"]["nearly_same_text"]["publisher"] == "A Fictional Wire"
    assert copy["document"]["nearly_same_text"]["published"] == "2024-03-11"
    assert (first["document"]["nearly_same_text"], first["document"]["copies"]) == (None, 1)
    assert copy["first_seen"] == copy["last_seen"] is not None
    told = run("show", identifier).stdout
    assert "nearly the same text as A Fictional Wire, 11 March 2024" in told
    assert "first seen" in told
    assert "last seen" in told


def test_reports_name_it_with_the_document(run: Run, ingest: Run, tmp_path: Path) -> None:
    ingest("A Fictional Wire", article())
    ingest("A Fictional Gazette", f"A headline of the gazette.\n\n{article()}", "2024-03-12")
    for ending in ("md", "html", "json"):
        path = tmp_path / f"report.{ending}"
        assert run("report", "-o", path).exit_code == 0
        told = path.read_text(encoding="utf-8")
        assert "early the same text as A Fictional Wire" in told or json.loads(told)["documents"][1]["nearly_same_text"]


def test_a_claim_that_two_copies_bear_out_has_one_independent_authority(run: Run, answer: Run, ingest: Run) -> None:
    ingest("A Fictional Wire", article())
    ingest("A Fictional Gazette", f"A headline of the gazette.\n\n{article()}")
    claim = "At least 41 people were killed in a flood in Libya on 10 March 2024."
    (checked,) = answer("check", claim)["claims"]
    assert (checked["verdict"], checked["independent_authorities"]) == ("supported", 1)
    words = article().replace(FILLING, " ".join(f"other{place}" for place in range(90)))
    ingest("A Fictional Courier", words)
    (checked,) = answer("check", claim)["claims"]
    assert checked["independent_authorities"] == 2


def test_a_later_edition_with_another_number_is_no_copy(ingest: Run) -> None:
    ingest("A Fictional Wire", article())
    assert ingest("A Fictional Gazette", article(43))["notes"] == []


def test_a_folder_of_documents_is_compared_too(run: Run, answer: Run, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in ("north", "south"):
        (folder / f"{name}.txt").write_text(f"The page of the {name}.\n\n{article()}", encoding="utf-8")
    told = answer("ingest", "--batch", folder, "--publisher", "A Fictional Wire", "--published", "2024-03-11")
    assert (told["documents"], told["copies"]) == (2, 1)
    assert answer("db", "info")["records"]["copy"] == 1
