"""A report in a real browser: opens from disk, asks nothing of the network, can be searched, sorted and linked."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
Reports = dict[str, Path]
FIGURES = "[data-listing=figures]"
SIZES = ["small", "large"]


def first_row(page: Page) -> str:
    return page.locator(f"{FIGURES} tbody tr:not([hidden])").first.get_attribute("id") or ""


@pytest.fixture(params=SIZES)
def path(request: pytest.FixtureRequest, reports: Reports) -> Path:
    return reports[request.param]


def test_a_page_that_asks_for_something_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "asking.html"
    path.write_text('<img src="http://gazette.example/x.png">', encoding="utf-8")
    page.goto(path.as_uri())
    page.close()
    assert "http://gazette.example/x.png" in asked


def test_the_first_screen_says_what_stands_changed_and_disagrees(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    for words in ("What each authority last reported", "What changed last", "Where sources cannot both stand"):
        expect(page.get_by_role("heading", name=words)).to_be_in_viewport()
    expect(page.get_by_text("Relief Fund").first).to_be_in_viewport()


def test_markup_in_quotes_and_titles_stays_text(open_page: OpenPage, reports: Reports) -> None:
    for size in SIZES:
        page = open_page(reports[size], "#f-000000000001")
        expect(page.locator("#f-000000000001 q")).to_contain_text('<script>document.title="run"</script>')
        assert page.title() == "Casualty figures: Flood in the Example Valley"
        assert page.locator("img, iframe, object").count() == 0


def test_an_arabic_quote_is_set_from_right_to_left(open_page: OpenPage, reports: Reports) -> None:
    quote = open_page(reports["small"], "#f-000000000002").locator("#f-000000000002 q")
    assert quote.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_link_to_a_figure_finds_it_wherever_it_stands(open_page: OpenPage, reports: Reports) -> None:
    for size, name in (("small", "f-000000000033"), ("large", "f-0000000009c0")):
        page = open_page(reports[size], f"#{name}")
        expect(page.locator(f"#{name}")).to_be_in_viewport()
        expect(page.locator(f"#{name}")).to_have_class("here")
        expect(page.locator(f"#{name}")).to_be_focused()


def test_a_link_within_the_page_opens_what_is_folded_and_clears_a_search(open_page: OpenPage, reports: Reports) -> None:
    page = open_page(reports["large"])
    page.get_by_label("Search figures").fill("dispatch 2400")
    expect(page.locator(f"{FIGURES} [role=status]")).to_have_text("1 of 2,500 found")
    page.evaluate("location.hash = 'f-000000000001'")
    expect(page.locator("#f-000000000001")).to_be_in_viewport()
    page.evaluate("location.hash = 'l1'")
    expect(page.locator("#l1")).to_be_visible()


def test_figures_are_searched_by_any_of_their_words(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    search = page.get_by_label("Search figures")
    search.fill("DISPATCH   42.")
    expect(page.locator(f"{FIGURES} [role=status]")).to_have_text(re.compile(r"^\d+ of [\d,]+ found"))
    expect(page.locator("#f-00000000002a")).to_be_visible()
    search.fill("nothing of the kind")
    expect(page.locator(f"{FIGURES} [role=status]")).to_have_text(re.compile("^0 of"))
    page.locator(f"{FIGURES} .tools").get_by_role("button", name="Show all").click()
    expect(page.locator(f"{FIGURES} tbody tr:not([hidden])").nth(20)).to_be_attached()


def test_figures_are_sorted_by_a_column_and_back(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    number = page.locator(f"{FIGURES} thead").get_by_role("button", name="Reported")
    number.click()
    expect(page.locator(f"{FIGURES} th[aria-sort=ascending]")).to_have_text("Reported")
    expect(page.locator(f"{FIGURES} tbody tr:not([hidden]) .num").first).to_have_text("81")
    number.click()
    expect(page.locator(f"{FIGURES} th[aria-sort=descending]")).to_have_text("Reported")
    highest = {"small": "587", "large": "4,247"}[path.stem]
    expect(page.locator(f"{FIGURES} tbody tr:not([hidden]) .num").first).to_contain_text(highest)


def test_a_series_shows_its_figures_only(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    link = page.locator("#s1 a[data-group]")
    many = link.inner_text()
    link.click()
    expect(page.locator(f"{FIGURES} [role=status]")).to_have_text(f"{many} of one series")


def test_large_tables_are_turned_page_by_page(open_page: OpenPage, reports: Reports) -> None:
    page = open_page(reports["large"])
    where = page.locator(f"{FIGURES} .pager span")
    expect(where).to_have_text("1 to 100 of 2,500")
    before = first_row(page)
    page.locator(f"{FIGURES}").get_by_role("button", name="Next").click()
    expect(where).to_have_text("101 to 200 of 2,500")
    assert first_row(page) != before


def test_a_chart_tells_the_figure_at_the_pointer_and_along_the_arrow_keys(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    plot = page.locator(".plot").first
    assert plot.locator("svg.wide path.trace").count() == 2
    assert plot.locator("svg.wide path.band").count() == 2
    assert plot.locator("svg.wide path.contrast").count() == 1
    plot.scroll_into_view_if_needed()
    plot.focus()
    page.keyboard.press("Home")
    note = plot.locator(".note")
    expect(note).to_contain_text("The Example Gazette")
    expect(note).to_contain_text("7 Oct 2023")
    expect(note.locator("mark")).to_have_text("500 people")
    page.keyboard.press("Enter")
    expect(page.locator("#f-000000000001")).to_be_in_viewport()
    box = plot.locator("svg.wide").bounding_box()
    assert box is not None
    plot.locator("svg.wide").hover(position={"x": box["width"] / 2, "y": box["height"] / 3})
    expect(note).to_be_visible()
    page.mouse.move(0, 0)
    expect(note).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_fits_its_screen_and_nothing_hinders_a_reader(
    open_page: OpenPage, path: Path, width: int, dark: bool
) -> None:
    page = open_page(path, width=width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(21, 23, 26)" if dark else "rgb(255, 255, 255)")
    found = Axe().run(page).response["violations"]
    hindering = [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")
    ]
    assert hindering == []


def test_a_screenshot_can_be_taken_of_every_size(open_page: OpenPage, path: Path, tmp_path: Path) -> None:
    for width in (390, 1280):
        picture = open_page(path, width=width).screenshot(path=tmp_path / f"{path.stem}-{width}.png", full_page=True)
        assert picture.startswith(b"\x89PNG")


def test_without_a_script_every_word_of_a_small_report_is_there(open_page: OpenPage, reports: Reports) -> None:
    page = open_page(reports["small"], script=False)
    assert page.locator(f"{FIGURES} tbody tr").count() == 60
    expect(page.locator("#f-00000000002a")).to_contain_text("dispatch 42.")
    assert page.locator("input, .tools, thead button").count() == 0
    assert page.locator(".plot svg.wide").first.is_visible()


def test_without_a_script_a_large_report_says_what_it_cannot_show(open_page: OpenPage, reports: Reports) -> None:
    page = open_page(reports["large"], script=False)
    expect(page.locator(f"{FIGURES} noscript p")).to_be_visible()
    expect(page.get_by_text("Relief Fund").first).to_be_visible()


def test_a_printed_report_has_every_column_and_no_tools(open_page: OpenPage, reports: Reports, tmp_path: Path) -> None:
    page = open_page(reports["small"])
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    with PdfDocument(tmp_path / "report.pdf") as document:
        text = "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
        width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    for said in ("dispatch 42.", "00000000002a", "The words it rests on", "Record", "ab" * 32):
        assert said in re.sub(r"\s+", " ", text) or said in re.sub(r"\s+", "", text), said
    assert "Search figures" not in text
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1).length"
    )
    assert cut == 0
