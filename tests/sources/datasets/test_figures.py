"""Rows to figures by each word of the mapping language."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sources.errors import MappingError

Import = Callable[..., Any]
ROW = """
[row]
key = ["day"]
as_of = { column = "day" }
"""
DEAD = '[[figures]]\ncolumn = "dead"\noutcome = "killed"\n'


def one_row(**cells: str) -> str:
    return ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"


def bounds(figure: Any) -> tuple[Any, ...]:
    return figure.count.low, figure.count.best, figure.count.high


@pytest.mark.parametrize(
    ("hedge", "expected"),
    [
        ("exact", (12, 12, 12)),
        ("at_least", (12, 12, None)),
        ("more_than", (12, 12, None)),
        ("at_most", (None, None, 12)),
        ("less_than", (None, None, 12)),
        ("nearly", (None, 12, None)),
        ("approximately", (None, 12, None)),
        ("vague", (12, None, None)),
    ],
)
def test_a_qualifier_gives_the_bounds_of_a_single_number(imported: Import, hedge: str, expected: Any) -> None:
    mapping = ROW + DEAD + 'qualifier = { column = "hedge" }'
    figure = imported(one_row(day="2024-01-01", dead="12", hedge=hedge), mapping).only("dead")
    assert (figure.count.qualifier, bounds(figure)) == (hedge, expected)


def test_one_number_is_no_range(imported: Import) -> None:
    read = imported(one_row(day="2024-01-01", dead="12"), ROW + DEAD + 'qualifier = "range"')
    assert [what for _, what in read.problems] == [
        "dead: '12' is one number; a range needs columns for low and high: not imported"
    ]


BOUNDS = """
[[figures]]
low = "least"
best = "most likely"
high = "most"
outcome = "killed"
"""


@pytest.mark.parametrize(
    ("least", "likely", "most", "expected", "columns"),
    [
        ("10", "", "", ("at_least", 10, 10, None), "least"),
        ("", "12", "", ("exact", 12, 12, 12), "most likely"),
        ("", "", "20", ("at_most", None, None, 20), "most"),
        ("10", "", "20", ("range", 10, None, 20), "least+most"),
        ("10", "12", "20", ("range", 10, 12, 20), "least+most likely+most"),
        ("10", "12", "", ("at_least", 10, 12, None), "least+most likely"),
        ("", "12", "20", ("at_most", None, 12, 20), "most likely+most"),
        ("20", "", "10", ("range", 20, None, 10), "least+most"),
    ],
)
def test_bounds_are_read_from_the_columns_that_are_given(
    imported: Import, least: str, likely: str, most: str, expected: Any, columns: str
) -> None:
    content = one_row(**{"day": "2024-01-01", "least": least, "most likely": likely, "most": most})
    figure = imported(content, ROW + BOUNDS).only(columns)
    assert (figure.count.qualifier, *bounds(figure)) == expected
    assert figure.count.text in figure.evidence.quote


def test_a_row_without_any_bound_gives_nothing_and_a_bad_bound_is_a_problem(imported: Import) -> None:
    content = "day,least,most likely,most\n2024-01-01,,,\n2024-01-02,few,,20\n"
    read = imported(content, ROW + BOUNDS)
    assert read.figures == []
    assert read.problems == [("cell=3,2", "least: 'few' is not a number: not imported")]


def test_a_bound_alone_is_read_as_the_mapping_says(imported: Import) -> None:
    mapping = ROW + BOUNDS + '[figures.alone.best]\nqualifier = "approximately"\ndoubts = ["hedge_guessed: a doubt"]'
    content = one_row(**{"day": "2024-01-01", "least": "", "most likely": "12", "most": ""})
    figure = imported(content, mapping).only("most likely")
    assert (figure.count.qualifier, bounds(figure), figure.doubts) == (
        "approximately",
        (None, 12, None),
        ("hedge_guessed: a doubt",),
    )


def test_people_in_thousands_are_counted_in_people_and_quoted_as_stored(imported: Import) -> None:
    figure = imported(one_row(day="2024-01-01", dead="1.5"), ROW + DEAD + "times = 1000").only("dead")
    assert (figure.count.best, figure.count.text, figure.evidence.quote) == (1500, "1.5", "dead: 1.5")


def test_negative_fractional_and_wordy_counts_are_problems_and_the_rest_is_imported(imported: Import) -> None:
    content = "day,dead\n2024-01-01,-3\n2024-01-02,1.5\n2024-01-03,many\n2024-01-04,4\n2024-01-05,99999999999\n"
    read = imported(content, ROW + DEAD)
    assert [bounds(one) for one in read.figures] == [(4, 4, 4)]
    assert [where for where, _ in read.problems] == ["cell=2,2", "cell=3,2", "cell=4,2", "cell=6,2"]


FACETS = """
status = { column = "who", map = { troops = "soldier", all = "" } }
since = { column = "from", format = "%d.%m.%Y" }
place = { column = "where" }
tally = "cumulative"
"""


def test_facets_come_from_columns_through_maps_or_as_they_stand(imported: Import) -> None:
    content = "day,dead,who,from,where\n2024-01-01,3,troops,24.2.2022,Odesa\n2024-01-02,4,all,,\n"
    first, second = imported(content, ROW + DEAD + FACETS).figures
    assert (first.definition.status, first.definition.since, first.definition.place) == (
        "soldier",
        date(2022, 2, 24),
        "Odesa",
    )
    assert (second.definition.status, second.definition.since, second.definition.place) == (None, None, None)


def test_a_value_that_no_map_knows_is_reported_once_with_how_often(imported: Import) -> None:
    content = "day,dead,who,from,where\n" + "".join(f"2024-01-0{day},3,pilots,,\n" for day in range(1, 5))
    read = imported(content + "2024-01-09,5,troops,,\n", ROW + DEAD + FACETS)
    assert [bounds(one) for one in read.figures] == [(5, 5, 5)]
    ((where, what),) = read.problems
    assert where == "cell=2,3"
    assert what.startswith("who: 'pilots' is not in the map of status in ")
    assert what.endswith(": not imported (dead) (and in 3 more)")


@pytest.mark.parametrize(
    ("facet", "value", "why"),
    [
        ("status", "pilots", "x: unknown word 'pilots'; use one of: civilian"),
        ("hours", "two", "x: 'two' is not a number (for hours): not imported (dead)"),
        ("since", "2022", "x: '2022' is no day written as 2023-10-07 (for since): not imported (dead)"),
        ("place", "p" * 1001, "dead: place: String should have at most 1000 characters: not imported"),
        ("outcome", "", "dead: no outcome is said for this row: not imported"),
    ],
)
def test_a_cell_that_no_definition_can_hold_is_a_problem(imported: Import, facet: str, value: str, why: str) -> None:
    figure = '[[figures]]\ncolumn = "dead"\n' + ("" if facet == "outcome" else 'outcome = "killed"\n')
    read = imported(one_row(day="2024-01-01", dead="3", x=value), ROW + figure + f'{facet} = {{ column = "x" }}')
    assert [what[: len(why)] for _, what in read.problems] == [why]


def test_a_definition_that_contradicts_itself_is_a_problem(imported: Import) -> None:
    read = imported(one_row(day="2024-01-01", dead="3"), ROW + DEAD + 'tally = "cumulative"\nhours = 24')
    assert "hours belong to a period, added or rate count" in read.problems[0][1]


SOURCES = """
[sources.row]
column = "by"
as_printed = true
[sources.row.values]
mayor = { chain = ["Reuters", "Mayor of Aldport"], doubts = ["translated: a doubt"] }
nobody = { issuer_words = "officials said" }
both = { chain = ["Aldport Echo"], parallel = [["Reuters"]], compiled_from = ["Mayor of Aldport"] }
own = { own = true }
[defaults]
source = "row"
"""


def test_each_row_has_the_chain_of_its_source(imported: Import) -> None:
    names = ("mayor", "nobody", "both", "own", "Reuters", "The Aldport Echo")
    content = "day,dead,by\n" + "".join(f"2024-01-0{day},3,{name}\n" for day, name in enumerate(names, 1))
    read = imported(content, SOURCES + ROW + DEAD)
    chains = [one.chain for one in read.figures]
    assert [chain.attribution for chain in chains] == [
        ("Reuters", "Mayor of Aldport"),
        (),
        ("Aldport Echo",),
        (),
        ("Reuters",),
        ("The Aldport Echo",),
    ]
    assert [chain.issuer for chain in chains] == [
        "Mayor of Aldport",
        None,
        "Aldport Echo",
        "The Harbour Ledger",
        "Reuters",
        "The Aldport Echo",
    ]
    assert (chains[1].issuer_words, chains[2].parallel) == ("officials said", (("Reuters",),))
    assert chains[2].compiled_from == ("Mayor of Aldport",)
    assert [one.doubts for one in read.figures[:2]] == [("translated: a doubt",), ()]
    assert read.dataset.names >= {"The Harbour Ledger", "Reuters", "Mayor of Aldport", "Aldport Echo"}


def test_without_a_source_the_publisher_speaks_itself(imported: Import) -> None:
    figure = imported(one_row(day="2024-01-01", dead="3"), ROW + DEAD).only("dead")
    assert (figure.publisher, figure.chain.issuer) == ("The Harbour Ledger", "The Harbour Ledger")


@pytest.mark.parametrize(
    ("name", "why"),
    [("", "by: '' is not among the values of sources.row in "), ("n" * 1001, "dead: the source cannot be kept: ")],
)
def test_a_source_that_cannot_be_told_is_a_problem(imported: Import, name: str, why: str) -> None:
    read = imported(one_row(day="2024-01-01", dead="3", by=name), SOURCES + ROW + DEAD)
    assert [what[: len(why)] for _, what in read.problems] == [why]


CASES = """
[[cases]]
if = { day = { from = 2024-02-01, before = 2024-03-01 } }
set = { basis = "verified", modality = "confirmed" }
[[cases]]
columns = ["d*"]
if = { who = ["a", "b"], note = { present = true } }
doubts = ["noted: a doubt"]
[[cases]]
columns = ["hurt"]
set = { outcome = "injured" }
"""


def test_cases_set_facets_for_the_rows_and_columns_they_name(imported: Import) -> None:
    content = "day,dead,hurt,who,note\n2024-01-31,1,2,a,x\n2024-02-01,3,,c,x\n2024-03-01,4,,b,\n"
    hurt = '[[figures]]\ncolumn = "hurt"\n'
    read = imported(content, ROW + DEAD + hurt + CASES)
    said = [(one.definition.outcome, one.definition.basis, one.modality, one.doubts) for one in read.figures]
    assert said == [
        ("killed", None, "reported", ("noted: a doubt",)),
        ("injured", None, "reported", ()),
        ("killed", "verified", "confirmed", ()),
        ("killed", None, "reported", ()),
    ]


REFUSALS = """
[[refuse]]
columns = ["est_*"]
reason = "estimated by the dataset"
[[refuse]]
columns = ["model"]
if = { who = "a" }
reason = "modelled"
[[refuse]]
if = { who = { not = ["a", "b"] } }
reason = "not of this harbour"
"""


def test_refusals_count_each_cell_that_has_a_value(imported: Import) -> None:
    content = (
        "day,dead,est_dead,model,who\n2024-01-01,1,9,9,a\n2024-01-02,2,,9,b\n2024-01-03,many,9,,c\n2024-01-04,,,,c\n"
    )
    read = imported(content, ROW + DEAD + REFUSALS)
    assert [bounds(one)[1] for one in read.figures] == [1, 2]
    assert read.refused == {"estimated by the dataset": 2, "modelled": 1, "not of this harbour": 1}
    assert read.problems == []


PARTS = """
[[figures]]
column = "dead"
outcome = "killed"
[[figures]]
column = "children"
outcome = "killed"
age = "child"
part_of = "dead"
"""


def test_a_part_points_at_its_whole_in_the_same_row(imported: Import) -> None:
    content = "day,dead,children\n2024-01-01,5,2\n2024-01-02,,1\n2024-01-03,7,3\n"
    read = imported(content, ROW + PARTS)
    assert [one.part_of for one in read.figures] == [None, 0, None, None, 3]


def test_a_count_over_hours_has_the_days_that_end_with_its_row(imported: Import) -> None:
    mapping = ROW + DEAD + 'tally = "added"\nhours = { column = "hours" }'
    content = "day,dead,hours\n2024-03-02,1,24\n2024-03-02,2,72\n2024-03-02,3,30\n0001-01-01,4,240\n"
    read = imported(content, mapping)
    assert [one.period.from_day.day for one in read.figures] == [2, 29, 1]
    assert {one.period.to_day for one in read.figures} == {date(2024, 3, 2)}
    assert "240 hours before 0001-01-01 is no day" in read.problems[0][1]


def test_a_period_may_stand_in_its_own_columns(imported: Import) -> None:
    mapping = '[row]\nkey = ["from"]\n' + DEAD + 'tally = "period"\nperiod = { from = "from", to = "to" }'
    content = "from,to,dead\n2024-01-01,2024-01-31,1\n,,2\n2024-01-02,,3\n2024-02-02,2024-02-01,4\n"
    read = imported(content, mapping)
    assert [one.period and (one.period.from_day.day, one.period.to_day.day) for one in read.figures] == [(1, 31), None]
    assert [what for _, what in read.problems] == [
        "from: no period from 2024-01-02 to nothing: not imported (dead)",
        "from: no period from 2024-02-02 to 2024-02-01: not imported (dead)",
    ]


def test_days_may_be_given_once_or_be_absent(imported: Import) -> None:
    row = """
