from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Act, Method, RecordedFigure, ScopeNote
from reports.comparison import Surroundings
from reports.history import histories
from reports.series import Series

Make = Callable[..., RecordedFigure]
MakeAct = Callable[..., Act]
ATTACK = {"event": "7 October attack", "tally": "incident", "since": "2023-10-07"}


@pytest.fixture
def history(surroundings: Surroundings) -> Callable[..., list[Series]]:
    def ask(*figures: RecordedFigure, **options: Any) -> list[Series]:
        return histories(figures, surroundings=surroundings, **options)

    return ask


History = Callable[..., list[Series]]


def changes(series: Series) -> list[str]:
    return [step.change for step in series.steps]


def test_a_figure_revised_from_1400_to_about_1200_is_revised_down(recorded: Make, history: History) -> None:
    israel = {"authority": "Government of Israel", "place": "Israel", **ATTACK}
    office = recorded(1_400, "more_than", by="Prime Minister's Office of Israel", on="2023-10-15", **israel)
    ministry = recorded(
        1_200,
        "approximately",
        by="Israeli Ministry of Foreign Affairs",
        on="2023-11-09",
        published="2023-11-10",
        includes=(ScopeNote(code="foreigners"),),
        **israel,
    )
    (series,) = history(ministry, office)
    assert changes(series) == ["first", "revised_down"]
    assert series.steps[1].difference == -200
    assert series.last_reported == date(2023, 11, 9)
    assert series.issuers == ("Prime Minister's Office of Israel", "Israeli Ministry of Foreign Affairs")
    assert series.latest is ministry


def test_reasons_are_reported_and_several_may_stand_beside_one_another(
    recorded: Make, history: History, act: MakeAct
) -> None:
    reasons = (
        act("reason", by="AFP", on="2023-11-10", reason="reported as a belief"),
        act("reason", by="The New York Times", on="2023-11-10", reason="an initial estimate"),
    )
    early, late = recorded(1_400, on="2023-10-15"), recorded(1_200, on="2023-11-09", acts=reasons)
    (series,) = history(early, late)
    assert [(reason.by, reason.text) for reason in series.steps[1].reasons] == [
        ("AFP", "reported as a belief"),
        ("The New York Times", "an initial estimate"),
    ]


def test_an_agencys_own_tally_is_a_series_of_its_own(recorded: Make, history: History) -> None:
    compiled = {"by": "AFP", "compiled_from": ("Government of Israel",), **ATTACK}
    tally = [recorded(n, on=day, **compiled) for n, day in ((1_139, "2023-12-15"), (1_163, "2024-02-01"))]
    ministry = recorded(1_200, "approximately", by="Government of Israel", on="2023-11-09", **ATTACK)
    series = history(*tally, ministry)
    assert [(one.authority, changes(one)) for one in series] == [
        ("AFP", ["first", "rise"]),
        ("Government of Israel", ["first"]),
    ]


def test_the_line_of_a_publisher_that_changes_its_source_is_switched_and_nothing_fell(
    recorded: Make, history: History
) -> None:
    women = {"sex": "female", "age": "adult", "publisher": "OCHA"}
    before = recorded(9_500, "more_than", by="Government Media Office", on="2024-05-06", **women)
    after = recorded(
        4_959, by="Gaza Ministry of Health", on="2024-04-30", published="2024-05-08", basis="identified", **women
    )
    (line,) = history(before, after, line="OCHA")
    assert changes(line) == ["first", "switched"]
    assert line.publisher == "OCHA"
    assert line.steps[1].difference is None
    assert line.steps[1].reasons[0].text == (
        "the line carried Government Media Office, now Gaza Ministry of Health (identified)"
    )
    assert [changes(one) for one in history(before, after)] == [["first"], ["first"]]


def test_a_line_that_alternates_between_two_authorities_has_two_parallel_lines(
    recorded: Make, history: History
) -> None:
    figures = [
        recorded(n, by=by, on=day, publisher="A Data Set")
        for n, by, day in (
            (2_750, "Ministry", "2023-10-15"),
            (2_808, "Media Office", "2023-10-16"),
            (2_778, "Ministry", "2023-10-17"),
            (3_000, "Media Office", "2023-10-18"),
        )
    ]
    (line,) = history(*figures, line="A Data Set")
    assert changes(line) == ["first", "first", "rise", "rise"]


