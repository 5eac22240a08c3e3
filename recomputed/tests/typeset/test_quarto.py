"""Quarto typesets what was executed, and executes nothing."""

import json
import os
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

from recomputed.faults import InputError
from recomputed.judgement import Executed
from recomputed.typeset import quarto
from recomputed.typeset.engines import engine_named

posix_only = pytest.mark.skipif(
    os.name != "posix", reason="the stand-in for Quarto is a script with a #! line"
)

STAND_IN = """#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    sys.exit(0)
if {waits}:
    import subprocess
    beat = "import time\\nwhile True:\\n    open({alive!r}, 'a').write('.')\\n    time.sleep(0.02)"
    subprocess.run(["{python}", "-c", beat])
if {fail}:
    sys.stderr.write("{said}")
    sys.stderr.write("\\x1b[1m\\x1b[31mERROR: Berkas rusak\\x1b[39m\\x1b[22m\\n\\nStack trace:\\n    at a (file:///x.js:1:2)\\n")
    sys.exit(1)
names = dict(html="index.html", typst="paper.pdf", docx="paper.docx", jats="paper.xml")
out = pathlib.Path("_manuscript")
out.mkdir()
import yaml
for name in yaml.safe_load(pathlib.Path("_quarto.yml").read_text())["format"]:
    (out / names[name]).write_text(json.dumps(dict(
        settings=yaml.safe_load(pathlib.Path("_quarto.yml").read_text()),
        arguments=sys.argv[1:], paper=pathlib.Path("paper.qmd").read_text(), files=sorted(os.listdir()),
        epoch=os.environ["SOURCE_DATE_EPOCH"])))
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put a stand-in for Quarto on the path, which writes down what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(version: str = "1.9.31", fail: bool = False, said: str = "", waits: bool = False) -> None:
        program = folder / "quarto"
        given = {"python": sys.executable, "version": version, "fail": fail, "said": said, "waits": waits}
        program.write_text(STAND_IN.format(alive=str(tmp_path / "alive"), **given))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return put


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in (
        "paper.qmd",
        "_quarto.yml",
        "_quarto-blind.yml",
        "figures/a.svg",
        ".venv/a",
        "_manuscript/index.html",
        "tests/a.py",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / "_quarto-blind.yml").write_text("{}")
    (root / "_quarto.yml").write_text("format:\n  html:\n    toc: true\n  docx: default\n")
    return root


def typeset(executed: Executed, root: Path, tmp_path: Path, *formats: str) -> Path:
    out = tmp_path / "out"
    out.mkdir()
    found = quarto.find()
    assert found is not None
    found.typeset(executed, root, out, formats)
    return out


@posix_only
def test_the_paper_that_quarto_gets_has_nothing_to_run(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install()
    out = typeset(executed, root, tmp_path, "html", "pdf")
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "paper.pdf"]
    given = json.loads((out / "index.html").read_text())
    assert given["arguments"] == ["render", "paper.qmd"]
    assert given["files"] == [
        ".venv",
        "_extensions",
        "_manuscript",
        "_quarto-blind.yml",
        "_quarto.yml",
        "figures",
        "paper.qmd",
    ]
    assert "{python}" not in given["paper"]
    front = yaml.safe_load(given["paper"].split("---\n")[1])
    assert front["engine"] == "markdown"
    assert front["title"] == "Naskah sintetis"
    assert executed.woven.markdown in given["paper"]
    block = given["paper"].split(executed.woven.markdown)[1]
    assert "Naskah sintetis" == json.loads(block.splitlines()[3])["front"]["title"]


@posix_only
def test_a_project_within_a_checkout_has_the_extension_above_it_in_its_copy(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install()
    above = "format:\n  html:\n    template: ../../_extensions/recomputed/paper.html\n"
    (root / "_quarto.yml").write_text(above + "csl: ../../_extensions/recomputed/apa.csl\n")
    given = json.loads((typeset(executed, root, tmp_path, "html") / "index.html").read_text())
    assert given["settings"]["format"]["html"]["template"] == "_extensions/recomputed/paper.html"
    assert given["settings"]["csl"] == "_extensions/recomputed/apa.csl"
    assert {"_extensions", ".venv"} <= set(given["files"])


@posix_only
def test_a_profile_is_passed_on_and_jats_takes_its_figures_along(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install()
    (root / "_quarto-other.yml").write_text("lang: id\n", encoding="utf-8")
    out = typeset(replace(executed, profile="other"), root, tmp_path, "jats")
    assert json.loads((out / "paper.xml").read_text())["arguments"][-2:] == ["--profile", "other"]
    assert (out / "figures" / "a.svg").is_file()


@posix_only
def test_the_blind_edition_takes_no_picture_along_that_it_does_not_show(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install()
    out = typeset(replace(executed, profile="blind"), root, tmp_path, "jats")
    assert not (out / "figures").exists()


def test_the_blind_edition_names_nobody(executed: Executed) -> None:
    named = {
        "title": "A",
        "date": "2024-05-01",
        "author": "Penulis Rekaan",
        "doi": "10.0/0",
        "funding": "Dana Rekaan",
    }
    manuscript = replace(executed.manuscript, metadata=named)
    open_paper = quarto.resolved_document(replace(executed, manuscript=manuscript), named)
    blind = quarto.resolved_document(replace(executed, manuscript=manuscript, profile="blind"), named)
    for text in ("Penulis Rekaan", "10.0/0", "Dana Rekaan"):
        assert text in open_paper
        assert text not in blind


@posix_only
def test_a_date_in_the_paper_is_the_time_that_files_are_stamped_with(
    install: Callable[..., None],
    executed: Executed,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    install()
    given = json.loads((typeset(executed, root, tmp_path, "html") / "index.html").read_text())
    assert given["epoch"] == "1714521600"  # 2024-05-01T00:00:00Z


@posix_only
def test_quartos_reason_is_told_without_its_stack(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install(fail=True)
    with pytest.raises(quarto.QuartoError) as error:
        typeset(executed, root, tmp_path, "html")
    assert str(error.value) == "quarto 1.9.31 could not typeset: ERROR: Berkas rusak"


@posix_only
def test_an_installed_quarto_does_not_change_what_the_two_commands_use(install: Callable[..., None]) -> None:
    install("1.10.18")
    assert engine_named("auto").name == "pandoc"
    engine = engine_named("quarto")
    assert (engine.name, engine.identity) == ("quarto", "1.10.18")


@posix_only
def test_quarto_finds_the_formats_wanted_in_its_settings_each_with_its_own(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install()
    given = json.loads((typeset(executed, root, tmp_path, "html", "jats") / "index.html").read_text())
    assert given["settings"]["format"] == {"html": {"toc": True}, "jats": "default"}


@posix_only
def test_an_old_quarto_is_refused(install: Callable[..., None]) -> None:
    install("1.5.57")
    with pytest.raises(InputError, match=r"expected quarto 1\.7 or newer, found 1\.5\.57"):
        engine_named("quarto")


def test_without_quarto_auto_is_pandoc_and_quarto_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine_named("auto").name == "pandoc"
    with pytest.raises(InputError, match=r"--engine quarto: expected quarto 1\.7 or newer on the path"):
        engine_named("quarto")


def test_versions_compare_by_number() -> None:
    assert quarto.Quarto("quarto", "1.10.2").recent
    assert quarto.Quarto("quarto", "99.9.9").recent
    assert not quarto.Quarto("quarto", "1.5.9").recent


@posix_only
def test_a_quarto_that_cannot_tag_a_pdf_leaves_it_to_the_embedded_engine(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    install("1.7.34")
    out = typeset(executed, root, tmp_path, "html", "pdf")
    assert list(json.loads((out / "index.html").read_text())["settings"]["format"]) == ["html"]
    assert "/StructTreeRoot" in PdfReader(out / "paper.pdf").trailer["/Root"]


@posix_only
def test_a_quarto_that_does_not_end_is_stopped_with_all_that_it_started(
    install: Callable[..., None],
    executed: Executed,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(waits=True)
    monkeypatch.setattr(quarto, "LIMIT", 1.5)
    with pytest.raises(quarto.QuartoError) as error:
        typeset(executed, root, tmp_path, "html")
    assert str(error.value) == "quarto 1.9.31 took longer than 1.5 s to typeset, and was stopped"
    written = (tmp_path / "alive").read_text()
    time.sleep(0.2)
    assert "" != written == (tmp_path / "alive").read_text()


@posix_only
def test_what_the_filters_found_wrong_is_told_by_its_line(
    install: Callable[..., None], executed: Executed, root: Path, tmp_path: Path
) -> None:
    (root / "paper.qmd").write_text("\n\nLihat @fig-tiada dan\n@sumber.\n")
    install(fail=True, said="FAULT\\tfig-tiada\\n[WARNING] Citeproc: citation sumber not found\\n")
    with pytest.raises(InputError) as error:
        typeset(executed, root, tmp_path, "html")
    assert [fault.row for fault in error.value.faults] == [3, 4]
