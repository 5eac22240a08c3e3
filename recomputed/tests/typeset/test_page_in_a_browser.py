"""The page of the synthetic manuscript in a real browser: wide and narrow, light and dark."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page

from recomputed.descriptions.blocks import number_cards
from recomputed.ledger.examination import examine
from recomputed.paper_language import in_paper
from recomputed.paper_toml import otherwise, paper_settings
from recomputed.tables.load import load
from recomputed.typeset.pandoc import typeset
from synthetic.browser import needs_browser
from synthetic.manuscript import MARKDOWN, METADATA, write_project

WIDTHS, SCHEMES = (1280, 390), ("light", "dark")

pytestmark = [pytest.mark.slow, needs_browser]

# The WCAG contrast of each element's colour with the nearest background that is painted behind it.
CONTRAST = """selector => [...document.querySelectorAll(selector)].map(element => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126*x + 0.7152*y + 0.0722*z; };
  let behind = element;
  while (behind.parentElement && rgb(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
  const [a, b] = [rgb(getComputedStyle(element).color), rgb(getComputedStyle(behind).backgroundColor)].map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = tmp_path_factory.mktemp("browser")
    out = where / "out"
    out.mkdir()
    typeset(MARKDOWN, METADATA, out, ["html"], root=write_project(where / "project"))
    return (out / "index.html").as_uri()


def _open(browser: Browser, address: str, width: int, scheme: str = "light") -> tuple[Page, list[str]]:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => null)")
    return page, asked


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_asks_for_nothing_but_itself(browser: Browser, address: str, width: int) -> None:
    page, asked = _open(browser, address, width)
    assert [url[:80] for url in asked if not url.startswith("data:")] == [address]
    assert page.evaluate("document.fonts.check('16px \\'Source Serif 4\\'')")
    page.close()


@pytest.mark.parametrize(("rows", "broken"), [(20, False), (60, True)])
def test_on_paper_a_table_of_less_than_a_page_is_whole(
    browser: Browser, rows: int, broken: bool, tmp_path: Path
) -> None:
    """A longer one begins where it is told of."""
    table = "\n".join(["| a | b |", "|---|---|", *["| baris | 1 |"] * rows, "", ": Judul {#tbl-a}", ""])
    typeset("Teks.\n\n" * 32 + table, METADATA, tmp_path, ["html"], root=write_project(tmp_path / "project"))
    page, _ = _open(browser, (tmp_path / "index.html").as_uri(), 1280)
    document = pdfium.PdfDocument(page.pdf())
    printed = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    assert broken == any("Teks" in sheet and "baris" in sheet for sheet in printed)
    assert rows == sum(sheet.count("baris") for sheet in printed)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_table_moves_sideways_and_on_a_phone_its_cells_stand_below_each_other(
    browser: Browser, address: str, width: int
) -> None:
    page, _ = _open(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.locator("#tbl-wide .table-scroll")
    assert wide.evaluate("e => e.scrollWidth <= e.clientWidth")
    first, second = (wide.locator("tbody tr").first.locator("td").nth(nth).bounding_box() for nth in (0, 1))
    assert first
    assert second
    assert (second["y"] >= first["y"] + first["height"]) is (width == 390)
    said = "e => getComputedStyle(e, '::before').content"
    head = wide.locator("th").nth(1).inner_text()
    label = wide.locator("tbody tr").first.locator("td").nth(1).evaluate(said)
    assert (head in label) is (width == 390)
    page.close()


def test_on_paper_a_table_keeps_its_columns(browser: Browser, address: str) -> None:
    page, _ = _open(browser, address, 390)
    page.emulate_media(media="print")
    assert page.locator("#tbl-wide table").evaluate("e => getComputedStyle(e).display") == "table"
    page.close()


def test_the_contents_stand_open_beside_a_wide_page_and_closed_on_a_phone(
    browser: Browser, address: str
) -> None:
    wide, _ = _open(browser, address, 1280)
    narrow, _ = _open(browser, address, 390)
    assert wide.locator("nav#TOC a").first.is_visible()
    assert not narrow.locator("nav#TOC a").first.is_visible()
    narrow.locator("nav#TOC summary").click()
    assert narrow.locator("nav#TOC a").first.is_visible()
    wide.close()
    narrow.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_can_be_read_on_its_ground(browser: Browser, address: str, scheme: str) -> None:
    page, _ = _open(browser, address, 1280, scheme)
    shown = "p, li, a, td, th, h1, h2, summary, figcaption, .num, .callout-title-container"
    ratios = page.evaluate(CONTRAST, shown)
    assert len(ratios) > 100
    assert min(ratios) >= 4.5
    page.close()


def test_the_keyboard_reaches_the_text_first(browser: Browser, address: str) -> None:
    page, _ = _open(browser, address, 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_a_cards_line_of_code_is_a_link_into_the_papers_repository(browser: Browser, tmp_path: Path) -> None:
    settings, examination = paper_settings(), examine(load())
    with otherwise(replace(settings, paper=replace(settings.paper, repository="https://example.org/a/b"))):
        cards = number_cards(examination, in_paper("en"))
    text = f'# One\n\nA [20%]{{#n1 .num data-number="growth.rise.north"}} rise.\n\n{cards}\n'
    (out := tmp_path / "out").mkdir()
    typeset(text, METADATA, out, ["html"], root=write_project(tmp_path / "project"))
    page, _ = _open(browser, (out / "index.html").as_uri(), 1280)
    page.locator("main p span.num[data-number]").first.click(timeout=5000)
    function = examination.numbers["growth.rise.north"].formula
    link = page.get_by_role("dialog").locator('a[href^="https:"]')
    assert link.get_attribute("href") == f"https://example.org/a/b/blob/HEAD/{function.file}#L{function.line}"
    page.close()
