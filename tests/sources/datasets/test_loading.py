"""Mappings that cannot be used are refused with their file, the key, the word, and what to do."""

from pathlib import Path

import pytest

from sources.datasets import load_mapping
from sources.datasets.loading import LARGEST_MAPPING
from sources.errors import MappingError

SOUND = """
[dataset]
publisher = "The Harbour Ledger"
format = "csv"
[row]
key = ["day"]
[[figures]]
column = "dead"
outcome = "killed"
"""


def refused(tmp_path: Path, content: str | bytes) -> str:
    path = tmp_path / "toll.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(MappingError) as error:
        load_mapping(str(path))
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(str(path)).removeprefix(": ")


def test_a_sound_mapping_is_read(tmp_path: Path) -> None:
    path = tmp_path / "toll.toml"
    path.write_text(SOUND)
    assert load_mapping(str(path)).figures[0].columns == ("dead",)


def test_an_unknown_name_is_answered_with_the_shipped_ones() -> None:
    with pytest.raises(MappingError, match="no such mapping; shipped are economist-ukraine-estimates"):
        load_mapping("gaza")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[dataset", b"x = " + b"[" * 5000])
def test_what_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content).startswith("not a TOML file in UTF-8")


def test_a_mapping_is_a_short_file(tmp_path: Path) -> None:
    assert refused(tmp_path, b"#" * (LARGEST_MAPPING + 1)).startswith("larger than 1,000,000 bytes")


def test_a_mapping_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    with pytest.raises(MappingError, match="no such mapping"):
        load_mapping(str(loop))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('colour = "red"', "figures[1].colour: unknown key; see docs/mappings.md"),
        ('status = "soldiers"', "unknown word 'soldiers' (did you mean 'soldier'?); use one of: civilian, combatant"),
        ('status = { column = "who", map = { a = "nobody" } }', "figures[1] (dead).status: unknown word 'nobody'"),
        ('status = { map = { a = "soldier" } }', "give one value, or a column with its map"),
        ('source = "row"', "figures[1] (dead).source: no [sources.row] in this mapping; it has none"),
        ('part_of = "all"', "no earlier figure has the column 'all'; put the whole first"),
        ('low = "least"', "a figure has either its column, or columns for low, best or high"),
        ("times = 0", "figures[1].times: Input should be greater than or equal to 1, found '0'"),
        ('includes = [{ code = "animals" }]', "figures[1].includes[1].code"),
        ('[[refuse]]\nreason = "no"', "refuse[1]: a refusal names its columns, its conditions, or both"),
        ("[sources.row]", "sources.row: a source is always the same, or told by a column"),
        ('[sources.row]\ncolumn = "by"', "sources.row: a source column needs its values, or as_printed = true"),
        ("[sources.row.always]", "a source gives its chain or issuer_words, or else says own = true"),
        ('[row.as_of]\ncolumn = "day"\nday = 2024-01-01', "row.as_of: a day is given once, or stands in a column"),
        ('[row.as_of]\ncolumn = "day"\nformat = "%d.%m."', "row.as_of.format: '%d.%m.' does not give year, month"),
        ('[row.as_of]\ncolumn = "day"\nformat = "%Q"', "row.as_of.format"),
        ("[[cases]]\nif = { day = {} }", "cases[1].if.day: a condition asks for is, not, before, from or present"),
    ],
)
def test_a_mapping_says_which_key_and_word_it_is_refused_for(tmp_path: Path, added: str, said: str) -> None:
    assert said in refused(tmp_path, SOUND + added)


def test_what_is_missing_is_named_and_the_rest_counted(tmp_path: Path) -> None:
    assert refused(tmp_path, "[row]\nkey = []") == "dataset: missing (and 1 more); see docs/mappings.md"


def test_a_figure_says_what_it_counts(tmp_path: Path) -> None:
    assert refused(tmp_path, SOUND.replace('outcome = "killed"', "")).startswith("figures[1] (dead).outcome: missing")


def test_the_address_is_one_on_the_web(tmp_path: Path) -> None:
    content = SOUND.replace('format = "csv"', 'format = "csv"\naddress = "ftp://ledger.example/toll"')
    assert "dataset.address: " in refused(tmp_path, content)
