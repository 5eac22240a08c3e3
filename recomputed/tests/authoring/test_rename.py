"""`rename OLD NEW`: another id, everywhere or nowhere."""

import re
from pathlib import Path

import pytest

from synthetic.papers import recomputed
from synthetic.typed import run_each


def texts(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {".cache", "__pycache__"} & set(path.parts)
    }


@pytest.mark.slow
def test_an_id_is_changed_whole_and_the_paper_still_holds(toy: Path) -> None:
    before = texts(toy)
    done = recomputed(toy, "rename", "growth.mean", "growth.middle")
    assert (0, "") == (done.returncode, done.stderr)
    after = texts(toy)
    changed = {name for name in after if after[name] != before[name]}
    assert {"analysis/growth.py", "paper.qmd", "data/published.csv", "docs/numbers.md"} <= changed
    assert b"growth.mean,growth.p2,about 20%" in after["data/published.csv"]  # the claim keeps its own id
    assert b",growth.middle,agrees within hedge" in after["data/published.csv"]
    assert "growth.middle" in after["paper.qmd"].decode()
    assert b"growth.means" not in b"".join(after.values())
    checked = recomputed(toy, "check")
    assert 0 == checked.returncode, checked.stderr


@pytest.mark.slow
def test_what_several_ids_begin_with_is_changed_in_all_of_them(toy: Path) -> None:
    published = toy / "data" / "published.csv"
    told = toy / "docs" / "told.md"
    told.write_text(
        "`growth.rise.*`, growth.rise.hill, the claim growth.rise.elsewhere and growth.rise.", "utf-8"
    )
    claims = {line.split(",")[0] for line in published.read_text(encoding="utf-8").splitlines()[1:]}
    done = recomputed(toy, "rename", "growth.rise", "growth.gain")
    assert (0, "") == (done.returncode, done.stderr)
    after = texts(toy)
    assert b'f"growth.gain.{case}"' in after["analysis/growth.py"]
    assert b"growth.gain.hill" in after["paper.qmd"]
    assert (
        b"`growth.gain.*`, growth.gain.hill, the claim growth.rise.elsewhere and growth.gain."
        == told.read_bytes()
    )
    told.unlink()
    after.pop("docs/told.md")
    left = [name for name, text in after.items() if re.search(rb"\bgrowth\.rise\b", text)]
    assert {"data/published.csv", "data/growth.csv"} >= {
        name for name in left if not name.startswith("figures/")
    }
    assert claims == {line.split(",")[0] for line in published.read_text(encoding="utf-8").splitlines()[1:]}
    checked = recomputed(toy)
    assert 0 == checked.returncode, checked.stderr


def test_a_dry_run_prints_the_diff_and_changes_nothing(toy: Path) -> None:
    before = texts(toy)
    done = recomputed(toy, "rename", "cups.count", "cups.all", "--dry-run")
    assert 0 == done.returncode
    assert "--- a/analysis/cups.py" in done.stdout
    assert '-    yield measure("cups.count", number_of' in done.stdout
    assert '+    yield measure("cups.all", number_of' in done.stdout
    assert before == texts(toy)


REFUSED = {
    ("growth.meen", "growth.middle"): "did you mean growth.mean",
    (
        "growth.mean", "growth.spread",
    ): "rename: expected an id that is not there yet, found 'growth.spread'",
    ("growth.mean", "Middle"): "rename: expected an id such as days.half, found 'Middle'",
    (
        "growth.rise.hill", "growth.up.hill",
    ): "analysis/growth.py, row 23: expected the id 'growth.rise.hill' whole in the code, so that it can be renamed, "
       "found f\"growth.rise.{case}\".\nHint: `rename growth.rise growth.up` renames all that it makes\n",
    (
        "growth.rise.hill", "growth.other",
    ): "Hint: `rename growth.rise NEW` renames all that it makes\n",
    ("stalls.hosts", "stalls.people"): "analysis: expected the id 'stalls.hosts' whole in the code, so that it can be "
                                       "renamed, found none: it is made of cells of the data",
    ("stated", "said"): "rename: expected an id, or what several begin with, of two words, as stated.",
    ("growth.rank", "growth.rise"): "rename: expected an id that is not there yet, found 'growth.rise.north'",
    ("growth.rise", "Growth"): "rename: expected an id such as days.half, found 'Growth'",
    ("growth.ris", "growth.gain"): "did you mean growth.",
    ("counts.steps", "number.steps"): "found f\"counts.{name}\"\n",  # no hint: `rename counts` would be refused
    (
        "audit.findings", "audit.found",
    ): "expected a number of the paper's own code, found 'audit.findings', which the engine counts",
    (
        "stalls.hosts.hill", "stalls.people.hill",
    ): "analysis/stalls.py, row 16: expected the id 'stalls.hosts.hill' whole in the code",
}  # fmt: skip


def test_what_cannot_be_renamed_is_told_and_nothing_changes(toy: Path) -> None:
    before = texts(toy)
    done = run_each(toy, [("rename", *names) for names in REFUSED])
    for (code, _, said), told in zip(done, REFUSED.values(), strict=True):
        assert (2, True) == (code, told in said), said
    assert before == texts(toy)
