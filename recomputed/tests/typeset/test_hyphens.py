"""The soft hyphens that lines of a PDF end with are all that its source keeps."""

import pytest

from recomputed.typeset import hyphens

BODY = "kena\u00adikan har\u00adga naik ke\u00adtika pen\u00adjualan te\u00adtap"


def kept(monkeypatch: pytest.MonkeyPatch, source: str, *pages: str) -> str:
    monkeypatch.setattr(hyphens, "read_pdf", lambda pdf: list(pages))
    return hyphens.used(source, b"")


def test_a_hyphen_that_ends_a_line_stays_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = BODY.replace("ke\u00adtika", "ke\u00ad\u00ad\r\ntika")
    assert kept(monkeypatch, BODY, shown) == "kenaikan harga naik ke\u00adtika penjualan tetap"


def test_a_word_that_stands_far_off_costs_those_between_no_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "te\u00adtap pen\u00adjualan "  # set at the end of the page
    shown = BODY.replace("ke\u00adtika", "ke\u00ad\u00ad\r\ntika") + " " + table
    found = kept(monkeypatch, table + BODY, shown)
    assert found.endswith("kenaikan harga naik ke\u00adtika penjualan tetap")


def test_a_hyphen_that_ends_a_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = BODY.split("tika")
    assert "ke\u00adtika" in kept(monkeypatch, BODY, first, "tika" + second)


def test_a_word_that_the_pdf_has_nowhere_beside_its_neighbours_keeps_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert kept(monkeypatch, BODY, "lain \u00ad ke\u00adtika") == BODY
