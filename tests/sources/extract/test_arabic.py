"""Official bulletins in Arabic, of a ministry that does not exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Figure
from sources.extract import extract
from sources.extract.arabic.script import folded, forms

MINISTRY = "The Fictional Ministry of Health"
BULLETIN = """وزارة الصحة في روريتانيا – التقرير اليومي
🔴 وصل إلى المستشفيات خلال الـ 48 ساعة الماضية:
▪️ 16 شهيد (14 شهداء جدد، 2 شهداء انتشال)، منهم 5 أطفال و3 نساء.
▪️ ٢٥ إصابة.
⭕ لا يزال عدد من الضحايا تحت الركام.
🔴 منذ وقف إطلاق النار (11 تشرين الأول):
• إجمالي عدد الشهداء: 1,066
• إجمالي عدد الإصابات: 3،445
🔴 منذ 7 أكتوبر 2023:
• العدد التراكمي للشهداء: ٧٣٬٠٩٠
• ما لا يقل عن 200 مفقود
وزارة الصحة 04 يوليو 2026"""


def read(text: str, published: date | None = date(2026, 7, 5)) -> list[Figure]:
    return extract(text, published=published, publisher=MINISTRY, language="ar")


def told(figures: list[Figure]) -> list[tuple[object, ...]]:
    return [
        (
            figure.count.value if figure.count else None,
            figure.definition.outcome,
            figure.definition.tally,
            figure.part_of,
        )
        for figure in figures
    ]


def test_the_items_of_a_bulletin_stand_under_their_headings() -> None:
    figures = read(BULLETIN)
    assert told(figures) == [
        (16, "killed", "added", None),
        (14, "killed", "added", 0),
        (2, "killed", "added", 0),
        (5, "killed", "added", 0),
        (3, "killed", "added", 0),
        (25, "injured", "added", None),
        (1066, "killed", "cumulative", None),
        (3445, "injured", "cumulative", None),
        (73090, "killed", "cumulative", None),
        (200, "missing", "cumulative", None),
    ]
    assert {figure.definition.hours for figure in figures[:6]} == {48}
    assert figures[0].period is not None
    assert figures[0].period.from_day == date(2026, 7, 3)
    assert figures[2].definition.basis == "bodies"
    assert (figures[3].definition.age, figures[4].definition.sex) == ("child", "female")
    assert [figure.definition.since for figure in figures[6:]] == [date(2025, 10, 11)] * 2 + [date(2023, 10, 7)] * 2
    assert figures[6].doubts[0].startswith("baseline_inferred: ")
    assert figures[8].doubts == ()
    assert figures[9].count is not None
    assert (figures[9].count.qualifier, figures[9].count.text) == ("at_least", "ما لا يقل عن 200")
    assert {figure.chain.issuer for figure in figures} == {MINISTRY}
    assert {(figure.as_of, figure.as_of_basis) for figure in figures} == {(date(2026, 7, 4), "stated")}


def test_every_quote_stands_where_it_says_and_holds_its_number() -> None:
    for figure in read(BULLETIN):
        assert figure.count is not None
        assert figure.evidence.quote == BULLETIN[figure.evidence.start : figure.evidence.end]
        assert figure.count.text in figure.evidence.quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استشهد 12 مواطنا وأصيب 30 آخرون.", [(12, "killed"), (30, "injured")]),
        ("مقتل نحو 20 شخصا في القصف", [(20, "killed")]),
        ("ارتفعت حصيلة الشهداء إلى 41,000", [(41000, "killed")]),
        ("وصول شهيدين و3 جرحى", [(2, "killed"), (3, "injured")]),
        ("عشرات الجرحى في غارة", [(24, "injured")]),
        ("أكثر من 500 نازح", [(500, "displaced")]),
        ("قصف 12 منزلا و3 مدارس وإطلاق 20 صاروخا", []),
        ("في 7 أكتوبر 2023 خلال 24 ساعة", []),
        ("لا شهداء اليوم", []),
        ("استقبل المستشفى 40 مريضا", []),
        ("شهيد رقم 999999999999999999999", []),
    ],
)
def test_a_sentence_gives_what_it_counts(text: str, expected: list[tuple[int, str]]) -> None:
    figures = read(text, published=None)
    assert [(figure.count.value, figure.definition.outcome) for figure in figures if figure.count] == expected


def test_a_day_without_a_year_is_none_where_nothing_dates_the_bulletin() -> None:
    (figure,) = read("منذ 11 أكتوبر: 12 شهيدا", published=None)
    assert (figure.definition.tally, figure.definition.since, figure.as_of) == ("cumulative", None, None)


def test_a_day_that_no_month_has_is_no_baseline() -> None:
    (figure,) = read("منذ 31 شباط: 12 شهيدا")
    assert figure.definition.since is None


def test_hours_without_a_ministry_are_a_period() -> None:
    (figure,) = extract("خلال 24 ساعة: 12 شهيدا", publisher="The Fictional Gazette")
    assert (figure.definition.tally, figure.period) == ("period", None)


def test_both_languages_of_one_text_are_read_in_its_order() -> None:
    text = "At least 12 people were killed.\n\nعدد الجرحى: 30 (منهم 4 أطفال)\n\nFive people are missing."
    for language in ("ar", "en", None):
        figures = extract(text, language=language)
        assert told(figures) == [
            (12, "killed", "unstated", None),
            (30, "injured", "unstated", None),
            (4, "injured", "unstated", 1),
            (5, "missing", "stock", None),
        ]


def test_another_language_is_not_read() -> None:
    assert extract("Douze personnes ont été tuées, 12 people were killed.", language="fr") == []


@given(st.integers(min_value=1, max_value=10**9))
def test_eastern_and_western_digits_are_one_number(number: int) -> None:
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    written = [
        f"عدد الشهداء: {form}"
        for form in (str(number), str(number).translate(eastern), f"{number:,}", f"{number:,}".replace(",", "،"))
    ]
    assert [[figure.count.value for figure in read(text) if figure.count] for text in written] == [[number]] * 4


@given(st.text(alphabet="شهيد ا12،(:٣\n•منذخلال ساعة", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    for figure in read(text):
        assert figure.evidence.quote in text


def test_words_are_known_with_what_is_written_to_them() -> None:
    assert folded("شُهَدَاء") == folded("شهـــداء") == "شهداء"
    assert "شهداء" in forms(folded("وللشهداء"))
    assert "جرحي" in forms(folded("والجرحى"))
