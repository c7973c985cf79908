"""The four shipped mappings, on rows of the real files (facts taken over)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.records import Figure
from db.vocabulary import VOCABULARIES
from sources.catalogue import Catalogue
from sources.datasets import load_mapping, shipped_mappings
from sources.places import Places

GAZA, WEST_BANK = "techforpalestine-gaza-daily", "techforpalestine-west-bank-daily"
LEBANON, UKRAINE = "techforpalestine-lebanon-daily", "economist-ukraine-estimates"


@pytest.fixture(scope="module")
def gaza(read_rows: Callable[[str, str], Any]) -> Any:
    return read_rows("gaza.json", GAZA)


@pytest.fixture(scope="module")
def west_bank(read_rows: Callable[[str, str], Any]) -> Any:
    return read_rows("west_bank.json", WEST_BANK)


@pytest.fixture(scope="module")
def lebanon(read_rows: Callable[[str, str], Any]) -> Any:
    return read_rows("lebanon.json", LEBANON)


@pytest.fixture(scope="module")
def ukraine(read_rows: Callable[[str, str], Any]) -> Any:
    return read_rows("ukraine.csv", UKRAINE)


def facets(figure: Figure) -> dict[str, object]:
    return figure.definition.model_dump(exclude_defaults=True)


IN_GAZA = {"group": "Palestinians", "place": "Gaza Strip"}
SINCE_OCTOBER = {"tally": "cumulative", "since": date(2023, 10, 7)}


def test_four_mappings_are_shipped_and_readable() -> None:
    assert shipped_mappings() == (UKRAINE, GAZA, LEBANON, WEST_BANK)
    assert [load_mapping(name).where for name in shipped_mappings()] == list(shipped_mappings())


@pytest.mark.parametrize("name", [GAZA, WEST_BANK, LEBANON, UKRAINE])
def test_every_source_that_a_shipped_mapping_names_is_one_in_the_catalogue(name: str) -> None:
    mapping = load_mapping(name)
    entries = [entry for rule in mapping.sources.values() for entry in (rule.always, *rule.values.values()) if entry]
    names = {mapping.dataset.publisher, *(one for entry in entries for chain in entry.written for one in chain)}
    assert [one for one in sorted(names) if Catalogue.shipped().named(one) is None] == []


@pytest.mark.parametrize("name", [GAZA, WEST_BANK, LEBANON, UKRAINE])
def test_every_place_and_group_that_a_shipped_mapping_names_is_in_the_place_table(name: str) -> None:
    mapping = load_mapping(name)
    place, group = mapping.defaults.place, mapping.defaults.group
    groups = [] if group is None else [group.always, *(group.map or {}).values()]
    assert place is None or Places.shipped().named(str(place.always)) is not None
    assert all(Places.shipped().group(str(one)) is not None for one in groups if one)
    assert mapping.event is not None
    assert Places.shipped().named(str(mapping.event.place)) is not None


def test_the_count_of_16_october_is_the_media_offices_relayed_by_the_dataset(gaza: Any) -> None:
    figure = gaza.only("killed_cum", "2023-10-16")
    assert figure.count is not None
    assert (figure.count.low, figure.count.best, figure.count.high) == (2808, 2808, 2808)
    assert (figure.publisher, figure.chain.attribution) == ("Tech for Palestine", ("Government Media Office",))
    assert figure.chain.issuer == figure.chain.authority == "Government Media Office"
    assert facets(figure) == {"outcome": "killed", **IN_GAZA, **SINCE_OCTOBER}
    assert (figure.as_of, figure.as_of_basis) == (date(2023, 10, 16), "stated")
    assert figure.published == date(2023, 10, 16)
    assert figure.evidence.row_key == "report_date=2023-10-16 killed_cum"
    assert (figure.evidence.quote, figure.count.text) == ("killed_cum: 2808", "2808")
    assert (figure.evidence.locator, figure.evidence.zone) == ("/2/killed_cum", "table")
    assert (figure.origin, figure.event) == ("imported", "Gaza war")


def test_the_daily_number_counts_what_was_entered_over_the_hours_of_the_report(gaza: Any) -> None:
    figure = gaza.only("killed", "2025-10-11")
    assert facets(figure) == {
        "outcome": "killed",
        **IN_GAZA,
        "tally": "added",
        "hours": 24,
        "counted_by": "registration",
    }
    assert figure.period is not None
    assert (figure.period.from_day, figure.period.to_day) == (date(2025, 10, 11), date(2025, 10, 11))
    two_days = gaza.only("killed", "2026-06-20")
    assert two_days.definition.hours == 48
    assert two_days.period is not None
    assert two_days.period.from_day == date(2026, 6, 19)


def test_what_the_daily_number_includes_are_its_parts_and_each_has_its_own_definition(gaza: Any) -> None:
    columns = ("killed", "killed_truce_new", "killed_recovered", "killed_committee")
    whole, *parts = [gaza.only(column, "2025-10-11") for column in columns]
    assert [part.part_of for part in parts] == [gaza.figures.index(whole)] * 3
    assert [one.count.best for one in (whole, *parts) if one.count] == [471, 35, 116, 320]
    succumbed = gaza.only("killed_succumbed", "2025-10-15")
    assert succumbed.part_of == gaza.figures.index(gaza.only("killed", "2025-10-15"))
    assert len({one.definition.key for one in (whole, *parts, succumbed)}) == 5


@pytest.mark.parametrize(
    ("column", "row", "said"),
    [
        ("killed_children_cum", "2023-10-16", {"age": "child"}),
        ("killed_women_cum", "2023-10-16", {"sex": "female", "age": "adult"}),
        ("civdef_killed_cum", "2023-10-16", {"status": "civil_defence_worker"}),
        ("med_killed_cum", "2023-10-16", {"status": "health_worker"}),
        ("press_killed_cum", "2024-01-01", {"status": "media_worker"}),
        ("famine_cum", "2025-07-20", {"cause": "famine"}),
        ("child_famine_cum", "2025-07-20", {"cause": "famine", "age": "child"}),
        ("injured_cum", "2023-10-16", {"outcome": "injured"}),
    ],
)
def test_a_gaza_column_is_cumulative_since_october_and_counts(
    gaza: Any, column: str, row: str, said: dict[str, str]
) -> None:
    assert facets(gaza.only(column, row)) == {"outcome": "killed", **IN_GAZA, **SINCE_OCTOBER, **said}


def test_people_seeking_aid_are_counted_from_a_day_that_the_file_does_not_give(gaza: Any) -> None:
    figure = gaza.only("aid_seeker_injured_cum", "2025-10-11")
    assert facets(figure) == {"outcome": "injured", **IN_GAZA, "status": "aid_seeker", "tally": "cumulative"}


def test_breakdowns_are_the_media_offices_from_2024_and_the_rows_with_a_doubt_before(gaza: Any) -> None:
    before = gaza.only("med_killed_cum", "2023-10-07")
    assert before.chain.issuer == "Gaza Ministry of Health"
    assert [doubt.partition(":")[0] for doubt in before.doubts] == ["issuer_assumed"]
    after = gaza.only("med_killed_cum", "2024-01-01")
    assert (after.chain.attribution, after.doubts) == (("Government Media Office",), ())
    assert gaza.only("killed_cum", "2024-01-01").chain.issuer == "Gaza Ministry of Health"


def test_a_row_without_an_official_report_has_figures_without_an_issuer(gaza: Any) -> None:
    figure = gaza.only("killed_cum", "2023-10-13")
    assert (figure.chain.issuer, figure.chain.authority, figure.chain.attribution) == (None, None, ())
    assert figure.chain.issuer_words == "missing"


def test_gaza_rows_without_a_report_extrapolations_and_events_are_refused_and_counted(gaza: Any) -> None:
    assert gaza.refused == {
        "extrapolated by the dataset, not reported": 100,
        "counts events, not people": 2,
        "the row is marked as no report (report_period 0): neither a zero nor a repetition": 4,
    }
    assert not [one for one in gaza.figures if "2024-08-11" in str(one.evidence.row_key)]
    assert gaza.problems == []


def test_west_bank_numbers_are_ochas(west_bank: Any) -> None:
    assert {one.chain.issuer for one in west_bank.figures} == {"OCHA"}
    figure = west_bank.only("killed_cum", "2023-10-07")
    assert facets(figure) == {"outcome": "killed", "group": "Palestinians", "place": "West Bank", **SINCE_OCTOBER}


def test_west_bank_verified_numbers_keep_their_own_basis(west_bank: Any) -> None:
    cumulative = west_bank.only("verified/killed_children_cum", "2023-10-17")
    assert (cumulative.definition.basis, cumulative.definition.age) == ("verified", "child")
    assert cumulative.evidence.locator == "/1/verified/killed_children_cum"
    assert cumulative.part_of == west_bank.figures.index(west_bank.only("verified/killed_cum", "2023-10-17"))
    daily = west_bank.only("verified/killed", "2023-10-17")
    assert (daily.definition.tally, daily.definition.hours, daily.definition.basis) == ("period", 24, "verified")


def test_west_bank_households_are_counted_in_households(west_bank: Any) -> None:
    figure = west_bank.only("displaced_households_cum", "2023-10-17")
    assert (figure.definition.outcome, figure.definition.unit) == ("displaced", "household")
    assert west_bank.only("displaced_persons_cum", "2023-10-17").definition.unit == "person"


def test_filled_west_bank_rows_are_refused_but_for_what_ocha_verified(west_bank: Any) -> None:
    filled = [one for one in west_bank.figures if "2024-05-06" in str(one.evidence.row_key)]
    assert {str(one.evidence.row_key).split()[1].partition("/")[0] for one in filled} == {"verified"}
    assert len(filled) == 6
    assert west_bank.refused == {
        "counts events, not people": 4,
        'filled in by the dataset, not reported (flash_source "fill")': 14,
    }
    assert west_bank.problems == []


def test_lebanon_counts_each_phase_from_its_own_first_day(lebanon: Any) -> None:
    first, last = lebanon.only("killed_cum_reported", "2023-11-14"), lebanon.only("killed_cum_reported", "2026-08-16")
    assert facets(first) == {"outcome": "killed", "place": "Lebanon", "tally": "cumulative", "since": date(2023, 10, 8)}
    assert last.definition.since == date(2026, 3, 2)
    assert (first.chain.issuer, last.chain.issuer) == ("OCHA", "Lebanon's Ministry of Public Health")
    assert [one.count.best for one in (first, last) if one.count] == [77, 4346]


def test_lebanon_numbers_that_the_dataset_computed_are_refused(lebanon: Any) -> None:
    assert lebanon.refused == {"computed by the dataset across reports and phases, not reported": 16}
    assert len(lebanon.figures) == 10
    assert lebanon.problems == []


def bounds(figure: Figure) -> tuple[object, ...]:
    assert figure.count is not None
    return figure.count.qualifier, figure.count.low, figure.count.best, figure.count.high


def test_bounds_follow_from_the_columns_that_are_given(ukraine: Any) -> None:
    assert bounds(ukraine.only("estimate_low", "source=CIA")) == ("at_least", 15000, 15000, None)
    assert bounds(ukraine.only("estimate_high", "29/06/2022")) == ("at_most", None, None, 25000)
    assert bounds(ukraine.only("estimate_low+estimate_high", "24/07/2022")) == ("range", 15000, None, 20000)
    all_three = ukraine.only("estimate_low+estimate+estimate_high", "30/11/2023")
    assert bounds(all_three) == ("range", 290000, 320000, 350000)
    assert all_three.evidence.quote == "estimate_low: 290000; estimate: 320000; estimate_high: 350000"
    assert all_three.count is not None
    assert all_three.count.text in all_three.evidence.quote
    assert all_three.evidence.locator == "cell=16,2;16,4;16,3"


def test_an_estimate_alone_is_exact_with_the_doubt_that_its_hedge_was_not_kept(ukraine: Any) -> None:
    figure = ukraine.only("estimate", "source=UK MoD")
    assert bounds(figure) == ("exact", 11966, 11966, 11966)
    assert [doubt.partition(":")[0] for doubt in figure.doubts] == ["hedge_not_kept"]
    assert ukraine.only("estimate_low", "source=CIA").doubts == ()


def test_commas_and_trailing_spaces_are_read_and_kept_as_stored(ukraine: Any) -> None:
    figure = ukraine.only("estimate_low", "timing clarified")
    assert bounds(figure) == ("at_least", 500000, 500000, None)
    assert figure.evidence.quote == "estimate_low: 500,000"
    assert "via email)  country" in str(figure.evidence.row_key)
    assert figure.chain.issuer == "Dutch Military Intelligence and Security Service"


@pytest.mark.parametrize(
    ("row", "attribution", "issuer", "words"),
    [
        ("source=US officials (via NYT) country=russia estimate", ("The New York Times",), None, "US officials"),
        ("source=NATO officials (via WP) country=russia", ("The Washington Post",), None, "NATO officials"),
        ("source=NATO officials (via media24)", ("UNITED24 Media",), None, "NATO officials"),
        ("source=NATO nations (via NYT)", ("The New York Times",), None, "NATO nations"),
        ("source=Western", ("The Wall Street Journal",), None, "Western intelligence agencies"),
        ("source=Ukrainian estimate", ("The Wall Street Journal",), None, "Ukrainian estimate (leak)"),
        ("source=Pentagon leak", (), None, "Pentagon leak"),
        ("source=US officials (via The Economist)", (), None, "US officials"),
        ("source=UK MoD", ("UK Ministry of Defence",), "UK Ministry of Defence", None),
        ("source=US Sec of Def", ("US Secretary of Defense",), "US Department of Defense", None),
        ("source=Excess deaths", ("D. Kobak",), "D. Kobak", None),
    ],
)
def test_a_source_string_is_a_chain_or_hides_its_issuer(
    ukraine: Any, row: str, attribution: tuple[str, ...], issuer: str | None, words: str | None
) -> None:
    chains = {one.chain for one in ukraine.figures if row in str(one.evidence.row_key)}
    assert {(one.attribution, one.issuer, one.issuer_words) for one in chains} == {(attribution, issuer, words)}


def test_two_sources_side_by_side_are_parallel(ukraine: Any) -> None:
    chain = ukraine.only("estimate_low+estimate_high", "source=Mediazona; Meduza country").chain
    assert (chain.attribution, chain.parallel) == (("Mediazona",), (("Meduza",),))


def test_the_definition_of_an_estimate_follows_its_type_country_and_source(ukraine: Any) -> None:
    soldiers = {"status": "soldier", "tally": "cumulative", "since": date(2022, 2, 24)}
    assert facets(ukraine.only("estimate", "source=UAlosses")) == {
        "outcome": "killed",
        "group": "Ukrainians",
        **soldiers,
    }
    assert facets(ukraine.only("estimate", "source=UK MoD")) == {
        "outcome": "casualties",
        "group": "Russians",
        **soldiers,
    }
    assert ukraine.only("estimate", "source=Armed Forces of Ukraine").definition.outcome == "losses"
    assert ukraine.only("estimate", "source=Excess deaths").definition.basis == "excess"


@pytest.mark.parametrize(
    ("row", "published"),
    [
        ("source=CIA", date(2022, 7, 20)),
        ("source=French", date(2024, 5, 3)),
        ("11/08/2022 type=deaths", date(2022, 8, 11)),
        ("source=NATO nations", date(2024, 11, 19)),
        ("source=IISS", None),
        ("source=UK MoD", None),
        ("source=US Sec of Def", None),
    ],
)
def test_a_whole_day_in_the_address_is_the_published_day(ukraine: Any, row: str, published: date | None) -> None:
    assert {one.published for one in ukraine.figures if row in str(one.evidence.row_key)} == {published}


def test_days_are_day_first_and_every_row_gives_a_figure(ukraine: Any) -> None:
    assert ukraine.only("estimate", "date=17/9/2024").as_of == date(2024, 9, 17)
    assert (len(ukraine.figures), ukraine.problems, ukraine.refused) == (36, [], {})


def test_equal_definitions_and_chains_are_one_object(gaza: Any, ukraine: Any) -> None:
    for read in (gaza, ukraine):
        assert len({id(one.definition) for one in read.figures}) == len({one.definition for one in read.figures})
        assert len({id(one.chain) for one in read.figures}) == len({one.chain for one in read.figures})


def test_every_word_of_a_shipped_figure_is_in_its_vocabulary(
    gaza: Any, west_bank: Any, lebanon: Any, ukraine: Any
) -> None:
    for figure in (*gaza.figures, *west_bank.figures, *lebanon.figures, *ukraine.figures):
        for facet, word in facets(figure).items():
            assert facet not in VOCABULARIES or word in VOCABULARIES[facet]
