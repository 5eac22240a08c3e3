"""This paper's page in a real browser, offline: its cards say what the article states, and anybody can read it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from synthetic.browser import PHONE, Open, browser, card, needs_browser, number, opened, violations

__all__ = ["browser", "opened"]  # fixtures
pytestmark = [pytest.mark.slow, needs_browser]
UPLIFT = "turnover.uplift.K1"


def test_a_card_says_what_the_number_is_worth_and_what_it_rests_on(opened: Open) -> None:
    """Results, impact on turnover, paragraph 2: K1 about 25 %."""
    page = opened()
    number(page, UPLIFT).click()
    expect(card(page)).to_have_accessible_name("25%")
    for text in (
        "dihitung oleh naskah ini",
        UPLIFT,
        "25% mewakili 22,5–27,5% menurut anggapan A1",
        "indeks omzet sesudah siaran dibagi indeks sebelum siaran, dikurangi satu",
        "data/turnover.csv:K1:index baris 2: 125",
        "sekitar 25 % (Dampak pada omzet, paragraf 2) ✓ sesuai",
    ):
        expect(card(page)).to_contain_text(text)


def test_a_disputed_number_says_what_the_article_stated(opened: Open) -> None:
    """Results, audience, paragraph 3: conversion 8-14 %."""
    page = opened()
    number(page, "sessions.conversion.K1").click()
    expect(card(page)).to_contain_text("8–14 % (Pola interaksi, paragraf 3) ✗ tidak sesuai")


def test_the_card_has_the_language_s_own_way_of_writing(opened: Open) -> None:
    page = opened()
    page.locator(f'[lang="en"] span.num[data-number="{UPLIFT}"]').first.click()
    expect(card(page).get_by_role("heading", level=2)).to_contain_text("25%")
    number(page, "context.penetration.indonesia").click()
    expect(card(page).get_by_role("heading", level=2)).to_contain_text("79,5%")
    number(page, "sessions.revenue.K1").click()
    expect(card(page)).to_have_accessible_name("minimal Rp\u00a01\u00a0miliar")


@pytest.mark.parametrize("part", ["index.html", "supplement.html"])
def test_its_page_fits_a_phone_and_axe_finds_no_violation(opened: Open, built_paper: Path, part: str) -> None:
    page = opened((built_paper / part).as_uri(), viewport=PHONE, reduced_motion="reduce")
    page.get_by_role("switch").click()
    page.locator("main span.num[data-kind]:visible").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