[row]
key = ["who"]
as_of = { day = 2024-04-30, basis = "inferred" }
published = { column = "day", optional = true }
"""
    content = "who,day,dead\na,2024-05-01,1\nb,,2\nc,May,3\n"
    read = imported(content, row + DEAD)
    assert [(one.as_of, one.as_of_basis, one.published) for one in read.figures] == [
        (date(2024, 4, 30), "inferred", date(2024, 5, 1)),
        (date(2024, 4, 30), "inferred", None),
    ]
    assert [what for _, what in read.problems] == [
        "day: 'May' is no day written as 2023-10-07: the row is not imported"
    ]


def test_a_row_without_its_day_is_a_problem(imported: Import) -> None:
    read = imported("day,dead\n,1\n2024-01-02,2\n", ROW + DEAD)
    assert read.problems == [("cell=2,1", "day: no day is given: the row is not imported")]
    assert len(read.figures) == 1


def test_a_condition_on_days_needs_a_day(imported: Import) -> None:
    cases = "[[cases]]\nif = { other = { before = 2024-01-01 } }\ndoubts = ['old: a doubt']"
    read = imported(one_row(day="2024-01-01", dead="1", other="x"), ROW + DEAD + cases)
    assert [what for _, what in read.problems] == [
        "other: 'x' is no day written as 2023-10-07: the row is not imported"
    ]


def published(pattern: str) -> str:
    return f"[row]\nkey = ['day']\npublished = {{ column = 'link', pattern = '{pattern}' }}\n{DEAD}"


def test_a_day_found_in_a_text_must_be_one(imported: Import) -> None:
    pattern = "(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})"
    content = "day,dead,link\na,1,x/2024/02/28/\nb,2,x/2024/02/31/\nc,3,nothing\n"
    read = imported(content, published(pattern))
    assert [one.published for one in read.figures] == [date(2024, 2, 28), None]
    assert len(read.problems) == 1
    assert "'x/2024/02/31/' is no day" in read.problems[0][1]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "row.published.pattern: not a regular expression"),
        ("(?P<year>2024)", "row.published.pattern: needs the groups"),
        ("(?P<year>x)(?P<month>(x|xx)+[yz])(?P<day>x)", "row.published.pattern: takes over 0.25 s on one cell"),
    ],
)
def test_a_pattern_that_cannot_serve_is_refused(imported: Import, pattern: str, why: str) -> None:
    with pytest.raises(MappingError, match=f"toll.toml: {why}"):
        imported(one_row(day="a", dead="1", link="x" * 60), published(pattern))


def test_the_kinds_of_rows_that_are_remembered_are_bounded(imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    from sources.datasets import cells, days, meaning

    for module, name in ((cells, "_KEPT_DAYS"), (days, "_MOST_KEPT"), (meaning, "_MOST_KEPT")):
        monkeypatch.setattr(module, name, 2)
    pattern = "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    row = ROW + f"published = {{ column = 'day', pattern = '{pattern}' }}\n"
    content = "day,dead,where\n" + "".join(f"2024-01-{day:02},{day},place {day}\n" for day in range(1, 11))
    read = imported(content, row + DEAD + 'place = { column = "where" }\ntally = "added"\nhours = 24')
    assert [one.definition.place for one in read.figures] == [f"place {day}" for day in range(1, 11)]
    assert [one.published for one in read.figures] == [one.as_of for one in read.figures]
