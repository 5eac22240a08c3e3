"""What is generated and kept is told where it is out of date, and named where someone has edited it."""

from pathlib import Path

import pytest

from synthetic.papers import change, recomputed

pytestmark = pytest.mark.slow


def test_check_tells_generated_files_that_are_out_of_date_with_what_mends_them(toy: Path) -> None:
    change(toy / "CITATION.cff", "cff-version: 1.2.0", "cff-version: 1.1.0")
    for name in ("data/README.md", "docs/numbers.md", "codemeta.json"):
        file = toy / name
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = recomputed(toy, "check")
    assert done.returncode == 0
    assert [
        "warning: data/README.md is out of date.",
        "Hint: python -m recomputed.reading.dictionary",
        "warning: docs/numbers.md is out of date.",
        "Hint: python -m recomputed.reading.provenance",
        "warning: CITATION.cff is out of date.",
        "Hint: python -m recomputed.deposit.metadata",
        "warning: codemeta.json is out of date.",
        "Hint: python -m recomputed.deposit.metadata",
    ] == done.stderr.splitlines()


def test_a_figure_edited_by_hand_is_named_before_it_is_drawn_again(toy: Path) -> None:
    file = toy / "figures" / "growth.svg"
    drawn = file.read_bytes()
    file.write_bytes(drawn.replace(b"Growth", b"Shrink"))
    done = recomputed(toy, "render", "--to", "html")
    assert done.returncode == 0, done.stderr
    assert "figures/growth.svg: not as the last build left it" in done.stderr
    assert drawn == file.read_bytes()


def test_a_number_typed_in_a_charts_code_fails_check_once_redrawn(toy: Path) -> None:
    change(toy / "analysis" / "figures.py", '"Growth of sales (%)", ', '"Growth of 41 stalls (%)", ')
    done = recomputed(toy, "render", "--to", "html")
    assert done.returncode == 1
    assert "a typed number, »41« in »Growth of 41 stalls (%)«" in done.stderr
