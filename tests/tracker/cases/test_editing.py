"""One document read twice with different numbers: a silent edit, or a correction where the document says so."""

from typing import Any

import pytest

ADDRESS = "https://ledger.example/flood"
FIRST = "The Tarvo Guard said 40 people were killed in the flood in Libya on 1 May 2024."
SECOND = "The Tarvo Guard said 45 people were killed in the flood in Libya on 1 May 2024."


def steps(record: Any) -> list[dict[str, Any]]:
    (series,) = record.ask("history")["series"]
    return list(series["steps"])


def test_another_number_in_a_later_snapshot_is_a_silent_edit(record: Any) -> None:
    for text in (FIRST, SECOND):
        record.text("2024-05-02", text, address=ADDRESS)
    assert [step["change"] for step in steps(record)] == ["first", "silently_edited"]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this article said 40 people were killed.",
        "This article was amended on 3 May 2024 because it gave 40 people killed in an earlier count.",
    ],
)
def test_with_a_notice_it_is_a_correction_and_the_notice_gives_no_figure(record: Any, notice: str) -> None:
    record.text("2024-05-02", FIRST, address=ADDRESS)
    (corrected,) = record.text("2024-05-02", f"{SECOND}\n\n{notice}", address=ADDRESS)
    assert corrected["count"]["best"] == 45
    last = steps(record)[-1]
    assert (last["change"], last["difference"]) == ("corrected", 5)
    assert [(reason["by"], reason["text"]) for reason in last["reasons"]] == [("The Fictional Ledger", notice)]


def test_a_notice_that_stood_there_before_explains_no_later_edit(record: Any) -> None:
    notice = "Correction: the name of the river was misspelt."
    for text in (FIRST, SECOND):
        record.text("2024-05-02", f"{text}\n\n{notice}", address=ADDRESS)
    assert [step["change"] for step in steps(record)] == ["first", "silently_edited"]
