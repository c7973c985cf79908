"""What a visit has to tell: new figures, what they revise, edits, what is held, and who contradicts whom since."""

import json
import re
from functools import partial
from inspect import getsource
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db.errors import UnknownRecord
from db.records import Event
from db.watches import begin_run, remove_watch, watch_named
from reports.render import notices
from reports.render.notices import EDITS
from tracker import telling, visiting
from tracker.filtering import Asked
from tracker.noticing import MOST_FIGURES, Noticing

BUREAU, OFFICE = "The Invented Health Bureau", "The Invented Relief Office"
EARLY, LATE = "20 January 2024", "30 January 2024"


def page(*sentences: str) -> str:
    words = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        "<html lang='en'><head><title>A fictional page</title></head><body><article><h1>A fictional page</h1>"
        f"{words}</article></body></html>"
    )


def said(number: int, day: str = EARLY, *, by: str = BUREAU, who: str = "people") -> str:
    return f"{by} said on {day} that {number:,} {who} had been killed in Sudan."


def served(site: Any, *sentences: str, path: str = "/a") -> str:
    return str(site.serve(path, page(*sentences)))


def only(site: Any, kind: str) -> dict[str, Any]:
    (found,) = (one for one in site.notices if one["kind"] == kind)
    return dict(found)


def dataset(**cells: int) -> str:
    row = {"report_date": "2023-10-20", "report_source": "mohtel", "report_period": 24}
    return json.dumps([{**row, **cells}])


def rows(numbers: list[int]) -> str:
    return json.dumps(
        [
            {"report_date": f"2023-11-{day:02}", "report_source": "mohtel", "report_period": 24, "killed_cum": number}
            for day, number in enumerate(numbers, start=1)
        ]
    )


def test_a_new_figure_is_told_with_its_source_its_words_and_where_they_stand(site: Any) -> None:
    address = served(site, said(1_377))
    site.watch(address)
    site.visit()
    (told,) = site.notices
    assert told["kind"] == "new_figure"
    assert told["what"] == (
        "Invented Health Bureau, people killed in Sudan: 1,377, as of 20 January 2024 (day of the statement): "
        "first recorded."
    )
    assert (told["watch"], told["address"], told["at"]) == ("w", address, "2024-03-01T12:00:00Z")
    figure = told["figure"]
    assert (figure["number"], figure["counts"]) == ("1,377", "people killed in Sudan")
    assert (figure["authority"], figure["publisher"]) == ("Invented Health Bureau", "The Fictional Ledger")
    assert figure["evidence"]["quote"] == "1,377 people"
    assert figure["evidence"]["snapshot"].startswith("sha256:")
    assert (told["change"], told["previous"], told["difference"]) == ("first", None, None)


def test_a_rise_is_told_with_the_figure_before_and_is_no_revision(site: Any) -> None:
    site.watch(served(site, said(1_377)))
    site.visit()
    served(site, said(1_512, LATE))
    site.visit()
    (told,) = site.notices
    assert (told["change"], told["difference"], told["previous"]["number"]) == ("rise", 135, "1,377")
    assert told["what"].endswith("then 1,512, as of 30 January 2024 (day of the statement): rise of 135.")


def test_a_revision_is_told_besides(site: Any) -> None:
    site.watch(served(site, said(1_400)))
    site.visit()
    served(site, said(1_200, LATE))
    site.visit()
    assert site.told() == ["new_figure", "revision"]
    told = only(site, "revision")
    assert (told["change"], told["difference"]) == ("revised_down", -200)
    assert (told["previous"]["number"], told["previous"]["evidence"]["quote"]) == ("1,400", "1,400 people")
    assert len({one["id"] for one in site.notices}) == 2


def test_a_silent_edit_and_a_noted_correction_are_told_apart(site: Any) -> None:
    site.watch(served(site, said(1_377)))
    site.visit()
    served(site, said(1_400))
    site.visit()
    assert site.told() == ["new_figure", "silently_edited"]
    assert only(site, "silently_edited")["previous"]["number"] == "1,377"
    served(site, said(1_390), "Correction: an earlier version of this article gave a wrong number of people killed.")
    site.visit()
    assert site.told() == ["new_figure", "corrected"]
    told = only(site, "corrected")
    assert (told["difference"], told["reasons"][0]["by"]) == (-10, "The Fictional Ledger")
    assert "gave a wrong number" in told["what"]


def test_a_changed_cell_of_a_dataset_is_a_silent_edit(site: Any) -> None:
    address = site.serve("/daily.json", dataset(killed=352, killed_cum=4_137), kind="application/json")
    site.watch(address, "dataset", mapping="techforpalestine-gaza-daily", publisher=None)
    site.visit()
    assert site.told() == ["new_figure", "new_figure"]
    site.serve("/daily.json", dataset(killed=352, killed_cum=4_200), kind="application/json")
    site.visit()
    told = only(site, "silently_edited")
    assert (told["previous"]["count"]["best"], told["figure"]["count"]["best"]) == (4_137, 4_200)


