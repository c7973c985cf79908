"""The letters of a PDF: every script of our sources, from its own side, and what becomes of those that no font has."""

import json
import os
import subprocess
import sys
import warnings
from datetime import UTC, datetime

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.render.formats import NotShown
from reports.render.pdf.blocks import BREAK, broken, paragraph, quote, quoted, table, words
from reports.render.pdf.compiler import Refused, compiled
from reports.render.pdf.directions import is_right_to_left
from reports.render.pdf.lettering import FAMILIES, lettered
from reports.render.pdf.typesetting import Document, typeset

ARABIC = "قالت الوزارة إن 2,808 أشخاص قتلوا"
HEBREW = "משרד הבריאות אמר כי 1,400 בני אדם נהרגו"
UKRAINIAN = "Міністерство оборони повідомило про 300 вбитих"
TIBETAN, SYRIAC = "གསོད", "ܩܛܝܠ̈ܐ"
OTHERS = [
    "Ḥamās – “İstanbul” ← ≥ × …", "Το Υπουργείο", "զոհվածներ", "დაღუპულები", "ተገድለዋል", "သေဆုံးသူ", "मारे गए", "নিহত",
    "கொல்லப்பட்டனர்", "ผู้เสียชีวิต", "据报道有十二人死亡", "死者は12人", "사망자 12명", "☢ 🔥",
]  # fmt: skip


def document(text: str, title: str = "T") -> Document:
    return Document("A kind", title, "about", [quote(text)], None, "foot")


def set_text(content: bytes) -> str:
    told = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    return " ".join(told.replace(BREAK, "").split())


@pytest.mark.parametrize("text", [ARABIC, HEBREW, UKRAINIAN, *OTHERS])
def test_the_scripts_of_our_sources_are_set(text: str) -> None:
    assert lettered(text) == (text, [])
    assert "without a font" not in set_text(typeset(document(text, title=text)))


def test_a_quote_from_the_right_begins_at_the_right() -> None:
    def left(text: str) -> float:
        page = pypdfium2.PdfDocument(typeset(document(text)))[0].get_textpage()
        letters = enumerate(page.get_text_range())
        return float(min(page.get_charbox(place)[0] for place, letter in letters if ord(letter) > 0x400))

    assert left(ARABIC) > 200 > left(UKRAINIAN)


@given(st.text())
def test_a_text_is_set_from_the_side_of_its_first_letter(text: str) -> None:
    assert not is_right_to_left(f"a{text}")
    assert is_right_to_left(f"12 ({ARABIC}{text}")


NEWSPAPER, RADIO = "עיתון הבדיון", "רדיו הבדיון"


@pytest.mark.parametrize("sentence", [f"{RADIO} ← {NEWSPAPER}: 77", f"Reuters: {RADIO} ← {NEWSPAPER} (77 killed)"])
@pytest.mark.parametrize("in_table", [True, False])
def test_a_sentence_of_ours_runs_from_the_left_whatever_names_stand_in_it(sentence: str, *, in_table: bool) -> None:
    block = table([("Chain", 1.0)], [[[words(sentence)]]]) if in_table else paragraph(sentence)
    page = pypdfium2.PdfDocument(typeset(Document("A kind", "T", "about", [block], None, "foot")))[0].get_textpage()
    text = page.get_text_range()
    signs = ("ר", "←", "ע", "7")  # of the one name, between them, of the other, of the number
    places = [page.get_charbox(text.index(sign))[0] for sign in signs]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("told", "spoken"),
    [("uk", "uk"), ("zh-Hans", "zh"), ("AR", "ar"), (None, "en"), ("", "en"), ("x-klingon", "en"), ("#{1}", "en")],
)
def test_words_are_read_aloud_in_their_language_where_it_is_known(told: str | None, spoken: str) -> None:
    assert quoted("…", language=told)["lang"] == spoken


def test_a_file_says_in_which_language_its_quotes_are() -> None:
    content = typeset(Document("A kind", "T", "about", [quote(UKRAINIAN, language="uk")], None, "foot"))
    assert b"/Lang(uk)" in content
    assert b"/Lang(en)" in content


