"""A publisher's notice of correction: found by its line, and read for no figures."""

import pytest

from sources.extract import extract
from sources.extract.english.notices import BEGINNINGS, PHRASES, STEMS
from sources.extract.notices import notices

BODY = "The Fictional Guard said 12 people died."


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: the toll was first given as 15 dead.",
        "CLARIFICATION: 15 people died in the first count.",
        "> An earlier version of this story said 15 people had died.",
        "This report has been corrected to say that 12, not 15, people died.",
    ],
)
def test_a_notice_gives_no_figure_and_is_a_doubt_of_every_other(notice: str) -> None:
    (figure,) = extract(f"{BODY}\n\n{notice}")
    assert figure.count is not None
    assert figure.count.best == 12
    assert figure.doubts[-1].startswith("correction_noticed: the document says of itself: ")
    assert figure.doubts[-1].endswith(notice.removeprefix("> "))


@pytest.mark.parametrize(
    "text", ["A correction of the market left 12 people dead.", "The report was late; 12 people died, editors said."]
)
def test_the_same_words_in_other_sentences_are_no_notice(text: str) -> None:
    assert notices(text) == []
    assert [figure.doubts for figure in extract(text)] == [()]


def test_every_notice_holds_one_of_the_words_that_are_looked_for_first() -> None:
    assert [words for words in (*BEGINNINGS, *PHRASES) if not any(stem in words for stem in STEMS)] == []
