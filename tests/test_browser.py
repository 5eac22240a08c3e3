"""The finished page in a real browser, offline: every number opens its card, by mouse, keyboard and touch."""

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from recomputed import paths
from recomputed.language.catalogue import language
from recomputed.reading.cards import block
from recomputed.typeset.pandoc import typeset
from synthetic.manuscript import METADATA, write_project
from synthetic.papers import recomputed

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# axe's rules with those of WCAG 2.2 AA, of which axe leaves one out unless it is told so.
AXE = """axe.run({rules: {"target-size": {enabled: true}}}).then((result) => result.violations)"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
UPLIFT, SPREAD, PLAIN = "turnover.uplift.K1", "turnover.uplift.spread", "audience.comments.K1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` on the path"),
]

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(built_paper: Path) -> Iterator[str]:
    """The page's address on a server of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(built_paper))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
        server.shutdown()


@pytest.fixture
def opened(browser: Browser, built_paper: Path) -> Iterator[Open]:
    """Open the page in a context of its own; at the end, it has asked for nothing and complained of nothing."""
    contexts, asked, said = [], [], []

    def open_page(address: str = "", **options: Any) -> Page:
        address = address or (built_paper / "index.html").as_uri()

        def only_the_page(route: Route) -> None:
            if route.request.url == address.partition("#")[0]:
                route.continue_()
            else:
                asked.append(route.request.url)
                route.abort()

        context = browser.new_context(**{"viewport": WIDE, **options})
        contexts.append(context)
        context.route("**/*", only_the_page)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.endswith("/favicon.ico")] == []
    assert said == []


def number(page: Page, id_: str) -> Any:
    """The first place in the running text that states the number."""
    return page.locator(f'main p span.num[data-number="{id_}"]').first


def card(page: Page) -> Any:
    return page.get_by_role("dialog")


@pytest.fixture(params=["file", "http"])
def page(request: pytest.FixtureRequest, opened: Open) -> Page:
    """The page from a file, then from a server."""
    return opened("" if request.param == "file" else request.getfixturevalue("server"))


STOPS = """() => [...document.querySelectorAll("a[href], button, summary, input, [tabindex]")]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"""


def test_numbers_read_as_text_and_are_one_tab_stop(page: Page, built_paper: Path) -> None:
    numbers = page.locator("main span.num[data-number]")
    assert numbers.count() == len(html.parse(built_paper / "index.html").xpath("//span[@data-number]"))
    assert page.locator("main span.num[role]").count() == 0
    assert page.locator('main span.num[tabindex="0"]').count() == 1
    assert page.locator('main span.num[tabindex="-1"]').count() == numbers.count() - 1
    assert page.evaluate(STOPS) < 60


def test_arrows_go_from_number_to_number_and_escape_leaves(opened: Open) -> None:
    page = opened()
    texts = page.locator("main span.num[data-kind]")
    texts.first.focus()
    for key, at in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        expect(texts.nth(at)).to_be_focused()
        expect(texts.nth(at)).to_have_attribute("role", "button")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("main span.num[role]").count() == 0
    assert page.locator('main span.num[tabindex="0"]').count() == 1


def test_what_is_disputed_is_said(opened: Open) -> None:
    page = opened()
    expect(number(page, "sessions.conversion.K1").locator(".unseen")).to_have_text("(dipersoalkan)")
    assert number(page, "people.total.K1").locator(".unseen").count() == 0


def test_a_line_under_the_abstract_says_that_numbers_open_and_covers_nothing(opened: Open) -> None:
    page = opened()
    line = page.locator("section.abstract + aside.support")
    expect(line).to_contain_text("Setiap angka dalam naskah dapat dibuka")
    assert line.evaluate("element => getComputedStyle(element).position") == "static"


