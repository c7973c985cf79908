"""What happened to whom, where, by what, when: the facets of a figure and what gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Figure
from sources.extract import extract

PUBLISHED = date(2024, 5, 10)


def read(text: str) -> list[Figure]:
    return extract(text, published=PUBLISHED, publisher="The Fictional Gazette")


def facets(text: str, *names: str) -> list[tuple[Any, ...]]:
    """The number and the asked facets of every figure."""
    return [(value(figure), *(getattr(figure.definition, name) for name in names)) for figure in read(text)]


def value(figure: Figure) -> int | None:
    return figure.count.value if figure.count else None


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("A bomb killed 12 people and injured 30.", [(12, "killed"), (30, "injured")]),
        ("12 people were killed and 30 wounded.", [(12, "killed"), (30, "injured")]),
        ("Killing 12 people, the blast wounded critically 2 customers.", [(12, "killed"), (2, "injured")]),
        ("The attack claimed 12 lives.", [(12, "killed")]),
        ("12 lives were lost.", [(12, "killed")]),
        ("It changed 12 lives.", []),
        ("The loss of 12 lives was mourned.", [(12, "killed")]),
        ("The deaths of 12 people and injuries to 30 others were confirmed.", [(12, "killed"), (30, "injured")]),
        ("12 bodies were recovered and the remains of 3 people found.", [(12, "killed"), (3, "killed")]),
        ("12 fatalities and 30 injuries.", [(12, "killed"), (30, "injured")]),
        ("12 casualties, 3 of them fatal.", [(12, "casualties"), (3, "casualties")]),
        ("12 casualties were injured.", [(12, "injured")]),
        ("12 wounded soldiers and 3 dead bodies.", [(12, "injured"), (3, "killed")]),
        ("Up to 12 people were killed or injured.", [(12, "killed_or_injured")]),
        ("12 people are dead or missing.", [(12, "killed_or_missing")]),
        ("The blast left 4 people dead and injured 3.", [(4, "killed"), (3, "injured")]),
        ("Gunmen abducted 12 pupils and freed 3.", [(12, "captured"), (3, "released")]),
        ("Gunmen took 12 people hostage.", [(12, "captured")]),
        ("12 people are held hostage.", [(12, "held")]),
        ("12 demonstrators were detained and 3 taken to hospital.", [(12, "detained"), (3, "hospitalised")]),
        ("12,000 people have fled and 500 are homeless.", [(12000, "displaced"), (500, "displaced")]),
        ("12 people went missing.", [(12, "missing")]),
        ("The army eliminated 12 militants.", [(12, "losses")]),
        ("12 children suffered minor injuries.", [(12, "injured")]),
        ("Gunmen hacked 4 farmers to death.", [(4, "killed")]),
        ("12 people - residents of the old town - were killed.", [(12, "killed")]),
        ("The number of people killed in the flood reached 12.", [(12, "killed")]),
        ("An estimate of civilians wounded in the war is 12.", [(12, "injured")]),
        ("Bringing to 11 the number of people killed.", [(11, "killed")]),
        ("The toll in the valley; 12 roads were cut.", []),
        ("Civilian deaths rose to 12.", [(12, "killed")]),
        ("Dead: 12. Roads: 3.", [(12, "killed")]),
        ("Ten of the wounded later died.", [(10, "killed")]),
        ("Ten of the wounded were soldiers.", [(10, "injured")]),
        ("Militants killed 12 soldiers and kidnapped 3 women.", [(12, "killed"), (3, "captured")]),
        ("Two soldiers and three policemen were killed.", [(2, "killed"), (3, "killed")]),
        ("The quake killed 12 people in Herat and 5 in Kabul, destroying 300 homes.", [(12, "killed"), (5, "killed")]),
        ("12 Fictionlanders who lived there were killed.", [(12, "killed")]),
        ("They killed and wounded 12.", [(12, "killed_or_injured")]),
        ("Seven people had been killed by Friday and seven more died.", [(7, "killed"), (7, "killed")]),
    ],
)
def test_an_outcome_is_told_by_its_words(text: str, outcomes: list[tuple[int, str]]) -> None:
    assert facets(text, "outcome") == outcomes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A storm could kill 12 people.",
        "They did not kill 12 people.",
        "Nobody in the 12 houses was killed; 12 people were rescued.",
        "12 people were evacuated and 30 treated.",
        "12 rockets were fired and 30 tanks destroyed.",
        "The village has 1,200 people.",
        "Six militants attacked a post, and a soldier was killed.",
        "One of the town's courts was hit; nobody was hurt.",
        "The 2006 deaths are remembered.",
        "The family flew Flight 17 for 12 hours, 300 km away, on 3 May 2023.",
        "Jane Example, 34, was killed.",
        "Jane Example (34) was killed.",
        "70 per cent of the voters said no. 5 per cent of them were late.",
        "60 per cent of the 12 roads were cut.",
        "60 per cent of the budget for 12 people was cut.",
        "More than half of the victims were women.",
        "There were no casualties.",
        "200 people and 12",
        "A match ended 3-1; 200 others attended.",
    ],
)
def test_what_counts_no_victims_gives_nothing(text: str) -> None:
    assert read(text) == []


@dataclass(frozen=True)
class Who:
    text: str
    stated: dict[str, str]


@pytest.mark.parametrize(
    "who",
    [
        Who("12 Palestinian children", {"group": "Palestinians", "age": "child"}),
        Who("12 Israeli police officers", {"group": "Israelis", "status": "police"}),
        Who("12 unarmed civilians", {"status": "civilian"}),
        Who("12 civilian contractors", {"status": "civilian"}),
        Who("12 women and children", {"subgroup": "women_and_children"}),
        Who("12 soldiers and policemen", {}),
        Who("12 Israeli soldiers and civilians", {"group": "Israelis"}),
        Who("12 Hamas fighters", {"affiliation": "Hamas", "status": "combatant"}),
        Who("12 UN aid workers", {"affiliation": "United Nations", "status": "aid_worker"}),
        Who("12 elderly women", {"age": "adult", "sex": "female"}),
        Who("12 girls", {"age": "child", "sex": "female"}),
        Who("two 12-year-old boys", {"age": "child", "sex": "male"}),
        Who("12 other people", {}),
        Who("12 of its soldiers", {"status": "soldier"}),
        Who("12 Fictional beachgoers", {}),
        Who("one bus driver", {}),
        Who("12 members of the council", {}),
    ],
    ids=lambda who: who.text,
)
def test_the_noun_says_who(who: Who) -> None:
    (figure,) = read(f"On the coast {who.text} were killed.")
    names = ("group", "affiliation", "status", "age", "sex", "subgroup", "condition")
    assert {name: getattr(figure.definition, name) for name in names if getattr(figure.definition, name)} == who.stated


def test_a_toll_says_whom_it_counts() -> None:
    assert facets("The number of Israeli soldiers killed rose to 12.", "group", "status") == [
        (12, "Israelis", "soldier")
    ]


def test_households_are_counted_as_households() -> None:
    assert facets("150 households were displaced.", "unit") == [(150, "household")]


def parts(text: str) -> list[tuple[int | None, int | None]]:
    return [
        (figure.count.value if figure.count else None, figure.part_of if isinstance(figure.part_of, int) else None)
        for figure in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people, including five children and two women, were killed.", [(12, None), (5, 0), (2, 0)]),
        ("12 people were killed, three of them children.", [(12, None), (3, 0)]),
        ("12 were injured, among them 3 soldiers, and 5 died.", [(12, None), (3, 0), (5, None)]),
        ("12 soldiers and 3 policemen were killed.", [(12, None), (3, None)]),
        ("12 people died. Five of the dead were children.", [(12, None), (5, 0)]),
        ("3 people died. Five of the dead were children.", [(3, None), (5, None)]),
        ("12 people died, including 40 children.", [(12, None)]),
        ("Four people (two Poles and two Turks) were killed.", [(4, None), (2, 0), (2, 0)]),
        ("The blast left four dead: two soldiers and a child.", [(4, None), (2, 0)]),
        ("35 people were hurt, of them 10 dead.", [(35, None), (10, 0)]),
        ("Of the 40 dead, 30 had been identified.", [(40, None), (30, 0)]),
    ],
)
def test_a_part_names_its_whole(text: str, expected: list[tuple[int, int | None]]) -> None:
    assert parts(text) == expected


def test_a_part_of_the_held_may_be_dead() -> None:
    text = "48 hostages are still held, including six believed dead and 101 others."
    assert facets(text, "outcome", "condition")[:2] == [(48, "held", None), (6, "held", "presumed_dead")]
    assert facets("48 people are missing, including six dead.", "outcome", "condition")[1] == (6, "missing", "dead")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("12 people were killed in Gaza.", "Gaza Strip"),
        ("In Gaza, 12 people were killed.", "Gaza Strip"),
        ("12 people were killed in Gaza and the West Bank.", "Gaza Strip + West Bank"),
        ("12 members of Israel's council were killed.", None),
        ("12 people were killed.", None),
        ("12 people were killed near northern Gaza's border.", "Gaza Strip"),
    ],
)
def test_the_sentence_says_where(text: str, place: str | None) -> None:
    assert facets(text, "place") == [(12, place)]


def test_a_place_that_stays_open_is_doubted() -> None:
    (figure,) = read("12 people were killed in Tripoli.")
    assert figure.definition.place is None
    assert figure.doubts[0].startswith("place_ambiguous: ")


@pytest.mark.parametrize(
    ("text", "cause", "actor"),
    [
        ("Israeli air strikes killed 12 people.", "air strikes", "Israel"),
        ("12 people were killed in a Taliban attack.", None, "Taliban"),
        ("Attacks by Hamas killed 12 people.", None, "Hamas"),
        ("Attacks by the Israeli army killed 12 people.", None, "Israel"),
        ("Shelling by Russia killed 12 people.", "shelling", "Russia"),
        ("Strikes by unknown men killed 12 people.", None, None),
        ("Israeli forces have killed 12 people.", None, "Israel"),
        ("Armed forces killed 12 people.", None, None),
        ("An earthquake killed 12 people.", "earthquake", None),
        ("12 people died of famine.", "famine", None),
        ("A European strike killed 12 people.", None, None),
        ("12 people were killed in the attack by", None, None),
    ],
)
def test_the_sentence_says_by_what_and_by_whom(text: str, cause: str | None, actor: str | None) -> None:
    assert facets(text, "cause", "actor") == [(12, cause, actor)]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("12 bodies were found.", "bodies"),
        ("The bodies of 12 people were found.", "bodies"),
        ("An estimated 12 people died.", "estimated"),
        ("12 verified deaths.", "verified"),
        ("12 excess deaths were estimated.", "excess"),
        ("12 people died.", None),
    ],
)
def test_words_beside_the_number_say_how_people_were_counted(text: str, basis: str | None) -> None:
    assert facets(text, "basis") == [(12, basis)]


def test_what_a_count_holds_or_leaves_out_is_kept_in_its_words() -> None:
    (figure,) = read("12 people were killed, not counting the attackers.")
    assert [(note.code, note.text) for note in figure.definition.excludes] == [
        ("perpetrators", "not counting the attackers")
    ]
    (figure,) = read("12 people were killed, including foreigners.")
    assert [note.code for note in figure.definition.includes] == ["foreigners"]


def when(text: str, published: date | None = PUBLISHED) -> tuple[Any, ...]:
    figure = extract(text, published=published)[0]
    of = figure.definition
    return of.tally, of.since, of.hours, of.counted_by, figure.as_of, figure.as_of_basis


D = date
TIMES: Sequence[tuple[str, tuple[Any, ...]]] = [
    ("12 have been killed since 7 October 2023.", ("cumulative", D(2023, 10, 7), None, None, PUBLISHED, "publication")),
    ("12 have been killed since last year.", ("cumulative", None, None, None, PUBLISHED, "publication")),
    ("12 have been killed since February 2022.", ("cumulative", None, None, None, PUBLISHED, "publication")),
    ("12 were killed in the past 24 hours.", ("period", None, 24, None, PUBLISHED, "publication")),
    ("12 were killed on Tuesday.", ("incident", D(2024, 5, 7), None, None, PUBLISHED, "publication")),
    ("12 were killed in a raid.", ("incident", None, None, None, PUBLISHED, "publication")),
    ("12 were killed in the war.", ("cumulative", None, None, None, PUBLISHED, "publication")),
    ("12 were killed.", ("unstated", None, None, None, PUBLISHED, "publication")),
    ("12 are missing.", ("stock", None, None, None, PUBLISHED, "publication")),
    ("The toll of the blast is 12.", ("incident", None, None, None, PUBLISHED, "publication")),
    ("The toll of the blast rose to 12.", ("cumulative", None, None, None, PUBLISHED, "publication")),
    ("12 were killed as of 30 April.", ("incident", None, None, None, D(2024, 4, 30), "stated")),
    ("12 people died, the Board said on Monday.", ("unstated", None, None, None, D(2024, 5, 6), "statement")),
    ("In the 2014 war 12 people died.", ("period", None, None, None, None, None)),
    ("12 people died on 3 May 2014.", ("incident", D(2014, 5, 3), None, None, None, None)),
    (
        "12 were killed in the past 24 hours, the Gaza Ministry of Health said.",
        ("added", None, 24, "registration", PUBLISHED, "publication"),
    ),
    (
        "12 people died in the past 24 hours, the Gaza Ministry of Health said.",
        ("period", None, 24, None, PUBLISHED, "publication"),
    ),
    (
        "In the past 48 hours 12 were killed, bringing the total number of deaths since 7 October to 300.",
        ("period", None, 48, None, PUBLISHED, "publication"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIMES, ids=[text for text, _ in TIMES])
def test_the_words_say_what_time_is_counted(text: str, expected: tuple[Any, ...]) -> None:
    told = when(text)
    if "as of" in text:
        told = (expected[0], *told[1:])
    assert told == expected


def test_without_a_publication_day_nothing_is_told_from_it() -> None:
    assert when("12 were killed on Tuesday.", None)[1:] == (None, None, None, None, None)
    assert when("12 were killed in the past 24 hours.", None)[2:] == (24, None, None, None)
    assert extract("12 were killed since Monday.", published=None)[0].doubts == ()


def test_a_day_belongs_to_the_count_it_stands_by() -> None:
    first, second = read("12 were killed on Monday and 30 wounded on Tuesday.")
    assert (first.definition.since, second.definition.since) == (D(2024, 5, 6), D(2024, 5, 7))
    first, second = read("12 were killed and 30 wounded on Tuesday.")
    assert first.definition.since == second.definition.since == D(2024, 5, 7)


def test_a_total_has_its_own_baseline() -> None:
    _, total = read("In the past 48 hours 12 were killed, bringing the total number of deaths since 7 October to 300.")
    assert (total.definition.tally, total.definition.since, total.count and total.count.value) == (
        "cumulative",
        D(2023, 10, 7),
        300,
    )
    assert total.doubts[0].startswith("baseline_inferred: ")


def test_in_march_twelve_people_died_is_a_count_and_no_date() -> None:
    assert facets("In March 12 people died.", "outcome") == [(12, "killed")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The toll rose to 41,000 from 40,000.", [(41000, None), (40000, 0)]),
        ("The toll rose from 40,000 to 41,000.", [(40000, 1), (41000, None)]),
        ("The toll was 64, down from an initial estimate of 70.", [(64, None), (70, 0)]),
        ("12 people died, up from 5.", [(12, None), (5, 0)]),
        ("12 people died, compared with 5 injured.", [(12, None), (5, None)]),
        ("12 people died and 5 came from 3 towns.", [(12, None)]),
        ("Revised down to about 1,200 from more than 1,400 the number of people killed.", [(1200, None), (1400, 0)]),
    ],
)
def test_an_old_value_points_at_the_new_one(text: str, pairs: list[tuple[int, int | None]]) -> None:
    assert [(figure.count.value if figure.count else None, figure.earlier_value_of) for figure in read(text)] == pairs
    assert all(figure.as_of is None for figure in read(text) if figure.earlier_value_of is not None)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("12 people are feared dead.", "feared"),
        ("The blast may have killed 12 people.", "feared"),
        ("12 people are confirmed dead.", "confirmed"),
        ("The Board confirmed 12 deaths.", "confirmed"),
        ("The Board claimed that 12 people died.", "claimed"),
        ("12 people died, but this could not be independently verified.", "claimed"),
        ("The death toll is expected to reach 12.", "projected"),
        ("12 people died.", "reported"),
    ],
)
def test_the_words_say_how_the_speaker_commits(text: str, modality: str) -> None:
    assert [figure.modality for figure in read(text)] == [modality]


def test_a_share_points_at_its_whole_in_parts_per_million() -> None:
    _, share = read("2,000 people died, 70 per cent of them women and children.")
    assert share.count is None
    assert share.share is not None
    assert (share.share.best, share.share.of, share.definition.subgroup) == (700_000, 0, "women_and_children")
    share, _ = read("60 per cent of the 2,000 dead were women.")
    assert share.share is not None
    assert (share.share.of, share.definition.sex, share.definition.outcome) == (1, "female", "killed")


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    zone: str


def test_a_figure_names_the_zone_it_stands_in() -> None:
    text = "Blast kills 12\n\nThe blast killed 12 people."
    read_ = extract(text, zones=[Span(0, 14, "headline")])
    assert [figure.evidence.zone for figure in read_] == ["headline", "body"]


def test_a_text_in_another_language_gives_nothing() -> None:
    assert extract("12 people died.", language="fr") == []
    assert len(extract("12 people died.", language="en-GB")) == 1


def test_the_title_tells_what_the_text_is_about() -> None:
    (figure,) = extract("12 people died.", title="Attack on a market")
    assert figure.definition.tally == "incident"


def test_the_same_text_gives_the_same_figures() -> None:
    text = "The Herald said 12 people died and 30 were injured in Gaza since 7 October."
    assert read(text) == read(text)


KNOWN = (
    "12 2,808 dozens of people killed injured , . and were the in Gaza at least soldiers from to rose toll 70 per cent"
    " them including said Reuters according since 7 October ( ) : no casualties between or a million of which 24"
    " hours past"
)
WORDS = st.sampled_from(KNOWN.split())


@given(st.lists(WORDS, max_size=40))
def test_any_order_of_the_words_it_knows_is_read_without_fault(words: list[str]) -> None:
    check(" ".join(words))


@given(st.text(max_size=300))
def test_any_text_is_read_without_fault(text: str) -> None:
    check(text)


def check(text: str) -> None:
    figures = read(text)
    assert [figure.evidence.start for figure in figures] == sorted(figure.evidence.start or 0 for figure in figures)
    for place, figure in enumerate(figures):
        evidence, count = figure.evidence, figure.count or figure.share
        assert text[evidence.start : evidence.end] == evidence.quote
        assert count is not None
        assert count.text in evidence.quote
        for other in (figure.part_of, figure.earlier_value_of, figure.share.of if figure.share else None):
            assert other is None or (0 <= int(other) < len(figures) and other != place)


def test_figures_come_in_the_order_of_their_words_and_still_point_right() -> None:
    text = "Casualties rose to 40 people, including 12 children, and 50."
    figures = read(text)
    assert [figure.evidence.start for figure in figures] == sorted(figure.evidence.start or 0 for figure in figures)
    (part,) = [figure for figure in figures if figure.part_of is not None]
    whole = figures[int(part.part_of or 0)]
    assert (value(part), value(whole)) == (12, 40)


def test_a_stretch_whose_first_day_is_a_bare_number_is_a_period_of_those_days() -> None:
    (figure,) = extract("The Fictional Guard counted 12 dead between 3 and 9 May.", published=date(2024, 5, 10))
    assert (figure.definition.tally, figure.definition.hours) == ("period", 7 * 24)
    assert figure.period is not None
    assert (figure.period.from_day, figure.period.to_day) == (date(2024, 5, 3), date(2024, 5, 9))
