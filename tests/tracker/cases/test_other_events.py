"""
Real cases of other wars and disasters, each told as texts and as typed figures; both must come out alike.

The facts are those of public reports; the sentences are a fictional outlet's.
"""

from typing import Any

import pytest

FLOOD, STORM, WAR = "Floods in Libya of September 2023", "Hurricane Maria", "War in Ukraine"
THEATRE, BASE = "Strike on the theatre in Mariupol", "Attack on Al-Asad"
told_as = pytest.mark.parametrize("way", ["texts", "figures"])


# 6 -- Derna: the issuer denied the number, the United Nations went on with another ----------------


@told_as
def test_6_a_disowned_number_ends_and_the_publishers_line_switches(record: Any, way: str) -> None:
    record.event(FLOOD, "--place", "Libya", "--from", "2023-09-10")
    if way == "texts":
        (first,) = record.text(
            "2023-09-17",
            "At least 11,300 people have died in the floods in Libya, according to OCHA, citing the Libyan Red"
            " Crescent.",
            publisher="OCHA", event=FLOOD,
        )  # fmt: skip
        record.text(
            "2023-09-18",
            "The World Health Organization said 3,958 bodies have been recovered and identified after the floods in"
            " Libya.",
            publisher="OCHA", event=FLOOD,
        )  # fmt: skip
        disowned = first["id"]
    else:
        scope = {"event": FLOOD, "place": "Libya", "publisher": "OCHA"}
        disowned = record.add(
            11300, "2023-09-17", qualifier="at_least", attribution="Libyan Red Crescent", cause="flood", **scope
        )
        record.add(3958, "2023-09-18", attribution="WHO", basis="identified", cause="flood", **scope)
    record.act("disown", disowned, "--by", "Libyan Red Crescent", "--on", "2023-09-18", "--reason", "not its figure")
    assert record.series("Libyan Red Crescent") == [[("first", 11300), ("disowned", 11300)]]
    assert record.line("OCHA") == [[("first", 11300), ("disowned", 11300), ("switched", 3958)]]
    assert "contradict" not in {relation for relation, _ in record.relations()}


@told_as
def test_6_another_attribution_of_the_disowned_number_stands(record: Any, way: str) -> None:
    record.event(FLOOD, "--place", "Libya", "--from", "2023-09-10")
    if way == "texts":
        text = "11,300 people have died in the floods in Libya, the Libyan Red Crescent said."
        ids = [
            record.text("2023-09-17", text, event=FLOOD, publisher=outlet)[0]["id"]
            for outlet in ("The Fictional Ledger", "The Invented Courier")
        ]
    else:
        scope = {"event": FLOOD, "place": "Libya", "attribution": "Libyan Red Crescent"}
        ids = [record.add(11300, "2023-09-17", publisher=outlet, **scope) for outlet in ("A Ledger", "A Courier")]
    record.act("disown", ids[0], "--by", "Libyan Red Crescent", "--reason", "not its figure")
    assert {figure["id"]: figure["state"] for figure in record.figures()} == {ids[0]: "disowned", ids[1]: "recorded"}


# 7 -- Hurricane Maria: certified deaths, then excess deaths ---------------------------------------


@told_as
def test_7_a_government_that_goes_from_certified_to_excess_deaths_redefined_its_count(record: Any, way: str) -> None:
    record.event(STORM, "--place", "Puerto Rico", "--from", "2017-09-20")
    government = "Government of Puerto Rico"
    if way == "texts":
        said = "Puerto Rico's government said on"
        record.text("2017-12-09", f"{said} 9 December 64 certified deaths were caused by Hurricane Maria.", event=STORM)
        record.text("2018-08-09", f"{said} 9 August there were 1,427 excess deaths after Hurricane Maria.", event=STORM)
        record.text(
            "2018-08-28", f"{said} 28 August an estimated 2,975 excess deaths followed Hurricane Maria.", event=STORM
        )
    else:
        scope = {"event": STORM, "attribution": government, "tally": "incident", "cause": "storm"}
        record.add(64, "2017-12-09", as_of="2017-12-09", basis="certified", **scope)
        record.add(1427, "2018-08-09", as_of="2018-08-09", basis="excess", **scope)
        record.add(2975, "2018-08-28", as_of="2018-08-28", basis="excess", qualifier="approximately", **scope)
    (series,) = record.series(government)
    assert series == [("first", 64), ("redefined", 1427), ("rise", 2975)]
    for day, method in (("2017-09-20", "certificates of death"), ("2018-08-28", "excess deaths, from a study")):
        record.act("sources", "method", government, "--from", day, "--text", method)
    (series,) = record.series(government)
    assert series == [("first", 64), ("redefined", 1427), ("redefined", 2975)]
    assert record.ask("disagreements")["disagreements"] == []


# 8 -- a speech that was cut from the video --------------------------------------------------------


