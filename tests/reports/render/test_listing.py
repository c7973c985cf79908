"""Long lists in a page: plain while they are few, compressed blocks where they are many, the same rows either way."""

import json
import zlib
from base64 import b64decode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.listing import BETWEEN, BLOCK, INLINE_MOST, Item, Listing, compressed, in_script, listing


def items(number: int) -> list[Item]:
    return [Item(f"f-{n:04x}", f"<tr><td>{n}</td></tr>", (n, f"name {n % 3}", None), n % 5) for n in range(number)]


def index_of(made: Listing) -> dict[str, Any]:
    text = b64decode(made.index) if made.blocks else made.index.encode()
    found: dict[str, Any] = json.loads(zlib.decompress(text) if made.blocks else text)
    return found


def rows_of(made: Listing) -> list[str]:
    if not made.blocks:
        return str(made.plain).split("\n")
    return [row for block in made.blocks for row in zlib.decompress(b64decode(block)).decode().split(BETWEEN)]


@pytest.mark.parametrize("number", [1, INLINE_MOST, INLINE_MOST + 1, 3 * INLINE_MOST])
def test_every_row_is_kept_in_its_order_with_its_id_keys_and_group(number: int) -> None:
    made = listing("figures", items(number))
    index = index_of(made)
    assert rows_of(made) == [item.html for item in items(number)]
    assert index["ids"].split(" ") == [item.id for item in items(number)]
    assert index["groups"] == [item.group for item in items(number)]
    assert made.number == number
    assert bool(made.blocks) == (number > INLINE_MOST)
    assert len(made.blocks) in (0, -(-number // BLOCK))


def test_words_are_sorted_by_their_place_and_what_is_unknown_has_none() -> None:
    made = listing("figures", [Item(f"f-{word}", "", (word, None)) for word in ("b", "É", "a", "B")])
    assert index_of(made)["keys"] == [[2, 3, 0, 1], [None] * 4]


def test_ids_that_only_count_are_told_in_short() -> None:
    index = index_of(listing("documents", [Item(f"d{n}", "") for n in range(1, 4)]))
    assert (index["prefix"], index["number"]) == ("d", 3)
    assert "ids" not in index


def test_an_empty_list_is_a_list() -> None:
    made = listing("figures", [])
    assert (made.number, str(made.plain), made.blocks) == (0, "", ())
    assert index_of(made)["number"] == 0


def test_what_parts_the_rows_of_a_block_cannot_come_from_outside() -> None:
    rows = rows_of(listing("figures", [Item(f"f-{n}", f"<td>a{BETWEEN}b</td>") for n in range(INLINE_MOST + 1)]))
    assert set(rows) == {"<td>ab</td>"}
    assert len(rows) == INLINE_MOST + 1


@given(st.binary())
def test_compressed_data_comes_back_and_holds_no_markup(data: bytes) -> None:
    text = compressed(data)
    assert zlib.decompress(b64decode(text)) == data
    assert not set("<>&\"'") & set(text)


@given(st.text())
def test_json_in_a_script_never_ends_it(text: str) -> None:
    made = in_script(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    assert "<" not in made
    assert json.loads(made) == text