def test_a_line_may_pass_to_an_issuer_that_is_not_named(recorded: Make, history: History) -> None:
    named = recorded(10, by="Ministry", on="2024-01-01", publisher="OCHA")
    hidden = recorded(12, by=None, issuer_words="local officials", on="2024-01-03", publisher="OCHA")
    (line,) = history(named, hidden, line="OCHA")
    assert line.steps[1].reasons[0].text == "the line carried Ministry, now local officials"


def test_stocks_fall_and_a_count_from_none_rises(recorded: Make, history: History) -> None:
    hostages = {"outcome": "held", "tally": "stock", "by": "Government of Israel"}
    (held,) = history(recorded(48, on="2025-10-01", **hostages), recorded(6, on="2025-10-20", **hostages))
    assert (changes(held), held.steps[1].difference) == (["first", "fall"], -42)
    injured = {"outcome": "injured", "by": "US Department of Defense", "event": "Al-Asad attack"}
    days = ("2020-01-08", "2020-01-17", "2020-01-24", "2020-01-28", "2020-01-30", "2020-02-10", "2020-02-21")
    (rising,) = history(
        *(recorded(n, on=day, **injured) for n, day in zip((0, 11, 34, 50, 64, 109, 110), days, strict=True))
    )
    assert changes(rising) == ["first", *["rise"] * 6]


def test_a_daily_bulletin_of_additions_is_not_set_against_the_running_total(recorded: Make, history: History) -> None:
    facts = {"by": "Gaza Ministry of Health", "on": "2025-10-11"}
    added = recorded(471, tally="added", counted_by="registration", hours=24, **facts)
    total = recorded(67_682, **facts)
    day_before = recorded(12, tally="added", counted_by="registration", hours=24, by=facts["by"], on="2025-10-10")
    assert [changes(one) for one in history(added, total, day_before)] == [["first", "rise"], ["first"]]


def test_fewer_additions_than_the_day_before_are_a_fall_and_no_revision(recorded: Make, history: History) -> None:
    daily = {"tally": "added", "hours": 24}
    (series,) = history(recorded(138, on="2023-10-16", **daily), recorded(100, on="2023-10-17", **daily))
    assert changes(series) == ["first", "fall"]


def test_the_same_number_again_is_restated_and_does_not_make_it_fresh(recorded: Make, history: History) -> None:
    own = recorded(2_808, on="2023-10-16")
    relayed = {"publisher": "The Example Gazette", "basis_of_day": "publication"}
    again = recorded(2_808, "at_least", on="2023-10-19", **relayed)
    later = recorded(2_808, on="2023-10-25", **relayed)
    (series,) = history(own, again, later)
    assert changes(series) == ["first", "restated", "restated"]
    assert series.last_reported == date(2023, 10, 16)
    assert series.carried_by == ("The Example Gazette",)


def test_the_same_number_for_a_later_day_of_its_own_is_unchanged(recorded: Make, history: History) -> None:
    (series,) = history(recorded(48, on="2024-01-01"), recorded(48, on="2024-01-02"))
    assert changes(series) == ["first", "unchanged"]
    assert series.last_reported == date(2024, 1, 2)


def test_a_relays_rounding_is_named_and_is_no_fall(recorded: Make, history: History) -> None:
    relayed = {"publisher": "The Example Gazette", "basis_of_day": "publication"}
    (series,) = history(recorded(471, on="2023-10-18"), recorded(470, "approximately", on="2023-10-19", **relayed))
    # 470 is rounded to tens: it admits 465 to 475.
    assert changes(series) == ["first", "restated"]
    assert series.steps[1].reasons[0].text == "The Example Gazette gives 'about 470' for '471': rounded"


def test_a_relay_that_carries_an_overtaken_number_is_stale(recorded: Make, history: History) -> None:
    stale = recorded(100, on="2024-01-05", publisher="The Example Gazette", basis_of_day="publication")
    (series,) = history(recorded(100, on="2024-01-01"), recorded(150, on="2024-01-03"), stale)
    assert changes(series) == ["first", "rise", "restated"]
    assert series.steps[2].is_stale
    assert series.steps[2].reasons[0].text == "The Example Gazette gives '100': a later number stood"


