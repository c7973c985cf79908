"""The catalogue of sources: names, links, authorities and chains."""

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.names import folded
from db.places import Places
from db.records import Alias, AuthorityRule, Source, SourceLink
from db.vocabulary import VOCABULARIES
from sources.catalogue import Catalogue
from sources.catalogue_files import listed_sources, open_names

SHIPPED = Catalogue.shipped()
GAZA, RAMALLAH = "Gaza Ministry of Health", "Palestinian Ministry of Health (Ramallah)"
FIELDS = {
    "name", "kind", "country", "party", "place", "capitals", "cased", "part_of", "part_from", "speaks_for",
    "speaks_from", "speaks_until", "authority", "authority_reason", "authority_from", "office", "of", "adj", "aliases",
}  # fmt: skip


def names(text: str) -> list[tuple[str, ...]]:
    return [mention.names for mention in SHIPPED.mentions(text)]


# The data


def test_the_catalogue_holds_hundreds_of_sources_each_once() -> None:
    listed = [table["name"] for table in listed_sources()]
    assert len(listed) == len(set(listed)) == len(SHIPPED.entries)
    assert len(listed) >= 230


def test_every_source_uses_known_fields_and_words() -> None:
    for table in listed_sources():
        assert set(table) <= FIELDS, table["name"]
        assert table["kind"] in VOCABULARIES["source_kind"]
        assert all(re.fullmatch(r"[a-z]{2,3}", language) for language in table.get("aliases", {}))


def test_every_country_is_one_of_the_place_table() -> None:
    for entry in SHIPPED.entries.values():
        assert entry.country is None or Places.shipped().country(entry.country), entry.name
        assert entry.place is None or Places.shipped().named(entry.place), entry.name
        assert entry.source.name == entry.name


def test_every_link_and_authority_leads_to_a_source_of_the_catalogue() -> None:
    ends = {name for link in SHIPPED.links for name in (link.source, link.target)}
    ends |= {name for rule in SHIPPED.authorities for name in (rule.source, rule.authority)}
    assert ends <= set(SHIPPED.entries)


def test_no_source_speaks_for_itself_by_any_road() -> None:
    targets = {link.source: link.target for link in SHIPPED.links if link.kind == "speaks_for"}
    for source in targets:
        seen, name = {source}, targets.get(source)
        while name:
            assert name not in seen
            seen.add(name)
            name = targets.get(name)


def test_a_term_of_office_ends_after_it_begins() -> None:
    assert all(link.from_day < link.to_day for link in SHIPPED.links if link.from_day and link.to_day)


def test_names_that_fit_several_sources_are_listed_as_open_and_no_others() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entry in SHIPPED.entries.values():
        for written in (entry.name, *(alias for alias, _ in entry.aliases)):
            owners.setdefault(folded(written), set()).add(entry.name)
    shared = {words: frozenset(sources) for words, sources in owners.items() if len(sources) > 1}
    assert shared == {folded(name): sources for name, sources in open_names().items()}


def test_every_authority_rule_gives_its_reason() -> None:
    assert all(len(rule.reason) > 20 for rule in SHIPPED.authorities)


