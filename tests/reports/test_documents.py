"""What is said of a document: what its address answered and when, which text is nearly the same, and no more."""

from datetime import UTC, date, datetime

import pytest

from db.documents import AboutDocument, Alike, Deletion
from db.resemblance import Likeness
from reports.documents import about_words
from reports.figure_json import about_json

ADDRESS = "https://courier.example/1"
SEEN = datetime(2024, 3, 2, 10, tzinfo=UTC)
AGAIN = datetime(2024, 3, 5, 10, 30, tzinfo=UTC)
WIRE = Alike("ab" * 32, "https://wire.example/1", "A fictional wire", date(2024, 3, 1), Likeness(937_000, 990_000))


@pytest.mark.parametrize(
    ("deletion", "words"),
    [
        (Deletion(ADDRESS, 410, SEEN, None), "answered 410 when visited on 2024-03-02 10:00 UTC"),
        (
            Deletion(ADDRESS, 404, SEEN, AGAIN),
            "answered 404 when visited on 2024-03-02 10:00 UTC; seen again on 2024-03-05 10:30 UTC",
        ),
        (
            Deletion("https://courier.example/amp/1", 410, SEEN, None),
            "https://courier.example/amp/1 answered 410 when visited on 2024-03-02 10:00 UTC",
        ),
    ],
)
def test_a_deletion_says_what_was_answered_and_not_why(deletion: Deletion, words: str) -> None:
    assert list(about_words(AboutDocument((deletion,)), ADDRESS)) == [words]


def test_a_copy_names_the_other_document_and_how_nearly_the_texts_agree() -> None:
    (words,) = about_words(AboutDocument(same_text=WIRE))
    assert words == (
        "nearly the same text as A fictional wire, 1 March 2024, https://wire.example/1 (resemblance 0.93)"
    )


def test_a_cut_copy_says_that_the_shorter_stands_in_the_longer() -> None:
    cut = Alike("ab" * 32, None, None, None, Likeness(480_000, 970_000))
    (words,) = about_words(AboutDocument(same_text=cut))
    assert words == (
        f"of its text and that of publisher not stated, {'ab' * 32} the shorter stands nearly whole in the longer "
        "(containment 0.97)"
    )


@pytest.mark.parametrize(("copies", "words"), [(1, "1 other document"), (1_200, "1,200 other documents")])
def test_the_first_document_says_how_many_follow(copies: int, words: str) -> None:
    assert list(about_words(AboutDocument(copies=copies))) == [f"nearly the same text in {words}"]


def test_json_gives_the_same_in_parts() -> None:
    about = AboutDocument((Deletion(ADDRESS, 404, SEEN, AGAIN),), WIRE, 2)
    assert about_json(about) == {
        "deletions": [
            {
                "address": ADDRESS,
                "status": 404,
                "seen_at": "2024-03-02T10:00:00Z",
                "seen_again": "2024-03-05T10:30:00Z",
            }
        ],
        "nearly_same_text": {
            "document": "ab" * 32,
            "address": "https://wire.example/1",
            "publisher": "A fictional wire",
            "published": "2024-03-01",
            "resemblance": 937_000,
            "containment": 990_000,
        },
        "copies": 2,
    }
    assert about_json(AboutDocument()) == {"deletions": [], "nearly_same_text": None, "copies": 0}