def test_letters_that_no_package_has_are_named_and_the_rest_is_set() -> None:
    with pytest.warns(NotShown, match="^1 character without a font: Combining; 5 .* Syriac; 4 .* Tibetan: named in"):
        content = typeset(document(f"It said: {TIBETAN} and {SYRIAC}."))
    told = set_text(content)
    assert (
        "It said: [4 characters without a font: Tibetan] and [6 characters without a font: Combining, Syriac]." in told
    )
    assert "Letters that this file lacks" in told


def test_a_letter_that_is_lacking_takes_no_other_with_it() -> None:
    told, missing = lettered({"text": "Το \u03e2πουργείο"})  # COPTIC CAPITAL LETTER SHEI, of the same block
    assert told == {"text": "Το [1 character without a font: Coptic]πουργείο"}
    assert missing == ["1 character without a font: Coptic"]


@pytest.mark.parametrize("before", ["", " ", '"', "A ", "\n"])
def test_a_mark_that_is_lacking_is_found_wherever_it_stands(before: str) -> None:
    told, _ = lettered([f"{before}\u0f9a\u073b."])
    assert "without a font" in told[0]
    assert not set("\u0f9a\u073b") & set(told[0])


@pytest.mark.parametrize(
    "text", ["\u0900\u07ee \uef5b", "\u05bb\u0ff0\u07da\u07a8", "\u103e\u07f1 \U00010263 \U00010d24"]
)
def test_a_mark_that_is_refused_beside_some_letters_alone_is_named_too(text: str) -> None:
    with pytest.warns(NotShown):
        assert typeset(document(text, title=f"T {text}")).startswith(b"%PDF")


def test_a_letter_that_python_has_no_name_for_is_named_as_of_no_known_script() -> None:
    assert lettered("a\U00017000b")[1] == ["1 character without a font: no known script"]  # the first of Tangut


def test_a_byte_order_mark_within_a_text_which_pdf_ua_forbids_is_passed_over() -> None:
    assert "12 killed" in set_text(typeset(document("\ufeff12\ufeff killed"))).replace("\u2060", "")


def test_characters_of_private_use_which_pdf_a_forbids_are_named() -> None:
    assert lettered("a\ue801b") == (
        "a[1 character without a font: no known script]b",
        ["1 character without a font: no known script"],
    )


def test_what_unicode_has_is_set_or_named() -> None:
    told, _ = lettered(list(map(chr, [*range(0x20, 0x3000), *range(0xE7FF, 0xE803)])))
    assert told[ord("A") - 0x20] == "A"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotShown)
        assert typeset(document(" ".join(told))).startswith(b"%PDF")


@settings(max_examples=30, deadline=None)
@given(st.text())
def test_any_text_can_be_set(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotShown)
        assert typeset(document(text, title=f"T {text}")).startswith(b"%PDF")


@given(st.text(alphabet="ab/.?-é\u0301ق %"), st.integers(6, 80))
def test_parting_words_changes_no_letter_and_leaves_no_word_too_long(text: str, most: int) -> None:
    told = broken(text, most)
    assert told.replace(BREAK, "") == text
    assert all(len(word) <= most or "\u0301" in word for part in told.split() for word in part.split(BREAK))


def test_a_fault_within_typst_is_told_like_a_refusal() -> None:
    """Letters from the right without a font, over more than a line: Typst 0.15.1 breaks off, later ones refuse them."""
    texts = [" ".join(map(chr, range(0x867, 0x8AC)))]
    data = {"families": json.dumps(FAMILIES), "texts": json.dumps(texts)}
    with pytest.raises(Refused, match=r"^Typst could not set it \("):
        compiled("letters.typ", data, ["a-2a"], datetime(1970, 1, 1, tzinfo=UTC))
    assert "without a font" in lettered(texts)[0][0]


def test_what_is_no_fault_of_typst_is_not_taken_for_one() -> None:
    with pytest.raises(TypeError):
        compiled("letters.typ", {"families": 1}, ["a-2a"], datetime(1970, 1, 1, tzinfo=UTC))  # type: ignore[dict-item]


def test_every_process_sets_the_same_bytes() -> None:
    script = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "from reports.render.pdf.typesetting import Document, typeset\n"
        "from reports.render.pdf.blocks import quote\n"
        f"blocks = [quote({ARABIC + OTHERS[10] + TIBETAN + SYRIAC!r})]\n"
        "sys.stdout.buffer.write(typeset(Document('A kind', 'T', 'about', blocks, None, 'foot')))"
    )
    one, other = (
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in "12"
    )
    assert one.startswith(b"%PDF")
    assert one == other