def test_a_contradiction_is_told_once_and_not_again_while_it_stands(site: Any) -> None:
    site.watch(served(site, said(1_512), path="/bureau"), name="bureau")
    site.visit("bureau")
    site.watch(served(site, said(1_001, by=OFFICE), path="/office"), name="office")
    site.visit("office")
    told = only(site, "new_disagreement")
    assert told["relation"] == "contradict"
    assert (told["figure"]["number"], told["other"]["number"]) == ("1,001", "1,512")
    assert told["what"] == f"People killed in Sudan: {told['because']}."
    assert "Invented Relief Office gives 1,001 (20 January 2024), no more than 1,001" in told["because"]
    served(site, said(1_003, by=OFFICE, day="21 January 2024"), path="/office")
    site.visit("office")
    assert site.told() == ["new_figure"]


def test_a_contradiction_that_the_new_figure_ends_is_told_as_resolved(site: Any) -> None:
    site.watch(served(site, said(1_512), path="/bureau"), name="bureau")
    site.visit("bureau")
    site.watch(served(site, said(1_001, by=OFFICE), path="/office"), name="office")
    site.visit("office")
    served(site, said(1_512, by=OFFICE, day="21 January 2024"), path="/office")
    site.visit("office")
    told = only(site, "disagreement_resolved")
    assert (told["previous"]["number"], told["figure"]["number"], told["other"]["number"]) == (
        "1,001",
        "1,512",
        "1,512",
    )
    assert told["relation"] == "agree"
    assert "no longer contradict one another" in told["what"]


def test_two_authorities_that_one_page_sets_against_each_other_are_told_once(site: Any) -> None:
    site.watch(served(site, said(1_512), said(1_001, by=OFFICE)))
    site.visit()
    assert sorted(site.told()) == ["new_disagreement", "new_figure", "new_figure"]


def test_figures_of_one_authority_never_disagree(site: Any) -> None:
    site.watch(served(site, said(1_512), path="/a"), name="a")
    site.watch(served(site, said(1_001), path="/b"), name="b", publisher="The Invented Courier")
    site.visit("a")
    site.visit("b")
    assert "new_disagreement" not in site.told()


def test_a_held_figure_is_told_with_its_reason_and_the_command_that_shows_it(site: Any) -> None:
    numbers = [4_000, 4_100, 4_200, 4_300, 4_400, 4_500]
    address = site.serve("/daily.json", rows(numbers), kind="application/json")
    site.watch(address, "dataset", mapping="techforpalestine-gaza-daily", publisher=None)
    site.visit()
    site.serve("/daily.json", rows([*numbers, 450]), kind="application/json")
    site.visit()
    assert site.told() == ["held"]
    told = only(site, "held")
    assert told["command"] == "casualty-figures review list"
    assert told["figure"]["state"] == "held"
    assert told["reason"] in told["what"]


def test_only_the_figures_that_a_watch_asks_for_are_told(site: Any) -> None:
    sentences = (said(1_377), said(90, who="children"), "The Bureau said that 400 people had been injured in Sudan.")
    site.watch(served(site, *sentences), notices=Asked(outcome="injured"))
    assert site.visit().new == 3
    assert [one["figure"]["definition"]["outcome"] for one in site.notices] == ["injured"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"place": "Sudan"}, 1),
        ({"place": "Lebanon"}, 0),
        ({"event": "An Invented War"}, 1),
        ({"event": "An Invented Flood"}, 0),
        ({"status": "civilian"}, 0),
        ({"group": "Sudanese"}, 0),
    ],
)
def test_notices_are_chosen_by_the_filters_that_are_the_same_everywhere(
    site: Any, asked: dict[str, Any], told: int
) -> None:
    for name in ("An Invented War", "An Invented Flood"):
        with site.store.writing() as writer:
            writer.add_event(Event(name=name))
    site.watch(served(site, said(1_377)), event="An Invented War", notices=Asked(**asked))
    assert site.visit().new == 1
    assert len(site.notices) == told


def test_notices_of_an_unknown_event_cannot_be_asked_for(site: Any) -> None:
    with pytest.raises(UnknownRecord):
        site.watch(served(site, said(1_377)), notices=Asked(event="An Invented Flood"))


def test_of_a_large_first_import_some_figures_are_told_and_the_others_counted(site: Any) -> None:
    row = {"report_source": "mohtel", "report_period": 24, "killed": 5, "injured": 6}
    days = [{**row, "report_date": f"2024-01-{day:02}"} for day in range(1, 31)]
    address = site.serve("/daily.json", json.dumps(days), kind="application/json")
    site.watch(address, "dataset", mapping="techforpalestine-gaza-daily", publisher=None)
    recorded = site.visit().new
    assert recorded == 60
    assert site.told().count("new_figure") == MOST_FIGURES
    assert min(one["figure"]["as_of"] for one in site.notices if one["kind"] == "new_figure") == "2024-01-06"
    more = only(site, "more_figures")
    assert (more["new"], more["held"]) == (recorded - MOST_FIGURES, 0)
    assert more["what"] == "10 more new figures than are told one by one."