def test_a_lower_number_known_by_publication_only_is_said_to_be_perhaps_older(recorded: Make, history: History) -> None:
    lower = recorded(120, on="2024-01-05", publisher="The Example Gazette", basis_of_day="publication")
    (series,) = history(recorded(150, on="2024-01-03"), lower)
    assert changes(series) == ["first", "revised_down"]
    assert "may be older" in series.steps[1].reasons[0].text


def test_a_figure_of_an_earlier_day_learnt_later_is_backfilled(recorded: Make, history: History) -> None:
    first = recorded(100, on="2024-01-01")
    third = recorded(300, on="2024-01-03")
    late = recorded(200, on="2024-01-02", published="2024-02-01")
    next_one = recorded(400, on="2024-02-02")
    (series,) = history(first, third, late, next_one)
    assert changes(series) == ["first", "rise", "backfilled", "rise"]
    assert series.steps[2].previous is first
    assert series.steps[3].previous is third
    (early,) = history(third, recorded(50, on="2023-12-01", published="2024-03-01"))
    assert early.steps[1].previous is None


def test_the_old_value_of_from_x_to_y_stands_before_the_new_one(recorded: Make, history: History) -> None:
    new = recorded(15, on="2024-01-05", document="one")
    old = recorded(12, on=None, published="2024-01-05", document="one", earlier_value_of=new.id)
    (alone,) = history(new, old)
    assert [(step.change, step.figure) for step in alone.steps] == [("first", old), ("rise", new)]
    (known,) = history(recorded(12, on="2024-01-04"), new, old)
    assert changes(known) == ["first", "restated", "rise"]
    (unknown,) = history(recorded(11, on="2024-01-04"), new, old)
    assert changes(unknown) == ["first", "backfilled", "rise"]


def test_same_day_updates_without_times_rise_and_later_ones_are_revisions(recorded: Make, history: History) -> None:
    def second(number: int, **facts: Any) -> str:
        (series,) = history(recorded(2_750, on="2023-10-16", **facts.pop("first", {})), recorded(number, **facts))
        return changes(series)[1]

    day = {"on": "2023-10-16"}
    assert second(2_808, **day) == "rise"
    assert second(2_700, **day) == "revised_down"
    assert second(2_808, published="2023-10-18", **day) == "revised_up"
    assert second(2_808, time="18:00", first={"time": "18:00"}, **day) == "revised_up"


def test_equal_values_with_other_bounds_are_narrowed_or_widened(recorded: Make, history: History) -> None:
    def second(first: str, later: str) -> str:
        facts = {"basis": "estimated", "on": "2024-01-01"}
        (series,) = history(recorded(500, first, **facts), recorded(500, later, **facts))
        return changes(series)[1]

    assert second("at_least", "exact") == "narrowed"
    assert second("exact", "at_least") == "widened"
    (same,) = history(recorded(500, "at_least", on="2024-01-01"), recorded(500, "at_least", on="2024-01-02"))
    assert changes(same) == ["first", "unchanged"]


def test_parallel_baselines_of_one_document_are_lines_of_their_own(recorded: Make, history: History) -> None:
    war, truce = {"since": "2023-10-07"}, {"since": "2025-10-11"}
    figures = [
        recorded(number, on=day, document=day, **baseline)
        for number, day, baseline in (
            (67_000, "2025-11-01", war),
            (200, "2025-11-01", truce),
            (67_100, "2025-11-02", war),
            (220, "2025-11-02", truce),
        )
    ]
    (series,) = history(*figures)
    assert changes(series) == ["first", "first", "rise", "rise"]
    assert [step.difference for step in series.steps] == [None, None, 100, 20]


def test_a_line_that_takes_over_from_an_ended_one_is_redefined(recorded: Make, history: History) -> None:
    government = {"by": "Government of Puerto Rico", "event": "Hurricane Maria"}
    certified = recorded(64, on="2017-12-09", basis="certified", **government)
    adopted = recorded(2_975, on="2018-08-28", basis="excess", **government)
    (series,) = history(certified, adopted)
    assert changes(series) == ["first", "redefined"]
    assert series.steps[1].reasons[0].text == "the definition changed: basis certified, then basis excess"


