"""The finished page in a real browser, offline: every number opens its card, by mouse, keyboard and touch."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from recomputed import paths
from recomputed.judgement import REVIEW, Edition, Executed, Verdict, review
from recomputed.language.catalogue import language
from recomputed.manuscript.inline import block
from recomputed.typeset.pandoc import typeset
from synthetic.browser import (
    PHONE,
    WIDE,
    Open,
    card,
    needs_browser,
    number,
    violations,
)
from synthetic.manuscript import METADATA, write_project

pytestmark = [pytest.mark.slow, needs_browser]
# Of the toy: the rise from 100 to about 120; 35 less 8; the index before; hosts that the survey sums to one more.
RISE, SPREAD, PLAIN, DISPUTED = (
    "growth.rise.north",
    "growth.spread",
    "growth.before.north",
    "stalls.hosts.all",
)


@pytest.fixture
def page(request: pytest.FixtureRequest, opened: Open) -> Page:
    """The page from a file, or where a test asks for it from a server."""
    return opened(request.getfixturevalue("server") if getattr(request, "param", "") == "http" else "")


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
    expect(number(page, DISPUTED).locator(".unseen")).to_have_text("(disputed)")
    assert number(page, "counts.stalls").locator(".unseen").count() == 0


def test_a_line_under_the_abstract_says_that_numbers_open_and_covers_nothing(opened: Open) -> None:
    page = opened()
    line = page.locator("section.abstract + aside.support")
    expect(line).to_contain_text("Every number in the text can be opened")
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


@pytest.mark.parametrize("page", ["file", "http"], indirect=True)
def test_a_card_says_what_the_number_is_worth_and_what_it_rests_on(page: Page) -> None:
    number(page, RISE).click()
    expect(card(page)).to_have_accessible_name("20%")
    for text in (
        "computed by this paper",
        RISE,
        "20% stands for 17.5–22.5% by assumption A1",
        "def rise(",
        "index after the sign over the index before it, less one",
        "120 growth.index.north",
        "data/growth.csv:north:index row 2: 120",
        "rise analysis/growth.py, line 10",
        "about 20% (Growth, paragraph 1) ✓ agrees",
        "Not comparable.",
        "A1. “About” before a growth",
    ):
        expect(card(page)).to_contain_text(text)


def test_a_disputed_number_says_what_the_source_stated(opened: Open) -> None:
    page = opened()
    number(page, DISPUTED).click()
    expect(card(page)).to_contain_text("10 (Table 1, hosts) ✗ disagrees")


def test_no_card_writes_an_interval_in_brackets(opened: Open) -> None:
    page = opened()
    number(page, "stalls.hours.hill").click()
    expect(card(page)).to_have_accessible_name("more than 10")
    assert "∞" not in card(page).inner_text()


def test_a_resting_mouse_is_told_two_lines_and_no_card(page: Page) -> None:
    note = page.get_by_role("tooltip")
    number(page, RISE).hover()
    expect(note).to_be_visible()
    assert note.inner_text().split("\n")[0] == "20%"
    assert note.locator("> *").count() == 2
    expect(note).to_contain_text("computed by this paper")
    expect(card(page)).to_be_hidden()
    note.hover()
    page.wait_for_timeout(500)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_mouse_that_only_passes_opens_nothing(opened: Open) -> None:
    page = opened()
    number(page, RISE).hover()
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_click_keeps_the_card_and_a_click_elsewhere_closes_it(page: Page) -> None:
    number(page, RISE).click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    page.mouse.click(5, 5)
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_and_escape_closes_and_focus_returns(page: Page, key: str) -> None:
    top = page.evaluate("scrollY")
    number(page, RISE).focus()
    page.keyboard.press(key)
    expect(card(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(number(page, RISE)).to_be_focused()
    assert page.evaluate("scrollY") == top


def test_the_tab_key_goes_through_the_card_and_out_of_it(opened: Open) -> None:
    page = opened()
    number(page, RISE).focus()
    page.keyboard.press("Enter")
    stops = card(page).locator("a:visible, button:visible, summary:visible").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Tab")
    expect(card(page)).to_be_hidden()
    number(page, RISE).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_be_hidden()
    expect(number(page, RISE)).to_be_focused()


def test_a_touch_opens_a_sheet_at_the_foot_of_a_phone(opened: Open, server: str) -> None:
    page = opened(server, viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    for id_ in (RISE, "growth.window.hill"):
        place = number(page, id_)
        place.scroll_into_view_if_needed()
        place.tap()
        box, at = card(page).bounding_box(), place.bounding_box()
        assert box["x"] == 0
        assert box["width"] == PHONE["width"]
        assert abs(box["y"] + box["height"] - PHONE["height"]) <= 1
        assert at["y"] + at["height"] <= box["y"], "the sheet hides its number"
        card(page).get_by_role("button", name="Close").tap()
        expect(card(page)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_operands_lead_from_card_to_card_and_back(page: Page) -> None:
    number(page, SPREAD).click()
    card(page).get_by_role("link", name=RISE).click()
    expect(card(page)).to_have_accessible_name("20%")
    card(page).get_by_role("link", name="growth.index.north").click()
    expect(card(page)).to_have_accessible_name("about 120")
    expect(card(page)).to_be_focused()
    for name in ("back to 20%", "back to 27"):
        card(page).get_by_role("button", name=name).click()
    expect(card(page)).to_have_accessible_name(re.compile("^27"))
    page.keyboard.press("Escape")
    expect(number(page, SPREAD)).to_be_focused()


def test_rows_lead_to_their_place_in_the_supplement(opened: Open, built_paper: Path) -> None:
    page = opened()
    number(page, RISE).click()
    link = card(page).get_by_role("link", name="data/growth.csv:north:index")
    assert link.get_attribute("href") == "supplement.html#row-growth-north"
    page = opened((built_paper / "supplement.html").as_uri() + "#row-growth-north")
    row = page.locator("#row-growth-north")
    expect(row).to_be_in_viewport()
    assert row.locator("td").all_inner_texts()[:4] == ["2", "north", "100", "120"]
    assert page.evaluate("document.querySelector(':target').id") == "row-growth-north"


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
    assert broken[0] > 20
    assert broken[1] == []


def test_the_page_opens_at_a_row_that_is_folded_away(opened: Open, built_paper: Path) -> None:
    page = opened((built_paper / "supplement.html").as_uri() + "#row-stalls-guests.hill")
    expect(page.locator("#row-stalls-guests\\.hill")).to_be_in_viewport()


def test_the_switch_shows_what_rests_on_what_and_not_by_colour_alone(page: Page) -> None:
    styles = {PLAIN: "dashed", RISE: "solid", DISPUTED: "wavy"}
    line = "element => { const s = getComputedStyle(element); return [s.textDecorationLine, s.textDecorationStyle]; }"
    toggle, legend = (
        page.get_by_role("switch", name="Mark where the numbers come from"),
        page.locator("aside.support ul"),
    )
    assert number(page, RISE).evaluate(line)[0] == "none"
    expect(legend).to_be_hidden()
    toggle.click()
    expect(toggle).to_be_checked()
    expect(legend).to_be_visible()
    assert {id_: number(page, id_).evaluate(line) for id_ in styles} == {
        id_: ["underline", style] for id_, style in styles.items()
    }
    toggle.press("Space")
    expect(toggle).not_to_be_checked()
    assert number(page, RISE).evaluate(line)[0] == "none"


def test_numbers_print_as_plain_text(opened: Open) -> None:
    page = opened()
    page.get_by_role("switch").click()
    number(page, RISE).click()
    page.emulate_media(media="print")
    expect(page.locator(".number-card")).to_be_hidden()
    expect(page.locator("aside.support")).to_be_hidden()
    expect(page.locator("details.data-files")).to_be_hidden()
    expect(page.locator("#data-rows")).to_be_hidden()
    plain = """element => [element, element.parentElement].map((one) => getComputedStyle(one))
      .map((style) => [style.color, style.textDecorationLine, style.backgroundColor, style.borderBottomStyle])"""
    mine, text = number(page, PLAIN).evaluate(plain)
    assert mine == text


def test_forced_colours_leave_the_switch_the_place_in_the_contents_and_the_open_number(opened: Open) -> None:
    page = opened()
    page.emulate_media(forced_colors="active")
    knob = """of => { const one = getComputedStyle(document.querySelector(".support button"), "::before");
      return one.forcedColorAdjust === "none" && one.backgroundImage; }"""
    off = page.evaluate(knob)
    page.locator(".support button").first.click()
    assert "gradient" in off
    assert off != page.evaluate(knob)
    page.evaluate("document.querySelectorAll('main h1')[1].scrollIntoView()")
    expect(page.locator("nav a[aria-current]")).to_have_count(1)
    edge = "all => new Set(all.map(one => getComputedStyle(one).borderLeftColor)).size"
    assert page.locator("nav#TOC a").evaluate_all(edge) == 2
    number(page, RISE).click()
    assert number(page, RISE).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_hidden_motion_is_not_moved(opened: Open) -> None:
    animation = "getComputedStyle(document.querySelector('.number-card')).animationName"
    for motion, expected in (("no-preference", "number-card"), ("reduce", "none")):
        page = opened(reduced_motion=motion)
        number(page, RISE).click()
        assert page.evaluate(animation) == expected


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone"])
@pytest.mark.parametrize("part", ["index.html", "supplement.html"])
def test_axe_finds_no_violation(
    opened: Open, built_paper: Path, scheme: str, viewport: dict[str, int], part: str
) -> None:
    """As the page comes; with the switch on; with a card open as well."""
    address = (built_paper / part).as_uri()
    page = opened(address, color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    any_number = page.locator("main span.num[data-kind]:visible").first
    opens = (number(page, SPREAD) if part == "index.html" else any_number).click
    steps = (lambda: None, page.get_by_role("switch").click, opens)
    for step in steps:
        step()
        assert violations(page) == []


def test_the_statements_can_be_filtered(opened: Open, built_paper: Path) -> None:
    page = opened((built_paper / "supplement.html").as_uri())
    rows = page.locator("#statements tbody tr")
    everything = rows.count()
    box = page.get_by_label("Filter statements")
    box.fill("Table opened DISAGREES")
    expect(page.locator(".filter output")).to_have_text(f"0 of {everything} rows")
    box.fill("Table hosts DISAGREES")
    expect(page.locator(".filter output")).to_have_text(f"1 of {everything} rows")
    shown = page.locator("#statements tbody tr:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("9")
    box.fill("")
    expect(page.locator(".filter output")).to_have_text(f"{everything} of {everything} rows")


def test_each_doubtful_sentence_leads_to_its_finding(opened: Open, built_paper: Path) -> None:
    links = opened().locator('main a[href^="supplement.html#finding-"]')
    assert links.count() > 0
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


@pytest.fixture(scope="module")
def review_page(
    judged_paper: tuple[Executed, Verdict], built_paper: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The reviewer's page, beside the paper's."""
    made = tmp_path_factory.mktemp("review")
    out = shutil.copytree(built_paper, made / "out")
    review(Edition(paths.ROOT, paths.DATA, draws=False), *judged_paper, made / "cache")(out)
    assert REVIEW in (out / "index.html").read_text(encoding="utf-8")
    return out / REVIEW