# Names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hamas-run health ministry", GAZA),
        ("Gaza's health ministry", GAZA),
        ("the health ministry in Gaza", GAZA),
        ("health authorities in Gaza", GAZA),
        ("Gaza MINISTRY OF HEALTH", GAZA),
        ("وزارة الصحة في غزة", GAZA),
        ("UK MoD", "UK Ministry of Defence"),
        ("UK Foreign ministry", "Foreign, Commonwealth & Development Office"),
        ("CIA", "Central Intelligence Agency"),
        ("CSIS", "Center for Strategic and International Studies"),
        ("The Centre for Strategic and International Studies", "Center for Strategic and International Studies"),
        ("BBC Russia", "BBC News Russian"),
        ("IISS", "International Institute for Strategic Studies"),
        ("Norwegian Defense Intelligence", "Norwegian Intelligence Service"),
        ("MIVD", "Dutch Military Intelligence and Security Service"),
        ("Yurii Butosov", "Yurii Butusov"),
        ("D. Kobak", "D. Kobak"),
        ("Russian Ministry of Defense", "Russian Ministry of Defence"),
        ("US DoD", "US Department of Defense"),
        ("US Sec of Def", "US Secretary of Defense"),
        ("US intelligence services", "Office of the Director of National Intelligence"),
        ("Armed Forces of Ukraine", "Armed Forces of Ukraine"),
        ("Office of the President of Ukraine", "Office of the President of Ukraine"),
        ("Astana Times", "The Astana Times"),
        ("Médecins sans frontières", "Médecins Sans Frontières"),
        ("Al-Jazeera", "Al Jazeera"),
    ],
)
def test_a_source_is_found_by_its_aliases(written: str, name: str) -> None:
    source = SHIPPED.named(written)
    assert source is not None
    assert source.name == name


def test_a_name_that_fits_several_sources_names_none() -> None:
    assert SHIPPED.named("Palestinian health ministry") is None
    assert {source.name for source in SHIPPED.candidates("Palestinian health ministry")} == {GAZA, RAMALLAH}


def test_an_unknown_name_is_no_source() -> None:
    assert SHIPPED.named("The Fictional Gazette") is None
    assert SHIPPED.named("") is None
    assert SHIPPED.candidates("Palestinian officials") == ()


def test_no_bare_office_belongs_to_one_source_alone() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entry in SHIPPED.entries.values():
        for written in entry.bare:
            owners.setdefault(folded(written), set()).add(entry.name)
    lone = {words for words, sources in owners.items() if len(sources) == 1}
    assert lone <= {folded("وزارة الصحة العامة"), folded("public health ministry")}


# Links and authorities


def test_a_spokesman_is_raised_to_the_body_while_he_speaks_for_it() -> None:
    assert SHIPPED.issuer_of("Daniel Hagari", date(2023, 11, 1)) == "Israel Defense Forces"
    assert SHIPPED.issuer_of("Daniel Hagari", date(2020, 1, 1)) == "Daniel Hagari"
    assert SHIPPED.issuer_of("Daniel Hagari", date(2026, 1, 1)) == "Daniel Hagari"
    assert SHIPPED.issuer_of("Daniel Hagari") == "Israel Defense Forces"


def test_part_of_never_raises_the_issuer() -> None:
    assert SHIPPED.issuer_of("Israel's Ministry of Foreign Affairs") == "Israel's Ministry of Foreign Affairs"
    assert SHIPPED.issuer_of("Someone unknown") == "Someone unknown"


def test_the_government_of_israel_keeps_the_count_from_7_october_2023() -> None:
    for office in ("Prime Minister's Office (Israel)", "Israeli foreign ministry", "IDF", "Daniel Hagari"):
        assert SHIPPED.authority_of(office, date(2023, 10, 15)) == "Government of Israel"
    assert SHIPPED.authority_of("IDF", date(2014, 7, 20)) == "Israel Defense Forces"


def test_the_two_offices_in_gaza_keep_two_counts() -> None:
    assert SHIPPED.authority_of("Ashraf al-Qudra", date(2023, 10, 16)) == GAZA
    assert SHIPPED.authority_of("Government Media Office", date(2023, 10, 16)) == "Government Media Office"


def test_the_latest_rule_that_has_begun_holds() -> None:
    rules = [
        AuthorityRule(source="Reuters", authority="AFP", reason="for this test", from_day=date(2020, 1, 1)),
        AuthorityRule(source="Reuters", authority="Al Jazeera", reason="for this test", from_day=date(2022, 1, 1)),
    ]
    catalogue = SHIPPED.extended((), (), rules)
    assert catalogue.authority_of("Reuters", date(2019, 1, 1)) == "Reuters"
    assert catalogue.authority_of("Reuters", date(2021, 1, 1)) == "AFP"
    assert catalogue.authority_of("Reuters") == "Al Jazeera"


