"""The build executes once, judges that execution, typesets it, and changes its output whole or not at all."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import CheckFailed, InputError, PaperError
from recomputed.guards import chance
from recomputed.judgement import REVIEW, Edition, Executed, Judge, Verdict
from recomputed.manuscript.execute import ExecutionError
from recomputed.manuscript.fingerprint import hashes
from recomputed.outputs import FILES
from recomputed.typeset import build as module
from recomputed.typeset.build import Built, Order, build
from recomputed.typeset.engines import Engine
from synthetic.papers import small_paper

pytestmark = pytest.mark.slow

TWICE = {"second_kernel": chance.second_kernel, "require_same": chance.require_same}
BODY = "```{python}\nx = 42\n```\n\nNilai `{python} x`."


def prepare(data: Path) -> Judge:
    return lambda executed: Verdict({"reproduced": True}, ("semua cocok",), ())


def write(executed: Executed, root: Path, out: Path, formats: Sequence[str]) -> None:
    """An engine that copies the Markdown: what the build does around an engine is the matter here."""
    for name in formats:
        (out / FILES[name]).write_text(executed.woven.markdown.lstrip(), encoding="utf-8")


MADE = ("_manuscript", ".cache")
"""What a build leaves in a project."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every test's project: a build knows the folder that it was made in."""
    return tmp_path_factory.mktemp("project")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Nothing is left beside the paper, nothing read back, and nothing executed twice."""
    monkeypatch.setattr(module, "record", lambda executed, verdict, out: None)
    monkeypatch.setattr(module, "proof", lambda executed, out, formats: [])
    monkeypatch.setattr(module, "review", lambda edition, executed, verdict, cache: None)
    monkeypatch.setattr(paths, "MANUSCRIPT", root / "_manuscript")
    monkeypatch.setattr(chance, "second_kernel", lambda edition, cache: nullcontext())
    monkeypatch.setattr(chance, "require_same", lambda edition, executed, cache, second: None)


@pytest.fixture
def order(alone: None, root: Path) -> Order:
    """A small project that nothing has been made of."""
    shutil.rmtree(root)
    root.mkdir()
    return Order(
        edition=Edition(small_paper(root, BODY), root / "data"),
        engine=Engine("copy", "1", write),
        formats=("html",),
        out=root / "_manuscript",
        cache=root / ".cache",
    )


_built: dict[Path, Built] = {}


@pytest.fixture
def built(order: Order, root: Path) -> Built:
    """The project built: in truth by the first test that asks, for the others what that left."""
    kept = root.with_name(f"{root.name}-built")
    if root not in _built:
        _built[root] = build(order, prepare)
        for name in MADE:
            shutil.copytree(root / name, kept / name)
    else:
        for name in MADE:
            shutil.copytree(kept / name, root / name)
    return _built[root]


def paper(order: Order) -> Path:
    return order.edition.root / "paper.qmd"


def failing(data: Path) -> Judge:
    raise AssertionError("nothing may be recomputed")


def test_what_was_executed_is_what_is_typeset(order: Order, built: Built) -> None:
    assert (order.out / "index.html").read_text() == "Nilai 42.\n"
    assert not built.unchanged
    assert built.verdict.summary == ("semua cocok",)


def test_an_unchanged_build_executes_nothing_and_tells_the_same_verdict(order: Order, built: Built) -> None:
    again = build(order, failing)
    assert again == replace(built, unchanged=True)


@pytest.mark.parametrize("damage", ["alter", "remove", "add"])
def test_an_output_that_was_touched_is_built_again(order: Order, built: Built, damage: str) -> None:
    page = order.out / "index.html"
    if damage == "alter":
        page.write_text("Nilai 43.\n")
    elif damage == "remove":
        page.unlink()
    else:
        (order.out / "lain.txt").write_text("")
    assert not build(order, prepare).unchanged
    assert list(hashes(order.out)) == ["index.html"]
    assert page.read_text() == "Nilai 42.\n"


def test_a_changed_manuscript_is_built_again(order: Order, built: Built) -> None:
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    assert not build(order, prepare).unchanged
    assert (order.out / "index.html").read_text() == "Nilai 43.\n"


READ = {
    "open('notes.txt').read()": "notes.txt",
    "Path('later.txt').exists()": "later.txt",
    "__import__('helper')": "helper.py",
    "sorted(os.listdir('more'))": "more/b.txt",
    "sorted(Path('other').glob('*'))": "other/b.txt",
}


def test_what_cells_read_counts_and_nothing_else(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    root = order.edition.root
    for folder in ("more", "other"):
        (root / folder).mkdir()
    for text in ("notes.txt", "helper.py"):
        (root / text).write_text("x = 1\n")
    code = "\n".join(["import os", "from pathlib import Path", "os.getenv('SCALE')", *READ, "x = 42"])
    paper(order).write_text(paper(order).read_text().replace("x = 42", code))
    build(order, prepare)
    (root / "beside.txt").write_text("")
    monkeypatch.setenv("OTHER", "1")
    assert build(order, failing).unchanged
    monkeypatch.setenv("SCALE", "2")
    assert changed(order)
    monkeypatch.delenv("SCALE")
    for name in READ.values():
        before = (root / name).read_text() if (root / name).exists() else None
        (root / name).write_text("x = 2\n")
        assert changed(order), name
        (root / name).unlink() if before is None else (root / name).write_text(before)
        assert not changed(order), name


def changed(order: Order) -> bool:
    try:
        return not build(order, failing).unchanged
    except AssertionError:
        return True


def test_what_the_engine_opened_counts(order: Order) -> None:
    photo = order.edition.root / "photo.png"
    photo.write_bytes(b"old")
    order = replace(order, engine=replace(order.engine, opened=lambda executed, root: [root / "photo.png"]))
    build(order, prepare)
    assert build(order, failing).unchanged
    photo.write_bytes(b"new")
    assert changed(order)


def test_a_file_that_changes_after_it_was_read_is_built_again(order: Order) -> None:
    notes = order.edition.root / "notes.txt"
    notes.write_text("a")

    def edit(executed: Executed, root: Path, out: Path, formats: Sequence[str]) -> None:
        notes.write_text("another")
        write(executed, root, out, formats)

    paper(order).write_text(f"{paper(order).read_text()}\n`{{python}} len(open('notes.txt').name)`\n")
    build(replace(order, engine=Engine("copy", "1", edit)), prepare)
    assert changed(order)


def test_a_cell_that_gives_another_result_each_time_stops_the_build(
    order: Order, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, really in TWICE.items():
        monkeypatch.setattr(chance, name, really)
    before = hashes(order.out)
    paper(order).write_text(paper(order).read_text().replace("42", "str(__import__('uuid').uuid4())"))
    with pytest.raises(CheckFailed, match=r"paper\.qmd, line 10: expected the same result each time"):
        build(order, prepare)
    assert hashes(order.out) == before


def test_another_format_keeps_those_that_are_still_true(order: Order, built: Built) -> None:
    more = build(replace(order, formats=("jats",)), prepare)
    assert more.formats == ("html", "jats")
    assert sorted(hashes(order.out)) == ["index.html", "paper.xml"]


def test_another_format_keeps_those_of_other_inputs_and_says_that_they_are_out_of_date(
    order: Order, built: Built
) -> None:
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    for again in (False, True):
        jats = build(replace(order, formats=("jats",)), prepare)
        assert (("jats",), ("html",), again) == (jats.formats, jats.outdated, jats.unchanged)
    assert "Nilai 42.\n" == (order.out / "index.html").read_text()
    assert "Nilai 43.\n" == (order.out / "paper.xml").read_text()
    both = build(order, prepare)
    assert (("html", "jats"), ()) == (both.formats, both.outdated)
    assert "Nilai 43.\n" == (order.out / "index.html").read_text()


def test_another_edition_does_not_stay_beside_the_blind_one(order: Order, built: Built) -> None:
    (order.edition.root / "_quarto-blind.yml").write_text("{}")
    blind = replace(order, edition=replace(order.edition, profile="blind"), formats=("jats",))
    told: list[str] = []
    assert () == build(blind, prepare, told.append).outdated
    assert ["paper.xml"] == list(hashes(order.out))
    assert "removing index.html: of another edition" in told


def test_a_failing_cell_leaves_the_output_as_it_was(order: Order, built: Built) -> None:
    before = hashes(order.out)
    paper(order).write_text(paper(order).read_text().replace("42", "1 / 0"))
    with pytest.raises(ExecutionError, match=r"paper\.qmd, line 7: ZeroDivisionError"):
        build(order, prepare)
    assert hashes(order.out) == before
    assert sorted(path.name for path in order.out.parent.glob(".*")) == [".cache"]


def test_a_verdict_that_does_not_hold_leaves_the_output_as_it_was(order: Order, built: Built) -> None:
    before = hashes(order.out)
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    with pytest.raises(CheckFailed, match="klaim 1 tidak cocok"):
        build(order, lambda data: lambda executed: Verdict({}, (), ("klaim 1 tidak cocok",)))
    assert hashes(order.out) == before


def test_an_engine_that_fails_leaves_the_output_as_it_was(order: Order, built: Built) -> None:
    def fail(executed: Executed, root: Path, out: Path, formats: Sequence[str]) -> None:
        (out / "index.html").write_text("separuh")
        raise PaperError("mesin gagal")

    before = hashes(order.out)
    with pytest.raises(PaperError, match="mesin gagal"):
        build(replace(order, engine=Engine("broken", "1", fail)), prepare)
    assert hashes(order.out) == before


def test_faults_of_the_data_come_before_cells_that_they_break(order: Order) -> None:
    def faulty(data: Path) -> Judge:
        raise InputError([])

    paper(order).write_text(paper(order).read_text().replace("42", "1 / 0"))
    with pytest.raises(InputError):
        build(order, faulty)
    assert not order.out.exists()


def test_what_goes_beside_the_paper_is_written_with_it(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def beside(executed: Executed, verdict: Verdict, out: Path) -> None:
        (out / "verdict.txt").write_text("\n".join(verdict.summary))

    monkeypatch.setattr(module, "record", beside)
    build(order, prepare)
    assert sorted(hashes(order.out)) == ["index.html", "verdict.txt"]
    assert build(order, failing).unchanged


def test_the_page_for_reviewers_is_written_with_html_and_kept_without(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "review", lambda *_: lambda out: (out / REVIEW).write_text("review"))
    build(replace(order, formats=("jats",)), prepare)
    assert ["paper.xml"] == list(hashes(order.out))
    build(order, prepare)
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    assert ("html",) == build(replace(order, formats=("jats",)), prepare).outdated
    assert "review" == (order.out / REVIEW).read_text()


def test_a_format_that_reads_back_otherwise_leaves_the_output_as_it_was(
    order: Order, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(order.out)
    monkeypatch.setattr(module, "proof", lambda executed, out, formats: [f"{out.name}: 42 is not there"])
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    with pytest.raises(CheckFailed, match="42 is not there"):
        build(order, prepare)
    assert hashes(order.out) == before


def test_two_builds_at_once_build_once(order: Order) -> None:
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        both = [one.result() for one in [pool.submit(build, order, prepare, told.append) for _ in range(2)]]
    assert sorted(one.unchanged for one in both) == [False, True]
    assert told.count("executing paper.qmd") == 1
    assert "another build of the same output is running: waiting for it" in told
    assert list(hashes(order.out)) == ["index.html"]


def test_a_directory_that_no_build_made_is_not_replaced(order: Order, built: Built) -> None:
    other = replace(order, out=order.edition.root / "lain")
    other.out.mkdir()
    assert not build(other, prepare).unchanged
    (other.out / "catatan.txt").write_text("penting")
    with pytest.raises(InputError, match=r"--out: expected a new or an empty directory.*catatan\.txt"):
        build(other, prepare)
    assert (other.out / "catatan.txt").read_text() == "penting"


def test_figures_made_by_the_execution_are_watched(order: Order) -> None:
    drawn = "from pathlib import Path\nPath('figures').mkdir(exist_ok=True)\nPath('figures/a.svg').write_text('<svg/>')"
    paper(order).write_text(f"{paper(order).read_text()}\n```{{python}}\n{drawn}\n```\n")
    build(order, prepare)
    figure = order.edition.root / "figures" / "a.svg"
    figure.write_text("<svg>lain</svg>")
    assert not build(order, prepare).unchanged
    assert figure.read_text() == "<svg/>"


KILLED = """
import os, sys
from pathlib import Path
from dataclasses import replace
from recomputed.typeset import build as module
from recomputed.typeset.engines import Engine
from recomputed.judgement import REVIEW, Edition, Verdict
from recomputed.typeset.build import Order