def test_a_new_version_of_a_method_redefines_the_next_figure(recorded: Make, history: History) -> None:
    methods = [
        Method(source="Health Ministry", from_day=date(2023, 10, 7), text="counts bodies brought to hospitals"),
        Method(source="Health Ministry", from_day=date(2024, 1, 5), text="adds deaths reported by families"),
    ]
    figures = [recorded(n, on=day) for n, day in ((100, "2024-01-01"), (150, "2024-01-06"), (160, "2024-01-07"))]
    (series,) = history(*figures, methods=methods)
    assert changes(series) == ["first", "redefined", "rise"]
    assert series.steps[1].reasons[0].by == "Health Ministry"
    undated = recorded(1, on=None, published="2024-01-01")
    assert changes(history(undated, recorded(2, on="2024-01-06"), methods=methods)[0]) == ["first", "redefined"]
    dateless = recorded(3, on=None, published="unknown")
    assert changes(history(recorded(2, on="2024-01-06"), dateless, methods=methods)[0]) == ["first", "backfilled"]


def test_a_retraction_stands_as_a_step_at_its_day_and_the_next_figure_is_set_against_the_one_before(
    recorded: Make, history: History, act: MakeAct
) -> None:
    retraction = act("retract", by="European Commission", on="2022-12-01", reason="killed for killed or injured")
    kept = recorded(50, by="European Commission", on="2022-11-01")
    wrong = recorded(100_000, by="European Commission", on="2022-11-30", state="retracted", acts=(retraction,))
    later = recorded(60, by="European Commission", on="2022-12-10")
    (series,) = history(kept, wrong, later)
    assert changes(series) == ["first", "rise", "retracted", "rise"]
    assert series.steps[2].on_day == date(2022, 12, 1)
    assert series.steps[2].reasons[0].text == "killed for killed or injured"
    assert series.steps[2].difference is None
    assert series.steps[3].previous is kept
    before = recorded(100_500, by="European Commission", on="2022-11-30", published="2022-11-30", time="20:00")
    assert changes(history(kept, wrong, before)[0]) == ["first", "rise", "rise", "retracted"]
    assert history(wrong)[0].latest is wrong
    assert history(kept, wrong)[0].latest is kept


def test_a_disownment_names_who_disowned_and_without_a_day_stands_at_once(
    recorded: Make, history: History, act: MakeAct
) -> None:
    disownment = act("disown", by="Libyan Red Crescent", on="2023-09-17", reason="not our figure")
    un = {"by": "Libyan Red Crescent", "publisher": "OCHA", "event": "Derna flood"}
    (series,) = history(recorded(11_300, on="2023-09-16", state="disowned", acts=(disownment,), **un))
    assert [(step.change, step.on_day) for step in series.steps] == [("first", None), ("disowned", date(2023, 9, 17))]
    (unsaid,) = history(recorded(11_300, on="2023-09-16", state="disowned", **un), recorded(5, on="2023-09-18", **un))
    assert changes(unsaid) == ["first", "disowned", "first"]


def test_another_snapshot_of_one_document_that_says_otherwise_is_silently_edited(
    recorded: Make, history: History
) -> None:
    row = {"document": "a data set", "row_key": "report_date=2023-10-16 killed_cum", "on": "2023-10-16"}
    first, edited = recorded(2_808, snapshot="a", **row), recorded(2_750, snapshot="b", published="2023-12-01", **row)
    later = recorded(3_000, document="a data set", on="2023-10-17", row_key="report_date=2023-10-17 killed_cum")
    (series,) = history(first, later, edited)
    assert changes(series) == ["first", "rise", "silently_edited"]
    assert series.steps[2].previous is first
    page = {"document": "a page", "on": "2024-01-01"}
    (text,) = history(
        recorded(5, snapshot="a", **page), recorded(7, snapshot="b", **page), recorded(9, on="2024-01-02")
    )
    assert changes(text) == ["first", "silently_edited", "rise"]
    assert text.steps[2].difference == 2
    same = recorded(5, snapshot="a", **page), recorded(5, snapshot="b", **page)
    assert changes(history(*same)[0]) == ["first", "restated"]


def test_a_fall_of_injured_beside_a_rise_of_killed_is_reclassified(recorded: Make, history: History) -> None:
    killed = [recorded(100, on="2024-01-01"), recorded(110, on="2024-01-02")]
    injured = [recorded(n, outcome="injured", on=day) for n, day in ((300, "2024-01-01"), (292, "2024-01-02"))]
    assert [changes(one)[1] for one in history(*killed, *injured)] == ["rise", "reclassified"]
    assert changes(history(*injured)[0]) == ["first", "revised_down"]