def test_links_that_run_in_a_circle_end() -> None:
    circle = [
        SourceLink(source="Reuters", kind="speaks_for", target="AFP"),
        SourceLink(source="AFP", kind="speaks_for", target="Reuters"),
    ]
    assert SHIPPED.extended((), circle).issuer_of("Reuters") in ("Reuters", "AFP")


def test_a_store_adds_its_own_sources() -> None:
    gazette = Source(name="The Fictional Gazette", kind="newspaper", aliases=(Alias(name="Fictional Gazette"),))
    catalogue = SHIPPED.extended([gazette])
    assert catalogue.named("fictional gazette") == gazette
    assert [mention.names for mention in catalogue.mentions("the Fictional Gazette said")] == [(gazette.name,)]
    assert SHIPPED.named("Fictional Gazette") is None


# Chains


def test_a_chain_resolves_its_names_and_keeps_the_printed_ones() -> None:
    chain, doubts = SHIPPED.chain([["Al-Jazeera", "Gaza's health ministry"]], publisher="Astana Times")
    assert chain.attribution == ("Al Jazeera", GAZA)
    assert chain.written == (("Al-Jazeera", "Gaza's health ministry"),)
    assert (chain.issuer, chain.authority, doubts) == (GAZA, GAZA, ())


def test_side_by_side_sources_are_parallel_chains() -> None:
    chain, _ = SHIPPED.chain([["Mediazona"], ["Meduza"]], publisher="The Economist")
    assert (chain.attribution, chain.parallel) == (("Mediazona",), (("Meduza",),))
    assert chain.issuer == "Mediazona"


def test_without_a_chain_the_publisher_is_the_issuer() -> None:
    chain, _ = SHIPPED.chain([], publisher="Astana Times")
    assert (chain.attribution, chain.issuer, chain.authority) == ((), "The Astana Times", "The Astana Times")
    nobody, _ = SHIPPED.chain([], publisher=None)
    assert (nobody.issuer, nobody.authority) == (None, None)


def test_words_that_hide_the_issuer_leave_it_absent() -> None:
    chain, _ = SHIPPED.chain([["NYT"]], publisher="The Economist", issuer_words="US officials")
    assert chain.attribution == ("The New York Times",)
    assert (chain.issuer, chain.issuer_words, chain.authority) == (None, "US officials", None)


def test_unknown_names_stay_as_printed() -> None:
    chain, doubts = SHIPPED.chain([["the Fictional Gazette"]], publisher=None)
    assert (chain.attribution, chain.issuer, chain.authority) == (("the Fictional Gazette",),) + (
        "the Fictional Gazette",
    ) * 2
    assert doubts == ()


def test_the_authorities_behind_a_tally_are_named_once() -> None:
    chain, _ = SHIPPED.chain([], publisher="AFP", compiled_from=["IDF", "Israel Police"], on_day=date(2024, 1, 1))
    assert chain.compiled_from == ("Government of Israel",)


@pytest.mark.parametrize(
    ("context", "issuer"),
    [
        ("in the Gaza Strip", GAZA),
        ("in Khan Younis", GAZA),
        ("Gazans", GAZA),
        ("in Jenin", RAMALLAH),
        ("in Ramallah", RAMALLAH),
    ],
)
def test_the_place_nearby_decides_an_open_name(context: str, issuer: str) -> None:
    chain, doubts = SHIPPED.chain([["Palestinian health ministry"]], publisher="AFP", context=context)
    assert (chain.issuer, doubts) == (issuer, ())


@pytest.mark.parametrize("context", ["", "Palestinians", "in Gaza and Jenin", "in Tokyo"])
def test_an_open_name_that_nothing_decides_stays_open_with_a_doubt(context: str) -> None:
    chain, doubts = SHIPPED.chain([["Palestinian health ministry"]], publisher="AFP", context=context)
    assert chain.issuer == "Palestinian health ministry"
    assert doubts == (f"issuer_ambiguous: 'Palestinian health ministry' may be {GAZA} or {RAMALLAH}",)


