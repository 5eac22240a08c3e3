"""A figure that is not what the present numbers, font and converter draw is told."""

import json
import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.guards.all_guards import stale_figures
from recomputed.guards.passages import Text
from recomputed.manuscript.figure_files import read_manifest


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    shutil.copytree(paths.FIGURES, tmp_path / "figures")
    return tmp_path / "figures"


@pytest.fixture
def text(figures: Path) -> Text:
    keys = {name: record["key"] for name, record in read_manifest(figures).items()}
    return Text((), (), (), keys, "en")


def test_the_committed_figures_are_what_their_records_say(text: Text, figures: Path) -> None:
    assert [] == stale_figures(text, figures)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".vl.json"])
def test_a_figure_edited_by_hand_is_told(text: Text, figures: Path, suffix: str) -> None:
    file = figures / f"growth{suffix}"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    first, *_ = stale_figures(text, figures)
    assert first.startswith(f"figures/growth{suffix} is not the file that was generated")


def test_a_figure_drawn_from_other_numbers_is_told(text: Text, figures: Path) -> None:
    other = Text((), (), (), {**text.keys, "growth": "0" * 64}, "en")
    first, *_ = stale_figures(other, figures)
    assert first.startswith("figures/growth was made from other numbers")


def test_a_missing_an_added_and_an_unrecorded_figure_are_told(text: Text, figures: Path) -> None:
    (figures / "wait.png").unlink()
    (figures / "old.svg").write_text("<svg/>", encoding="utf-8")
    manifest = read_manifest(figures) | {"older": {}}
    (figures / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    told = "\n".join(stale_figures(text, figures))
    assert "figures/wait.png is not the file that was generated" in told
    assert "figures/old.svg is the file of no figure" in told
    assert "records older" in told


def test_it_is_said_how_an_edition_s_figures_are_drawn_again(text: Text, figures: Path) -> None:
    other = Text((), (), (), {**text.keys, "growth": "0" * 64}, "en")
    further = shutil.copytree(figures, figures.with_name("de"))
    for folder, command in ((figures, "render"), (further, "render --profile de")):
        *_, last = stale_figures(other, folder)
        assert last.endswith(f". Hint: `{command}` draws the figures again.")
