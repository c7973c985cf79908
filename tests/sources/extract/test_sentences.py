"""Words and sentences keep their place in the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sources.extract import extract
from sources.extract.phrasebook import Phrasebook, combined
from sources.extract.sentences import LONGEST_SENTENCE, sentences
from sources.extract.tokens import plain, tokens


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


def test_paragraphs_without_a_number_are_passed_over() -> None:
    assert cut("The council met.\n\nTwo died. The mayor said so.") == ["Two died.", "The mayor said so."]
    assert cut("") == []


def test_list_items_and_headings_are_sentences_of_their_own() -> None:
    assert cut("- 12 killed\n- 30 wounded") == ["- 12 killed", "- 30 wounded"]
    assert cut("Two killed in blast\nThe blast hit a market") == ["Two killed in blast", "The blast hit a market"]


def test_a_wrapped_line_goes_on() -> None:
    first = "A very long line of a wrapped text that goes on up to the right edge killed"
    assert cut(f"{first}\n12 people.") == [f"{first}\n12 people."]


def test_a_sentence_without_an_end_is_cut_at_a_space() -> None:
    parts = cut("12 killed and " * 1000)
    assert len(parts) > 1
    assert all(len(part) <= LONGEST_SENTENCE for part in parts)
    assert [len(part) for part in cut("killed" + "1" * (LONGEST_SENTENCE - 1))] == [LONGEST_SENTENCE, 5]


def test_a_paragraph_without_a_word_for_what_befell_people_is_passed_over_unless_every_one_is_asked_for() -> None:
    text = "Six people ate.\n\nTwelve people met.\n\nTwelve people died."
    assert [text[one.start : one.end] for one in sentences(text)] == ["Twelve people met.", "Twelve people died."]
    asked = [(one.may_tell, one.leads) for one in sentences(text, every=True)]
    assert asked == [(False, False), (False, True), (True, False)]


def test_who_speaks_right_before_is_heard_although_the_paragraph_tells_of_no_one_hurt() -> None:
    text = "The mayor of Odana said 30 streets were closed.\n\n“Twelve people died,” he said."
    assert extract(text)[0].chain.issuer_words == "mayor of Odana"


def test_footnotes_and_look_alikes_keep_every_offset() -> None:
    text = "“Twelve” died.[12] 2\u202f808 more[citation needed]\u200f"
    assert len(plain(text)) == len(text)
    assert "[12]" not in plain(text)


def test_the_longest_phrase_wins_at_either_end() -> None:
    book = Phrasebook({"shot": 1, "shot dead": 2, "were shot dead": 3})
    found = tokens("they were shot dead")
    assert book.at(found, 2) == (2, 2)
    assert book.at(found, 3) is None
    assert book.at(found, 9) is None
    assert book.at(tokens("shot"), 0) == (1, 1)
    assert book.ending(found, 4) == (3, 3)
    assert book.ending(found, 3) == (1, 1)
    assert book.ending(found, 2) is None
    assert book.ending(found, 0) is None
    assert combined(["dead"], ["or"], ["missing"]) == ["dead or missing"]


@given(st.text(max_size=400))
def test_sentences_of_any_text_lie_in_it_in_order(text: str) -> None:
    read = list(sentences(plain(text)))
    assert all(0 <= sentence.start < sentence.end <= len(text) for sentence in read)
    assert all(first.end <= second.start for first, second in pairwise(read))


@given(st.text(max_size=400))
def test_tokens_of_any_text_are_its_own_words(text: str) -> None:
    smooth = plain(text)
    assert all(smooth[token.start : token.end] == token.text for token in tokens(smooth))
