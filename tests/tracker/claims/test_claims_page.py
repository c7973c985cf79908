"""The page on claims says what the code does."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reports.claims.verdicts import VERDICTS
from reports.words import VERDICTS as IN_WORDS

PAGE = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")


def test_the_verdicts_stand_on_the_page_in_the_order_in_which_they_are_tried() -> None:
    table = PAGE[PAGE.index("## The ten verdicts") : PAGE.index("A figure is *current*")]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == VERDICTS


def test_every_verdict_has_its_words_and_an_honest_reading() -> None:
    assert tuple(IN_WORDS) == VERDICTS
    table = PAGE[PAGE.index("### ClaimReview") :]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(VERDICTS)


def test_the_words_of_no_verdict_say_true_or_false() -> None:
    assert not [words for words in IN_WORDS.values() if re.search(r"\b(true|false|right|wrong|correct)\b", words)]


def test_every_command_of_the_page_runs(run: Callable[..., Any]) -> None:
    commands = re.findall(r"^casualty-figures (.+)$", PAGE, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        result = run(*shlex.split(command))
        assert result.exit_code == 0, result.output
