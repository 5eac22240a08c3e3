"""The page of the synthetic manuscript in a real browser: wide and narrow, light and dark."""

import pytest
from playwright.sync_api import Browser, Page

from recomputed.typeset.pandoc import typeset
from synthetic.browser import browser, needs_browser
from synthetic.manuscript import MARKDOWN, METADATA, write_project

WIDTHS, SCHEMES = (1280, 390), ("light", "dark")

__all__ = ["browser"]  # a fixture
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


@pytest.mark.parametrize("width", WIDTHS)
def test_only_tables_and_drawings_move_sideways(browser: Browser, address: str, width: int) -> None:
    page, _ = _open(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.locator("#tbl-wide .table-scroll")
    assert (wide.evaluate("e => e.scrollWidth > e.clientWidth")) is (width == 390)
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