class Dying(Noticing):
    """A process that dies when it looks at a document's figures, before or after it kept their notices."""

    def __init__(self, *given: Any, document: int, after: bool) -> None:
        super().__init__(*given)
        self._document, self._after = document, after

    def recorded(self, document: str, address: str) -> None:
        self._document -= 1
        if self._document or self._after:
            super().recorded(document, address)
        if not self._document:
            raise KeyboardInterrupt


def feed(site: Any, documents: int) -> str:
    items = ""
    for number in range(documents):
        served(site, said(1_000 + number, f"{number + 1} February 2024"), path=f"/{number}")
        items += f"<item><title>{number}</title><link>/{number}</link></item>"
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    return str(site.serve("/feed", body, kind="application/rss+xml"))


@pytest.mark.parametrize("after", [False, True])
def test_what_a_visit_recorded_before_it_died_is_told_by_the_one_that_takes_over(site: Any, after: bool) -> None:
    site.watch(feed(site, 3), "feed")
    with pytest.raises(KeyboardInterrupt):
        site.attempt(noticing=partial(Dying, document=2, after=after))
    assert site.numbers() == [1_000, 1_001]
    site.attempt()
    told = site.waiting()
    assert [one["figure"]["number"] for one in told] == ["1,000", "1,001", "1,002"]
    assert [one["change"] for one in told] == ["first", "rise", "rise"]


def test_what_an_earlier_attempt_counted_is_counted_with_the_next(site: Any) -> None:
    numbers = [4_000 + number for number in range(20)]
    paths = [f"/{number}" for number in range(4)]
    for path in paths:
        sentences = [said(number, by=f"The Invented Bureau {path[1:]} {number}") for number in numbers]
        served(site, *sentences, path=path)
    items = "".join(f"<item><title>{path}</title><link>{path}</link></item>" for path in paths)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    site.watch(site.serve("/feed", body, kind="application/rss+xml"), "feed")
    with pytest.raises(KeyboardInterrupt):
        site.attempt(noticing=partial(Dying, document=3, after=True))
    recorded = len(site.numbers())
    site.attempt()
    told = site.waiting()
    (more,) = (one for one in told if one["kind"] == "more_figures")
    assert sum(one["kind"] == "new_figure" for one in told) == MOST_FIGURES
    assert more["new"] == len(site.numbers()) - MOST_FIGURES == sum(one["new"] for one in more["documents"])
    assert recorded < len(site.numbers())


def test_a_visit_to_which_nobody_listens_keeps_nothing_to_tell(site: Any) -> None:
    site.watch(served(site, said(1_377)))
    assert site.attempt(noticing=lambda *_: None).new == 1
    assert site.waiting() == []


def test_a_run_begun_by_an_older_version_tells_what_it_records_from_then_on(site: Any) -> None:
    site.watch(served(site, said(1_377)))
    watch = watch_named(site.store, "w")
    assert begin_run(site.store, "w", watch.next_due, site.now)
    with site.store.engine.begin() as connection:
        connection.execute(text("UPDATE run SET ledger_size = NULL"))
    site.attempt()
    assert [one["kind"] for one in site.waiting()] == ["new_figure"]


def test_what_waits_is_forgotten_with_its_watch(site: Any) -> None:
    site.watch(served(site, said(1_377)))
    watch = watch_named(site.store, "w")
    Noticing(site.store, watch, watch.next_due, lambda: site.now).note(
        "document_gone", "it is gone", "https://a.example/"
    )
    remove_watch(site.store, "w")
    assert site.waiting() == []


DOCS = Path(__file__).parents[3] / "docs" / "watching.md"


def shown_in(example: Any, told: Any) -> bool:
    """Whether everything that an example shows is told so; ids that it cuts short may be any."""
    if isinstance(example, dict):
        return all(key in told and shown_in(value, told[key]) for key, value in example.items())
    return example == told or (isinstance(example, str) and example.endswith("…"))


def test_the_example_in_the_documentation_is_what_is_told(site: Any) -> None:
    address = served(site, said(1_400))
    site.watch(address, name="ledger")
    site.visit("ledger")
    served(site, said(1_200, LATE))
    site.visit("ledger")
    written = re.search(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert written is not None
    example = json.loads(written[1].replace("https://ledger.example/toll", address))
    told = only(site, "revision")
    assert list(example) == list(told)
    assert shown_in(example, told)


def test_every_kind_of_notice_is_explained() -> None:
    explained = set(
        re.findall(r"^\| `(\w+)` \| [a-z]", DOCS.read_text(encoding="utf-8").split("## Notices")[1], re.MULTILINE)
    )
    code = "".join(getsource(module) for module in (visiting, telling, notices))
    kinds = set(re.findall(r'(?:_note|Told)\(\s*"(\w+)"', code)) | EDITS | {"revision"}
    assert explained == kinds