def prepare(data):
    return lambda executed: Verdict({"reproduced": True}, (), ())

def die(executed, root, out, formats):
    (out / "index.html").write_text("separuh")
    os.kill(os.getpid(), 9)

root = Path(sys.argv[1])
order = Order(Edition(root, root / "data"), Engine("die", "1", die), ("html",), root / "_manuscript", root / ".cache")
module.build(order, prepare)
"""


def test_a_kill_leaves_the_old_and_the_next_run_finishes(order: Order, built: Built) -> None:
    before = hashes(order.out)
    root = order.edition.root
    done = subprocess.run([sys.executable, "-c", KILLED, str(root)], capture_output=True, check=False)
    assert done.returncode == -9
    assert hashes(order.out) == before
    assert list(root.glob("._manuscript.new-*"))
    paper(order).write_text(paper(order).read_text().replace("42", "43"))
    assert not build(order, prepare).unchanged
    assert not list(root.glob("._manuscript*"))


def test_an_output_edited_by_hand_is_named_before_it_is_replaced(order: Order, built: Built) -> None:
    (order.out / "index.html").write_text("Nilai 43.\n")
    (order.out / "note.txt").write_text("mine")
    said: list[str] = []
    build(order, prepare, said.append)
    named = [line.partition(": not as the last build left it")[0] for line in said if "by hand" in line]
    assert ["_manuscript/index.html", "_manuscript/note.txt"] == sorted(named)
    assert (order.out / "index.html").read_text() == "Nilai 42.\n"


def test_an_output_that_nobody_edited_is_replaced_without_a_word(order: Order, built: Built) -> None:
    paper(order).write_text(paper(order).read_text().replace("Nilai", "Angka"))
    said: list[str] = []
    build(order, prepare, said.append)
    assert not [line for line in said if "by hand" in line]