def test_an_authoritys_usual_definition_keeps_its_words_in_one_series(recorded: Make, history: History) -> None:
    figures = [
        recorded(100, on="2024-01-01", group="Palestinians", place="Gaza Strip"),
        recorded(110, on="2024-01-02"),
        recorded(120, on="2024-01-03", place="Gaza Strip"),
    ]
    usual = {"Health Ministry": {"group": "Palestinians", "place": "Gaza Strip"}}
    (series,) = history(*figures, usual=usual)
    assert changes(series) == ["first", "rise", "rise"]
    assert series.assumed == ("group", "place")
    assert len(history(*figures)) > 1


def test_words_that_are_only_probably_the_same_join_where_all_compare(recorded: Make, history: History) -> None:
    gaza, unsaid, west_bank = (
        recorded(number, on=day, **({"place": place} if place else {}))
        for number, day, place in (
            (100, "2024-01-01", "Gaza Strip"),
            (110, "2024-01-02", None),
            (9, "2024-01-03", "West Bank"),
        )
    )
    (joined,) = history(gaza, unsaid)
    assert joined.definition.place == "Gaza Strip"
    assert len(history(gaza, unsaid, west_bank)) == 3


def test_an_issuer_that_is_not_named_belongs_to_its_document_alone(recorded: Make, history: History) -> None:
    hidden = [
        recorded(n, by=None, issuer_words="officials", on=day) for n, day in ((5, "2024-01-01"), (7, "2024-01-02"))
    ]
    assert [(one.authority, changes(one)) for one in history(*hidden)] == [(None, ["first"]), (None, ["first"])]


def test_an_incident_without_event_place_or_day_is_in_no_series_with_others(recorded: Make, history: History) -> None:
    unplaced = {"event": None, "tally": "incident"}
    assert len(history(recorded(5, on="2024-01-01", **unplaced), recorded(7, on="2024-01-02", **unplaced))) == 2
    placed = {**unplaced, "place": "Gaza City", "since": "2024-01-01"}
    (series,) = history(recorded(5, on="2024-01-01", **placed), recorded(7, on="2024-01-02", **placed))
    assert changes(series) == ["first", "rise"]


def test_who_did_it_does_not_split_the_series_of_an_incident(recorded: Make, history: History) -> None:
    facts = {"event": "al-Ahli hospital blast", "tally": "incident"}
    (series,) = history(
        recorded(500, "at_least", on="2023-10-17", actor="Israel", cause="air strikes", **facts),
        recorded(471, on="2023-10-18", **facts),
    )
    assert changes(series) == ["first", "revised_down"]


def test_figures_held_voided_or_corrected_by_us_enter_no_series(recorded: Make, history: History) -> None:
    assert history(*(recorded(5, state=state) for state in ("held", "voided", "corrected"))) == []


def test_the_last_stated_scope_is_told_in_the_words_of_a_redefinition(recorded: Make, history: History) -> None:
    rubble, since = (ScopeNote(code="rubble"),), "2023-10-07"
    (series,) = history(
        recorded(100, on="2024-01-01", includes=rubble, since=since),
        recorded(90, on="2024-01-05", excludes=rubble, includes=(ScopeNote(code="foreigners"),), since=since),
    )
    assert series.steps[1].reasons[0].text == (
        "the definition changed: including rubble, counted since 2023-10-07, "
        "then including foreigners, excluding rubble, counted since 2023-10-07"
    )


def test_a_line_with_nothing_said_of_basis_says_so(recorded: Make, history: History) -> None:
    (series,) = history(recorded(100, on="2024-01-01"), recorded(90, on="2024-01-05", basis="identified"))
    assert "nothing said of basis or baseline, then basis identified" in series.steps[1].reasons[0].text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20), st.booleans()), min_size=1, max_size=25), st.randoms()
)
def test_every_figure_has_one_step_whatever_the_order_they_come_in(
    recorded: Make, history: History, rows: list[tuple[int, int, bool]], random: Any
) -> None:
    start = date(2024, 1, 1)
    figures = [
        recorded(number, on=str(start + timedelta(days)), publisher="The Example Gazette" if relayed else None)
        for number, days, relayed in rows
    ]
    shuffled = list(figures)
    random.shuffle(shuffled)
    (series,) = history(*shuffled)
    assert series == history(*figures)[0]
    assert sorted(step.figure.id for step in series.steps) == sorted(one.id for one in figures)
    assert [step.change for step in series.steps].count("first") == 1