def test_the_reviewers_page_shows_what_a_chosen_value_changes(opened: Open, review_page: Path) -> None:
    page = opened(review_page.as_uri(), viewport=PHONE)
    changes = page.locator("#changes-A1 > .change:visible")
    expect(changes).to_have_count(1)
    page.locator('input[value="A1-0"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('input[value="A1-1"]')).to_be_checked()
    expect(changes).to_have_attribute("data-choice", "A1-1")
    changes.locator(".num").first.click()
    expect(card(page).locator("pre")).to_have_count(1)
    card(page).get_by_role("link", name="data/growth.csv:north:index").click()
    expect(page.locator("#row-growth-north")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


BROKEN = """() => {
  const found = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  for (let node; (node = words.nextNode());) for (const match of node.data.matchAll(/\\d–\\d/g)) {
    const range = document.createRange();
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    if (range.getClientRects().length > 1) found.push(node.data);
  }
  return found;
}"""


def _broken(page: Page) -> set[str]:
    """The words around ranges that break at their dash, at any of these widths."""
    found = set()
    for width in range(300, 480, 3):
        page.set_viewport_size({"width": width, "height": 800})
        found |= set(page.evaluate(BROKEN))
    return found


def test_all_that_the_reviewers_page_folds_or_lets_choose_is_named_apart(
    opened: Open, review_page: Path
) -> None:
    page = opened(review_page.as_uri(), viewport={"width": 320, "height": 600})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for radio in page.locator("input[type=radio]").all():
        radio.check()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_who_comes_back_to_the_reviewers_page_finds_what_was_chosen(
    browser: Browser, review_page: Path
) -> None:
    page = browser.new_page()
    page.goto(review_page.as_uri())
    page.locator('input[value="A1-1"]').check()
    page.get_by_role("link", name="To the paper").click()
    expect(page.locator("#TOC")).to_have_count(1)
    page.go_back()
    expect(page.locator('input[value="A1-1"]')).to_be_checked()
    expect(page.locator("#changes-A1 > .change:visible")).to_have_attribute("data-choice", "A1-1")
    page.close()


def test_every_link_of_a_card_of_the_reviewers_page_leads_somewhere(opened: Open, review_page: Path) -> None:
    page = opened(review_page.as_uri())
    page.locator("main .num:visible").first.click()
    link = card(page).get_by_role("link", name="ledger.statements")
    file, _, place = str(link.get_attribute("href")).partition("#")
    assert html.parse(review_page.parent / file).xpath("//*[@id=$place]", place=place)


def test_no_range_of_the_reviewers_page_breaks(opened: Open, review_page: Path) -> None:
    assert set() == _broken(opened(review_page.as_uri(), viewport=PHONE))


def test_no_range_of_a_card_breaks(opened: Open) -> None:
    page = opened(viewport=PHONE)
    for id_ in ("stalls.income.north", "stalls.hours.north"):
        page.locator(f'main span.num[data-number="{id_}"]').first.click()
        assert set() == _broken(page)
        page.keyboard.press("Escape")