@told_as
def test_8_a_number_retracted_by_its_publisher_keeps_the_reason(record: Any, way: str) -> None:
    record.event(WAR, "--place", "Ukraine", "--from", "2022-02-24")
    commission = "European Commission"
    if way == "texts":
        text = "The European Commission said that 100,000 Ukrainian soldiers had been killed."
        (figure,) = record.text("2022-11-30", text, publisher=commission, event=WAR)
        identifier = figure["id"]
    else:
        identifier = record.add(
            100000, "2022-11-30", publisher=commission, group="Ukrainians", status="soldier", event=WAR
        )
    reason = "killed was said where killed and injured were meant"
    record.act("retract", identifier, "--on", "2022-11-30", "--reason", reason)
    assert record.series(commission) == [[("first", 100000), ("retracted", 100000)]]
    (figure,) = record.figures()
    assert (figure["state"], figure["acts"][0]["reason"]) == ("retracted", reason)


# 9 -- the theatre in Mariupol ---------------------------------------------------------------------


@told_as
def test_9_two_estimates_contradict_and_an_identified_count_stands_beside_both(record: Any, way: str) -> None:
    record.event(THEATRE, "--place", "Mariupol", "--from", "2022-03-16", "--to", "2022-03-16")
    if way == "texts":
        strike = "killed in the strike on the theatre in Mariupol"
        record.text("2022-03-25", f"About 300 people were {strike}, the Mariupol city council said.", event=THEATRE)
        record.text("2022-05-04", f"AP estimated that 600 people were {strike}.", event=THEATRE, publisher="AP")
        amnesty = "Amnesty International said it had identified at least a dozen people"
        record.text("2022-06-30", f"{amnesty} {strike}.", event=THEATRE)
    else:
        scope = {"event": THEATRE, "place": "Mariupol", "tally": "incident"}
        record.add(300, "2022-03-25", qualifier="approximately", attribution="Mariupol City Council", **scope)
        record.add(600, "2022-05-04", publisher="AP", basis="estimated", **scope)
        identified = {"attribution": "Amnesty International", "basis": "identified", "qualifier": "at_least"}
        record.add(12, "2022-06-30", **identified, **scope)
    found = record.ask("disagreements")
    contradicting = [span for span in found["disagreements"] if span["relation"] == "contradict"]
    assert [("600" in span["because"], "300" in span["because"]) for span in contradicting] == [(True, True)]
    assert not any("Amnesty" in span["because"] for span in contradicting)
    assert found["summary"]["time_and_scope_aware"] == 1


# 10 -- a number that rises from none --------------------------------------------------------------


@told_as
def test_10_injuries_at_al_asad_rise_from_none(record: Any, way: str) -> None:
    record.event(BASE, "--place", "Iraq", "--from", "2020-01-08", "--to", "2020-01-08")
    reported = [
        ("2020-01-08", "8 January", 0),
        ("2020-01-16", "16 January", 11),
        ("2020-01-24", "24 January", 34),
        ("2020-01-28", "28 January", 50),
        ("2020-01-30", "30 January", 64),
        ("2020-02-10", "10 February", 109),
        ("2020-02-21", "21 February", 110),
    ]
    for published, day, number in reported:
        if way == "texts":
            told = f"{number} US troops were injured" if number else "there were no injuries among US troops"
            record.text(published, f"The Pentagon said on {day} that {told} in the attack on Al-Asad.", event=BASE)
        else:
            record.add(
                number, published, as_of=published, outcome="injured", group="Americans", status="soldier",
                event=BASE, tally="incident", attribution="US Department of Defense",
            )  # fmt: skip
    (series,) = record.series("US Department of Defense")
    assert series == [("first", 0), *(("rise", number) for _, _, number in reported[1:])]


# 12 -- verified counts that are a floor -----------------------------------------------------------


@told_as
def test_12_a_verified_count_never_contradicts_a_higher_reported_one(record: Any, way: str) -> None:
    record.event(WAR, "--place", "Ukraine", "--from", "2022-02-24")
    if way == "texts":
        record.text(
            "2022-12-19",
            "OHCHR has verified 6,826 civilians killed in Ukraine from 24 February 2022 to 18 December 2022, and says"
            " that the actual figures are considerably higher.",
            event=WAR,
        )  # fmt: skip
        record.text(
            "2022-12-19",
            "The Fictional Institute said on 18 December that 20,000 civilians had been killed in Ukraine since"
            " 24 February 2022.",
            event=WAR, publisher="The Invented Courier",
        )  # fmt: skip
    else:
        scope = {"event": WAR, "place": "Ukraine", "status": "civilian", "tally": "cumulative", "since": "2022-02-24"}
        scope["as_of"] = "2022-12-18"
        record.add(6826, "2022-12-19", attribution="OHCHR", basis="verified", **scope)
        record.add(20000, "2022-12-19", attribution="Fictional Institute", publisher="The Invented Courier", **scope)
    assert record.relations() == [("compatible", frozenset({"OHCHR", "Fictional Institute"}))]
