"""What the templates read reaches Quarto as a block of the manuscript, and only there."""

import json
from pathlib import Path

import pytest

from recomputed.manuscript.kernel import Kernel
from recomputed.typeset.titleblock import title_block, title_block_for_quarto

METADATA = {"title": "Uji <b>", "date": "2024-05-01", "author": "Penulis Rekaan", "keywords": ["satu"]}


def told(block: str) -> dict[str, dict[str, object]]:
    content: dict[str, dict[str, object]] = json.loads(block.splitlines()[1])
    return content


def test_it_tells_the_front_matter_and_what_is_escaped_for_its_format() -> None:
    content = told(title_block(METADATA, None))
    assert "Penulis Rekaan" == content["front"]["byline"][0]["name"]  # type: ignore[index]
    assert '"Uji <b>"' == content["variables"]["paper"]["document-title"]  # type: ignore[index]
    assert '<meta name="citation_title" content="Uji &lt;b&gt;">' in str(content["variables"]["paper"])
    assert "Supplement: Uji" in str(content["variables"]["supplement"])


def test_the_blind_edition_names_nobody() -> None:
    assert "Penulis Rekaan" not in title_block(METADATA, "blind")


def test_the_paper_prints_it_where_quarto_executes_it_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("QUARTO_DOCUMENT_FILE", raising=False)
    assert title_block_for_quarto() == ""
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "paper.qmd")
    monkeypatch.setenv("QUARTO_PROFILE", "blind")
    assert "anonymous" in told(title_block_for_quarto())["front"]
    monkeypatch.delenv("QUARTO_PROFILE")
    assert 2 == len(told(title_block_for_quarto())["front"]["byline"])  # type: ignore[arg-type]


def test_this_projects_own_execution_is_not_taken_for_quartos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "other.qmd")
    with Kernel(tmp_path) as kernel:
        assert "QUARTO_DOCUMENT_FILE" not in kernel._environment({})