def test_a_range_does_not_break_at_its_dash(opened: Open) -> None:
    page = opened(viewport={"width": 360, "height": 800})
    assert (
        page.locator("main p span.num:not(.unseen)").evaluate_all(
            "all => all.filter((one) => one.textContent.includes('–') && one.checkVisibility() && "
            "[...one.childNodes].some((node) => { const r = document.createRange(); r.selectNode(node); "
            "return node.nodeType === 3 && r.getClientRects().length > 1; })).map((one) => one.textContent)"
        )
        == []
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_card_says_what_the_number_is_worth_and_what_it_rests_on(page: Page) -> None:
    """Results, impact on turnover, paragraph 2: K1 about 25 %."""
    number(page, UPLIFT).click()
    expect(card(page)).to_have_accessible_name("25%")
    for text in (
        "dihitung oleh naskah ini",
        UPLIFT,
        "25% mewakili 22,5–27,5% menurut anggapan A1",
        "def uplift(",
        "indeks omzet sesudah siaran dibagi indeks sebelum siaran, dikurangi satu",
        "125 turnover.index.K1",
        "data/turnover.csv:K1:index baris 2: 125",
        "uplift analysis/turnover.py, baris 11",
        "sekitar 25 % (Dampak pada omzet, paragraf 2) ✓ sesuai",
        "Tidak dapat disandingkan.",
        "A1. “Sekitar” dan “±” di depan kenaikan omzet",
    ):
        expect(card(page)).to_contain_text(text)


def test_a_disputed_number_says_what_the_article_stated(opened: Open) -> None:
    """Results, audience, paragraph 3: conversion 8-14 %."""
    page = opened()
    number(page, "sessions.conversion.K1").click()
    expect(card(page)).to_contain_text("8–14 % (Pola interaksi, paragraf 3) ✗ tidak sesuai")


def test_no_card_writes_an_interval_in_brackets(opened: Open) -> None:
    page = opened()
    number(page, "sessions.revenue.K1").click()
    expect(card(page)).to_have_accessible_name("minimal Rp\u00a01\u00a0miliar")
    assert "∞" not in card(page).inner_text()


def test_the_card_has_the_language_s_own_way_of_writing(opened: Open) -> None:
    page = opened()
    page.locator(f'[lang="en"] span.num[data-number="{UPLIFT}"]').first.click()
    expect(card(page).get_by_role("heading", level=2)).to_contain_text("25%")
    page.locator('main p span.num[data-number="context.penetration.indonesia"]').first.click()
    expect(card(page).get_by_role("heading", level=2)).to_contain_text("79,5%")


def test_a_resting_mouse_is_told_two_lines_and_no_card(page: Page) -> None:
    note = page.get_by_role("tooltip")
    number(page, UPLIFT).hover()
    expect(note).to_be_visible()
    assert note.inner_text().split("\n")[0] == "25%"
    assert note.locator("> *").count() == 2
    expect(note).to_contain_text("dihitung oleh naskah ini")
    expect(card(page)).to_be_hidden()
    note.hover()
    page.wait_for_timeout(500)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_mouse_that_only_passes_opens_nothing(opened: Open) -> None:
    page = opened()
    number(page, UPLIFT).hover()
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_click_keeps_the_card_and_a_click_elsewhere_closes_it(page: Page) -> None:
    number(page, UPLIFT).click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    page.mouse.click(5, 5)
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_and_escape_closes_and_focus_returns(page: Page, key: str) -> None:
    top = page.evaluate("scrollY")
    number(page, UPLIFT).focus()
    page.keyboard.press(key)
    expect(card(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(number(page, UPLIFT)).to_be_focused()
    assert page.evaluate("scrollY") == top


def test_the_tab_key_goes_through_the_card_and_out_of_it(opened: Open) -> None:
    page = opened()
    number(page, UPLIFT).focus()
    page.keyboard.press("Enter")
    stops = card(page).locator("a:visible, button:visible, summary:visible").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Tab")
    expect(card(page)).to_be_hidden()
    number(page, UPLIFT).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_be_hidden()
    expect(number(page, UPLIFT)).to_be_focused()


def test_a_touch_opens_a_sheet_at_the_foot_of_a_phone(opened: Open, server: str) -> None:
    page = opened(server, viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    for id_ in (UPLIFT, "counts.limits"):
        place = number(page, id_)
        place.scroll_into_view_if_needed()
        place.tap()
        box, at = card(page).bounding_box(), place.bounding_box()
        assert box["x"] == 0
        assert box["width"] == PHONE["width"]
        assert abs(box["y"] + box["height"] - PHONE["height"]) <= 1
        assert at["y"] + at["height"] <= box["y"], "the sheet hides its number"
        card(page).get_by_role("button", name="Tutup").tap()
        expect(card(page)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_operands_lead_from_card_to_card_and_back(page: Page) -> None:
    number(page, SPREAD).click()
    card(page).get_by_role("link", name=UPLIFT).click()
    expect(card(page)).to_have_accessible_name("25%")
    card(page).get_by_role("link", name="turnover.index.K1").click()
    expect(card(page)).to_have_accessible_name("sekitar 125")
    expect(card(page)).to_be_focused()
    for name in ("kembali ke 25%", "kembali ke 20"):
        card(page).get_by_role("button", name=name).click()
    expect(card(page)).to_have_accessible_name(re.compile("^20"))
    page.keyboard.press("Escape")
    expect(number(page, SPREAD)).to_be_focused()


def test_rows_lead_to_their_place_in_the_supplement(opened: Open, built_paper: Path) -> None:
    page = opened()
    number(page, UPLIFT).click()
    link = card(page).get_by_role("link", name="data/turnover.csv:K1:index")
    assert link.get_attribute("href") == "supplement.html#row-turnover-K1"
    page = opened((built_paper / "supplement.html").as_uri() + "#row-turnover-K1")
    row = page.locator("#row-turnover-K1")
    expect(row).to_be_in_viewport()
    assert row.locator("td").all_inner_texts()[:4] == ["2", "K1", "100", "125"]
    assert page.evaluate("document.querySelector(':target').id") == "row-turnover-K1"


def test_every_link_of_every_card_leads_somewhere(opened: Open) -> None:
    """Opened by script, since a mouse would take minutes for all of them."""
    page = opened()
    broken = page.evaluate("""() => {
      const broken = [];
      const seen = new Set();
      for (const span of document.querySelectorAll("main span.num[data-kind]")) {
        if (seen.has(span.dataset.number)) continue;
        seen.add(span.dataset.number);
        span.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
        for (const link of document.querySelectorAll("[role=dialog] a")) {
          const id = decodeURIComponent(link.hash.slice(1));
          if (link.pathname.endsWith("/supplement.html")) continue;
          if (!document.getElementById(id)) broken.push(`${span.dataset.number}: ${id}`);
        }
      }
      return [seen.size, broken];
    }""")
    assert broken[0] > 100
    assert broken[1] == []


def test_the_page_opens_at_a_row_that_is_folded_away(opened: Open, built_paper: Path) -> None:
    page = opened((built_paper / "supplement.html").as_uri() + "#row-sessions-units.K1")
    expect(page.locator("#row-sessions-units\\.K1")).to_be_in_viewport()


def test_the_switch_shows_what_rests_on_what_and_not_by_colour_alone(page: Page) -> None:
    styles = {"audience.comments.K1": "dashed", UPLIFT: "solid", "sessions.conversion.K1": "wavy"}
    line = "element => { const s = getComputedStyle(element); return [s.textDecorationLine, s.textDecorationStyle]; }"
    toggle, legend = (
        page.get_by_role("switch", name="Tandai asal angka"),
        page.locator("aside.support ul"),
    )
    assert number(page, UPLIFT).evaluate(line)[0] == "none"
    expect(legend).to_be_hidden()
    toggle.click()
    expect(toggle).to_be_checked()
    expect(legend).to_be_visible()
    assert {id_: number(page, id_).evaluate(line) for id_ in styles} == {
        id_: ["underline", style] for id_, style in styles.items()
    }
    toggle.press("Space")
    expect(toggle).not_to_be_checked()
    assert number(page, UPLIFT).evaluate(line)[0] == "none"


def test_numbers_print_as_plain_text(opened: Open) -> None:
    page = opened()
    page.get_by_role("switch").click()
    number(page, UPLIFT).click()
    page.emulate_media(media="print")
    expect(page.locator(".number-card")).to_be_hidden()
    expect(page.locator("aside.support")).to_be_hidden()
    expect(page.locator("details.data-files")).to_be_hidden()
    expect(page.locator("#data-rows")).to_be_hidden()
    plain = """element => [element, element.parentElement].map((one) => getComputedStyle(one))
      .map((style) => [style.color, style.textDecorationLine, style.backgroundColor, style.borderBottomStyle])"""
    mine, text = page.locator(f'main p span.num[data-number="{PLAIN}"]').first.evaluate(plain)
    assert mine == text


def test_hidden_motion_is_not_moved(opened: Open) -> None:
    animation = "getComputedStyle(document.querySelector('.number-card')).animationName"
    for motion, expected in (("no-preference", "number-card"), ("reduce", "none")):
        page = opened(reduced_motion=motion)
        number(page, UPLIFT).click()
        assert page.evaluate(animation) == expected


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("part", ["index.html", "supplement.html"])
def test_axe_finds_no_violation(
    opened: Open, built_paper: Path, scheme: str, viewport: dict[str, int], part: str
) -> None:
    """As the page comes; with the switch on; with a card open as well."""
    address = (built_paper / part).as_uri()
    page = opened(address, color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    page.evaluate((Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    any_number = page.locator("main span.num[data-kind]:visible").first
    opens = (number(page, SPREAD) if part == "index.html" else any_number).click
    steps = (lambda: None, page.get_by_role("switch").click, opens)
    for step in steps:
        step()
        violations = page.evaluate(AXE)
        assert [
            (violation["id"], [node["html"][:200] for node in violation["nodes"]][:3])
            for violation in violations
        ] == []


def test_the_statements_of_the_article_can_be_filtered(opened: Open, built_paper: Path) -> None:
    page = opened((built_paper / "supplement.html").as_uri())
    rows = page.locator("#statements tbody tr")
    everything = rows.count()
    box = page.get_by_label("Saring pernyataan")
    box.fill("tahun berdiri tidak SESUAI")
    expect(page.locator(".filter output")).to_have_text(f"0 dari {everything} baris")
    box.fill("8–14 tidak SESUAI")
    expect(page.locator(".filter output")).to_have_text(f"1 dari {everything} baris")
    shown = page.locator("#statements tbody tr:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("4–14")
    box.fill("")
    expect(page.locator(".filter output")).to_have_text(f"{everything} dari {everything} baris")


def test_each_doubtful_sentence_leads_to_its_finding(opened: Open, built_paper: Path) -> None:
    links = opened().locator('main a[href^="supplement.html#finding-"]')
    assert links.count() > 10
    addresses = links.evaluate_all("links => links.map(link => link.hash.slice(1))")
    page = opened((built_paper / "supplement.html").as_uri())
    for address in addresses:
        assert page.evaluate("id => document.getElementById(id) !== null", address), address


HOSTILE = "</script><img src=x onerror='pwned=1'><script>pwned=2</script> `{python} 1` {{< x >}} \u202e=cmd()|[x](y)"


def hostile_number(text: str) -> dict[str, Any]:
    """A synthetic number in which every text is hostile; nothing was observed."""
    interval = {"text": text, "low": "1", "high": "1", "low_open": False, "high_open": False}
    claim = {"claim": text, "kind": text, "locator": text, "published": text, "published_id": text}
    return {
        "id": "sintetis.a",
        "formatted": {"id": text, "en": text},
        "value": {**interval, "text": "1"},
        "stands_for": interval,
        "unit": text,
        "kind": "derived",
        "hedge": "none",
        "expression": {"words": text, "operands": ["sintetis.a"]},
        "rows": [{"file": "data/sintetis.csv", "key": text, "column": text, "sheet_row": 2, "cell": text}],
        "selections": [{"told": {"id": text, "en": text}}],
        "coded": None,
        "returns": [],
        "assumptions": [],
        "function": {"name": text, "file": text, "line": 1, "source": text},
        "meant": {"id": text, "en": text},
        "article": [{**claim, "recomputed": text, "verdict": text, "reason": text}],
        "findings": ["sintetis"],
        "disputed": True,
    }


def test_hostile_data_are_text_in_the_card_and_in_the_rows(opened: Open, tmp_path: Path) -> None:
    finding = {"id": "sintetis", "severity": HOSTILE, "message_id": HOSTILE, "assumption_id": HOSTILE}
    words = language("id")
    labels = {key: words["labels"][key] for key in ("kinds", "severities", "cards")}
    content = {
        "language": "id",
        "labels": {
            **labels,
            "whose": words["labels"]["whose"],
            "hedges": words["numbers.hedges"],
            "severities": {HOSTILE: HOSTILE},
        },
        "numbers": [hostile_number(HOSTILE)],
        "units": {HOSTILE: {"id": HOSTILE}},
        "findings": [finding],
        "assumptions": [],
    }
    rows = {"columns": [HOSTILE], "rows": [{"key": HOSTILE, "sheet_row": 2, "cells": [HOSTILE]}]}
    said = {**words["labels.rows"], "files": [{"file": "data/sintetis.csv", **rows}]}
    blocks = (block("number-cards", content), block("number-rows", said))
    markdown = "\n\n".join(['Naskah sintetis: [1]{.num data-number="sintetis.a"}.', *blocks])
    typeset(markdown, METADATA, tmp_path, ["html"], root=write_project(tmp_path / "project"))
    page = opened((tmp_path / "index.html").as_uri())
    number(page, "sintetis.a").click()
    shown = card(page).evaluate("card => card.textContent")
    assert shown.count(HOSTILE) >= 15
    assert card(page).locator("img, script").count() == 0
    assert page.locator("details.data-file td").nth(1).evaluate("cell => cell.textContent") == HOSTILE
    card(page).get_by_role("link").last.evaluate("link => link.click()")
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("img[src=x]").count() == 0


@pytest.fixture(scope="session")
def review_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reviewer's page of this paper, built."""
    out = tmp_path_factory.mktemp("review") / "out"
    done = recomputed(paths.ROOT, "render", "--to", "html", "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out / "review.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reviewers_page_shows_what_a_chosen_value_changes(
    opened: Open, review_page: Path, scheme: str
) -> None:
    page = opened(review_page.as_uri(), color_scheme=scheme, viewport=PHONE)
    changes = page.locator("#changes-A4 > .change:visible")
    expect(changes).to_have_count(1)
    page.locator('input[value="A4-0"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('input[value="A4-1"]')).to_be_checked()
    expect(changes).to_have_attribute("data-choice", "A4-1")
    changes.locator(".num").first.click()
    expect(card(page)).to_contain_text("data/people.csv:owner.K2:low")
    expect(card(page).locator("pre")).to_have_count(1)
    card(page).get_by_role("link", name="data/people.csv:owner.K2:low").click()
    expect(page.locator("#row-people-owner\\.K2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    page.evaluate((Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    assert (
        page.evaluate(
            "axe.run().then((result) => result.violations.map((one) => [one.id, one.nodes[0].html]))"
        )
        == []
    )
