"""Who a sentence names as the source of its numbers."""

from datetime import date

import pytest

from sources.extract import extract

PUBLISHED = date(2024, 5, 10)
PUBLISHER = "The Fictional Gazette"


def chains(text: str) -> list[tuple[list[str], str | None]]:
    """The chain as written and the words that hide the issuer, of every figure."""
    read = extract(text, published=PUBLISHED, publisher=PUBLISHER)
    return [
        (list(figure.chain.written[0]) if figure.chain.written else [], figure.chain.issuer_words) for figure in read
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("According to the Fictional Herald, 12 people died.", ["Fictional Herald"]),
        ("12 people died, according to the Committee to Protect Fictions.", ["Committee to Protect Fictions"]),
        ("12 people died, the Observatory for Fictional Rights said.", ["Observatory for Fictional Rights"]),
        ('"12 people died," said Jane Example.', ["Jane Example"]),
        ("Jane Example, a spokeswoman for the Fictional Board, said 12 people died.", ["Jane Example"]),
        ("The Observatory for Fictional Rights, a monitor, said 12 died.", ["Observatory for Fictional Rights"]),
        ("Reuters news agency reported that 12 people died.", ["Reuters news agency"]),
        ("A Reuters tally puts the number of dead at 12.", ["Reuters"]),
        ("A Reuters tally based on official figures puts the number of dead at 12.", ["Reuters"]),
        ("John Example, an official at Reuters, said 12 people died.", ["Reuters"]),
        ("The 3rd Brigade said it had lost a post; 12 people died, the 3rd Brigade said.", ["3rd Brigade"]),
        ("Jane Example told the Fictional Post that 12 people died.", ["Fictional Post", "Jane Example"]),
        ("Jane Example told reporters that 12 people died.", ["Jane Example"]),
        ("12 died, the Fictional Board said, according to the Herald.", ["Herald", "Fictional Board"]),
        ("The Post reported 12 dead, citing the Board.", ["Post", "Board"]),
        ("12 dead, reported the Herald, citing the Post, which cited the Board.", ["Herald", "Post", "Board"]),
        ("The Fictional health ministry put the toll at 12.", ["Fictional health ministry"]),
        ("The army of Exampleland said 12 people died.", ["army of Exampleland"]),
        ("12 people died, state television reported on Monday.", ["state television"]),
        ("State TV reported, citing the Fictional Guard, that 12 people died.", ["State TV", "Fictional Guard"]),
        ("According to the Fictional Guard, 12 people died, though it says more are missing.", ["Fictional Guard"]),
    ],
)
def test_a_named_source_is_the_chain_nearest_first(text: str, named: list[str]) -> None:
    assert chains(text)[-1] == (named, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Officials said 12 people died.", "Officials"),
        ("Regional governors said 12 people died.", "Regional governors"),
        ("12 people died, the army said.", "army"),
        ("Police said 12 people died.", "Police"),
        ("12 people were killed, he said.", "he"),
        ("The health ministry's data was late, but the government met and said 12 died.", "government"),
    ],
)
def test_words_that_hide_a_source_are_kept(text: str, words: str) -> None:
    assert chains(text) == [([], words)]


@pytest.mark.parametrize(
    "text",
    [
        "12 people died in the fire.",
        "12 deaths were reported.",
        "12 people were confirmed dead.",
        "The attack claimed 12 lives.",
        "The group claimed responsibility for the blast that killed 12.",
        "It shows that 12 people died.",
        "12 people died, a fact that there put 5 roads at risk.",
        "The one who said so died; 12 people drowned, but nobody said who.",
    ],
)
def test_a_text_in_its_own_voice_names_its_publisher(text: str) -> None:
    read = extract(text, published=PUBLISHED, publisher=PUBLISHER)
    assert {figure.chain.issuer for figure in read} == {PUBLISHER}


def test_a_pronoun_or_short_form_carries_the_source_of_the_sentence_before() -> None:
    text = (
        "The Fictional Board said 12 people died. It added that 30 people were injured. The board met. {} said 5 died."
    )
    assert chains(text.format("It"))[1] == (["Fictional Board"], None)
    assert chains("The Fictional Ministry said 12 died. The ministry said 5 were hurt.")[1] == (
        ["Fictional Ministry"],
        None,
    )
    assert chains("Officials said 12 died. They said 5 were hurt.")[1] == ([], "Officials")


def test_a_source_is_not_carried_without_words_for_it_but_doubted() -> None:
    first, second = extract("The Herald said 12 died. The blast injured 30.", publisher=PUBLISHER)
    assert first.doubts == ()
    assert second.chain.issuer == PUBLISHER
    assert second.doubts == ("attribution_carried: the sentence before cites Herald; this one does not say",)
    assert extract("Officials said 12 died. The blast injured 30.")[1].doubts[0].startswith("attribution_carried")


def test_another_paragraph_carries_nothing() -> None:
    assert extract("The Herald said 12 died.\n\nThe blast injured 30.")[1].doubts == ()


def test_each_clause_has_its_own_speaker() -> None:
    text = "The Herald said 12 died, but the Post said 30 people died."
    assert chains(text) == [(["Herald"], None), (["Post"], None)]


def test_a_tally_names_those_it_was_compiled_from() -> None:
    (figure,) = extract("12 people died, the Herald said, based on Reuters.", publisher=PUBLISHER)
    assert figure.chain.compiled_from == ("Reuters",)