def test_the_bare_name_of_an_office_follows_the_only_country_named() -> None:
    chain, doubts = SHIPPED.chain([["health ministry"]], publisher="AFP", context="strikes on Beirut")
    assert (chain.issuer, doubts) == ("Lebanon's Ministry of Public Health", ())
    chain, doubts = SHIPPED.chain([["the health ministry"]], publisher="AFP")
    assert chain.issuer == "the health ministry"
    assert re.fullmatch(r"issuer_ambiguous: 'the health ministry' may be .* or \d+ others", doubts[0])


# Mentions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("According to Al Jazeera, 12 died", ["Al Jazeera"]),
        ("Gaza’s Hamas-run health ministry said", [GAZA]),
        ("the U.N. Office for the Coordination of Humanitarian Affairs", ["OCHA"]),
        ("told The Times of Israel, not The Times", ["The Times of Israel", "The Times"]),
        ("the Washington Post, AP and the Guardian", ["The Washington Post", "Associated Press", "The Guardian"]),
        ("Rear Adm. Daniel Hagari", ["Daniel Hagari"]),
        ("Netanyahu's office", ["Prime Minister's Office (Israel)"]),
        ("قالت وزارة الصحة بغزة", [GAZA]),
        ("للهلال الأحمر الفلسطيني", ["Palestine Red Crescent Society"]),
        ("Ukraine's General Staff", ["General Staff of the Armed Forces of Ukraine"]),
        ("B’Tselem", ["B'Tselem"]),
    ],
)
def test_sources_are_found_in_running_text(text: str, found: list[str]) -> None:
    assert names(text) == [(name,) for name in found]


@pytest.mark.parametrize(
    "text",
    [
        "times were hard and the sun set on the independent guardian",
        "Time and again the Times Higher list of the Sun King",
        "who said an ap was free",
        "two reporters in the west",
        "the Fictionland Ministry of Health",
        "the Ministry of Health of Fictionland",
        "Fictionland's health ministry",
        "the rebel-run health ministry",
        "at the Independent International Commission",
        "Sun. And so",
        "civil defence teams reached them",
        "moph.example/en",
        "",
    ],
)
def test_common_words_and_unknown_offices_are_no_sources(text: str) -> None:
    assert names(text) == []


def test_a_bare_office_in_a_text_stays_open() -> None:
    (mention,) = SHIPPED.mentions("12 died, the health ministry said")
    assert {GAZA, RAMALLAH, "Lebanon's Ministry of Public Health"} <= set(mention.names)
    assert len(SHIPPED.mentions("12 died. Health ministry for the people")) == 1


def test_a_name_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert names("in Gaza. Ministry of Health workers") != [(GAZA,)]


@given(st.text(max_size=300))
def test_mentions_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for mention in SHIPPED.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.names
        end = mention.end


def test_a_long_hostile_text_is_read_in_linear_time() -> None:
    text = "Ministry of Health of the Ministry of Health in the " * 4_000
    started = time.process_time()
    SHIPPED.mentions(text)
    assert time.process_time() - started < 5


# What a recording carries


def test_a_recording_carries_the_sources_links_and_rules_behind_its_names() -> None:
    sources, links, rules = SHIPPED.records_for(["Daniel Hagari", "The Fictional Gazette", "IDF"])
    assert [source.name for source in sources] == ["Daniel Hagari", "Israel Defense Forces", "Government of Israel"]
    assert {(link.kind, link.target) for link in links} == {
        ("speaks_for", "Israel Defense Forces"),
        ("part_of", "Government of Israel"),
    }
    assert [rule.authority for rule in rules] == ["Government of Israel"]
    assert SHIPPED.records_for([]) == ((), (), ())


def test_the_shipped_catalogue_is_read_once() -> None:
    assert Catalogue.shipped() is SHIPPED
